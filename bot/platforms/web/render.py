"""HTML of neutral messages. Whatever anybody wrote is text here, never markup."""

import hashlib
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any, assert_never
from uuid import uuid4

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from bot.domain.school import Language
from bot.log import log
from bot.messages import charts
from bot.messages.model import (
    Block,
    Bullets,
    Chart,
    ChoiceField,
    Choices,
    DateField,
    Document,
    Facts,
    FormField,
    Link,
    Message,
    Option,
    Paragraph,
    PeopleField,
    Progress,
    Quote,
    Section,
    Small,
    Table,
    TextField,
)
from bot.messages.written import can_write
from bot.platforms.legible import visible
from bot.platforms.links import host_of
from bot.platforms.spoken import said
from bot.platforms.web.lines import GONE, OpenForm
from bot.platforms.web.parse import FIELD
from bot.platforms.web.view import Shown, Viewer

HERE = Path(__file__).parent
ONE_LINE = 200
"""A text field for no more characters than this is one line high."""
NO_WORD = (
    "Word-filen kan inte göras här, för tillägget documents är inte installerat. Starta med "
    "uv run --extra documents nulage provrum så finns den."
)
SCRIPTS = ("provrum", "lines", "forms", "writing", "stream")
"""What a window runs, in this order; the last one begins to listen."""
MANY = 12
"""From here on a single choice is a list to unfold rather than a row of radio buttons."""


@dataclass(frozen=True)
class Asked:
    """One field of a form before somebody, with the ids that tie its words together."""

    field: TextField | ChoiceField | DateField
    id: str
    error: str
    language: Language

    @property
    def name(self) -> str:
        return FIELD + self.field.key

    @property
    def described(self) -> str:
        told = (("hjalp", self.field.help), ("fel", self.error))
        return " ".join(f"{self.id}-{part}" for part, words in told if words)

    @property
    def file(self) -> tuple[str, str]:
        """Return the label of the file picker and which names it takes; empty where there is none."""
        told = self.field.file if isinstance(self.field, TextField) else ""
        if told[:1] == "." or "/" in told:
            return said("Läs in en fil i rutan", self.language), told
        return told, "text/*,.txt,.md,.csv,.ics" if told else ""

    @property
    def look(self) -> str:
        match self.field:
            case TextField(lines=1, longest=longest, file="") if longest <= ONE_LINE:
                return "line"
            case TextField():
                return "text"
            case DateField():
                return "date"
            case ChoiceField(several=True):
                return "several"
            case ChoiceField(options=options):
                return "list" if len(options) > MANY else "single"
            case _:
                assert_never(self.field)


def page(name: str, **values: Any) -> str:
    """Render one of the templates."""
    return _environment().get_template(f"{name}.html").render(gesture=gesture, **values)


def line(shown: Shown) -> str:
    """Render one line, as the page and the stream both show it. What breaks it is said in its place."""
    try:
        return str(_macros("line").line(shown, content(shown)))
    except Exception:
        log.exception("line_broke", action="web.line_broke", key=shown.line.reference)
        instead = replace(shown, line=shown.line.model_copy(update={"message": GONE}))
        return str(_macros("line").line(instead, content(instead)))


def content(shown: Shown) -> Markup:
    """Render what a bot message says: its title, unless the first paragraph is the title, and its blocks."""
    message = shown.line.message or Message(title="")
    same = Paragraph(text=message.title)
    if not message.blocks:
        return block(same)
    title = Markup() if message.blocks[0] == same else _made(_macros("blocks").title(message))
    blocks = (block(one, shown, index) for index, one in enumerate(message.blocks))
    return title + Markup().join(blocks)


def block(one: Block, shown: Shown | None = None, index: int = 0) -> Markup:  # noqa: PLR0912  a branch a kind of block
    """Render one block; mypy names this place when a kind is added."""
    macros = _macros("blocks")
    language = shown.viewer.language if shown else "sv"
    match one:
        case Paragraph():
            return _made(macros.paragraph(one))
        case Section():
            return _made(macros.section(one))
        case Quote():
            leads = shown.viewer.leads(one.link) if shown and one.link else None
            return _made(macros.quote(one, leads))
        case Link():
            return _made(macros.link(one, host_of(one.link)))
        case Small():
            return _made(macros.small(one))
        case Bullets():
            return _made(macros.bullets(one, one.numbered))
        case Facts():
            return _made(macros.facts(one))
        case Choices():
            return _made(macros.choices(one, shown, gesture, language))
        case Progress():
            return _made(macros.progress(one))
        case Chart():
            numbers = [(bar.label, charts.number(bar.value)) for bar in one.bars]
            return _made(macros.chart(one, shown, index, numbers, charts.height(one), language))
        case Table():
            return _made(macros.table(one, language))
        case Document():
            return _document(one, shown, index)
        case _:
            assert_never(one)


def _document(one: Document, shown: Shown | None, index: int) -> Markup:
    """Render a file as a link to it and, folded away, what stands in it; unfolded where there is no file."""
    able = can_write()
    href = f"{shown.viewer.home}/dokument/{shown.line.reference}/{index}" if shown and able else ""
    inside = Markup().join(block(inner) for inner in (Facts(rows=one.about), *one.message.blocks))
    language = shown.viewer.language if shown else one.language
    missing = "" if able else said(NO_WORD, language)
    return _made(_macros("blocks").document(one, href, missing, inside, language))


def form(viewer: Viewer, opened: OpenForm) -> str:
    """Render a form as the inside of a dialog, or of a page where scripts are off."""
    language = opened.form.around.language
    asked = [
        Asked(_shown(field, viewer), f"f{opened.id}-{index}", opened.form.errors.get(field.key, ""), language)
        for index, field in enumerate(opened.form.fields)
    ]
    known = {field.key for field in opened.form.fields}
    loose = [words for key, words in opened.form.errors.items() if key not in known]
    intro = Markup().join(block(one) for one in opened.form.intro)
    return page(
        "form", viewer=viewer, opened=opened, asked=asked, loose=loose, intro=intro, language=language
    )


def _shown(field: FormField, viewer: Viewer) -> TextField | ChoiceField | DateField:
    """Return the field as HTML has it: people are a choice among the personas."""
    if not isinstance(field, PeopleField):
        return field
    options = tuple(Option(value=slug, label=name) for slug, name in viewer.stage.names.items())
    return ChoiceField(**field.model_dump(exclude={"kind"}), options=options)


def problem(what: str, do: str, kept: str) -> str:
    """Render an error: what happened, what you can do, what became of your words."""
    return page("problem", what=what, do=do, kept=kept)


def clock(shows: dict[str, Any]) -> str:
    """Render the clock's inside."""
    return str(_macros("places").clock(*(shows[name] for name in ("at", "day", "short", "time", "week"))))


def gesture() -> str:
    """Make the id of a gesture that has not been made yet, for a window without scripts."""
    return str(uuid4())


def _visible(text: object) -> object:
    """Leave out what no page can show; autoescape does the rest."""
    return visible(text) if isinstance(text, str) and not isinstance(text, Markup) else text


def file_url(name: str) -> str:
    """Return a file's address, which changes when the file does."""
    return f"/fil/{name}?v={hashlib.sha256(file_bytes(name)).hexdigest()[:8]}"


@cache
def file_bytes(name: str) -> bytes:
    return (HERE / "files" / name).read_bytes()


@cache
def _environment() -> Environment:
    environment = Environment(
        autoescape=True,
        undefined=StrictUndefined,
        loader=FileSystemLoader(HERE / "templates"),
        finalize=_visible,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals["file"] = file_url
    environment.globals["scripts"] = SCRIPTS
    environment.globals["said"] = said
    return environment


@cache
def _macros(name: str) -> Any:
    return _environment().get_template(f"{name}.html").module


def _made(html: Any) -> Markup:
    """Name what a macro returns: escaped already."""
    return Markup(html)  # noqa: S704  our own templates made it, with autoescape
