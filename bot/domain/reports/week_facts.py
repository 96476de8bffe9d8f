"""What the store knows of a week: everything its summary is made of."""

from datetime import date, datetime

from pydantic import Field

from bot.domain.analysis.strength import Strength
from bot.domain.check_in import WhyNotAsked
from bot.domain.notes import Perspective, Sign
from bot.domain.reports.current_state import Told
from bot.domain.value import ArbetslagId, PersonId, Value


class WeekNote(Value):
    """One note of the week, and a mark of who wrote it: to count heads by, never to show.

    `changed` when an earlier week's note was rewritten after its summary.
    """

    told: Told
    arbetslag: ArbetslagId
    writer: PersonId
    perspective: Perspective
    changed: bool = False


class Raised(Value):
    """Something an arbetslag lifted to the rektor and has had no answer to."""

    note: str
    arbetslag: ArbetslagId
    name: str
    text: str
    at: datetime
    link: str | None = None


class TeamWeek(Value):
    """What the store knows of one arbetslag's week.

    `before` counts the notes of earlier weeks by sign, and `weeks_before` the weeks it wrote in.
    `closed`: its words stay with it (an elevhälsoteam, DOMAIN L5), and are not among the `notes`.
    """

    arbetslag: ArbetslagId
    name: str
    notes: tuple[WeekNote, ...] = ()
    asked: int = 0
    answered: int = 0
    before: dict[Sign, int] = Field(default_factory=dict)
    weeks_before: int = 0
    closed: bool = False


class NewCause(Value):
    """An explanation that an arbetslag agreed on since the last summary."""

    name: str
    text: str
    strength: Strength


class NotAsked(Value):
    """A planned question that was never asked: too late, or nobody there to ask."""

    name: str
    planned: datetime
    why: WhyNotAsked


class WeekFacts(Value):
    """Everything a summary is made of. `week` is a day of the week it belongs to."""

    school: str
    week: date
    since: date
    until: date
    teams: tuple[TeamWeek, ...]
    raised: tuple[Raised, ...] = ()
    new_causes: tuple[NewCause, ...] = ()
    not_asked: tuple[NotAsked, ...] = ()
