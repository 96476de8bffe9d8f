"""Whose word counts for who somebody is: the platform's, an invitation's, or a processledare's yes."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from bot.domain.school import Account
from bot.domain.value import SchoolId
from handlers.people.linking import outsider
from tests.handlers.people_stage import Workspaces
from tests.play import World

START = datetime(2026, 11, 20, 11, 0, tzinfo=UTC)


@pytest.fixture
def spaces() -> Iterator[Workspaces]:
    """Pia leads Ekskolan, whose only arbetslag has a private channel."""
    with World(START) as world:
        spaces = Workspaces(world)
        spaces.begin(members=("T1/lena",))
        spaces.private.add("T1/C1")
        yield spaces


def ask(spaces: Workspaces, who: str, **more: tuple[str, ...]) -> str:
    values = {"role": ("larare",), "team": (spaces.team,), **more}
    return spaces.submit(who, "T1/C1", "link_form", values)


def test_in_a_public_channel_nobody_is_in_before_a_yes(spaces: Workspaces) -> None:
    spaces.private.clear()
    assert "Pia Norén behöver bekräfta dig." in ask(spaces, "T1/alva")
    assert "Alva vill vara med. Stämmer det?" in spaces.said_in("T1/@pia")
    assert spaces.person("T1/alva").roles == ()
    assert spaces.said_in("T1/C1") == ""


def test_who_was_invited_is_in_at_once_and_the_processledare_can_undo_it(spaces: Workspaces) -> None:
    assert "Nu är du med i Arbetslag Ek, Alva." in ask(spaces, "T1/alva")
    assert "Alva är nu med i Arbetslag Ek." in spaces.said_in("T1/C1")
    told = spaces.said_in("T1/@pia")
    assert "Alva är nu med i Arbetslag Ek." in told
    assert "[Ta bort]" in told
    done = spaces.press("T1/pia", "T1/@pia", "let_out", "T1/alva", spaces.team)
    assert "Alva är inte längre med i Arbetslag Ek." in done
    assert "Pia Norén har tagit bort dig från Arbetslag Ek." in spaces.said_in("T1/@alva")
    assert spaces.person("T1/alva").roles == ()
    assert "redan avgjort" in spaces.press("T1/pia", "T1/@pia", "let_out", "T1/alva", spaces.team)
    assert "behöver bekräfta dig" in ask(spaces, "T1/alva"), "the channel is not enough any more"


def test_only_who_changes_people_can_undo_it(spaces: Workspaces) -> None:
    ask(spaces, "T1/alva")
    told = spaces.press("T1/lena", "T1/C1", "let_out", "T1/alva", spaces.team)
    assert "Det här kan inte du göra" in told
    assert spaces.person("T1/alva").arbetslag == (spaces.team,)


def test_a_name_that_was_written_is_not_what_others_see(spaces: Workspaces) -> None:
    ask(spaces, "T1/alva", name=("Pia Norén",))
    assert spaces.person("T1/alva").name == "Alva"
    assert "Pia Norén är nu med" not in spaces.said_in("T1/C1")


@pytest.mark.parametrize("name", ["Pia Norén", "PIA  NORÉN", "Pia Nore\u0301n", "Pia\u200b Norén"])
def test_a_namesake_of_somebody_waits_for_a_yes_even_when_invited(spaces: Workspaces, name: str) -> None:
    spaces.called["T1/alva"] = name
    assert "behöver bekräfta dig" in ask(spaces, "T1/alva")
    assert "Någon med samma namn är redan med." in spaces.said_in("T1/@pia")
    assert spaces.person("T1/alva").roles == ()


@pytest.mark.parametrize("name", ["Pia Norén", "pia norén ", "Lena"])
def test_where_the_platform_says_no_name_nobody_takes_somebody_elses(spaces: Workspaces, name: str) -> None:
    spaces.called["T1/alva"] = ""
    before = spaces.written()
    assert "Det namnet finns redan här." in ask(spaces, "T1/alva", name=(name,))
    assert spaces.written() == before
    assert "behöver bekräfta dig" in ask(spaces, "T1/alva", name=("Alva Roth",)), "nobody vouches for it"


def test_who_came_by_the_channel_goes_with_it(spaces: Workspaces) -> None:
    ask(spaces, "T1/alva")
    spaces.leave("T1/alva", "T1/C1")
    alva = spaces.person("T1/alva")
    assert (alva.roles, alva.arbetslag, alva.name) == ((), (), "Alva"), "what she wrote still has its author"
    assert "inte längre med i Arbetslag Ek" in spaces.said_in("T1/@alva")
    assert "Alva har lämnat kanalen och är inte längre med i Arbetslag Ek" in spaces.said_in("T1/@pia")
    assert "Jag vet inte vem du är än." in spaces.press("T1/alva", "T1/C1", "absence")


def test_a_yes_to_somebody_who_asked_lasts_as_long_as_the_channel(spaces: Workspaces) -> None:
    spaces.private.clear()
    ask(spaces, "T1/alva")
    request = spaces.person("T1/alva").request
    assert request
    spaces.press("T1/pia", "T1/@pia", "confirm_person", "T1/alva", request.mark)
    assert spaces.person("T1/alva").arbetslag == (spaces.team,)
    spaces.leave("T1/alva", "T1/C1")
    assert spaces.person("T1/alva").arbetslag == ()


def test_who_leaves_while_waiting_for_a_yes_is_not_let_in_by_it(spaces: Workspaces) -> None:
    spaces.private.clear()
    ask(spaces, "T1/alva")
    request = spaces.person("T1/alva").request
    assert request
    spaces.leave("T1/alva", "T1/C1")
    spaces.press("T1/pia", "T1/@pia", "confirm_person", "T1/alva", request.mark)
    alva = spaces.person("T1/alva")
    assert (alva.roles, alva.arbetslag, alva.request) == ((), (), None)


def test_who_was_chosen_stays_and_the_processledare_is_asked(spaces: Workspaces) -> None:
    spaces.leave("T1/lena", "T1/C1")
    assert spaces.person("T1/lena").arbetslag == (spaces.team,)
    told = spaces.said_in("T1/@pia")
    assert "Lena har lämnat kanalen för Arbetslag Ek" in told
    assert "[Ta bort]" in told
    spaces.press("T1/pia", "T1/@pia", "let_out", "T1/lena", spaces.team)
    assert spaces.person("T1/lena").roles == ()


def test_what_a_processledare_has_said_outlasts_the_channel(spaces: Workspaces) -> None:
    ask(spaces, "T1/alva")
    spaces.submit("T1/pia", "T1/C1", "person_form", {"person": ("T1/alva",)})
    argument = spaces.world.forms["T1/pia"].token.rpartition("|")[2]
    chosen = {"roles": ("larare",), "teams": (spaces.team,)}
    spaces.submit("T1/pia", "T1/C1", "roles_form", chosen, subject="T1/alva", argument=argument)
    assert spaces.said_in("T1/@alva") == "", "nothing changed for her"
    spaces.leave("T1/alva", "T1/C1")
    assert spaces.person("T1/alva").arbetslag == (spaces.team,)


def test_a_processledare_who_leaves_a_channel_is_not_asked_about_herself(spaces: Workspaces) -> None:
    before = spaces.person("T1/pia")
    spaces.leave("T1/pia", "T1/C1")
    spaces.leave("T1/nobody", "T1/C1")
    spaces.leave("T1/lena", "T1/C9")
    assert spaces.world.fresh == []
    assert spaces.person("T1/pia") == before


def test_whose_account_was_forgotten_comes_back_as_somebody_new() -> None:
    """The purge of a workspace leaves people without accounts; nobody takes over their roles."""
    school, account = SchoolId("s"), Account(platform="slack", user="T1/U1")
    first = outsider(account, "Pia Norén", school, ())
    again = outsider(account, "Pia Norén", school, {first.id})
    assert (first.id, again.id) == ("T1/U1", "T1/U1*")
    assert again.roles == ()
    assert again.direct == first.direct
