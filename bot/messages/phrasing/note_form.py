"""The form of one note: its words, and what they are about."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from bot.domain.notes import Note
from bot.messages.model import Block, ChoiceField, Form, FormField, Option, Paragraph, Quote, TextField
from bot.messages.texts import Texts, fill
from bot.messages.tokens import Token

LONGEST_GROUP = 80


@dataclass(frozen=True)
class NotePage:
    """The note as it stands, and what came back. `someone` saved another version meanwhile.

    `mine`: it was the same person, in another window.
    """

    note: Note
    values: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    errors: Mapping[str, str] = field(default_factory=dict)
    extra: Mapping[str, tuple[FormField, ...]] = field(default_factory=dict)
    someone: str = ""
    mine: bool = False

    def value(self, key: str, stands: str) -> str:
        given = self.values.get(key)
        return stands if given is None else "".join(given)


def note_form(page: NotePage, texts: Texts) -> Form:
    """Word the form; its token names the version that was shown."""
    said, note = texts.notes, page.note
    intro: tuple[Block, ...] = ()
    if page.someone:
        once = said.at_once_yours if page.mine else fill(said.at_once, who=page.someone)
        intro = (Paragraph(text=once), Quote(text=note.text, source=page.someone))
    token = Token(verb="edit_note_form", subject=note.id, argument=str(note.version))
    return Form(
        token=token.pack(),
        title=said.form_title,
        intro=intro,
        fields=note_fields(page, texts),
        submit=said.submit,
        around=texts.forms.around,
        errors=dict(page.errors),
    )


def note_fields(page: NotePage, texts: Texts) -> tuple[FormField, ...]:
    """The words of a note, and what they are about."""
    said, note = texts.notes, page.note
    text = TextField(
        key="text",
        label=said.text,
        help=texts.forms.l1,
        required=True,
        value=page.value("text", note.text),
        lines=4,
    )
    group = TextField(
        key="group",
        label=said.group,
        help=said.group_help,
        value=page.value("group", note.group),
        longest=LONGEST_GROUP,
    )
    return (
        text,
        *page.extra.get("text", ()),
        _marks(page, "sign", said.sign, tuple(said.signs.items())),
        _marks(page, "aspect", said.aspect, tuple(said.aspects.items())),
        _marks(page, "perspective", said.perspective, tuple(said.perspectives.items())),
        group,
        *page.extra.get("group", ()),
    )


def _marks(page: NotePage, key: str, label: str, names: Sequence[tuple[str, str]]) -> ChoiceField:
    options = tuple(Option(value=value, label=name) for value, name in names)
    stands = page.value(key, str(getattr(page.note, key)))
    return ChoiceField(key=key, label=label, options=options, value=(stands,))
