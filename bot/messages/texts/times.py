"""When something recurs, and what is asked about it. What people write of it is Swedish in every language."""

from typing import Annotated, Literal, Self, get_args

from pydantic import model_validator

from bot.domain.schedule.ask import AskName, ChoiceName
from bot.messages.texts.base import Fills, TextSection

NTH, WEEKS = (1, 2, 3, 4, -1), (2, 3, 4)
Parity = Literal["even", "odd"]


class TimeTexts(TextSection):
    """`every` is said of one weekday ("varannan"), `weeks` of several or of workdays ("varannan vecka")."""

    pattern: Annotated[str, Fills("days", "time")]
    begins: Annotated[str, Fills("pattern", "date")]
    ends: Annotated[str, Fills("pattern", "date")]
    without: Annotated[str, Fills("pattern", "weeks")]
    once: Annotated[str, Fills("day", "year")]
    weekly: Annotated[str, Fills("days")]
    every: dict[int, str]
    weeks: dict[int, str]
    spaced: Annotated[str, Fills("every", "day")]
    spaced_several: Annotated[str, Fills("weeks", "days")]
    spaced_workdays: Annotated[str, Fills("weeks", "days")]
    of_month: Annotated[str, Fills("nth", "day")]
    nth: dict[int, str]
    days: tuple[str, str, str, str, str, str, str]
    workdays: str
    in_weeks: Annotated[str, Fills("days", "weeks")]
    parity: dict[Parity, str]

    echo_dates: Annotated[str, Fills("pattern", "dates")]
    echo_date: Annotated[str, Fills("date", "week")]
    echo_once: Annotated[str, Fills("pattern", "week")]
    skips: Annotated[str, Fills("days")]
    skipped: Annotated[str, Fills("days", "reason")]
    skipped_more: Annotated[str, Fills("n")]
    two_running: str
    right: str
    closed: dict[str, str]
    """By the Swedish word; what is not here is a name, and stays."""

    choices: Annotated[dict[ChoiceName, str], Fills("what")]
    asks: Annotated[
        dict[AskName, str],
        Fills("said", "time", "one", "other", "lov", "date", "pattern", "week", "what", "day"),
        Fills("example", "weekday", "reason", "word"),
    ]

    @model_validator(mode="after")
    def _says_all(self) -> Self:
        wanted = (
            ("every", WEEKS, self.every),
            ("weeks", WEEKS, self.weeks),
            ("nth", NTH, self.nth),
            ("parity", get_args(Parity), self.parity),
            ("choices", get_args(ChoiceName), self.choices),
            ("asks", get_args(AskName), self.asks),
        )
        for name, keys, given in wanted:
            if missing := sorted(map(str, set(keys) - set(given))):
                raise ValueError(f"{name}: {', '.join(missing)} is missing")
        return self
