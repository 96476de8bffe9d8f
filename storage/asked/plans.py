"""When something is planned: the schedules, how far each was looked at, and each occasion's verdict."""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, delete, select, update

from bot.domain.check_in import CheckInPlan, SummaryPlan
from bot.domain.value import ArbetslagId, SchoolId
from storage.moments import from_text, to_text
from storage.tables import mark, occurrence, schedule
from storage.unit import UnitOfWork

CHECK_IN = "check_in"
WEEKLY = "weekly"

MOST_AT_ONCE = 500
"""Schedules that are looked at in one transaction."""


class DueSchedule(NamedTuple):
    """A schedule whose time may have come, and how far it was looked at."""

    id: str
    kind: str
    body: str
    watermark: datetime

    @property
    def plan(self) -> CheckInPlan | SummaryPlan:
        """Read the plan; a body that cannot be read fails here, where it hurts only itself."""
        kind = CheckInPlan if self.kind == CHECK_IN else SummaryPlan
        return kind.model_validate_json(self.body)


def load_plan(unit: UnitOfWork, key: str) -> CheckInPlan | None:
    """Read one arbetslag's plan."""
    seen: CheckInPlan | None = unit.seen.get(("plan", key))
    if seen is None:
        row = unit.look(select(schedule.c.body).where(schedule.c.id == key, schedule.c.kind == CHECK_IN))
        if row is None:
            return None
        seen = CheckInPlan.model_validate_json(row["body"])
        unit.seen["plan", key] = seen
    return seen


def save_plan(
    unit: UnitOfWork, plan: CheckInPlan, *, watermark: datetime, next_at: datetime | None, was: int | None
) -> None:
    """Save a plan; `was` is the version that was read, None when it is new.

    A plan paused until a day stays `active` in its column, so that the tick wakes it.
    """
    unit.seen["plan", plan.id] = plan
    sleeps = plan.state == "paused" and plan.paused_until is not None
    row = _row(plan.id, CHECK_IN, plan, watermark, next_at)
    unit.keep(schedule, {**row, "state": "active" if sleeps else plan.state}, was=was)


def load_summary_plan(unit: UnitOfWork, school: SchoolId) -> SummaryPlan | None:
    """Read when a school's rektor gets the summary."""
    found = unit.rows(
        select(schedule.c.body).where(schedule.c.school_id == school, schedule.c.kind == WEEKLY)
    )
    return SummaryPlan.model_validate_json(found[0]["body"]) if found else None


def save_summary_plan(
    unit: UnitOfWork, plan: SummaryPlan, *, watermark: datetime, next_at: datetime | None, was: int | None
) -> None:
    """Save when a school's rektor gets the summary."""
    unit.keep(schedule, _row(plan.id, WEEKLY, plan, watermark, next_at), was=was)


def _row(
    key: str, kind: str, plan: CheckInPlan | SummaryPlan, watermark: datetime, next_at: datetime | None
) -> dict[str, object]:
    return {
        "id": key,
        "kind": kind,
        "school_id": plan.school,
        "arbetslag_id": plan.arbetslag if isinstance(plan, CheckInPlan) else None,
        "state": plan.state,
        "body": plan.model_dump_json(),
        "watermark": to_text(watermark),
        "next_at": to_text(next_at) if next_at else None,
        "version": plan.version,
    }


def plans_of_school(unit: UnitOfWork, school: SchoolId) -> tuple[CheckInPlan, ...]:
    """All check-in plans of a school that are agreed and not stopped, oldest first."""
    return _plans(unit, schedule.c.school_id == school)


def plans_of_arbetslag(unit: UnitOfWork, arbetslag: ArbetslagId) -> tuple[CheckInPlan, ...]:
    """All check-in plans of an arbetslag that are agreed and not stopped, oldest first."""
    return _plans(unit, schedule.c.arbetslag_id == arbetslag)


def drafts_of(unit: UnitOfWork, arbetslag: ArbetslagId) -> tuple[CheckInPlan, ...]:
    """The drafts for an arbetslag that nobody has said yes to yet, oldest first."""
    return _plans(unit, schedule.c.arbetslag_id == arbetslag, states=("draft",))


def _plans(
    unit: UnitOfWork, condition: ColumnElement[bool], *, states: tuple[str, ...] = ("active", "paused")
) -> tuple[CheckInPlan, ...]:
    held = schedule.c.state.in_(states)
    statement = select(schedule.c.body).where(schedule.c.kind == CHECK_IN, held, condition)
    rows = unit.rows(statement.order_by(schedule.c.id))
    return tuple(CheckInPlan.model_validate_json(row["body"]) for row in rows)


def watermark_of(unit: UnitOfWork, key: str) -> datetime:
    """How far a schedule has been looked at."""
    (row,) = unit.rows(select(schedule.c.watermark).where(schedule.c.id == key))
    return from_text(row["watermark"])


def due_schedules(unit: UnitOfWork, now: datetime) -> tuple[DueSchedule, ...]:
    """The schedules to look at, those waiting longest first. Other workers skip what is held here."""
    rows = unit.rows(
        select(schedule)
        .where(schedule.c.state == "active", schedule.c.next_at <= to_text(now))
        .order_by(schedule.c.next_at, schedule.c.id)
        .limit(MOST_AT_ONCE)
        .with_for_update(skip_locked=True)
    )
    return tuple(
        DueSchedule(row["id"], row["kind"], row["body"], from_text(row["watermark"])) for row in rows
    )


def move_watermark(unit: UnitOfWork, key: str, watermark: datetime, next_at: datetime | None) -> None:
    """Note how far a schedule was looked at, and when to look again. It never goes back."""
    unit.change(
        update(schedule)
        .where(schedule.c.id == key, schedule.c.watermark <= to_text(watermark))
        .values(watermark=to_text(watermark), next_at=to_text(next_at) if next_at else None)
    )


def claim_occurrence(
    unit: UnitOfWork, key: str, planned_local: datetime, planned_utc: datetime, verdict: str, reason: str = ""
) -> bool:
    """Give one occasion its one verdict; False when it has one already."""
    local = planned_local.replace(tzinfo=None).isoformat(timespec="minutes")
    same = (occurrence.c.schedule_id == key, occurrence.c.planned_local == local)
    if unit.rows(select(occurrence.c.verdict).where(*same)):
        return False
    row = {
        "schedule_id": key,
        "planned_local": local,
        "planned_utc": to_text(planned_utc),
        "verdict": verdict,
        "reason": reason,
    }
    unit.add(occurrence, row)
    return True


def revise_occurrence(unit: UnitOfWork, key: str, planned_local: datetime, verdict: str, reason: str) -> None:
    """Change an occasion's verdict: what was to be asked never left us."""
    local = planned_local.replace(tzinfo=None).isoformat(timespec="minutes")
    same = (occurrence.c.schedule_id == key, occurrence.c.planned_local == local)
    unit.change(update(occurrence).where(*same).values(verdict=verdict, reason=reason))


def claimed(unit: UnitOfWork, keys: Iterable[str], since: datetime) -> dict[tuple[str, str], str]:
    """The verdicts of occasions planned after `since`, by schedule and wall time."""
    rows = unit.rows(
        select(occurrence).where(
            occurrence.c.schedule_id.in_(tuple(keys)), occurrence.c.planned_utc > to_text(since)
        )
    )
    return {(row["schedule_id"], row["planned_local"]): row["verdict"] for row in rows}


def drop_draft(unit: UnitOfWork, key: str) -> None:
    """Forget a draft: another took its place."""
    unit.seen.pop(("plan", key), None)
    unit.change(delete(schedule).where(schedule.c.id == key, schedule.c.state == "draft"))


def drop_drafts(unit: UnitOfWork, before: datetime) -> int:
    """Forget drafts that nobody said yes to."""
    old = (schedule.c.state == "draft", schedule.c.watermark < to_text(before))
    return unit.change(delete(schedule).where(*old))


def schools_without_summary(unit: UnitOfWork, schools: Collection[SchoolId]) -> tuple[SchoolId, ...]:
    """The schools whose weekly summary has no schedule yet."""
    mine = schedule.c.school_id.in_(tuple(schools))  # an index holds both: no plan is read for this
    found = unit.rows(select(schedule.c.school_id).where(mine, schedule.c.kind == WEEKLY))
    known = {row["school_id"] for row in found}
    return tuple(school for school in schools if school not in known)


def set_mark(unit: UnitOfWork, name: str, value: str) -> bool:
    """Set a mark; False when it already had this value."""
    known = unit.rows(select(mark.c.value).where(mark.c.name == name))
    if known and known[0]["value"] == value:
        return False
    if known:
        unit.change(update(mark).where(mark.c.name == name).values(value=value))
    else:
        unit.add(mark, {"name": name, "value": value})
    return True
