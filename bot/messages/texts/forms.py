"""The words around the questions of any pack shown as a form."""

from typing import Annotated

from bot.domain.conversation.reading import Reason
from bot.domain.school import Language
from bot.messages.model import Around
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
    close: str
    pick: str
    language: Language
    reasons: dict[Reason, str]

    @property
    def around(self) -> Around:
        return Around(close=self.close, pick=self.pick, language=self.language)
