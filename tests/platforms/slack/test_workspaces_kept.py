"""How long a workspace is believed, and what is believed while the store is away."""

import asyncio

import pytest

from bot.platforms.slack.install.workspaces import (
    KEPT_MISSING_SECONDS,
    KEPT_OLD_SECONDS,
    KEPT_SECONDS,
    Workspaces,
)
from tests.platforms.slack.test_workspaces import AT, Clock, Shelf, token_of, workspace


def test_a_workspace_is_read_once_in_five_minutes_and_a_missing_one_twice_a_minute() -> None:
    async def story() -> None:
        shelf, clock = Shelf(workspace("T1")), Clock()
        workspaces = Workspaces(shelf, clock)
        for _ in range(3):
            assert await token_of(workspaces, None, "T1") == "xoxb-1"
        assert shelf.asked == 1
        clock.now = KEPT_SECONDS
        assert await token_of(workspaces, None, "T1") == "xoxb-1"
        assert [await token_of(workspaces, None, "T2") for _ in range(3)] == [None] * 3
        assert shelf.asked == 2 + 2, "for itself, and for an organisation that covers it"
        clock.now += KEPT_MISSING_SECONDS
        assert await token_of(workspaces, None, "T2") is None
        assert shelf.asked == 2 + 2 + 2

    asyncio.run(story())


def test_while_the_store_is_away_a_workspace_that_was_known_is_believed_longer() -> None:
    async def story() -> None:
        shelf, clock = Shelf(workspace("T1"), workspace("T2"), workspace(None, "E1", "xoxb-org")), Clock()
        workspaces = Workspaces(shelf, clock)
        addresses = [(None, "T1"), ("E1", "T5")]
        known = [await token_of(workspaces, *one) for one in addresses]
        clock.now = KEPT_SECONDS
        await workspaces.find(None, "T2")
        shelf.away = True
        assert [await token_of(workspaces, *one) for one in addresses] == known
        asked = shelf.asked
        assert [await token_of(workspaces, *one) for one in addresses] == known
        assert shelf.asked == asked, "who waits for an answer does not wait for the store each time"
        with pytest.raises(ConnectionError):
            await workspaces.find(None, "T3")
        shelf.away = False
        await workspaces.remove(None, "T1", AT)
        clock.now += KEPT_OLD_SECONDS
        assert await workspaces.named(None, "T1") is None

    asyncio.run(story())


def test_an_organisations_workspace_costs_the_store_as_little_as_another() -> None:
    async def story() -> None:
        shelf = Shelf(workspace(None, "E1"))
        workspaces = Workspaces(shelf)
        for _ in range(3):
            assert await token_of(workspaces, None, "T1") == "xoxb-1"
        assert shelf.asked == 2
        await workspaces.save(workspace(None, "E2"), "U1")
        assert await token_of(workspaces, None, "T1") is None, "either may be meant"

    asyncio.run(story())


def test_what_is_no_longer_believed_is_not_kept_for_ever() -> None:
    async def story() -> None:
        workspaces = Workspaces(Shelf(), clock := Clock())
        for clock.now in range(0, 1500, int(KEPT_MISSING_SECONDS)):
            await workspaces.find(None, f"T{clock.now}")
        assert len(workspaces._kept) <= 2

    asyncio.run(story())
