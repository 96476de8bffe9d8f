"""The sentences of `/sök`."""

from typing import Annotated

from bot.messages.texts.base import Fills, Plural, TextSection


class SearchTexts(TextSection):
    """What a search says; the words that were sought stand on a line of their own."""

    found: Plural
    none: str
    sought: Annotated[str, Fills("words")]
    newest: Annotated[str, Fills("shown", "n")]
    more: Annotated[str, Fills("read")]
    source: Annotated[str, Fills("team", "day")]
    try_other: str
    again: str
    form_title: str
    form_label: str
    form_help: str
    form_submit: str
    form_empty: str
    form_long: Annotated[str, Fills("longest")]
    not_yours: str
    not_yours_lead: str
    only_closed: str
