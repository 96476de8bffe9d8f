"""The newest notes somebody may search in; never more than a bound, and it is said when there are more."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import BindParameter, bindparam, select

from bot.domain.reports.current_state import Told
from bot.domain.school import Arbetslag
from bot.domain.value import SchoolId
from storage.said.notes import READABLE
from storage.said.reports import TOLD, told
from storage.tables import note
from storage.unit import UnitOfWork

_TEAMS: BindParameter[Any] = bindparam("teams", expanding=True)
_OF_TEAM = (
    select(*TOLD)
    .where(note.c.arbetslag_id == bindparam("team"), note.c.state.in_(READABLE))
    .order_by(note.c.created_at.desc())
    .limit(bindparam("most"))
)
_OF_SCHOOL = (
    select(*TOLD)
    .where(
        note.c.school_id == bindparam("school"), note.c.arbetslag_id.in_(_TEAMS), note.c.state.in_(READABLE)
    )
    .order_by(note.c.week.desc(), note.c.created_at.desc())
    .limit(bindparam("most"))
)


class Shelf(NamedTuple):
    """The notes to search in, and whether there are older ones that are left out."""

    notes: tuple[Told, ...]
    more: bool


def notes_of_teams(unit: UnitOfWork, teams: Sequence[Arbetslag], most: int) -> Shelf:
    """The newest notes of one's own arbetslag."""
    names = {team.id: team.name for team in teams}
    found = [row for team in teams for row in unit.rows(_OF_TEAM, {"team": team.id, "most": most + 1})]
    found.sort(key=lambda row: row["created_at"], reverse=True)
    return Shelf(told(unit, found[:most], names), len(found) > most)


def notes_of_school(unit: UnitOfWork, school: SchoolId, teams: Sequence[Arbetslag], most: int) -> Shelf:
    """The newest notes of a school, of these arbetslag."""
    names = {team.id: team.name for team in teams}
    values = {"school": school, "teams": [team.id for team in teams], "most": most + 1}
    found = unit.rows(_OF_SCHOOL, values)
    return Shelf(told(unit, found[:most], names), len(found) > most)
