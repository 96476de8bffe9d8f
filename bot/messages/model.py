"""The platform-neutral message: blocks by meaning, forms by question."""

import re
from typing import Annotated, Literal

from pydantic import Field

from bot.domain.school import Language
from bot.domain.value import Value


class Paragraph(Value):
    kind: Literal["paragraph"] = "paragraph"
    text: str


class Section(Value):
    """A heading inside the message, for what follows it."""

    kind: Literal["section"] = "section"
    text: str


class Quote(Value):
    """Somebody's own words, verbatim. `source` says whose (an arbetslag), `link` leads there."""

    kind: Literal["quote"] = "quote"
    text: str
    source: str = ""
    link: str | None = None


class Link(Value):
    """Words of ours that lead out on the web, to the address `link`."""

    kind: Literal["link"] = "link"
    text: str
    link: str


class Small(Value):
    """One small line: why we ask, who reads it, how long it takes."""

    kind: Literal["small"] = "small"
    text: str


class Bullets(Value):
    kind: Literal["bullets"] = "bullets"
    items: tuple[str, ...]

    @property
    def numbered(self) -> bool:
        """Whether the items carry numbers of their own, and need no dots before them."""
        return all(re.match(r"\d+\. ", item) for item in self.items)


class Fact(Value):
    label: str
    value: str

    @property
    def lead(self) -> str:
        """The label as it stands before its value: with a colon, but where it is a question."""
        return self.label if self.label.endswith(("?", ":")) else f"{self.label}:"


class Facts(Value):
    kind: Literal["facts"] = "facts"
    rows: tuple[Fact, ...]


class Button(Value):
    """`token` is what comes back when it is pressed (`bot.messages.tokens`)."""

    label: str
    token: str
    look: Literal["plain", "main", "danger"] = "plain"


class Choices(Value):
    """Buttons. `prompt` is read before them by a screen reader when it is not empty."""

    kind: Literal["choices"] = "choices"
    prompt: str = ""
    buttons: tuple[Button, ...]


class Progress(Value):
    """`text` says it whole ("3 av 5 har svarat"); a bar may be drawn beside it."""

    kind: Literal["progress"] = "progress"
    done: int
    of: int
    text: str


class Bar(Value):
    label: str
    value: float


class Chart(Value):
    """A bar chart as an image. `alt` says the finding; the same numbers always follow as text."""

    kind: Literal["chart"] = "chart"
    title: str
    alt: str
    unit: str
    bars: tuple[Bar, ...]


class Table(Value):
    kind: Literal["table"] = "table"
    caption: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


class Document(Value):
    """A message as a Word file to keep, in its `language`. `about` says first in it what it belongs to.

    A platform that cannot send a file says what would have stood in it.
    """

    kind: Literal["document"] = "document"
    title: str
    filename: str
    about: tuple[Fact, ...] = ()
    language: Language = "sv"
    message: "Message"


_Words = Paragraph | Section | Quote | Link | Small | Bullets
Block = Annotated[_Words | Facts | Choices | Progress | Chart | Table | Document, Field(discriminator="kind")]


class Message(Value):
    """`title` stands alone where one line fits: notifications, screen readers, fall-back text."""

    title: str
    blocks: tuple[Block, ...] = ()


Document.model_rebuild()


class Option(Value):
    value: str
    label: str


class _Asked(Value):
    key: str
    label: str
    help: str = ""
    required: bool = False


class TextField(_Asked):
    """Free text, at most `longest` characters. `file` lets the person pick a text file instead."""

    kind: Literal["text"] = "text"
    value: str = ""
    lines: int = 1
    longest: int = 10_000
    file: str = ""


class ChoiceField(_Asked):
    """One of `options`, or `several`; `value` holds what is chosen to begin with."""

    kind: Literal["choice"] = "choice"
    options: tuple[Option, ...]
    several: bool = False
    value: tuple[str, ...] = ()


class DateField(_Asked):
    """A day, as `YYYY-MM-DD`."""

    kind: Literal["date"] = "date"
    value: str = ""


class PeopleField(_Asked):
    """People of the chat, by account user; `value` holds who is chosen to begin with."""

    kind: Literal["people"] = "people"
    value: tuple[str, ...] = ()
    several: bool = True


FormField = Annotated[TextField | ChoiceField | DateField | PeopleField, Field(discriminator="kind")]


class Around(Value):
    """What a platform itself says around a form: how it is left, and a menu where nothing is chosen yet.

    `language`: what else it has to say there is in it too.
    """

    close: str = "Stäng"
    pick: str = "Välj"
    language: Language = "sv"


class Form(Value):
    """Several questions answered at once: a Slack modal, a Teams dialog, an HTML `<dialog>`.

    `token` comes back with the values. `errors` names a field's key and says what to do about it.
    """

    around: Around = Around()

    token: str
    title: str
    intro: tuple[Block, ...] = ()
    fields: tuple[FormField, ...]
    submit: str
    errors: dict[str, str] = Field(default_factory=dict)


class Quiet(Value):
    """Nothing needs saying; what happened shows elsewhere."""

    kind: Literal["quiet"] = "quiet"


class Say(Value):
    """Only the person who just acted sees this. It may be lost; nothing depends on it.

    `became` is what the act came to, for a platform that itself sends some things again.
    """

    kind: Literal["say"] = "say"
    message: Message
    became: Literal["done", "already", "failed"] = "done"


class Open(Value):
    """Open this form for the person who just acted (or show it again, with its errors)."""

    kind: Literal["open"] = "open"
    form: Form


Response = Annotated[Quiet | Say | Open, Field(discriminator="kind")]
