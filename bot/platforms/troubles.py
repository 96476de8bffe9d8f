"""What a chat's refusals come to: the same few troubles, whichever words each chat has for them."""

from typing import Literal, NamedTuple

from bot.messages.delivery import DeliveryFailed, How, Why
from bot.platforms.pace import rest_of

Reach = Literal["message", "place", "person", "tenant"]
"""A tenant is all that was installed at once: a workspace of Slack's, an organisation's Teams."""

REST = 30.0
"""Seconds to wait when a chat asks us to but not for how long."""


class Trouble(NamedTuple):
    """`why` is what those who can mend it are told, and `reach` is all that it stops."""

    how: How
    why: Why
    reach: Reach
    rest: float = 0.0

    def of(self, *, creates: bool) -> "Trouble":
        """The same for a call that `creates` something, or not: what may be repeated freely is done again."""
        return self._replace(how="later") if self.how == "doubt" and not creates else self


DISCONNECTED = Trouble("refused", Why.DISCONNECTED, "tenant")
HELD = Trouble("refused", Why.HELD, "tenant")
REMOVED = Trouble("refused", Why.REMOVED, "place")
LOCKED = Trouble("refused", Why.LOCKED, "place")
UNREACHABLE = Trouble("refused", Why.UNREACHABLE, "person")
GONE = Trouble("refused", Why.GONE, "message")
CONTENT = Trouble("content", Why.CONTENT, "message")
BUSY = Trouble("later", Why.BUSY, "place", REST)
AWAY = Trouble("doubt", Why.AWAY, "message", REST)


class ChatRefused(DeliveryFailed):
    """`code` is the chat's own word (or ours for what has none), for the log."""

    def __init__(self, code: str, trouble: Trouble, retry_after: float = 0.0) -> None:
        super().__init__(trouble.how, trouble.why, rest_of(retry_after) or trouble.rest)
        self.code = code
        self.trouble = trouble


def code_of(failed: DeliveryFailed) -> str:
    """What the log calls it: the chat's own word, where it said one."""
    return failed.code if isinstance(failed, ChatRefused) else str(failed)
