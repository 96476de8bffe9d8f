"""The sentences of who does what, and of how it changes hands."""

from typing import Annotated

from bot.messages.texts.base import Fills, Plural, TextSection


class RoleTexts(TextSection):
    title: Annotated[str, Fills("school")]
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
    change: str
    person_title: str
    person: str
    person_submit: str
    change_title: str
    change_intro: Annotated[str, Fills("name")]
    change_roles: str
    change_teams: str
    change_leads: str
    change_out: str
    change_submit: str
    changed: Annotated[str, Fills("name", "what")]
    changed_out: Annotated[str, Fills("name")]
    changed_meanwhile: str
    what_in: Annotated[str, Fills("role", "arbetslag")]
    what_plain: Annotated[str, Fills("role", "school")]
    you_changed: Annotated[str, Fills("by", "what")]
    you_left: Annotated[str, Fills("by", "school")]
