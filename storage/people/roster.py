"""Who is who, read whole and kept until somebody changes it: thousands of rows, asked for each event."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import TypeVar

from pydantic import ValidationError
from sqlalchemy import Column, Connection, Table, select

from bot.domain.calendar.school_year import Calendar, CalendarDay, Term
from bot.domain.school import Account, Arbetslag, Person, Place, Role, School, folded, tenant_of
from bot.domain.value import ArbetslagId, PersonId, SchoolId, Value
from bot.log import log
from storage import tables

K = TypeVar("K", bound=str)
T = TypeVar("T", bound=Value)


@dataclass(frozen=True)
class Roster:
    """The people, teams, schools and calendars of one moment."""

    schools: dict[SchoolId, School] = field(default_factory=dict)
    arbetslag: dict[ArbetslagId, Arbetslag] = field(default_factory=dict)
    persons: dict[PersonId, Person] = field(default_factory=dict)
    accounts: dict[tuple[str, str], PersonId] = field(default_factory=dict)
    calendars: dict[SchoolId, Calendar] = field(default_factory=dict)
    away: dict[PersonId, tuple[tuple[date, date], ...]] = field(default_factory=dict)
    out: dict[SchoolId, tuple[str, ...]] = field(default_factory=dict)
    """Schools of which something cannot be read, and which rows that is: table and id. Neither `schools` nor
    `calendars` has them, so that whoever works with one fails; their people are here all the same, and
    nobody takes them for strangers."""

    def person_of(self, account: Account) -> Person | None:
        found = self.accounts.get((account.platform, account.user))
        return self.persons.get(found) if found else None

    def schools_in(self, tenant: str) -> tuple[School, ...]:
        """The schools of one workspace: those with a person or a channel in it.

        Raises KeyError where all there are are out: that is no workspace without a school, for a newcomer to
        found one in.
        """
        known = self._by_tenant.get(tenant, ())
        return tuple(self.schools[key] for key in [one for one in known if one not in self.out] or known)

    def called(self, name: str, tenant: str) -> tuple[Person, ...]:
        """Those in one workspace's schools who cannot be told from somebody of that name."""
        schools = {school.id for school in self.schools_in(tenant)}
        here = (one for one in self.persons.values() if one.roles and one.school in schools)
        return tuple(one for one in here if folded(one.name) == folded(name))

    @cached_property
    def _by_tenant(self) -> dict[str, tuple[SchoolId, ...]]:
        found = [(tenant_of(team.place), team.school) for team in self.arbetslag.values() if team.place]
        for (platform, user), person in self.accounts.items():
            if known := self.persons.get(person):
                found.append((tenant_of(Account(platform=platform, user=user)), known.school))
        tenants: dict[str, dict[SchoolId, None]] = defaultdict(dict)
        for tenant, school in found:
            tenants[tenant][school] = None
        return {tenant: tuple(schools) for tenant, schools in tenants.items()}

    @cached_property
    def _by_spot(self) -> dict[tuple[str, str], Arbetslag]:
        teams = (team for team in self.arbetslag.values() if team.place)
        return {(team.place.platform, team.place.address): team for team in teams if team.place}

    @cached_property
    def _by_team(self) -> dict[ArbetslagId, tuple[Person, ...]]:
        found: dict[ArbetslagId, list[Person]] = defaultdict(list)
        for person in self.persons.values():
            for team in person.arbetslag:
                found[team].append(person)
        return {team: tuple(people) for team, people in found.items()}

    @cached_property
    def _by_school(self) -> dict[SchoolId, tuple[Arbetslag, ...]]:
        found: dict[SchoolId, list[Arbetslag]] = defaultdict(list)
        for team in self.arbetslag.values():
            found[team.school].append(team)
        return {school: tuple(teams) for school, teams in found.items()}

    def members(self, arbetslag: ArbetslagId) -> tuple[Person, ...]:
        return self._by_team.get(arbetslag, ())

    def arbetslag_at(self, place: Place) -> Arbetslag | None:
        """The arbetslag whose channel `place` is (or lies in)."""
        return self._by_spot.get((place.platform, place.address))

    def arbetslag_of(self, school: SchoolId) -> tuple[Arbetslag, ...]:
        return self._by_school.get(school, ())

    def holders(self, role: Role, school: SchoolId) -> tuple[Person, ...]:
        """Those who hold `role` in `school`."""
        return tuple(
            person for person in self.persons.values() if person.school == school and person.has(role)
        )

    def is_away(self, person: PersonId, day: date) -> bool:
        return any(first <= day <= last for first, last in self.away.get(person, ()))


class RosterShelf:
    """Keeps the roster between transactions. A process alone with its store rereads only what it changed."""

    tables: frozenset[Table] = frozenset(
        {
            tables.huvudman,
            tables.school,
            tables.arbetslag,
            tables.person,
            tables.account,
            tables.calendar_day,
            tables.term,
            tables.absence,
        }
    )

    def __init__(self) -> None:
        self._roster: Roster | None = None
        self.last: Roster | None = None
        """As it was read last: for what may be a moment old, such as the language of an apology."""

    def begin(self, *, alone: bool) -> None:
        if not alone:
            self.forget()

    def forget(self) -> None:
        self._roster = None

    def read(self, connection: Connection) -> Roster:
        if self._roster is None:
            known, self._roster = self.last, load_roster(connection)
            self.last = self._roster
            for school in self._roster.out.keys() - (known.out if known else {}).keys():
                log.error("school_out", action="store.school_out", key=school)
        return self._roster


def load_roster(connection: Connection) -> Roster:
    """Read the whole roster. A school of which a row cannot be read is out of it, and no other."""
    out: dict[SchoolId, tuple[str, ...]] = {}
    schools = _read(connection, tables.school.c.id, School, SchoolId, out)
    arbetslag = _read(connection, tables.arbetslag.c.school_id, Arbetslag, ArbetslagId, out)
    persons = _read(connection, tables.person.c.school_id, Person, PersonId, out)
    calendars: dict[SchoolId, Calendar] = {}
    for school in schools.values():
        try:
            calendars[school.id] = _calendar(connection, school)
        except ValueError:
            out[school.id] = (*out.get(school.id, ()), f"calendar {school.id}")
    away: dict[PersonId, tuple[tuple[date, date], ...]] = {}
    for row in connection.execute(select(tables.absence)):
        away[row.person_id] = (*away.get(row.person_id, ()), (row.starts, row.ends))
    return Roster(
        schools={key: school for key, school in schools.items() if key not in out},
        arbetslag=arbetslag,
        persons=persons,
        accounts={
            (row.platform, row.user): PersonId(row.person_id)
            for row in connection.execute(select(tables.account))
        },
        calendars={key: calendar for key, calendar in calendars.items() if key not in out},
        away=away,
        out=out,
    )


def _read(
    connection: Connection,
    whose: Column[str],
    kind: type[T],
    named: Callable[[str], K],
    out: dict[SchoolId, tuple[str, ...]],
) -> dict[K, T]:
    """Read what is kept whole in the table of `whose`, the column that says which school a row belongs to."""
    found: dict[K, T] = {}
    for row in connection.execute(select(whose.table.c.id, whose.table.c.body, whose.label("whose"))):
        try:
            found[named(row.id)] = kind.model_validate_json(row.body)
        except ValidationError:
            school = SchoolId(row.whose)
            out[school] = (*out.get(school, ()), f"{whose.table.name} {row.id}")
    return found


def _calendar(connection: Connection, school: School) -> Calendar:
    days = connection.execute(select(tables.calendar_day).where(tables.calendar_day.c.school_id == school.id))
    terms = connection.execute(select(tables.term).where(tables.term.c.school_id == school.id))
    return Calendar(
        zone=school.timezone,
        days=tuple(CalendarDay(date=row.day, kind=row.kind, name=row.name) for row in days),
        terms=tuple(Term(name=row.name, first=row.starts, last=row.ends) for row in terms),
    )
