"""The guard: what Slack has not signed, or would never send, comes no further and leaves no trace."""

import asyncio
import json
import time
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple
from urllib.parse import parse_qsl, quote, quote_plus, urlencode

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import SecretStr
from structlog.testing import capture_logs

from bot.platforms.door import Counts
from bot.platforms.slack.listen.guard import Guard, Reply
from tests.platforms.slack.edge_stage import FORM, SECRET, client_of, signed
from tests.platforms.slack.small_slack import JSON

BODY = json.dumps({"type": "event_callback", "words": "åäö"}).encode()
NESTED = b"[" * 100_000 + b"]" * 100_000
Headers = list[tuple[bytes, bytes]]


class Door:
    """A guard with nothing behind it but a list."""

    def __init__(self) -> None:
        self.counts = Counts()
        self.let_in: list[dict[str, Any]] = []
        self.tries: list[int] = []
        self.guard = Guard(self._answer, SecretStr(SECRET), self.counts)

    async def _answer(self, payload: dict[str, Any], tries: int) -> Reply:
        self.let_in.append(payload)
        self.tries.append(tries)
        return Reply(200, "tack")

    def knock(self, body: bytes, headers: Headers, method: str = "POST") -> tuple[int, str]:
        async def knock() -> tuple[int, str]:
            async with client_of(self.guard) as client:
                answer = await client.request(method, "/slack/events", content=body, headers=headers)
            return answer.status_code, answer.text

        return asyncio.run(knock())


def with_signature(body: bytes, kind: str = JSON) -> Headers:
    return [(name.encode(), value.encode()) for name, value in {**signed(body), "content-type": kind}.items()]


def as_form(**fields: str) -> bytes:
    return urlencode(fields).encode()


@pytest.mark.parametrize(
    ("said", "tries"), [(None, 0), ("1", 1), ("3", 3), ("tre", 0), ("-1", 0), ("9" * 13, 0), ("²", 0)]
)
def test_how_often_slack_has_sent_it_before_comes_along(said: str | None, tries: int) -> None:
    door, body = Door(), b'{"type": "event_callback"}'
    more = [(b"x-slack-retry-num", said.encode())] if said else []
    assert door.knock(body, with_signature(body) + more)[0] == 200
    assert door.tries == [tries]


STAMP, PROOF = "x-slack-request-timestamp", "x-slack-signature"


class Forged(NamedTuple):
    """A request that is not quite Slack's: signed `age` seconds ago, then changed."""

    body: bytes = BODY
    kind: str = JSON
    age: float = 0
    secret: str = SECRET
    changes: Mapping[str, str | None] = {}
    said_to_be: bytes | None = None

    def headers(self) -> list[tuple[bytes, bytes]]:
        proof = signed(self.said_to_be or self.body, at=time.time() - self.age, secret=self.secret)
        sent = {**proof, "content-type": self.kind, **self.changes}
        return [(name.encode(), value.encode()) for name, value in sent.items() if value is not None]


REFUSED: dict[str, tuple[Forged, int, str]] = {
    "unsigned": (Forged(changes={STAMP: None, PROOF: None}), 401, "timestamp"),
    "unsigned and broken": (Forged(b"{", changes={STAMP: None, PROOF: None}), 401, "timestamp"),
    "no timestamp": (Forged(changes={STAMP: None}), 401, "timestamp"),
    "empty timestamp": (Forged(changes={STAMP: ""}), 401, "timestamp"),
    "words for a time": (Forged(changes={STAMP: "nyss"}), 401, "timestamp"),
    "negative time": (Forged(changes={STAMP: "-1"}), 401, "timestamp"),
    "digits of another alphabet": (Forged(changes={STAMP: "١٢٣"}), 401, "timestamp"),
    "endless time": (Forged(changes={STAMP: "9" * 400}), 401, "timestamp"),
    "replayed after six minutes": (Forged(age=360), 401, "old"),
    "from a clock far ahead": (Forged(age=-360), 401, "old"),
    "no signature": (Forged(changes={PROOF: None}), 401, "signature"),
    "a signature in another alphabet": (Forged(changes={PROOF: "v0=åäö"}), 401, "signature"),
    "another app's secret": (Forged(secret="another"), 401, "signature"),
    "another body": (Forged(said_to_be=BODY + b" "), 401, "signature"),
    "not JSON": (Forged(b"{"), 400, "malformed"),
    "JSON of another kind": (Forged(b"[1]"), 400, "malformed"),
    "empty": (Forged(b""), 400, "malformed"),
    "nested past reason": (Forged(NESTED), 400, "malformed"),
    "not UTF-8": (Forged(b"\xff\xfe{}"), 400, "not_utf8"),
    "a form with broken JSON": (Forged(as_form(payload="{"), FORM), 400, "malformed"),
    "a form that is not UTF-8": (Forged(b"text=%ff", FORM), 400, "not_utf8"),
    "a form with too many fields": (Forged(b"a=1&" * 200, FORM), 400, "malformed"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_refused(name: str) -> None:
    forged, status, reason = REFUSED[name]
    door = Door()
    assert door.knock(forged.body, forged.headers()) == (status, "")
    assert not door.let_in
    assert door.counts == {reason: 1}


def test_a_wrong_secret_shows_in_the_log_and_a_flood_does_not_fill_it() -> None:
    door, headers = Door(), Forged(secret="another").headers()
    with capture_logs() as logged:
        for _ in range(3):
            door.knock(BODY, headers)
    assert [(line["action"], line["kind"]) for line in logged] == [("slack.odd_request", "signature")]


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "DELETE", "OPTIONS"])
def test_only_post(method: str) -> None:
    door = Door()
    assert door.knock(BODY, with_signature(BODY), method)[0] == 405
    assert not door.let_in


def test_signed_and_whole_is_let_in() -> None:
    door = Door()
    assert door.knock(BODY, with_signature(BODY)) == (200, "tack")
    form = as_form(command="/nuläge", text="")
    assert door.knock(form, with_signature(form, FORM)) == (200, "tack")
    wrapped = as_form(payload=BODY.decode())
    assert door.knock(wrapped, with_signature(wrapped, f"{FORM}; charset=utf-8")) == (200, "tack")
    assert door.let_in == [json.loads(BODY), {"command": "/nuläge", "text": ""}, json.loads(BODY)]
    assert not door.counts


@settings(max_examples=60)
@given(st.text(), st.sampled_from([quote, quote_plus]))
def test_what_people_do_is_read_as_it_was_written(words: str, quoted: Callable[[str], str]) -> None:
    said = {"type": "view_submission", "words": words}
    for sent in (json.dumps(said), json.dumps(said, ensure_ascii=False).encode(errors="replace").decode()):
        door, body = Door(), f"payload={quoted(sent)}".encode()
        assert door.knock(body, with_signature(body, FORM)) == (200, "tack")
        assert door.let_in == [json.loads(dict(parse_qsl(body.decode()))["payload"])]
