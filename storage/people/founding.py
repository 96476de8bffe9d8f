"""Writing down who is who: the roster's rows, added or changed."""

from collections.abc import Iterable

from sqlalchemy import Table, bindparam, delete, update

from bot.domain.calendar.school_year import CalendarDay, Term
from bot.domain.school import Account, Arbetslag, Huvudman, Person, School
from bot.domain.value import PersonId, SchoolId
from storage import tables
from storage.unit import Row, UnitOfWork

_FORGET_DAY = delete(tables.calendar_day).where(
    tables.calendar_day.c.school_id == bindparam("the_school"),
    tables.calendar_day.c.day == bindparam("the_day"),
)
_FORGET_TERM = delete(tables.term).where(
    tables.term.c.school_id == bindparam("the_school"), tables.term.c.starts == bindparam("the_start")
)


def add_huvudman(unit: UnitOfWork, huvudman: Huvudman) -> None:
    unit.add(tables.huvudman, {"id": huvudman.id, "name": huvudman.name, "kind": huvudman.kind})


def add_school(unit: UnitOfWork, school: School) -> None:
    row: Row = {"id": school.id, "huvudman_id": school.huvudman, "body": school.model_dump_json()}
    unit.add(tables.school, row)


def change_school(unit: UnitOfWork, school: School) -> None:
    _replace_body(unit, tables.school, school.id, school.model_dump_json())


def add_arbetslag(unit: UnitOfWork, team: Arbetslag) -> None:
    unit.add(tables.arbetslag, {"id": team.id, "school_id": team.school, "body": team.model_dump_json()})


def change_arbetslag(unit: UnitOfWork, team: Arbetslag) -> None:
    _replace_body(unit, tables.arbetslag, team.id, team.model_dump_json())


def add_person(unit: UnitOfWork, person: Person, *accounts: Account) -> None:
    """Add a person, and the accounts the platforms know them by."""
    unit.add(tables.person, {"id": person.id, "school_id": person.school, "body": person.model_dump_json()})
    for account in accounts:
        add_account(unit, person.id, account)


def add_account(unit: UnitOfWork, person: PersonId, account: Account) -> None:
    unit.add(tables.account, {"platform": account.platform, "user": account.user, "person_id": person})


def change_person(unit: UnitOfWork, person: Person) -> None:
    _replace_body(unit, tables.person, person.id, person.model_dump_json())


def set_days(unit: UnitOfWork, school: SchoolId, days: Iterable[CalendarDay]) -> None:
    """Add lov and studiedagar; a day that was known is told anew, and of a day told twice the last holds."""
    rows = {
        day.date: {"school_id": school, "day": day.date, "kind": day.kind, "name": day.name} for day in days
    }
    unit.change_each(_FORGET_DAY, [{"the_school": school, "the_day": day} for day in rows])
    for row in rows.values():
        unit.add(tables.calendar_day, row)


def set_terms(unit: UnitOfWork, school: SchoolId, terms: Iterable[Term]) -> None:
    """Add terms; one that starts on a known day replaces it, and of two on the same day the last holds."""
    rows = {
        term.first: {"school_id": school, "starts": term.first, "ends": term.last, "name": term.name}
        for term in terms
    }
    unit.change_each(_FORGET_TERM, [{"the_school": school, "the_start": start} for start in rows])
    for row in rows.values():
        unit.add(tables.term, row)


def _replace_body(unit: UnitOfWork, table: Table, key: str, body: str) -> None:
    unit.change(update(table).where(table.c.id == key).values(body=body))
