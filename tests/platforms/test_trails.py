"""What is remembered of what stands: so much at hand, and of what is noted nothing that anybody said."""

import asyncio

import pytest

from bot.domain.school import Place
from bot.platforms.trails import MOST_KEPT, Standing, Trails, digest

HERE = Place(platform="test", address="t/a")


class Notes:
    """What was noted last, whatever it is of."""

    def __init__(self, told: str | None = None) -> None:
        self.told = told

    async def read(self, *_named: object) -> str | None:
        return self.told

    async def note(self, _place: Place, _key: str, _replacing: str | None, parts: str) -> None:
        self.told = parts


def test_so_many_messages_are_at_hand_and_no_more() -> None:
    trails = Trails()
    for number in range(MOST_KEPT + 1):
        trails.of(HERE, key=str(number)).parts[1] = Standing(str(number), "")
    assert trails.of(HERE, key=str(MOST_KEPT)).parts
    assert not trails.of(HERE, key="0").parts


def test_no_mark_of_the_words_is_kept_once_they_all_stand() -> None:
    async def story() -> None:
        notes = Notes()
        trails = Trails(notes)
        trail = trails.of(HERE, key="k")
        trail.of = 2
        says = digest("Det gick bra.")
        trail.parts[1] = Standing("1", says)
        await trails.note(trail)
        assert says in (notes.told or "")
        trail.parts[2] = Standing("2", digest("Eller hur?"), "1")
        await trails.note(trail)
        assert notes.told == '{"of":2,"parts":[[1,"1",null,null],[2,"2","1",null]]}'

    asyncio.run(story())


@pytest.mark.parametrize(
    "told", ["", "{", "[]", '{"of":2}', '{"of":2,"parts":[[1]]}', '{"of":"x","parts":[]}']
)
def test_what_cannot_be_read_is_as_if_it_were_not_there(told: str) -> None:
    async def story() -> None:
        trails = Trails(Notes(told))
        trail = trails.of(HERE, key="k")
        await trails.recall(trail)
        assert (trail.whole, trail.parts) == (None, {})

    asyncio.run(story())
