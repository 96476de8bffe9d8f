"""One table from what the Connector answers to what the bot does about it."""

from collections.abc import Mapping

from bot.messages.delivery import Why
from bot.platforms.troubles import (
    AWAY,
    BUSY,
    CONTENT,
    DISCONNECTED,
    GONE,
    HELD,
    LOCKED,
    REMOVED,
    UNREACHABLE,
    ChatRefused,
    Trouble,
)

SCOPE = Trouble("refused", Why.SCOPE, "place")
ELSEWHERE = Trouble("refused", Why.DISCONNECTED, "place")
NOT_SENT = AWAY.of(creates=False)
STALE = Trouble("later", Why.AWAY, "message", 1.0)

TABLE: Mapping[tuple[int, str], Trouble] = {
    (400, ""): CONTENT,
    (401, ""): DISCONNECTED,
    (403, ""): REMOVED,
    (403, "BotDisabledByAdmin"): HELD,
    (403, "BotNotInConversationRoster"): REMOVED,
    (403, "ConversationBlockedByUser"): LOCKED,
    (403, "ForbiddenOperationException"): UNREACHABLE,
    (403, "InvalidBotApiHost"): DISCONNECTED,
    (403, "MessageWritesBlocked"): UNREACHABLE,
    (403, "NotEnoughPermissions"): SCOPE,
    (404, ""): REMOVED,
    (404, "ActivityNotFoundInConversation"): GONE,
    (404, "ConversationNotFound"): REMOVED,
    (407, ""): NOT_SENT,
    (408, ""): AWAY,
    (412, ""): BUSY,
    (413, ""): CONTENT,
    (429, ""): BUSY,
    (501, ""): CONTENT,
}
"""By status, and by the Connector's own code where that says more ("": any other, or none)."""

OURS: Mapping[str, Trouble] = {
    "no_connection": NOT_SENT,
    "no_room": BUSY._replace(rest=1.0),
    "no_token": NOT_SENT,
    "stale_token": STALE,
    "token_refused": DISCONNECTED,
    "not_their_address": ELSEWHERE,
    "unknown_place": REMOVED,
    "no_account": UNREACHABLE,
    "over_a_limit": CONTENT,
    "not_theirs": NOT_SENT,
    "no_answer": AWAY,
    "no_id": AWAY,
}
"""What no answer of theirs says: nothing was sent, or nothing came back that can be believed."""

SERVER_ERRORS = 500
NOT_AN_ERROR = 400


class TeamsRefused(ChatRefused):
    """What Teams refused, or may not have got; `status` is 0 without an answer of theirs."""

    def __init__(self, code: str, trouble: Trouble, retry_after: float = 0.0, *, status: int = 0) -> None:
        super().__init__(code, trouble, retry_after)
        self.status = status


def ours(code: str, *, creates: bool = False) -> TeamsRefused:
    """What went wrong without an answer of theirs."""
    return TeamsRefused(code, OURS[code].of(creates=creates))


def refusal(status: int, code: str, *, creates: bool, retry_after: float = 0.0) -> TeamsRefused:
    """What an answer means for a call that `creates` something, or that may be repeated freely.

    A refusal that nobody knows was still a clear no: the plain version is tried once, then people look.
    """
    trouble = TABLE.get((status, code)) or TABLE.get((status, ""))
    if trouble is None:
        unclear = status >= SERVER_ERRORS or status < NOT_AN_ERROR
        trouble = AWAY if unclear else CONTENT
    word = code or f"http_{status}"
    return TeamsRefused(word, trouble.of(creates=creates), retry_after, status=status)


def in_its_words(refused: TeamsRefused, *, private: bool) -> TeamsRefused:
    """A chat with one person is no channel to be invited to, and a channel is nobody's chat to open.

    What one of them is said to be, the other is not: whoever can mend it is told what is so.
    """
    why = refused.trouble.why
    if private and why in {Why.REMOVED, Why.LOCKED}:
        return TeamsRefused(refused.code, UNREACHABLE, status=refused.status)
    if not private and why is Why.UNREACHABLE and refused.status:
        return TeamsRefused(refused.code, LOCKED, status=refused.status)
    return refused
