"""What is learnt of Teams' places: written when it is news, and not one statement when it is not."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any, TypeVar

from sqlalchemy import event, select

from bot.platforms.teams.install.references import Reference
from bot.serve.teams_kept import SECONDS, StoredReferences
from storage.moments import to_text
from storage.store import Store, open_store
from storage.tables import reference
from storage.unit import UnitOfWork
from tests.storage.made import NOW, seconds

T = TypeVar("T")
HOME = "5ca1ab1e-0000-4000-8000-0000000000aa"


class Kept:
    """A store, what is asked of it, and the references in front of it."""

    def __init__(self, most: int) -> None:
        self.most = most
        self.store: Store = open_store("sqlite://")
        self.statements: list[str] = []
        self.seconds = 0.0
        event.listen(self.store.engine, "before_cursor_execute", self._heard)
        self.front = self.another()

    def another(self) -> StoredReferences:
        """As a second process would see the same store."""
        return StoredReferences(self._run, lambda: NOW, lambda: self.seconds, self.most, let_in={HOME})

    def rows(self) -> dict[str, dict[str, Any]]:
        with self.store.begin() as unit:
            return {row["key"]: dict(row) for row in unit.rows(select(reference))}

    async def _run(self, work: Callable[[UnitOfWork], T]) -> T:
        with self.store.begin() as unit:
            return work(unit)

    def _heard(self, _connection: Any, _cursor: Any, sql: str, *_rest: Any) -> None:
        self.statements.append(sql)


def learnt(key: str = "19:a@thread.tacv2", **changes: str) -> Reference:
    said = {"tenant": HOME, "kind": "channel", "conversation": key, "service_url": "https://smba.example/e/"}
    return Reference.model_validate({"key": key, **said, **changes})


def play(story: Callable[[Kept], Awaitable[None]], most: int = 100) -> None:
    async def playing() -> None:
        kept = Kept(most)
        try:
            await story(kept)
        finally:
            kept.store.close()

    asyncio.run(playing())


def test_what_is_heard_again_costs_no_statement() -> None:
    async def story(kept: Kept) -> None:
        await kept.front.save(learnt())
        kept.statements.clear()
        await kept.front.save(learnt())
        assert await kept.front.find(HOME, "19:a@thread.tacv2") == learnt()
        assert kept.statements == []

    play(story)


def test_that_a_place_was_heard_from_is_noted_once_a_day() -> None:
    async def story(kept: Kept) -> None:
        await kept.front.save(learnt(), NOW)
        for hours in (1, 23, 24, 25, 47):
            kept.seconds += SECONDS + 1  # what is believed for a while is read again
            await kept.front.find(HOME, learnt().key)
            kept.statements.clear()
            await kept.front.save(learnt(), NOW + timedelta(hours=hours))
            assert bool(kept.statements) == (hours == 24), hours
        assert kept.rows()[learnt().key]["heard_at"] == to_text(NOW + timedelta(days=1))
        assert kept.rows()[learnt().key]["added_at"] == to_text(NOW)

    play(story)


def test_what_the_bot_finds_out_or_begins_itself_is_not_heard_from_there() -> None:
    async def story(kept: Kept) -> None:
        await kept.front.save(learnt("@rut", kind="personal", conversation=""))
        await kept.front.save(learnt("@rut", kind="personal", conversation="a:begun"))
        assert kept.rows()["@rut"]["heard_at"] == ""
        await kept.front.save(learnt("@rut", kind="personal", conversation="a:begun"), NOW)
        await kept.front.save(learnt("@rut", kind="personal", conversation="a:anew"))
        assert kept.rows()["@rut"]["heard_at"] == to_text(NOW)

    play(story)


def test_what_is_news_is_written_and_what_is_not_said_is_not_forgotten() -> None:
    async def story(kept: Kept) -> None:
        await kept.front.save(learnt("@lena", kind="personal", conversation="a:chat", user="29:lena"))
        again = learnt("@lena", kind="personal", conversation="", user="29:lena", service_url="https://new/")
        await kept.front.save(again)
        found = await kept.another().find(HOME, "@lena")
        assert found == again.model_copy(update={"conversation": "a:chat"})

    play(story)


def test_a_channel_keeps_its_name_and_a_person_does_not() -> None:
    async def story(kept: Kept) -> None:
        await kept.front.save(learnt(name="Arbetslag 4–6"))
        await kept.front.save(learnt("@lena", kind="personal", name="Lena Holm"))
        await kept.front.save(learnt("@lena", kind="personal", name="Lena Holm", user="29:l"))
        assert {key: row["name"] for key, row in kept.rows().items()} == {
            "19:a@thread.tacv2": "Arbetslag 4–6",
            "@lena": "",
        }

    play(story)


def test_after_a_restart_what_is_known_is_read_and_not_written() -> None:
    async def story(kept: Kept) -> None:
        await kept.front.save(learnt())
        kept.statements.clear()
        await kept.another().save(learnt())
        assert [sql.split()[0] for sql in kept.statements] == ["SELECT"]

    play(story)


def test_a_removal_that_another_process_heard_of_is_noticed_in_time_and_undone_by_words_from_there() -> None:
    async def story(kept: Kept) -> None:
        await kept.front.save(learnt())
        await kept.another().forget(HOME, learnt().key)
        kept.seconds = SECONDS + 1
        assert await kept.front.find(HOME, learnt().key) is None
        await kept.front.save(learnt(), NOW - seconds(1))
        assert await kept.front.find(HOME, learnt().key) is None, "these words are from before it"
        await kept.front.save(learnt(), NOW + seconds(1))
        assert kept.rows()[learnt().key]["gone_at"] is None

    play(story)


def test_what_is_forgotten_is_not_found_and_is_news_when_it_is_back() -> None:
    async def story(kept: Kept) -> None:
        inside = {"team": "t", "team_thread": "19:general"}
        await kept.front.save(learnt("19:general", **inside))
        await kept.front.save(learnt("19:a", **inside))
        assert sorted(await kept.front.forgotten(HOME, "19:general")) == ["19:a", "19:general"]
        assert await kept.front.find(HOME, "19:a") is None
        assert await kept.front.of_tenant(HOME) == ()
        await kept.front.save(learnt("19:a", **inside), NOW + seconds(1))
        assert await kept.front.of_tenant(HOME) == (learnt("19:a", **inside),)

    play(story)


def test_a_tenant_that_is_not_let_in_any_more_is_not_spoken_in() -> None:
    async def story(kept: Kept) -> None:
        other = learnt().model_copy(update={"tenant": HOME.replace("aa", "bb")})
        await kept.front.save(other)
        assert other.key in kept.rows()
        assert await kept.front.find(other.tenant, other.key) is None

    play(story)


def test_the_one_that_was_silent_longest_makes_room() -> None:
    async def story(kept: Kept) -> None:
        for key in ("19:a", "19:b", "19:a", "19:c"):
            await kept.front.save(learnt(key))
        kept.statements.clear()
        await kept.front.find(HOME, "19:a")
        assert kept.statements == []
        await kept.front.find(HOME, "19:b")
        assert len(kept.statements) == 1

    play(story, most=2)
