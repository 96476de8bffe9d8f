"""The sentences of a school's first day, and of an arbetslag's."""

from typing import Annotated, Literal

from bot.domain.school import Skolform
from bot.messages.texts.base import Fills, TextSection


class FirstDayTexts(TextSection):
    title: str
    intro: str
    huvudman: str
    huvudman_help: str
    kind: str
    kinds: dict[Literal["kommunal", "fristaende"], str]
    school: str
    skolformer: str
    names: dict[Skolform, str]
    team: str
    team_skolform: str
    members: str
    members_help: str
    leader: str
    leader_help: str
    submit: str
    founded: Annotated[str, Fills("school", "arbetslag")]
    first: Annotated[str, Fills("role")]
    founded_channel: Annotated[str, Fills("name", "school", "arbetslag")]
    founded_wrong: str
    founded_next: Annotated[str, Fills("head", "role")]
    you_lead: Annotated[str, Fills("by", "school", "role")]
    you_lead_do: Annotated[str, Fills("arbetslag")]
    next_title: str
    next_intro: str
    next_submit: str
    head: str
    head_help: str
    head_role: str
    head_taken: str
    school_option: str
    school_taken: str
    new_option: str
    new_name: str
    new_help: str
    more_members: str
    more_help: str
    quicker: str
    quicker_do: str
