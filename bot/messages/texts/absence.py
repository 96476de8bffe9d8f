"""The sentences about being away; none of them asks why."""

from typing import Annotated

from bot.messages.texts.base import Fills, TextSection


class AbsenceTexts(TextSection):
    form_title: str
    form_intro: str
    who: str
    me: Annotated[str, Fills("name")]
    until: str
    submit: str
    bad_date: str
    past: str
    too_far: str
    saved_me: Annotated[str, Fills("date")]
    saved_other: Annotated[str, Fills("name", "date")]
    quiet: str
    told: Annotated[str, Fills("by", "date")]
    told_hint: str
    now: Annotated[str, Fills("date")]
    change: str
    end: str
    ended_me: str
    ended_other: Annotated[str, Fills("name")]
    not_away: str
