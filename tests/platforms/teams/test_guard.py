"""The guard: what Teams would never send comes no further, leaves no trace, and is answered in no detail."""

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from structlog.testing import capture_logs

from bot.platforms.door import Counts
from bot.platforms.teams.listen.guard import Answer, Guard
from tests.platforms.teams.edge_stage import Stage, played
from tests.teams.payloads import CHANNEL, LENA, message

BODY = json.dumps({"type": "message", "words": "åäö"}).encode()
NESTED = b"[" * 100_000 + b"]" * 100_000
Body = bytes | AsyncIterator[bytes]
DEEP = b'{"a":' * 100_000 + b"1" + b"}" * 100_000


class Door:
    """A guard with nothing behind it but a list."""

    def __init__(self, fault: Exception | None = None) -> None:
        self.counts = Counts()
        self.let_in: list[tuple[dict[str, Any], str]] = []
        self.fault = fault
        self.guard = Guard(self._take, self.counts)

    async def _take(self, activity: dict[str, Any], authorization: str) -> Answer:
        if self.fault:
            raise self.fault
        self.let_in.append((activity, authorization))
        return Answer(200, {"sagt": "tack, å"})

    def knock(
        self, body: bytes | AsyncIterator[bytes], method: str = "POST", **headers: str
    ) -> httpx.Response:
        async def knock() -> httpx.Response:
            transport = httpx.ASGITransport(app=self.guard)
            async with httpx.AsyncClient(transport=transport, base_url="https://nulage.example") as client:
                return await client.request(method, "/api/messages", content=body, headers=headers)

        return asyncio.run(knock())


REFUSED: dict[str, tuple[bytes, str]] = {
    "broken JSON": (b"{", "malformed"),
    "nothing": (b"", "malformed"),
    "a list": (b'[{"type": "message"}]', "malformed"),
    "a string": (b'"message"', "malformed"),
    "a number": (b"7", "malformed"),
    "null": (b"null", "malformed"),
    "an empty object": (b"{}", "malformed"),
    "a form": (b"type=message", "malformed"),
    "lists past reason": (NESTED, "malformed"),
    "objects past reason": (DEEP, "malformed"),
    "a number past reason": (b'{"a":' + b"9" * 10_000 + b"}", "malformed"),
    "not UTF-8": (b'{"type": "\xff\xfe"}', "not_utf8"),
    "UTF-16": ('{"type": "message"}'.encode("utf-16"), "not_utf8"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_refused(name: str) -> None:
    body, reason = REFUSED[name]
    door = Door()
    answer = door.knock(body)
    assert (answer.status_code, answer.content) == (400, b"")
    assert not door.let_in
    assert door.counts == {reason: 1}


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "DELETE", "OPTIONS", "PATCH"])
def test_only_post(method: str) -> None:
    door = Door()
    assert door.knock(BODY, method).status_code == 405
    assert not door.let_in
    assert door.counts == {"not_post": 1}


def test_an_object_is_let_in_with_who_vouches_for_it() -> None:
    door = Door()
    answer = door.knock(BODY, authorization="Bearer x")
    assert (answer.status_code, answer.json()) == (200, {"sagt": "tack, å"})
    assert answer.headers["content-type"] == "application/json; charset=utf-8"
    assert door.let_in == [(json.loads(BODY), "Bearer x")]
    assert not door.counts


def test_what_breaks_behind_the_door_is_nobody_elses_business() -> None:
    door = Door(RuntimeError("hemligt"))
    answer = door.knock(BODY)
    assert (answer.status_code, answer.content) == (503, b"")
    assert door.counts == {"failed": 1}


ODD: dict[str, dict[str, Any]] = {
    "an unknown kind": {"type": "någotNytt"},
    "no kind": {"type": None},
    "a kind that is no word": {"type": {"a": 1}},
    "no id": {"id": None},
    "no person": {"from": None},
    "no conversation's id": {"conversation": {"tenantId": "5ca1ab1e-0000-4000-8000-0000000000aa"}},
    "a conversation that is a list": {"conversation": []},
    "a tenant that is a number": {"channelData": {"tenant": {"id": 7}}},
    "a tenant that is a list": {"channelData": {"tenant": {"id": ["x"]}}},
    "an unknown invoke": {"type": "invoke", "name": "actionableMessage/executeAction", "value": {}},
    "an invoke without a name": {"type": "invoke", "value": 7},
    "an unknown event": {"type": "event", "name": "okänd"},
    "an upgrade": {"type": "installationUpdate", "action": "add-upgrade"},
    "an upgrade's other half": {"type": "installationUpdate", "action": "remove-upgrade"},
    "a reaction": {"type": "messageReaction", "reactionsAdded": [{"type": "like"}]},
    "typing": {"type": "typing"},
}


@pytest.mark.parametrize("name", ODD)
def test_what_the_sdk_would_answer_500_is_let_be(name: str) -> None:
    async def story(on: Stage) -> None:
        answer = await on.send(message(LENA, CHANNEL, "Hej") | ODD[name])
        assert answer.status_code in {200, 400}, answer.status_code
        assert not answer.content
        assert on.events == []
        assert sum(on.counts.values()) == 1
        assert "failed" not in on.counts

    played(story)


@pytest.mark.parametrize(("kind", "told"), [("någotNytt", ["teams.unknown_kind"]), ("typing", [])])
def test_a_kind_that_nobody_has_told_us_of_is_told_to_who_runs_the_bot(kind: str, told: list[str]) -> None:
    """People may be doing something with it that the bot does not hear."""

    async def story(on: Stage) -> None:
        with capture_logs() as log:
            await on.send(message(LENA, CHANNEL, "Hej") | {"type": kind})
        assert [line["action"] for line in log if line["log_level"] == "warning"] == told
        assert kind not in str(log)

    played(story)


def test_what_the_sdk_cannot_read_comes_no_further() -> None:
    async def story(on: Stage) -> None:
        answer = await on.send(message(LENA, CHANNEL, "Hej") | {"id": 7})
        assert (answer.status_code, answer.content) == (400, b"")
        assert on.events == []
        assert on.counts == {"malformed": 1}

    played(story)
