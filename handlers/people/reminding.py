"""Somebody waits for a yes: whoever may give it is reminded once, on the second working day (DOMAIN R108)."""

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from bot.domain.school import Person, Request
from bot.log import log
from bot.messages.phrasing import requests as said
from handlers.informing import News, inform
from handlers.people.deciding import again_key, asked, asked_key, deciders
from prompts.book import Prompts
from storage.backup.epoch import restored_at
from storage.people.roster import Roster
from storage.post.outbox import standing_of
from storage.unit import StaleVersion, UnitOfWork

REMIND_AFTER_DAYS = 2


class _Due(NamedTuple):
    """A request that has waited until `at`, and one of those who may say yes to it."""

    person: Person
    request: Request
    decider: Person
    at: datetime


def remind_deciders(unit: UnitOfWork, prompts: Prompts, now: datetime) -> None:
    """Remind of every request that has waited so long, each in a savepoint of its own.

    A minute nobody waits in asks the store nothing; what was forgotten, however much, asks it once. What
    fell due before the store was laid back may have been sent in the lost hours: it waits as long again.
    """
    late = {again_key(one.person, one.request, one.decider.id): one for one in _due(unit.roster, now)}
    asked_by = {key: asked_key(one.person, one.request, one.decider.id) for key, one in late.items()}
    known = standing_of(unit, [*late, *asked_by.values()]) if late else {}
    unsaid = {key: one for key, one in late.items() if key not in known}
    restored = restored_at(unit) if unsaid else None
    for key, one in unsaid.items():
        if restored is None or one.at > restored or _over(unit.roster, one.person, restored) <= now:
            _remind(unit, prompts, one, key, now, again=asked_by[key] in known)


def _due(roster: Roster, now: datetime) -> Iterator[_Due]:
    for person in roster.persons.values():
        request = person.request
        if request and person.school in roster.calendars and (at := _over(roster, person, request.at)) <= now:
            yield from (_Due(person, request, one, at) for one in deciders(roster, person, request))


def _over(roster: Roster, person: Person, since: datetime) -> datetime:
    """When they have waited so long that somebody is reminded."""
    return roster.calendars[person.school].add_working_days(since, REMIND_AFTER_DAYS)


def _remind(unit: UnitOfWork, prompts: Prompts, due: _Due, key: str, now: datetime, *, again: bool) -> None:
    """Remind somebody once. `again`: who decides only since then was never asked, and is so now."""
    person, request, one, _ = due
    try:
        with unit.apart():
            reminder = said.request(asked(unit.roster, person, request), prompts.said_to(one), again=again)
            news = News(key, f"request:{person.id}", reminder)
            inform(unit, person.school, now, one.direct, news)
    except StaleVersion:
        raise
    except Exception:
        log.exception("chore_failed", action="calendar.chore_failed", kind="remind_decider")
