"""Somebody waits for a yes: whoever may give it is reminded once, on the second working day (DOMAIN R108)."""

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from bot.domain.school import Person, Request
from bot.log import log
from bot.messages.phrasing import requests as said
from handlers.people.deciding import again_key, asked, asked_key, deciders
from prompts.book import Prompts
from storage.people.roster import Roster
from storage.post.outbox import Promised, promise, standing_of
from storage.unit import StaleVersion, UnitOfWork

REMIND_AFTER_DAYS = 2


class _Due(NamedTuple):
    """A request that has waited, and one of those who may say yes to it."""

    person: Person
    request: Request
    decider: Person


def remind_deciders(unit: UnitOfWork, prompts: Prompts, now: datetime) -> None:
    """Remind of every request that has waited so long, each in a savepoint of its own.

    A minute nobody waits in asks the store nothing; what was forgotten, however much, asks it once.
    """
    late = {again_key(one.person, one.request, one.decider.id): one for one in _due(unit.roster, now)}
    asked_by = {key: asked_key(one.person, one.request, one.decider.id) for key, one in late.items()}
    known = standing_of(unit, [*late, *asked_by.values()]) if late else {}
    for key, one in late.items():
        if key not in known:
            _remind(unit, prompts, one, key, now, again=asked_by[key] in known)


def _due(roster: Roster, now: datetime) -> Iterator[_Due]:
    for person in roster.persons.values():
        request, calendar = person.request, roster.calendars.get(person.school)
        if request and calendar and calendar.add_working_days(request.at, REMIND_AFTER_DAYS) <= now:
            yield from (_Due(person, request, one) for one in deciders(roster, person, request))


def _remind(unit: UnitOfWork, prompts: Prompts, due: _Due, key: str, now: datetime, *, again: bool) -> None:
    """Remind somebody once. `again`: who decides only since then was never asked, and is so now."""
    person, request, one = due
    try:
        with unit.apart():
            if one.direct is None:
                return
            reminder = Promised(
                key=key,
                message_class="critical",
                concerns=f"request:{person.id}",
                place=one.direct,
                message=said.request(asked(unit.roster, person, request), prompts.said_to(one), again=again),
                not_before=now,
                hours_of=person.school,
            )
            promise(unit, reminder)
    except StaleVersion:
        raise
    except Exception:
        log.exception("chore_failed", action="calendar.chore_failed", kind="remind_decider")
