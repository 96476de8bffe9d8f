"""Socket Mode, for a pilot behind a firewall: two lines to Slack, and a watch over each.

1. A line is an address from Slack (apps.connections.open), a connection to it, and Slack's hello.
2. An envelope goes to the same Bolt app as an HTTP request does. It is acknowledged when that has
   answered 200, and by then what it said is on disk; without that Slack says it again.
3. A line that is closed, silent, deaf or old is replaced. The new one has said hello before the old
   one is left, and one is replaced at a time: somebody always listens.

Why not the SDK's own client: it leaves the old connection before it has a new one, it takes a line
that answers pings for one that works (python-slack-sdk#1701, #1110), and its log quotes what people wrote.
"""

import asyncio
import json
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Coroutine
from http import HTTPStatus
from typing import Any, NamedTuple

from aiohttp import ClientSession, ClientTimeout
from slack_bolt.adapter.socket_mode.async_internals import run_async_bolt_app
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.response import BoltResponse
from slack_sdk.errors import SlackApiError
from slack_sdk.socket_mode.request import SocketModeRequest

from bot.log import log
from bot.platforms.slack.listen.line import Envelope, Line, LineRefused
from bot.platforms.slack.send.errors import code_of
from bot.rung import rung

LINES = 2
"""Slack sends each envelope down one of an app's lines, at most ten (Slack, Using Socket Mode)."""


class Pace(NamedTuple):
    """When a line is given up, in seconds.

    Silence is noticed within 16 (`silent` and `look`) and mended within 30, even when both lines fall
    silent at once and each takes `opening` to open anew.

    A line that answers pings but delivers nothing looks like a quiet school. It is noticed when its
    sister was given `passed_by` envelopes in a row (by chance once in four thousand), else by age:
    a fresh hello is the only proof. Two lines every ten minutes is a fifth of what Slack allows
    (apps.connections.open, tier 1).
    """

    ping: float = 5.0
    look: float = 1.0
    silent: float = 15.0
    opening: float = 6.0
    deaf: float = 600.0
    old: float = 3600.0
    linger: float = 2.0
    drain: float = 10.0
    steady: float = 60.0
    again: tuple[float, ...] = (1.0, 2.0, 5.0, 10.0, 30.0)
    passed_by: int = 12


PACE = Pace()
Address = Callable[[], Awaitable[str]]


class Sockets:
    """Keeps two lines open for as long as it runs."""

    def __init__(self, bolt: AsyncApp, address: Address, *, pace: Pace = PACE) -> None:
        self._bolt = bolt
        self._address = address
        self._pace = pace
        self._bell = asyncio.Event()
        self._lines: list[Line | None] = [None] * LINES
        self._tries = [0] * LINES
        self._not_before = [0.0] * LINES
        self._busy: set[asyncio.Task[None]] = set()
        self._leaving: set[asyncio.Task[None]] = set()
        self._stopping = False
        self._started = time.monotonic()
        self.replaced: Counter[str] = Counter()

    def last_progress(self) -> float:
        """When any line last heard anything at all (`time.monotonic`)."""
        return max([self._started, *(line.heard for line in self._lines if line)])

    def ages(self) -> dict[str, float]:
        """Seconds since Slack last said something in words, line by line."""
        now = time.monotonic()
        return {str(number): now - line.spoke for number, line in enumerate(self._lines) if line}

    @property
    def open(self) -> int:
        """How many lines are of use."""
        return sum(1 for line in self._lines if line and not line.over)

    async def run(self) -> None:
        """Keep the lines open until stopped."""
        async with ClientSession(timeout=ClientTimeout(total=None), trust_env=True) as session:
            try:
                await self._keep_open(session)
                if self._busy:
                    await asyncio.wait(self._busy, timeout=self._pace.drain)
            finally:
                lines = [line.close() for line in self._lines if line]
                await asyncio.gather(*lines, *self._leaving, return_exceptions=True)

    def stop(self) -> None:
        """Take no more. `run` ends when what was taken is done and acknowledged."""
        self._stopping = True
        for line in self._lines:
            if line:
                line.hush()
        self._bell.set()

    async def _keep_open(self, session: ClientSession) -> None:
        while not self._stopping:
            self._bell.clear()
            for number in range(LINES):
                await self._mend(session, number)
            await rung(self._bell, self._pace.look)

    async def _mend(self, session: ClientSession, number: int) -> None:
        old = self._lines[number]
        why = self._fault(old)
        if old and time.monotonic() - old.opened > self._pace.steady:
            self._tries[number] = 0
        if not why or self._stopping or time.monotonic() < self._not_before[number]:
            return
        try:
            fresh = await self._open(session)
        except Exception as problem:  # noqa: BLE001  whatever stands in the way, the next try comes
            self._put_off(number, problem)
            return
        self._pause(number)
        self._lines[number] = fresh
        self.replaced[why] += 1
        log.info("line_opened", action="socket.opened", n=number, kind=why)
        if old:
            self._keep(self._leaving, self._leave(old))

    def _fault(self, line: Line | None) -> str:
        """Say why a line must be replaced; nothing when it is well."""
        if line is None:
            return "new"
        now, pace = time.monotonic(), self._pace
        faults = {
            "ended": bool(line.over),
            "silent": now - line.heard > pace.silent,
            "deaf": now - line.spoke > pace.deaf or line.passed_by >= pace.passed_by,
            "old": now - line.opened > pace.old,
        }
        return next((why for why, found in faults.items() if found), "")

    async def _open(self, session: ClientSession) -> Line:
        async with asyncio.timeout(self._pace.opening):
            address = await self._address()
            socket = await session.ws_connect(address, autoping=False)
            line = Line(socket, self._take, self._bell.set, time.monotonic)
            try:
                await line.greet(self._pace.ping)
            except BaseException:
                self._keep(self._leaving, line.close())
                raise
            return line

    def _put_off(self, number: int, problem: Exception) -> None:
        self._pause(number, _rest(problem))
        log.warning(
            "no_line", action="socket.refused", n=number, code=_code(problem), kind=type(problem).__name__
        )

    def _pause(self, number: int, least: float = 0.0) -> None:
        """Each opening in a row waits longer, also when the line opened and then did not last."""
        pauses = self._pace.again
        pause = pauses[min(self._tries[number], len(pauses) - 1)]
        self._tries[number] += 1
        self._not_before[number] = time.monotonic() + max(pause, least)

    async def _leave(self, line: Line) -> None:
        """Listen a little longer for what was on its way, then close."""
        await asyncio.sleep(0 if line.over == "closed" else self._pace.linger)
        await line.close()

    def _take(self, line: Line, envelope: Envelope) -> None:
        for other in self._lines:
            if other and other is not line:
                other.passed_by += 1
        request = SocketModeRequest.from_dict(envelope)
        if request:
            self._keep(self._busy, self._answer(line, request))

    async def _answer(self, line: Line, request: SocketModeRequest) -> None:
        try:
            response: BoltResponse = await run_async_bolt_app(self._bolt, request)
        except Exception:
            log.exception("envelope_failed", action="socket.failed")
            return
        if response.status != HTTPStatus.OK:  # only this means that it is on disk
            log.warning("not_acknowledged", action="socket.not_acknowledged", code=response.status)
            return
        words = json.dumps({"envelope_id": request.envelope_id, **_payload(response)})
        for one in (line, *self._lines):  # its own line may be gone by now; any other will do
            if one and await one.say(words):
                return
        log.warning("ack_lost", action="socket.ack_lost")

    @staticmethod
    def _keep(among: set[asyncio.Task[None]], work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        among.add(task)
        task.add_done_callback(among.discard)


def _code(problem: Exception) -> str:
    """Return what Slack said; an error of the network's may quote an address with its ticket."""
    if isinstance(problem, SlackApiError):
        return code_of(problem)
    return str(problem) if isinstance(problem, LineRefused) else ""


def _rest(problem: Exception) -> float:
    """Return how long Slack asks us to wait, in seconds."""
    headers = problem.response.headers if isinstance(problem, SlackApiError) else {}
    asked = str(headers.get("Retry-After", ""))
    return float(asked) if asked.isdecimal() else 0.0


def _payload(response: BoltResponse) -> dict[str, object]:
    """Return what is said back in the acknowledgement, as Slack wants it there."""
    if not response.body:
        return {}
    kind = next(iter(response.headers.get("content-type", [""])), "")
    if kind.startswith("application/json"):
        return {"payload": json.loads(response.body)}
    return {"payload": {"text": response.body}}
