"""Writing down who is who: the roster's rows, added or changed."""

from collections.abc import Iterable

from sqlalchemy import Table, delete, update

from bot.domain.calendar.school_year import CalendarDay, Term
from bot.domain.school import Account, Arbetslag, Huvudman, Person, School
from bot.domain.value import PersonId, SchoolId
from storage import tables
from storage.unit import Row, UnitOfWork


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
    """Add lov and studiedagar; a day that was known is told anew."""
    known = tables.calendar_day
    for day in days:
        unit.change(delete(known).where(known.c.school_id == school, known.c.day == day.date))
        unit.add(known, {"school_id": school, "day": day.date, "kind": day.kind, "name": day.name})


def set_terms(unit: UnitOfWork, school: SchoolId, terms: Iterable[Term]) -> None:
    """Add terms; one that starts on a known day replaces it."""
    known = tables.term
    for term in terms:
        unit.change(delete(known).where(known.c.school_id == school, known.c.starts == term.first))
        row: Row = {"school_id": school, "starts": term.first, "ends": term.last, "name": term.name}
        unit.add(known, row)


def _replace_body(unit: UnitOfWork, table: Table, key: str, body: str) -> None:
    unit.change(update(table).where(table.c.id == key).values(body=body))
