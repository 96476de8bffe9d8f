"""The sentences of the week's summary, of what goes back to the arbetslag, and of the rektor's reply."""

from typing import Annotated

from bot.domain.check_in import WhyNotAsked
from bot.messages.texts.base import Fills, Plural, TextSection


class WeeklyTexts(TextSection):
    """`own_…` is what an arbetslag sees of its part beforehand, `back_…` what it hears afterwards."""

    title: Annotated[str, Fills("school", "week")]
    period: Annotated[str, Fills("since", "until")]
    so_far: Annotated[str, Fills("when")]
    so_far_stopped: str
    sent_at: Annotated[str, Fills("when")]
    empty: str
    without_words: str
    new: Plural
    changed: Plural
    count: Annotated[str, Fills("aspect", "works", "worries")]
    too_few: str
    closed: str
    sticks_out: str
    rise: Annotated[str, Fills("team", "n", "usual")]
    rise_from_none: Annotated[str, Fills("team", "n")]
    apart: Annotated[str, Fills("works", "worries", "aspect")]
    waiting: str
    waits: Annotated[str, Fills("team")]
    more_wait: Plural
    nothing_waits: str
    new_causes: str
    new_cause: Annotated[str, Fills("team", "cause", "strength")]
    more_causes: Plural
    missing: str
    silent: Annotated[str, Fills("names")]
    no_voice: str
    not_asked: Annotated[str, Fills("team", "when", "why")]
    not_known: Annotated[str, Fills("team", "when", "why")]
    why: dict[WhyNotAsked, str]
    participation: Annotated[str, Fills("answered", "asked")]
    for_whom: str
    reply: str
    set_time: str
    last_week: str
    no_rektor: Annotated[str, Fills("school")]
    no_rektor_hint: str
    own_title: Annotated[str, Fills("team", "week")]
    own_preview: Annotated[str, Fills("when")]
    own_stopped: str
    own_empty: str
    own_closed: str
    own_raised: Annotated[str, Fills("team")]
    own_sent: Annotated[str, Fills("when")]
    own_read: Annotated[str, Fills("when")]
    own_not_read: str
    back_title: Annotated[str, Fills("team")]
    back_intro: Annotated[Plural, Fills("n", "rektor")]
    back_changed: Plural
    back_quotes: str
    back_rest: str
    reply_title: str
    reply_about: str
    reply_whole_week: Annotated[str, Fills("team")]
    reply_note: Annotated[str, Fills("team", "text")]
    reply_label: str
    reply_help: str
    reply_submit: str
    reply_empty: str
    reply_too_long: Annotated[str, Fills("longest")]
    reply_gone: str
    reply_no_channel: Annotated[str, Fills("team")]
    reply_nobody: str
    reply_sent: Annotated[str, Fills("team")]
    reply_already: Annotated[str, Fills("team")]
    reply_message: Annotated[str, Fills("team")]
    reply_concerns: str
    reply_concerns_week: Annotated[str, Fills("week")]
    reply_from: Annotated[str, Fills("rektor")]
    time_title: str
    time_label: str
    time_help: str
    time_submit: str
    time_saved: Annotated[str, Fills("pattern", "when")]
    time_more: str
    time_stale: Annotated[str, Fills("pattern")]
    no_summary: str
    no_latest: str
