"""A conversation in its place: where it is held, what it is about, and which message asks now."""

from pydantic import Field

from bot.domain.conversation.steps import Conversation
from bot.domain.school import Place
from bot.domain.value import PersonId, Value


class Aside(Value):
    """Words that `by` wrote at the same moment as `theirs`: kept until one text is chosen.

    `key` is the promised message that shows both.
    """

    path: str
    text: str
    by: PersonId
    theirs: PersonId
    key: str


class Dialogue(Value):
    """One conversation and its thread.

    `subject` is what it is about ("analysis:ID", "check_in:ID"). `thread_of` is the key of the
    promised message it hangs under, None in a direct message. `asked`, `asked_path` and `asked_text`
    are the message that asks now: its key, its question's path and its words. `paused` is the key of the
    message that says that it rests, while it does. `aside` is by the mark behind the buttons that choose.
    """

    conversation: Conversation
    subject: str
    place: Place
    thread_of: str | None = None
    asked: str = ""
    asked_path: str = ""
    asked_text: str = ""
    paused: str = ""
    aside: dict[str, Aside] = Field(default_factory=dict)

    @property
    def id(self) -> str:
        return self.conversation.id

    @property
    def about(self) -> tuple[str, str]:
        """The kind of subject, and its id."""
        kind, _, key = self.subject.partition(":")
        return kind, key
