"""Which part of an answer to raise: one line each, in a form."""

from collections.abc import Sequence

from bot.domain.notes import Note
from bot.messages.model import ChoiceField, Form, Option
from bot.messages.phrasing.labels import shorten
from bot.messages.texts import Texts
from bot.messages.tokens import Token

SHORT = 70
"""Characters of a text on one line of a list (Slack takes 75)."""


def which_form(notes: Sequence[Note], subject: str, texts: Texts) -> Form:
    """Ask which note is meant; the whole text is shown before anything is sent."""
    said = texts.notes
    options = tuple(Option(value=note.id, label=shorten(note.text, SHORT)) for note in notes)
    field = ChoiceField(key="note", label=said.raise_which, required=True, options=options)
    token = Token(verb="raise_note", subject=subject).pack()
    return Form(
        token=token,
        title=said.raise_title,
        fields=(field,),
        submit=said.raise_submit,
        around=texts.forms.around,
    )
