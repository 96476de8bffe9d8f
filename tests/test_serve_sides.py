"""A side that is not known yet, and a tenant that refuses us: what is to be said waits."""

import asyncio
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

import pytest

from bot.domain.school import Place
from bot.messages.delivery import DeliveryFailed, Why
from bot.messages.model import Message
from bot.platforms.teams.install.references import Reference
from bot.platforms.teams.send.errors import ours
from bot.runtime.clock import frozen
from bot.runtime.metrics import Counts
from bot.serve.sides import Gate
from bot.serve.teams_losses import AGAIN_SECONDS, MOST_ASKED, SOON_SECONDS, TeamsLosses
from storage.post.cut_off import park_under
from storage.post.outbox import Promised
from storage.store import Store, open_store
from storage.unit import UnitOfWork
from tests.storage.made import NOW, promise_all, promised, rows_of, states
from tests.waiting import DEADLINE, until

T = TypeVar("T")
HOME, OTHER = "5ca1ab1e-0000-4000-8000-0000000000aa", "5ca1ab1e-0000-4000-8000-0000000000bb"
HERE = Place(platform="teams", address=f"{HOME}/19:a@thread.tacv2")


class Unready:
    """A side, and its platform: known when a test says so."""

    name = "teams"

    def __init__(self) -> None:
        self.known = False

    async def send(self, message: Message, place: Place, *, key: str, replacing: str | None = None) -> str:
        return f"{message.title} {place.address} {key} {replacing}"

    async def find(self, place: Place, *, key: str, since: datetime) -> str | None:
        return f"{place.address} {key} {since}"


def test_what_is_to_be_said_waits_until_it_is_known_who_we_are() -> None:
    side: Any = Unready()
    gate, message = Gate(side, side), Message(title="Hej")

    async def story() -> None:
        for early in (gate.send(message, HERE, key="k"), gate.find(HERE, key="k", since=NOW)):
            with pytest.raises(DeliveryFailed) as waits:
                await early
            assert (waits.value.how, waits.value.retry_after > 0) == ("later", True)
        side.known = True
        assert await gate.send(message, HERE, key="k", replacing="r") == f"Hej {HERE.address} k r"
        assert await gate.find(HERE, key="k", since=NOW) == f"{HERE.address} k {NOW}"

    asyncio.run(story())


class Refusing:
    """A store with messages to two tenants, and a Teams that one of them keeps us out of."""

    def __init__(self, folder: Path) -> None:
        self.store: Store = open_store(f"sqlite:///{folder / 'nulage.sqlite3'}")
        self.counts = Counts()
        self.answers: dict[str, str] = {"": "token_refused"}
        self.probed: list[str] = []
        self.known: list[Reference] = []
        self.losses = TeamsLosses(self._run, frozen(NOW), self.counts, self._probe, self._places)

    async def _run(self, work: Callable[[UnitOfWork], T]) -> T:
        with self.store.begin() as unit:
            return work(unit)

    async def _probe(self, reference: Reference) -> object:
        self.probed.append(reference.key)
        if code := self.answers.get(reference.key, self.answers[""]):
            raise ours(code)
        return ()

    async def _places(self, tenant: str) -> list[Reference]:
        return [one for one in self.known if one.tenant == tenant]

    def refused(self, tenant: str = HOME) -> None:
        asyncio.run(self.losses.refused(spot("19:a", tenant), ours("token_refused")))

    def try_again(self) -> None:
        asyncio.run(self.losses.try_again())

    def states(self) -> dict[str, str]:
        return states(self.store)


def spot(key: str, tenant: str = HOME, conversation: str | None = None) -> Reference:
    talk = key if conversation is None else conversation
    kind = "personal" if key.startswith("@") else "channel"
    return Reference(tenant=tenant, key=key, kind=kind, conversation=talk, service_url="")


def to(tenant: str, key: str) -> Promised:
    return promised(key, place=Place(platform="teams", address=f"{tenant}/19:{key}"))


def test_all_that_waits_for_a_tenant_that_refuses_us_waits_on_and_nothing_else(tmp_path: Path) -> None:
    teams = Refusing(tmp_path)
    promise_all(teams.store, to(HOME, "a"), to(HOME, "b"), to(OTHER, "c"))
    teams.refused()
    teams.refused()
    assert teams.states() == {"a": "parked", "b": "parked", "c": "new"}
    assert rows_of(teams.store)["a"]["why"] == Why.DISCONNECTED
    assert teams.counts.workspaces == {"refused": 1}
    teams.try_again()
    assert teams.probed == ["19:a"]
    teams.answers[""] = ""
    teams.try_again()
    assert set(teams.states().values()) == {"new"}
    teams.try_again()
    assert teams.probed == ["19:a", "19:a"], "it is well, so nobody asks"
    assert teams.counts.workspaces == {"refused": 1, "taken_again": 1}
    teams.store.close()


@pytest.mark.parametrize("gone", ["unknown_place", "not_their_address", "no_account"])
def test_a_place_that_is_gone_says_nothing_of_its_tenant_and_another_is_asked(
    tmp_path: Path, gone: str
) -> None:
    teams = Refusing(tmp_path)
    promise_all(teams.store, to(HOME, "a"))
    teams.known = [
        spot("@sam"),
        spot("@pia", conversation=""),
        spot("19:a"),
        spot("19:b"),
        spot("19:c", OTHER),
    ]
    teams.try_again()
    teams.refused()
    teams.answers["19:a"] = gone
    teams.try_again()
    assert (teams.probed, teams.states()) == (["19:a", "19:b"], {"a": "parked"})
    teams.answers["19:b"] = gone
    teams.answers["@sam"] = ""
    teams.try_again()
    assert teams.probed[2:] == ["19:a", "19:b", "@sam"]
    assert teams.states() == {"a": "new"}
    teams.store.close()


def test_where_every_place_is_gone_each_message_is_told_its_own_reason(tmp_path: Path) -> None:
    teams = Refusing(tmp_path)
    promise_all(teams.store, to(HOME, "a"))
    teams.try_again()
    teams.refused()
    teams.answers[""] = "unknown_place"
    teams.known = [spot(f"19:{number}") for number in range(50)]
    teams.try_again()
    assert len(teams.probed) == MOST_ASKED
    assert teams.states() == {"a": "new"}
    teams.store.close()


def test_who_gives_no_clear_answer_is_asked_again_soon(tmp_path: Path) -> None:
    teams = Refusing(tmp_path)
    promise_all(teams.store, to(HOME, "a"))
    teams.try_again()
    teams.refused()
    teams.try_again()
    assert teams.losses.pause == AGAIN_SECONDS
    teams.answers[""] = "no_answer"
    teams.try_again()
    assert (teams.states(), teams.losses.pause) == ({"a": "parked"}, SOON_SECONDS)
    teams.answers[""] = "token_refused"
    teams.try_again()
    assert teams.losses.pause == AGAIN_SECONDS
    teams.store.close()


def test_what_was_under_way_when_the_tenant_was_lost_goes_out_as_well(tmp_path: Path) -> None:
    teams = Refusing(tmp_path)
    promise_all(teams.store, to(HOME, "a"))
    teams.try_again()
    teams.refused()
    teams.answers[""] = ""
    teams.try_again()
    with teams.store.begin() as unit:  # the courier settles what was refused, after we asked
        park_under(unit, f"teams:{HOME}/", Why.DISCONNECTED)
    assert teams.losses.pause == SOON_SECONDS
    teams.try_again()
    assert (teams.states(), teams.losses.pause) == ({"a": "new"}, AGAIN_SECONDS)
    teams.store.close()


def test_who_is_lost_is_asked_at_once(tmp_path: Path) -> None:
    teams = Refusing(tmp_path)
    teams.answers[""] = ""

    async def story() -> None:
        running = asyncio.create_task(teams.losses.run())
        await asyncio.sleep(0)
        await teams.losses.refused(spot("19:a"), ours("token_refused"))
        await until(lambda: teams.counts.workspaces["taken_again"] == 1)
        teams.losses.stop()
        await asyncio.wait_for(running, DEADLINE)

    asyncio.run(story())
    teams.store.close()


def test_who_takes_what_we_ask_and_not_what_we_say_is_asked_calmly(tmp_path: Path) -> None:
    teams = Refusing(tmp_path)
    teams.answers[""] = ""

    async def story() -> None:
        running = asyncio.create_task(teams.losses.run())
        await teams.losses.refused(spot("19:a"), ours("token_refused"))
        await until(lambda: teams.counts.workspaces["taken_again"] == 1)
        await teams.losses.refused(spot("19:a"), ours("token_refused"))
        for _ in range(50):
            await asyncio.sleep(0)
        assert teams.counts.workspaces == {"refused": 2, "taken_again": 1}
        teams.losses.stop()
        await asyncio.wait_for(running, DEADLINE)

    asyncio.run(story())
    teams.store.close()
