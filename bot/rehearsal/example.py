"""Björkskolan: an invented school for the provrum, the demo and the stories. Nobody here is real."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

from bot.domain.calendar.school_year import Calendar, CalendarDay, Term
from bot.domain.school import Account, Arbetslag, Huvudman, Person, Place, Role, School, Skolform
from bot.domain.value import ArbetslagId, HuvudmanId, PersonId, SchoolId
from storage.people import founding
from storage.unit import UnitOfWork

SCHOOL = SchoolId("bjorkskolan")
TEAM_46 = ArbetslagId("arbetslag-4-6")
TEAM_79 = ArbetslagId("arbetslag-7-9")
FRITIDS = ArbetslagId("fritids")

TEAMS = (
    (TEAM_46, "Arbetslag 4–6", Skolform.GRUNDSKOLA),
    (TEAM_79, "Arbetslag 7–9", Skolform.GRUNDSKOLA),
    (FRITIDS, "Fritids Eken", Skolform.FRITIDSHEM),
)
PEOPLE: tuple[tuple[str, str, tuple[Role, ...], tuple[ArbetslagId, ...]], ...] = (
    ("lena", "Lena Berg", ("larare",), (TEAM_46,)),
    ("omar", "Omar Haddad", ("larare",), (TEAM_46,)),
    ("sara", "Sara Lind", ("larare",), (TEAM_46,)),
    ("sam", "Sam Ek", ("larare", "samtalsledare"), (TEAM_46,)),
    ("pia", "Pia Norén", ("processledare",), ()),
    ("rut", "Rut Alm", ("rektor",), ()),
    ("vide", "Vide Kraft", ("larare",), (TEAM_79,)),
    ("mira", "Mira Sjö", ("larare", "samtalsledare"), (TEAM_79,)),
    ("tove", "Tove Dal", ("larare",), (FRITIDS,)),
)
NEWCOMERS = (("alva", "Alva Roth", TEAM_46), ("nils", "Nils Åker", TEAM_79))
"""They are in an arbetslag's channel, but the bot does not know who they are yet."""

ADDRESS = "@Nuläge"
"""How they say something to the bot by name, in stories."""

TITLES = {
    "alva": "ny i Arbetslag 4–6",
    "nils": "ny i Arbetslag 7–9",
    "lena": "lärare i Arbetslag 4–6",
    "omar": "lärare i Arbetslag 4–6",
    "sara": "lärare i Arbetslag 4–6",
    "sam": "samtalsledare i Arbetslag 4–6",
    "pia": "processledare",
    "rut": "rektor",
    "vide": "lärare i Arbetslag 7–9",
    "mira": "samtalsledare i Arbetslag 7–9",
    "tove": "fritidslärare",
}


def names() -> dict[str, str]:
    """What the chat calls everybody in it, by slug."""
    known = {slug: name for slug, name, _roles, _teams in PEOPLE}
    return known | {slug: name for slug, name, _team in NEWCOMERS}


def found(unit: UnitOfWork, platform: str, today: date, spelled: Callable[[str], str] = str) -> None:
    """Write down Björkskolan as it looks on `platform`, with the läsår around `today`.

    `spelled` says how the platform writes `#arbetslag-4-6`, `@lena` and `lena`.
    """
    kommun = Huvudman(id=HuvudmanId("lundby"), name="Lundby kommun", kind="kommunal")
    founding.add_huvudman(unit, kommun)
    founding.add_school(
        unit,
        School(
            id=SCHOOL,
            huvudman=kommun.id,
            name="Björkskolan",
            skolformer=(Skolform.GRUNDSKOLA, Skolform.FRITIDSHEM),
        ),
    )
    for team, name, skolform in TEAMS:
        place = Place(platform=platform, address=spelled(f"#{team}"))
        founding.add_arbetslag(
            unit, Arbetslag(id=team, school=SCHOOL, name=name, skolform=skolform, place=place)
        )
    for slug, name, roles, teams in PEOPLE:
        founding.add_person(
            unit,
            Person(
                id=PersonId(slug),
                name=name,
                school=SCHOOL,
                roles=roles,
                arbetslag=teams,
                leads=teams if "samtalsledare" in roles else (),
                direct=Place(platform=platform, address=spelled(f"@{slug}")),
            ),
            Account(platform=platform, user=spelled(slug)),
        )
    for first_year in (today.year - 1, today.year, today.year + 1):
        founding.set_terms(unit, SCHOOL, terms_of(first_year))
        founding.set_days(unit, SCHOOL, breaks_of(first_year))


def terms_of(first_year: int) -> tuple[Term, Term]:
    """The terms of an invented läsår: it starts in the week of 17 August and ends in v. 23."""
    autumn, spring = _week(first_year, 34), _week(first_year + 1, 2)
    return (
        Term(name=f"HT {first_year}", first=autumn, last=date(first_year, 12, 18)),
        Term(name=f"VT {first_year + 1}", first=spring, last=date(first_year + 1, 6, 11)),
    )


def breaks_of(first_year: int) -> tuple[CalendarDay, ...]:
    """Höstlov v. 44, sportlov v. 9, påsklov v. 14, and two studiedagar."""
    weeks = ((first_year, 44, "Höstlov"), (first_year + 1, 9, "Sportlov"), (first_year + 1, 14, "Påsklov"))
    lov = [
        CalendarDay(date=_week(year, week) + timedelta(days=day), kind="lov", name=name)
        for year, week, name in weeks
        for day in range(5)
    ]
    study = (_week(first_year, 39) + timedelta(days=2), _week(first_year + 1, 11) + timedelta(days=4))
    return (*lov, *(CalendarDay(date=day, kind="studiedag", name="Studiedag") for day in study))


def _week(year: int, week: int) -> date:
    return date.fromisocalendar(year, week, 1)


def first_morning(now: datetime) -> datetime:
    """The first working morning at 8.00 from `now` on, in the terms of Björkskolan."""
    year = now.year
    calendar = Calendar(
        days=tuple(day for first in (year - 1, year, year + 1) for day in breaks_of(first)),
        terms=tuple(term for first in (year - 1, year, year + 1) for term in terms_of(first)),
    )
    local = calendar.local(now)
    ready = local.replace(hour=8, minute=0, second=0, microsecond=0)
    opens = calendar.next_open(ready if ready >= local else ready + timedelta(days=1))
    return opens if opens.hour else opens.replace(hour=8)
