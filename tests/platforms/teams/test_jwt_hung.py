"""A key server that takes the call and never answers: the next call is made all the same."""

import asyncio
import threading

from bot.platforms.teams.listen.keys import MOST_AT_ONCE, Keys
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
