"""The sentences about who is in a team of the chat's and not in an arbetslag, and the other way round."""

from typing import Annotated

from bot.messages.texts.base import Fills, Plural, TextSection


class RosterTexts(TextSection):
    changed: Annotated[str, Fills("team")]
    unchanged: str
    new: Plural
    channels: Plural
    left: Plural
    left_do: str
    guest: Annotated[str, Fills("name")]
    member_of: Annotated[str, Fills("name", "arbetslag")]
    more: Plural
    nameless: str
    pick: str
    title: str
    intro: str
    people: str
    people_help: str
    arbetslag: str
    arbetslag_help: str
    channels_pick: str
    channels_help: str
    skolform: str
    submit: str
    no_arbetslag: str
    nothing_chosen: str
    over: str
    added: Annotated[Plural, Fills("arbetslag")]
    made: Annotated[Plural, Fills("names")]
    made_next: str
