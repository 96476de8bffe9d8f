"""The sentences of the bot's own page."""

from typing import Annotated

from bot.messages.texts.base import Fills, Plural, TextSection


class HomeTexts(TextSection):
    title: Annotated[str, Fills("name")]
    questions: str
    question: Annotated[str, Fills("arbetslag", "question")]
    answer_for: Annotated[str, Fills("arbetslag")]
    no_questions: str
    words: str
    not_sent: str
    show_week: Annotated[str, Fills("arbetslag")]
    away: str
    set_away: str
    no_team: str
    gaps: str
    waiting: str
    waits: Plural
    nothing_waits: str
    show_state: str
    plans: str
    plan: Annotated[str, Fills("arbetslag", "pattern", "dates")]
    plan_paused: Annotated[str, Fills("arbetslag", "pattern")]
    no_plans: str
    more_plans: Plural
    show_plans: str
    new_plan: str
    answered: Annotated[str, Fills("answered", "asked")]
