"""A key server that takes the call and never answers: the next call is made all the same."""

import asyncio
import gc
import threading
import warnings

import pytest

from bot.platforms.teams.listen.keys import MOST_AT_ONCE, Keys
from tests.dripping import IN_ITS_BODY, IN_ITS_HEAD, Dripping, json_answer
from tests.platforms.teams.edge_stage import signer


def test_a_fetch_that_never_ends_is_left_and_another_is_made() -> None:
    never, asked = threading.Event(), list[int]()

    def fetch() -> dict[str, object]:
        asked.append(1)
        if len(asked) == 1:
            never.wait()
        return signer().published()

    async def story() -> None:
        keys = Keys("", fetch=fetch, longest=0.2)
        await keys.refresh()
        assert not keys.known
        keys._longest = 60
        await keys.refresh()
        assert (keys.known, len(asked)) == (True, 2)

    asyncio.run(story())
    never.set()


def test_however_many_fetches_never_end_few_stand_and_the_first_that_ends_is_heard() -> None:
    never, asked = threading.Event(), list[int]()

    def fetch() -> dict[str, object]:
        asked.append(1)
        never.wait()
        return signer().published()

    async def story() -> None:
        keys = Keys("", fetch=fetch, longest=0.01)
        for _ in range(MOST_AT_ONCE * 3):
            await keys.refresh()
        assert (keys.known, len(asked)) == (False, MOST_AT_ONCE)
        keys._longest = 60
        never.set()
        await keys.refresh()
        assert keys.known
        await keys.refresh()
        assert len(asked) > MOST_AT_ONCE, "and then they are asked for anew"

    asyncio.run(story())


@pytest.mark.parametrize("begins", [IN_ITS_HEAD, IN_ITS_BODY], ids=["head", "body"])
def test_servers_that_never_end_their_drops_keep_no_keys_away(begins: bytes) -> None:
    """As many as may stand at once, and each ends: a server that is well again is asked."""
    server = Dripping(json_answer(signer().published()), many=MOST_AT_ONCE + 1, begins=begins)

    async def story(url: str) -> None:
        keys = Keys(url, longest=0.1)
        while not keys.known:
            await keys.refresh()

    with server.open() as url:
        asyncio.run(story(url))
    assert server.asked > MOST_AT_ONCE + 1


def test_a_refusal_is_let_go_of_at_once() -> None:
    """Its line would else stay open until whoever collects what nobody uses comes by, and says so."""
    refusing = Dripping(b"HTTP/1.1 503 No\r\nContent-Length: 2\r\n\r\n{}", many=0)

    async def story(url: str) -> None:
        keys = Keys(url)
        await keys.refresh()
        assert not keys.known

    with refusing.open() as url, warnings.catch_warnings(record=True, action="always") as told:
        asyncio.run(story(url))
        gc.collect()
    assert [str(one.message) for one in told] == []
