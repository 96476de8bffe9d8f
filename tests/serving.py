"""`nulage serve` as a process of its own, against a Slack of ours."""

import asyncio
import os
import signal
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

import httpx
from aiohttp import web

from storage.store import open_store
from tests.slack import payloads
from tests.slack.fake import FakeSlack
from tests.slack.school import BOT_TOKEN, channel_of, found, open_school, user_of
from tests.slack.sender import SECRET, Sender
from tests.slack.state import Json
from tests.storage.made import states
from tests.waiting import DEADLINE
from tests.warm import Forked, forked

NULAGE = str(Path(sys.executable).with_name("nulage"))
OPEN = "Nuläge är igång på "
HERE = channel_of("#arbetslag-4-6")


class HeldSlack(FakeSlack):
    """A Slack that can be told to take its time with one method."""

    def __post_init__(self) -> None:
        super().__post_init__()
        self.holding = ""
        self.waiting = 0
        self.go_on = asyncio.Event()

    async def _called(self, request: web.Request) -> web.StreamResponse:
        if request.match_info["method"] == self.holding:
            self.waiting += 1
            await self.go_on.wait()
        return await super()._called(request)


class Served:
    """The running program, and a client that knows its address."""

    def __init__(self, process: Process | Forked, errors: Path, client: httpx.AsyncClient) -> None:
        self.process = process
        self.client = client
        self.sender = Sender(client)
        self._errors = errors

    @property
    def log(self) -> str:
        return self._errors.read_text()

    async def ready(self) -> None:
        """Wait until it says that it is."""
        await self._until("/readyz", lambda answer: answer.status_code == 200)

    async def metric(self, line: str) -> None:
        """Wait until `/metrics` has this line."""
        await self._until("/metrics", lambda answer: f"\n{line}\n" in answer.text)

    async def _until(self, address: str, good: Callable[[httpx.Response], bool]) -> None:
        async with asyncio.timeout(DEADLINE):
            while not good(await self.client.get(address)):  # noqa: ASYNC110  it is another process
                await asyncio.sleep(0.02)

    async def told(self, sign: signal.Signals = signal.SIGTERM) -> int:
        """Send a signal, and return the code it ended with."""
        self.process.send_signal(sign)
        return await self.ended()

    async def ended(self) -> int:
        async with asyncio.timeout(DEADLINE):
            return await self.process.wait()

    async def last_words(self) -> str:
        assert self.process.stdout
        return (await self.process.stdout.read()).decode()


def environment(slack: FakeSlack, folder: Path, **more: str) -> dict[str, str]:
    return {
        **{name: value for name, value in os.environ.items() if not name.startswith("NULAGE_")},
        "NULAGE_DATABASE_URL": database(folder),
        "NULAGE_HTTP__PORT": "0",
        "NULAGE_SLACK__API_URL": slack.url,
        "NULAGE_SLACK__BOT_TOKEN": BOT_TOKEN,
        "NULAGE_SLACK__SIGNING_SECRET": SECRET,
        "NULAGE_LOG_FORMAT": "json",
        **more,
    }


def database(folder: Path) -> str:
    return f"sqlite:///{folder / 'nulage.sqlite3'}"


@asynccontextmanager
async def slack_with_school(folder: Path) -> AsyncIterator[HeldSlack]:
    """Björkskolan in a Slack of ours, and in the store that the bot will open."""
    async with HeldSlack() as slack:
        open_school(slack.workspace)
        store = open_store(database(folder))
        found(store, datetime.now(UTC).date())
        store.close()
        yield slack


@asynccontextmanager
async def served(slack: FakeSlack, folder: Path, *, warm: bool = False, **more: str) -> AsyncIterator[Served]:
    """Start it, and see that it is gone afterwards."""
    async with started(folder, environment(slack, folder, **more), warm=warm) as bot:
        yield bot


@asynccontextmanager
async def started(folder: Path, settings: Mapping[str, str], *, warm: bool = False) -> AsyncIterator[Served]:
    """Start it with these settings: the command itself, or warm, which is all of it but the imports."""
    errors = folder / "stderr"
    async with _begun(settings, errors, warm=warm) as process:
        assert process.stdout
        async with asyncio.timeout(DEADLINE):
            line = (await process.stdout.readline()).decode()
        assert line.startswith(OPEN), errors.read_text()
        address = line.removeprefix(OPEN).split(". ")[0]
        async with httpx.AsyncClient(base_url=f"http://{address}", timeout=30) as client:
            yield Served(process, errors, client)


@asynccontextmanager
async def _begun(settings: Mapping[str, str], errors: Path, *, warm: bool) -> AsyncIterator[Process | Forked]:
    with errors.open("w") as stderr:
        if warm:
            async with forked(settings, stderr.fileno()) as bot:
                yield bot
            return
        process = await asyncio.create_subprocess_exec(
            NULAGE, "serve", stdin=DEVNULL, stdout=PIPE, stderr=stderr, env=settings
        )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


async def refused(folder: Path, settings: Mapping[str, str]) -> tuple[int, str]:
    """Start what will not run; return its exit code and what it said."""
    errors = folder / "stderr"
    async with _begun(settings, errors, warm=True) as process, asyncio.timeout(DEADLINE):
        code = await process.wait()
    return code, errors.read_text()


def invited(slack: FakeSlack, channel: str = HERE) -> Json:
    """Pia invites the bot; it says hello."""
    return payloads.event(slack.workspace, payloads.joined(slack.workspace, channel, user_of("pia")))


def invited_anew(slack: FakeSlack) -> Json:
    """Pia makes one channel more and invites the bot."""
    name = f"C0NEW{slack.workspace.number():05d}"
    slack.workspace.channel(name, name.lower(), {user_of("pia")})
    return invited(slack, name)


def outbox(folder: Path) -> list[str]:
    store = open_store(database(folder))
    found = sorted(states(store).values())
    store.close()
    return found


def calls(slack: FakeSlack, method: str) -> list[Json]:
    return [call.args for call in slack.calls if call.method == method and call.came_to == "ok"]
