"""The sentences of a first meeting, and of who does what."""

from typing import Annotated

from bot.domain.access import Action, Relation
from bot.messages.texts.base import Fills, Plural, TextSection


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
    roles_title: Annotated[str, Fills("school")]
    rektor: str
    processledare: str
    samtalsledare: Annotated[str, Fills("arbetslag")]
    members: Annotated[str, Fills("arbetslag")]
    people: Plural
    none: str
    gaps: str
    gap_rektor: str
    gap_processledare: str
    gap_samtalsledare: Annotated[str, Fills("arbetslag")]
    gap_members: Annotated[str, Fills("arbetslag")]
    gap_channel: Annotated[str, Fills("arbetslag")]
    no_gaps: str
