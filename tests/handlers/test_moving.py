"""An arbetslag moves to another channel: who came by the old one does not come along unseen."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from tests.handlers.people_stage import Workspaces
from tests.play import World

START = datetime(2026, 11, 20, 11, 0, tzinfo=UTC)


@pytest.fixture
def spaces() -> Iterator[Workspaces]:
    """Lena was chosen by Pia; Alva came by the arbetslag's private channel."""
    with World(START) as world:
        spaces = Workspaces(world)
        spaces.begin(members=("T1/lena",))
        spaces.private.add("T1/C1")
        spaces.submit("T1/alva", "T1/C1", "link_form", {"role": ("larare",), "team": (spaces.team,)})
        yield spaces


def move(spaces: Workspaces, **chosen: tuple[str, ...]) -> str:
    spaces.invite("T1/pia", "T1/C2")
    return spaces.submit("T1/pia", "T1/C2", "adopt_form", {"arbetslag": (spaces.team,), **chosen})


def test_who_came_by_the_old_channel_is_let_go_and_told(spaces: Workspaces) -> None:
    move(spaces)
    alva = spaces.person("T1/alva")
    assert (alva.roles, alva.arbetslag, alva.name) == ((), (), "Alva"), "what she wrote still has its author"
    told = spaces.said_in("T1/@alva")
    assert "Arbetslag Ek har bytt kanal" in told
    assert "Det du har skrivit finns kvar hos arbetslaget." in told
    assert "[Det är jag]" in told
    assert "Jag vet inte vem du är än." in spaces.press("T1/alva", "T1/C1", "absence")


def test_the_processledare_hears_who_went_who_is_left_and_what_to_do(spaces: Workspaces) -> None:
    move(spaces)
    told = spaces.said_in("T1/@pia")
    assert "Alva var med genom den gamla kanalen och är inte med längre." in told
    assert "Kvar i arbetslaget: Lena." in told
    assert "[Ändra roller]" in told
    assert spaces.person("T1/lena").arbetslag == (spaces.team,)


def test_who_is_chosen_in_the_same_form_stays(spaces: Workspaces) -> None:
    move(spaces, members=("T1/alva",))
    assert spaces.person("T1/alva").arbetslag == (spaces.team,)
    assert spaces.person("T1/alva").follows == ()
    assert "har bytt kanal" not in spaces.said_in("T1/@alva") + spaces.said_in("T1/@pia")


def test_it_holds_when_the_old_channel_was_lost_first(spaces: Workspaces) -> None:
    spaces.remove("T1/C1")
    move(spaces)
    assert spaces.person("T1/alva").arbetslag == ()
    assert "Alva var med genom den gamla kanalen" in spaces.said_in("T1/@pia")


def test_where_nobody_came_by_the_channel_there_is_nothing_to_tell(spaces: Workspaces) -> None:
    spaces.leave("T1/alva", "T1/C1")
    move(spaces)
    assert "har bytt kanal" not in spaces.said_in("T1/@pia")
    assert spaces.person("T1/lena").arbetslag == (spaces.team,)


def test_the_same_channel_once_more_moves_nobody(spaces: Workspaces) -> None:
    spaces.submit("T1/pia", "T1/C1", "adopt_form", {"arbetslag": (spaces.team,)})
    assert spaces.person("T1/alva").arbetslag == (spaces.team,)


def test_who_belongs_to_another_arbetslag_too_is_still_in_that(spaces: Workspaces) -> None:
    first = spaces.team
    spaces.invite("T1/pia", "T1/C3")
    values = {"arbetslag": ("new",), "new": ("Al",), "skolform": ("grundskola",), "members": ("T1/alva",)}
    spaces.submit("T1/pia", "T1/C3", "adopt_form", values)
    spaces.invite("T1/pia", "T1/C2")
    spaces.submit("T1/pia", "T1/C2", "adopt_form", {"arbetslag": (first,)})
    alva = spaces.person("T1/alva")
    (al,) = (team.id for team in spaces.roster.arbetslag.values() if team.name == "Al")
    assert (alva.roles, alva.arbetslag) == (("larare",), (al,))
