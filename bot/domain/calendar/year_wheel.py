"""The year wheel: where in the quality cycle a school usually is, month by month."""

from datetime import date
from typing import Annotated, Self

from pydantic import Field, model_validator

from bot.domain.school import Skolform
from bot.domain.value import Value

MONTHS = 12
Month = Annotated[int, Field(ge=1, le=MONTHS)]


class Phase(Value):
    """One state of the cycle: its name, its plain question, and what is done in it."""

    name: str
    question: str
    what: str


class YearWheel(Value):
    """Which phase each month belongs to. A wheel with a month left out is refused."""

    key: str
    skolformer: tuple[Skolform, ...] = ()
    phases: dict[str, Phase]
    months: dict[Month, str]

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        if missing := set(range(1, MONTHS + 1)) - set(self.months):
            raise ValueError(f"årshjulet {self.key} har ingen fas för månad {min(missing)}")
        if unknown := set(self.months.values()) - set(self.phases):
            raise ValueError(f"årshjulet {self.key} har ingen fas som heter {min(unknown)}")
        return self

    def at(self, day: date) -> Phase:
        return self.phases[self.months[day.month]]

    def next_phase(self, day: date) -> tuple[date, Phase]:
        """The first day of the next phase, and that phase; a wheel with one phase never turns."""
        for ahead in range(1, MONTHS + 1):
            month = (day.month - 1 + ahead) % MONTHS + 1
            year = day.year + (day.month - 1 + ahead) // MONTHS
            if self.months[month] != self.months[day.month]:
                return date(year, month, 1), self.phases[self.months[month]]
        return day, self.at(day)
