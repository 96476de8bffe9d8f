"""Two chats: one that is away or refuses us, and what becomes of the other."""

import asyncio
from collections.abc import Sequence
from types import SimpleNamespace
from typing import Any

import pytest

from bot.runtime.watchdog import Part
from bot.serve.chats import AGAIN_SECONDS, REFUSED_SECONDS, Chats
from bot.serve.sides import NOT_KNOWN_SECONDS
from bot.settings import SettingsRefused
from storage.engine import StoreRefused
from storage.post.inbox import StoreAway


class Chat:
    """A side that answers what it is told to, each time it is asked; it says nothing without a name."""

    def __init__(self, name: str, *answers: Exception | None) -> None:
        self.platform = SimpleNamespace(name=name) if name else None
        self.answers = list(answers)
        self.keeping: tuple[str, ...] = ()
        self.watched: tuple[Part, ...] = ()

    async def connect(self) -> None:
        if problem := self.answers.pop(0):
            raise problem

    def hindrances(self) -> tuple[str, ...]:
        return self.keeping

    def parts(self) -> tuple[Part, ...]:
        return self.watched


class Bench:
    """Some chats, what was said of them, and how long was waited."""

    def __init__(self, *sides: Chat) -> None:
        self.said: list[str] = []
        self.waited: list[float] = []
        kept: Any = sides
        self.chats = Chats(kept, self._sleep)

    async def _sleep(self, seconds: float) -> None:
        self.waited.append(seconds)

    def connect(self, side: Any) -> None:
        asyncio.run(self.chats.connect(side, self.said.append))

    def ready(self) -> dict[str, float]:
        (sample,) = self.chats.samples(())
        return dict(sample.values)


def refused(words: str = "nej") -> SettingsRefused:
    return SettingsRefused(words)


@pytest.mark.parametrize("others", [[], [Chat("")]], ids=["alone", "with a service"])
def test_the_only_chat_ends_the_bot_when_it_refuses_us(others: Sequence[Chat]) -> None:
    teams = Chat("teams", refused())
    with pytest.raises(SettingsRefused):
        Bench(teams, *others).connect(teams)


@pytest.mark.parametrize("problem", [refused(), StoreRefused("nej")], ids=["settings", "seal"])
def test_one_of_two_is_asked_again_calmly_and_told_of_once(problem: Exception) -> None:
    slack, teams = Chat("slack", None), Chat("teams", problem, problem, None)
    bench = Bench(slack, teams)
    bench.connect(teams)
    assert bench.waited == [AGAIN_SECONDS] * 2
    assert bench.said == ["nej"]
    assert bench.chats.away(()) == ()


def test_a_store_that_is_away_as_a_chat_connects_is_waited_for_and_ends_nothing() -> None:
    slack = Chat("slack", StoreAway("a blip"), StoreAway("a blip"), None)
    bench = Bench(slack)
    bench.connect(slack)
    assert (bench.waited, bench.said, slack.answers) == ([NOT_KNOWN_SECONDS] * 2, [], [])


def test_the_last_of_two_ends_the_bot_when_both_refuse_us() -> None:
    slack, teams = Chat("slack", refused()), Chat("teams", refused(), refused("nej, nej"))
    bench = Bench(slack, teams)

    async def slack_refuses_meanwhile(_seconds: float) -> None:
        pauses.extend(bench.chats.pause(one) for one in (kept, away))
        with pytest.raises(SettingsRefused):
            await bench.chats.connect(kept, bench.said.append)
        raise asyncio.CancelledError

    pauses: list[float] = []
    kept: Any = slack
    away: Any = teams
    bench.chats._sleep = slack_refuses_meanwhile
    with pytest.raises(asyncio.CancelledError):
        bench.connect(teams)
    assert bench.chats.hindrances(()) == ("slack_refused", "teams_refused")
    assert pauses == [NOT_KNOWN_SECONDS, REFUSED_SECONDS]


def test_the_bot_is_hindered_only_when_no_chat_reaches_it() -> None:
    slack, teams, graph = Chat("slack"), Chat("teams"), Chat("")
    chats = (bench := Bench(slack, teams, graph)).chats
    assert (chats.hindrances(()), chats.away(()), bench.ready()) == ((), (), {"slack": 1, "teams": 1})
    teams.keeping = ("teams_keys",)
    assert (chats.hindrances(()), chats.away(())) == ((), ("teams_keys",))
    assert bench.ready() == {"slack": 1, "teams": 0}
    slack.keeping = ("slack",)
    assert chats.hindrances(()) == chats.away(()) == ("slack", "teams_keys")


def test_a_line_that_is_silent_counts_as_its_chats_and_is_named_once() -> None:
    slack, teams = Chat("slack"), Chat("teams")
    slack.watched = (Part("sockets", lambda: 0.0, vital=False),)
    chats = Bench(slack, teams).chats
    assert (chats.hindrances(["sockets"]), chats.away(["sockets"])) == ((), ("sockets",))
    slack.keeping = ("sockets",)
    assert chats.away(["sockets"]) == ("sockets",)
    assert Bench(slack).chats.hindrances(["sockets"]) == ("sockets",)
