"""How a message of the chat is offered as a note, and how who wrote it hears of that."""

from collections.abc import Sequence
from typing import Literal

from bot.domain.school import Arbetslag
from bot.messages.model import ChoiceField, Choices, Form, FormField, Message, Option, Paragraph, Quote, Small
from bot.messages.phrasing.buttons import button
from bot.messages.phrasing.labels import shorten
from bot.messages.phrasing.note_form import NotePage, note_fields
from bot.messages.texts import Texts, fill
from bot.messages.tokens import Token

Whose = Literal["mine", "theirs", "own_words"]


def saved_form(page: NotePage, token: Token, whose: Whose, teams: Sequence[Arbetslag], texts: Texts) -> Form:
    """The proposed note; `teams` are asked about when there are several."""
    said = texts.saved
    intro = {"mine": said.intro_mine, "theirs": said.intro_theirs, "own_words": said.intro_own_words}
    options = tuple(Option(value=team.id, label=shorten(team.name)) for team in teams)
    chosen = page.value("team", page.note.arbetslag)
    which: tuple[FormField, ...] = (
        ChoiceField(key="team", label=said.team, required=True, options=options, value=(chosen,)),
    )
    return Form(
        token=token.pack(),
        title=said.title,
        intro=(Small(text=intro[whose]),),
        fields=(*note_fields(page, texts), *(which if len(options) > 1 else ())),
        submit=said.submit,
        around=texts.forms.around,
        errors=dict(page.errors),
    )


def told_writer(who: str, arbetslag: str, text: str, note: str, texts: Texts) -> Message:
    """To who wrote the words: that they are kept, and the way out."""
    said = texts.saved
    back = Choices(buttons=(button(said.take_back, "take_back_words", note),))
    title = fill(said.told, who=who, arbetslag=arbetslag)
    return Message(title=title, blocks=(Quote(text=text), Paragraph(text=said.told_how), back))


def taken_back(texts: Texts) -> Message:
    """To who saved the words: they are gone."""
    return Message(title=texts.saved.taken_back_told)
