"""The sentences of a first meeting, and of who sees what."""

from typing import Annotated

from bot.domain.access import Action, Relation
from bot.messages.texts.base import Fills, TextSection


class OnboardingTexts(TextSection):
    hello: str
    how: str
    hello_again: Annotated[str, Fills("arbetslag")]
    begin: str
    example: str
    who_sees: str
    who_begins: Annotated[str, Fills("who")]
    nobody_begins: str
    only_channel: str
    taken: Annotated[str, Fills("arbetslag")]
    form_title: str
    form_intro: str
    form_arbetslag: str
    form_when: str
    form_when_help: str
    form_submit: str
    tied: Annotated[str, Fills("arbetslag")]
    tied_no_time: str
    left: Annotated[str, Fills("arbetslag")]
    plan: str
    example_title: str
    example_hint: str
    access_title: str
    access_caption: str
    access_what: str
    access_who: dict[Relation, str]
    access_rows: dict[Action, str]
    access_yes: str
    access_no: str
    access_note: str
