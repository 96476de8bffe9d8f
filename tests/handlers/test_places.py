"""A channel goes, comes back or moves; the arbetslag, its plans and what was promised follow."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from storage import tables
from tests.handlers.people_stage import Workspaces
from tests.play import World

START = datetime(2026, 11, 20, 11, 0, tzinfo=UTC)
MONDAY = datetime(2026, 11, 23, 13, 0, tzinfo=UTC)


@pytest.fixture
def spaces() -> Iterator[Workspaces]:
    """An arbetslag that is asked on Mondays at 14."""
    with World(START) as world:
        spaces = Workspaces(world)
        spaces.begin(members=("T1/lena",), when=("måndagar 14.00",))
        draft = world.find_button("T1/pia", "Ja, spara")[1].token.split("|")[1]
        spaces.press("T1/pia", "T1/C1", "save_schedule", draft)
        yield spaces


def states(spaces: Workspaces) -> list[str]:
    with spaces.world.store.begin() as unit:
        check_ins = select(tables.schedule.c.state).where(tables.schedule.c.kind == "check_in")
        return [row["state"] for row in unit.rows(check_ins)]


def test_words_in_a_thread_are_heard_at_the_new_address(spaces: Workspaces) -> None:
    spaces.world.wind(MONDAY)
    (anchor,) = (heard for heard in spaces.world.fresh if heard.room == "T1/C1")
    spaces.move("T1/C1", "T1/C2")
    told = spaces.reply("T1/lena", "T1/C2", anchor.reference, "Halvklass gav mer samtal.")
    assert "Sparat som anteckning" in told
    (team,) = spaces.roster.arbetslag.values()
    assert team.place
    assert team.place.address == "T1/C2"
    with spaces.world.store.begin() as unit:
        (kept,) = unit.rows(select(tables.note.c.arbetslag_id, tables.note.c.week))
        assert (kept["arbetslag_id"], kept["week"]) == (team.id, 202648)
        counted = select(tables.outbox.c.lane).where(tables.outbox.c.replacing.is_not(None))
        assert {row["lane"] for row in unit.rows(counted)} == {"terminal:T1/C2"}


def test_a_new_name_changes_nothing(spaces: Workspaces) -> None:
    roster = spaces.roster
    spaces.move("T1/C1", "T1/C1")
    assert spaces.roster == roster


def test_removed_twice_is_told_once(spaces: Workspaces) -> None:
    spaces.remove("T1/C1")
    assert "Jag har inte kommit åt kanalen för Arbetslag Ek" in spaces.said_in("T1/@pia")
    assert states(spaces) == ["paused"]
    spaces.remove("T1/C1")
    assert spaces.world.fresh == []


def test_a_removal_that_comes_when_the_bot_is_back_takes_nothing(spaces: Workspaces) -> None:
    spaces.remove("T1/C1")
    spaces.world.wind(START + timedelta(minutes=1))
    spaces.invite("T1/pia", "T1/C1")
    spaces.remove("T1/C1", at=START + timedelta(seconds=30))
    assert (spaces.world.fresh, states(spaces)) == ([], ["active"])
    spaces.remove("T1/C1")
    assert states(spaces) == ["paused"], "this one is news"


def test_a_removal_that_nobody_heard_of_before_the_bot_was_back_takes_nothing(spaces: Workspaces) -> None:
    spaces.world.wind(START + timedelta(minutes=1))
    spaces.invite("T1/pia", "T1/C1")
    spaces.invite("T1/pia", "T1/C1", at=START)
    spaces.remove("T1/C1", at=START + timedelta(seconds=30))
    assert states(spaces) == ["active"]


def test_an_invitation_that_comes_when_the_bot_is_removed_gives_nothing_back(spaces: Workspaces) -> None:
    spaces.world.wind(START + timedelta(minutes=1))
    spaces.remove("T1/C1")
    spaces.invite("T1/pia", "T1/C1", at=START)
    assert (spaces.world.fresh, states(spaces)) == ([], ["paused"])


def test_a_lost_channel_that_is_nobodys_is_nothing(spaces: Workspaces) -> None:
    spaces.remove("T1/C7")
    assert (spaces.world.fresh, states(spaces)) == ([], ["active"])


def test_it_goes_on_in_another_channel_with_what_waited(spaces: Workspaces) -> None:
    spaces.remove("T1/C1")
    spaces.world.wind(MONDAY + timedelta(days=1))
    assert spaces.world.fresh == []
    spaces.invite("T1/pia", "T1/C2")
    told = spaces.submit("T1/pia", "T1/C2", "adopt_form", {"arbetslag": (spaces.team,)})
    assert "Den här kanalen hör nu till Arbetslag Ek." in told
    assert "1 fråga ställdes inte sedan fredag 20 november." in spaces.said_in("T1/C2")
    assert spaces.said_in("T1/C1") == ""
    assert states(spaces) == ["active"]
    spaces.world.wind(MONDAY + timedelta(days=7))
    assert "[Svara]" in spaces.said_in("T1/C2")


def test_what_somebody_paused_stays_paused(spaces: Workspaces) -> None:
    with spaces.world.store.begin() as unit:
        (plan,) = unit.rows(select(tables.schedule.c.id))
    spaces.submit("T1/pia", "T1/@pia", "pause_form", {}, subject=plan["id"])
    spaces.remove("T1/C1")
    spaces.invite("T1/pia", "T1/C1")
    assert "Ingen fråga har fallit bort" in spaces.said_in("T1/C1")
    assert states(spaces) == ["paused"]
