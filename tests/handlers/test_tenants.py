"""Workspaces never meet: nobody from one is tied into a school of another, whatever they send."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from bot.domain.school import Account, Place, direct_to, tenant_of
from bot.messages.tokens import Verb
from tests.handlers.people_stage import FIRST_DAY, Workspaces
from tests.play import World

DOORS: tuple[Verb, ...] = ("begin", "new_school", "its_me")
START = datetime(2026, 11, 20, 11, 0, tzinfo=UTC)


@pytest.fixture
def spaces() -> Iterator[Workspaces]:
    """T1 has a school. T2 has one too, whose rektor is Eve."""
    with World(START) as world:
        spaces = Workspaces(world)
        spaces.begin(members=("T1/lena",))
        spaces.begin("T2/eve", "T2/C9", role=("rektor",), name=("Eve",), school=("Utby",))
        yield spaces


def team_of(spaces: Workspaces, tenant: str) -> str:
    (school,) = spaces.roster.schools_in(f"terminal:{tenant}")
    (team,) = spaces.roster.arbetslag_of(school.id)
    return team.id


def test_each_workspace_knows_its_own_school(spaces: Workspaces) -> None:
    (first,), (second,) = (spaces.roster.schools_in(f"terminal:{one}") for one in ("T1", "T2"))
    assert (first.name, second.name) == ("Ekskolan", "Utby")
    assert first.huvudman != second.huvudman
    assert spaces.roster.schools_in("terminal:T3") == ()


@pytest.mark.parametrize("room", ["T1/C1", "T1/C5", "T2/C9", "T2/@mal"])
def test_a_stranger_cannot_link_to_another_workspace(spaces: Workspaces, room: str) -> None:
    before = spaces.written()
    values = {"name": ("Mal",), "role": ("larare",), "team": (team_of(spaces, "T1"),)}
    spaces.submit("T2/mal", room, "link_form", values)
    assert spaces.written() == before


@pytest.mark.parametrize("verb", DOORS)
def test_a_guest_in_a_channel_is_told_why(spaces: Workspaces, verb: Verb) -> None:
    told = spaces.press("T2/mal", "T1/C1", verb)
    assert "Du hör till en annan arbetsyta." in told


def test_a_guest_founds_nothing_in_a_channel_of_others(spaces: Workspaces) -> None:
    before = spaces.written()
    spaces.submit("T3/mal", "T1/C5", "found_form", FIRST_DAY)
    spaces.submit("T2/eve", "T1/C5", "adopt_form", {"arbetslag": ("new",), "new": ("Mitt",)})
    assert spaces.written() == before


def test_a_guest_cannot_be_chosen(spaces: Workspaces) -> None:
    values = {"arbetslag": (team_of(spaces, "T1"),), "members": ("T2/mal", "T2/eve")}
    told = spaces.submit("T1/pia", "T1/C1", "adopt_form", values)
    assert "Jag kunde inte lägga till Mal och Eve." in told
    assert spaces.person("T2/eve").arbetslag == ()
    assert "T2/mal" not in spaces.roster.persons


def test_a_rektor_of_another_workspace_changes_nobody(spaces: Workspaces) -> None:
    roster = spaces.roster
    for room in ("T1/C1", "T2/C9"):
        told = spaces.submit("T2/eve", room, "person_form", {"person": ("T1/lena",)})
        assert "Det här kan inte du göra" in told
        chosen = {"roles": ("larare",), "teams": (team_of(spaces, "T2"),)}
        spaces.submit("T2/eve", room, "roles_form", chosen, subject="T1/lena", argument="x")
        values = {"arbetslag": (team_of(spaces, "T1"),)}
        spaces.submit("T2/eve", room, "adopt_form", values)
    assert spaces.roster == roster


def test_an_account_is_its_user_and_never_its_name() -> None:
    known = Account(platform="slack", user="T1/U1", name="Lena")
    assert known == Account(platform="slack", user="T1/U1", name="L. Berg")
    assert len({known, Account(platform="slack", user="T1/U1")}) == 1
    assert known != Account(platform="slack", user="T2/U1", name="Lena")


def test_where_an_account_is_reached_alone() -> None:
    assert direct_to(Account(platform="slack", user="T1/U1")) == Place(platform="slack", address="T1/@U1")
    assert direct_to(Account(platform="web", user="lena")) == Place(platform="web", address="@lena")
    assert tenant_of(Place(platform="web", address="#arbetslag-4-6")) == "web:"
