"""The sentences about lov, studiedagar and terms."""

from typing import Annotated, Self, get_args

from pydantic import model_validator

from bot.domain.calendar.rows import Reason
from bot.messages.texts.base import Fills, Plural, TextSection


class SchoolCalendarTexts(TextSection):
    not_yours: str
    title: str
    intro: str
    field: str
    field_help: str
    submit: str
    saved: Annotated[str, Fills("what")]
    lov: Plural
    study: Plural
    planning: Plural
    terms: Plural
    passed_over: Plural
    changed: Plural
    sent_to: Annotated[str, Fills("who")]
    see_them: str
    unchanged: str
    covered: Annotated[str, Fills("date")]
    a_line: str
    the_line: Annotated[str, Fills("n")]
    unreadable: Annotated[dict[Reason, str], Fills("where", "found")]
    mend: str

    @model_validator(mode="after")
    def _says_every_reason(self) -> Self:
        if missing := sorted(set(get_args(Reason)) - set(self.unreadable)):
            raise ValueError(f"unreadable: {', '.join(missing)} is missing")
        return self
