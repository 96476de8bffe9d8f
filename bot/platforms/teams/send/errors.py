"""One table from what the Connector answers to what the bot does about it."""

from collections.abc import Mapping
from typing import Literal, NamedTuple

from bot.messages.delivery import DeliveryFailed, Why
from bot.platforms.pace import rest_of

How = Literal["refused", "later", "content", "doubt"]
Reach = Literal["message", "place", "person", "tenant"]

REST = 30.0
"""Seconds to wait when Teams asks us to but not for how long."""


class Trouble(NamedTuple):
    """`why` is what those who can mend it are told, and `reach` is all that it stops."""

    how: How
    why: Why
    reach: Reach
    rest: float = 0.0


DISCONNECTED = Trouble("refused", Why.DISCONNECTED, "tenant")
HELD = Trouble("refused", Why.HELD, "tenant")
SCOPE = Trouble("refused", Why.SCOPE, "place")
REMOVED = Trouble("refused", Why.REMOVED, "place")
LOCKED = Trouble("refused", Why.LOCKED, "place")
ELSEWHERE = Trouble("refused", Why.DISCONNECTED, "place")
UNREACHABLE = Trouble("refused", Why.UNREACHABLE, "person")
GONE = Trouble("refused", Why.GONE, "message")
CONTENT = Trouble("content", Why.CONTENT, "message")
BUSY = Trouble("later", Why.BUSY, "place", REST)
AWAY = Trouble("doubt", Why.AWAY, "message", REST)
NOT_SENT = Trouble("later", Why.AWAY, "message", REST)
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


class TeamsRefused(DeliveryFailed):
    """`code` is Teams' own word (or ours for what has none), for the log; `status` is 0 without an answer."""

    def __init__(self, code: str, trouble: Trouble, retry_after: float = 0.0, *, status: int = 0) -> None:
        super().__init__(trouble.how, trouble.why, rest_of(retry_after) or trouble.rest)
        self.code = code
        self.trouble = trouble
        self.status = status


def ours(code: str, *, creates: bool = False) -> TeamsRefused:
    """What went wrong without an answer of theirs."""
    return TeamsRefused(code, _sure(OURS[code], creates=creates))


def refusal(status: int, code: str, *, creates: bool, retry_after: float = 0.0) -> TeamsRefused:
    """What an answer means for a call that `creates` something, or that may be repeated freely.

    A refusal that nobody knows was still a clear no: the plain version is tried once, then people look.
    """
    trouble = TABLE.get((status, code)) or TABLE.get((status, ""))
    if trouble is None:
        unclear = status >= SERVER_ERRORS or status < NOT_AN_ERROR
        trouble = AWAY if unclear else CONTENT
    word = code or f"http_{status}"
    return TeamsRefused(word, _sure(trouble, creates=creates), retry_after, status=status)


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


def _sure(trouble: Trouble, *, creates: bool) -> Trouble:
    """What may be repeated freely is never in doubt: it is done again."""
    if trouble.how == "doubt" and not creates:
        return trouble._replace(how="later")
    return trouble
