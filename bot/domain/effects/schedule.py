"""What was decided about when an arbetslag is asked, before it is worded."""

from datetime import date, datetime
from typing import Literal

from bot.domain.check_in import CheckInPlan
from bot.domain.schedule.ask import AskBack
from bot.domain.schedule.due import Preview
from bot.domain.value import ArbetslagId, Value


class PhraseAskedBack(Value):
    """A phrase that can be read in no way, or in two; `wanted` is how it was written."""

    arbetslag: ArbetslagId
    ask: AskBack
    wanted: str


class Proposed(Value):
    """What was understood, and waits for a yes. `minutes` is what it comes to in the fullest week."""

    draft: CheckInPlan
    arbetslag: str
    questions: str
    preview: Preview
    minutes: int


class TooMuch(Value):
    """Refused: more minutes a week than the ceiling."""

    arbetslag: str
    minutes: int
    most: int


class PlanShown(Value):
    """One plan with its next times (local), and how each of its settings is said.

    `far`: the first of them is so far off that its year is said.
    """

    plan: CheckInPlan
    arbetslag: str
    questions: str
    coming: tuple[datetime, ...]
    far: bool = False


class PlansListed(Value):
    """All plans somebody may look after, each with its next times."""

    plans: tuple[PlanShown, ...]


class PlanChanged(Value):
    """What became of a plan, said to who did it (`arbetslag` is theirs to see, too).

    `far`: `first` is so far off that its year is said. `ended`: a plan's last day, that one occasion of it
    was moved past.
    """

    how: Literal["agreed", "paused", "started", "stopped", "unstopped", "moved"]
    plan: CheckInPlan
    arbetslag: str
    first: datetime | None = None
    far: bool = False
    until: date | None = None
    moved_from: datetime | None = None
    ended: date | None = None


class NewDates(Value):
    """A calendar changed under the plans: each with its next times."""

    plans: tuple[PlanShown, ...]
    withdrawn: int


ScheduleEffect = PhraseAskedBack | Proposed | TooMuch | PlanShown | PlansListed | PlanChanged | NewDates
