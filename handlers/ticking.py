"""A minute passed: what is due? Each thing that is done stands in a savepoint of its own."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial

from bot.domain.events import Ticked
from bot.domain.notes import BIN_FOR
from bot.log import log
from bot.messages.model import Quiet, Response
from handlers.asking import due, reminders
from handlers.people.reminding import remind_deciders
from handlers.places.readdressing import readdress
from prompts.book import Prompts
from storage.asked.plans import (
    DueSchedule,
    drop_drafts,
    due_schedules,
    move_watermark,
    schools_without_summary,
    set_mark,
)
from storage.installed import installations, references
from storage.post import inbox
from storage.said.bin import empty_bin
from storage.said.forgetting import forget_sent
from storage.unit import StaleVersion, UnitOfWork

DRAFTS_KEPT = timedelta(days=7)
WORDS_KEPT = timedelta(days=30)
"""How long a message that is sent keeps its words here; the chat has them, and the notes their own."""

AFTER_FAILURE = timedelta(hours=1)


def on_tick(event: Ticked, unit: UnitOfWork, prompts: Prompts) -> Response:
    """Ask what is planned, remind who is late, and tidy up once a day."""
    calendars = unit.roster.calendars
    for school in schools_without_summary(unit, calendars):
        _chore(
            unit, "summary_plan", partial(due.ensure_summary_plan, unit, school, calendars[school], event.at)
        )
    for found in due_schedules(unit, event.at):
        _look_at(unit, prompts, found, event.at)
    reminders.on_time(unit, prompts, event.at)
    _chore(unit, "readdress", lambda: readdress(unit))
    _chore(unit, "remind_deciders", lambda: remind_deciders(unit, prompts, event.at))
    _tidy(unit, event.at)
    return Quiet()


def _look_at(unit: UnitOfWork, prompts: Prompts, found: DueSchedule, now: datetime) -> None:
    """One schedule, in a savepoint of its own: one that fails waits an hour and stops nobody else."""
    try:
        with unit.apart():
            due.WHEN_DUE[found.kind](unit, prompts, found, now)
    except StaleVersion:  # somebody changed the plan just now: the whole tick is tried once more
        raise
    except Exception:
        log.exception("schedule_failed", action="calendar.schedule_failed", key=found.id)
        move_watermark(unit, found.id, found.watermark, now + AFTER_FAILURE)


def _chore(unit: UnitOfWork, name: str, do: Callable[[], object]) -> None:
    """Something nobody waits for: what it stumbles over is logged, and stops nothing else."""
    try:
        with unit.apart():
            do()
    except StaleVersion:
        raise
    except Exception:
        log.exception("chore_failed", action="calendar.chore_failed", kind=name)


def _tidy(unit: UnitOfWork, now: datetime) -> None:
    """Forget, once a day, what serves nobody: old keys and drafts, the bin, who left, words that are sent."""
    if not set_mark(unit, "tidied", now.astimezone(UTC).date().isoformat()):
        return
    chores: dict[str, Callable[[], object]] = {
        "keys": lambda: inbox.purge(unit, now),
        "drafts": lambda: drop_drafts(unit, now - DRAFTS_KEPT),
        "bin": lambda: empty_bin(unit, tuple(unit.roster.schools), now - BIN_FOR, now),
        "installations": lambda: installations.purge(unit, now),
        "references": lambda: references.purge(unit, now),
        "sent": lambda: forget_sent(unit, now - WORDS_KEPT),
    }
    for name, do in chores.items():
        _chore(unit, name, do)
