"""The access table, held against what the school is told: each role, each action, each kind of thing."""

from typing import get_args

import pytest

from bot.domain.access import TABLE, Action, Relation, Written, allows, may
from bot.domain.school import Arbetslag, Person, Role, School, Skolform
from bot.domain.value import ArbetslagId, HuvudmanId, PersonId, SchoolId
from prompts.book import load_texts

TEXTS = load_texts()
HERE, ELSEWHERE = SchoolId("here"), SchoolId("elsewhere")
TEAM, OTHER = ArbetslagId("team"), ArbetslagId("other")
SCHOOL = School(id=HERE, huvudman=HuvudmanId("h"), name="Skolan", skolformer=(Skolform.GRUNDSKOLA,))
ARBETSLAG = Arbetslag(id=TEAM, school=HERE, name="Laget", skolform=Skolform.GRUNDSKOLA)
WORDS = Written(author=PersonId("lena"), arbetslag=TEAM, school=HERE)


def person(name: str, *roles: Role, team: ArbetslagId | None = None, school: SchoolId = HERE) -> Person:
    teams = (team,) if team else ()
    return Person(id=PersonId(name), name=name, school=school, roles=roles or ("larare",), arbetslag=teams)


LENA = person("lena", team=TEAM)
OMAR = person("omar", team=TEAM)
VIDE = person("vide", team=OTHER)
PIA = person("pia", "processledare")
RUT = person("rut", "rektor")
STRANGER = person("lena", "rektor", "processledare", team=TEAM, school=ELSEWHERE)

TEAM_ACTIONS: tuple[tuple[Action, str], ...] = (
    ("answer", "lena omar"),
    ("read_notes", "lena omar rut"),
    ("search_notes", "lena omar rut"),
    ("lead_analysis", "lena omar"),
    ("schedule", "pia rut"),
    ("see_completion", "lena omar pia rut"),
    ("read_summary", "rut"),
    ("reply_arbetslag", "rut"),
    ("settle_delivery", "pia rut"),
    ("adopt_channel", "pia rut"),
    ("change_people", "pia rut"),
    ("give_rektor", "rut"),
)


@pytest.mark.parametrize(("action", "allowed"), TEAM_ACTIONS)
def test_who_may_do_what_to_an_arbetslag(action: Action, allowed: str) -> None:
    people = (LENA, OMAR, VIDE, PIA, RUT)
    assert [one.name for one in people if may(one, action, ARBETSLAG)] == allowed.split()


@pytest.mark.parametrize(
    ("action", "allowed"),
    [("edit_note", "lena"), ("raise_note", "lena omar"), ("read_notes", "lena omar rut")],
)
def test_who_may_do_what_to_words(action: Action, allowed: str) -> None:
    people = (LENA, OMAR, VIDE, PIA, RUT)
    assert [one.name for one in people if may(one, action, WORDS)] == allowed.split()


@pytest.mark.parametrize("action", get_args(Action))
def test_nobody_from_another_school_may_do_anything(action: Action) -> None:
    assert not any(may(STRANGER, action, thing) for thing in (SCHOOL, ARBETSLAG, WORDS))


@pytest.mark.parametrize("action", get_args(Action))
def test_every_action_is_in_the_table(action: Action) -> None:
    assert TABLE[action]


def test_a_role_that_ends_takes_its_access_with_it() -> None:
    assert may(RUT, "read_summary", SCHOOL)
    assert not may(RUT.model_copy(update={"roles": ("larare",)}), "read_summary", SCHOOL)


def test_an_author_who_changes_school_loses_even_their_own_words() -> None:
    assert not may(LENA.model_copy(update={"school": ELSEWHERE}), "edit_note", WORDS)


def test_words_stay_with_the_arbetslag_when_their_author_leaves_it() -> None:
    left = LENA.model_copy(update={"arbetslag": (OTHER,)})
    assert not any(may(left, action, WORDS) for action in ("edit_note", "raise_note", "read_notes"))


def test_without_a_role_a_person_is_outside() -> None:
    outside = LENA.model_copy(update={"roles": ()})
    assert not any(may(outside, action, thing) for action in TABLE for thing in (SCHOOL, ARBETSLAG, WORDS))


@pytest.mark.parametrize(
    ("one", "relation"),
    [(VIDE, "colleague"), (PIA, "processledare"), (RUT, "rektor"), (OMAR, "member"), (LENA, "author")],
)
def test_what_the_school_is_told_is_what_holds(one: Person, relation: Relation) -> None:
    told = [action for action in TEXTS.onboarding.access_rows if allows(action, relation)]
    things = (SCHOOL, ARBETSLAG, WORDS)
    holds = [
        action for action in TEXTS.onboarding.access_rows if any(may(one, action, thing) for thing in things)
    ]
    assert told == holds


def test_content_never_reaches_the_processledare() -> None:
    content: tuple[Action, ...] = (
        "read_notes",
        "search_notes",
        "read_summary",
    )
    assert not any(may(PIA, action, thing) for action in content for thing in (SCHOOL, ARBETSLAG, WORDS))
