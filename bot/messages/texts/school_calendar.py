"""The sentences about lov, studiedagar and terms."""

from typing import Annotated

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
    unchanged: str
    covered: Annotated[str, Fills("date")]
