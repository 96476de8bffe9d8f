"""The sentences around a round of asking."""

from typing import Annotated

from bot.messages.texts.base import Fills, Plural, TextSection


class CheckInTexts(TextSection):
    """The question in the channel, and the private nudge."""

    small: Annotated[str, Fills("why", "readers", "minutes")]
    minutes: Plural
    late: Annotated[str, Fills("day")]
    progress_each: Annotated[Plural, Fills("done", "of")]
    progress_together_done: str
    progress_together_waiting: str
    closed: str
    answer: str
    nothing_new: str
    at_meeting: str
    skip: str
    add_answer: str
    snooze: str
    remind_title: Annotated[str, Fills("arbetslag")]
    remind_together_title: Annotated[str, Fills("arbetslag")]
    remind_once: str
    suits_title: Annotated[str, Fills("arbetslag")]
    suits_text: str
    does_not_suit: str
    told_does_not_suit: Annotated[str, Fills("who")]
    told_nobody: Annotated[str, Fills("who")]
    told_yourself: str
    somebody_says: Annotated[str, Fills("arbetslag")]
    somebody_hint: str
    show_plans: str
    snooze_title: str
    snooze_hour: str
    snooze_morning: Annotated[str, Fills("day")]
    snooze_tomorrow: str
    snooze_next: str
    snoozed: Annotated[str, Fills("moment")]
    snoozed_next: str
    already_done: str
    not_yours: str
    round_gone: str
