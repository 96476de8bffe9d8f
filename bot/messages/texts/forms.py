"""The words around the questions of any pack shown as a form."""

from typing import Annotated

from bot.domain.conversation.reading import Reason
from bot.messages.texts.base import Fills, Plural, TextSection


class FormTexts(TextSection):
    """`l1` stands by free text (DOMAIN L1) unless the pack's own help already says it: `l1_said`."""

    l1: str
    l1_said: str
    minutes: Plural
    known: Annotated[str, Fills("text")]
    suggested: Annotated[str, Fills("label")]
    more_questions: str
    rounds: Annotated[str, Fills("n", "of")]
    submit: str
    reasons: dict[Reason, str]
