"""Who is away until when. There is no column for why."""

from datetime import date, timedelta

from sqlalchemy import delete, update

from bot.domain.value import PersonId
from storage.tables import absence
from storage.unit import UnitOfWork


def set_absence(unit: UnitOfWork, person: PersonId, starts: date, ends: date) -> None:
    """Note that a person is away from `starts` to `ends`; what was said about those days is replaced."""
    end_absence(unit, person, starts)
    unit.add(absence, {"person_id": person, "starts": starts, "ends": ends})


def end_absence(unit: UnitOfWork, person: PersonId, today: date) -> bool:
    """Let a person be back `today`; False when they were not away."""
    theirs = (absence.c.person_id == person, absence.c.ends >= today)
    dropped = unit.change(delete(absence).where(*theirs, absence.c.starts >= today))
    cut = unit.change(update(absence).where(*theirs).values(ends=today - timedelta(days=1)))
    return dropped + cut > 0
