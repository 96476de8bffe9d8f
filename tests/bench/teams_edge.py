"""Teams' door: what comes in acknowledged a second with its row on disk, against the SDK alone with no store.

Both sides get the same activities under the same signed token, 64 at a time, in one process: no server
between them and us. Words, presses and forms take turns. The SDK has its own adapter and one `on_message`;
presses and forms it only passes by. Both have the key at hand, and nothing we say beside goes anywhere.
"""

import asyncio
import json
import statistics
import time
import warnings
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from datetime import timedelta
from itertools import count
from pathlib import Path
from typing import Any, Literal, NamedTuple, assert_never

from bot.app import App
from bot.domain.school import Place
from bot.messages.model import Button, Choices, Message, Paragraph
from bot.messages.tokens import Token
from bot.platforms.teams.install.references import Reference
from bot.platforms.teams.listen import asgi
from bot.platforms.teams.listen.edge import Edge
from bot.platforms.teams.listen.keys import Keys
from bot.platforms.teams.listen.sdk import Registration, import_sdk
from bot.rehearsal import example
from bot.runtime.clock import Clock
from bot.runtime.collector import calm_collector
from bot.serve.teams_kept import StoredReferences
from prompts.book import load_prompts
from storage.store import open_store
from tests.teams import fake_keys, payloads
from tests.teams.payloads import AT, CHANNEL, LENA, SERVICE
from tests.teams.state import APP, TENANT, Json

AT_ONCE = 64
EVENTS = 1024
PATH = "/api/messages"
ROOT = "1795443300000"
TOKEN = Token(verb="answer_form", subject="r48").pack()
WORDS = "Fler vågar läsa högt, och två vill börja."

Kind = Literal["words", "press", "form"]
KINDS: tuple[Kind, ...] = ("words", "press", "form")
Door = Callable[[Any, Any, Any], Awaitable[None]]
Request = tuple[dict[str, Any], bytes]


class Measured(NamedTuple):
    """Requests a second of both sides, round by round; and our p99 in milliseconds."""

    sdk: list[float]
    ours: list[float]
    p99: float


def measure(folder: Path, rounds: int) -> dict[str, Measured]:
    """Measure each kind, and `all`: the time that as many of each take together."""
    return asyncio.run(_measure(folder, rounds))


async def _measure(folder: Path, rounds: int) -> dict[str, Measured]:
    store = open_store(f"sqlite:///{folder / 'teams.sqlite3'}")
    with store.begin() as unit:
        example.found(unit, "teams", Clock().now().date(), _spelled)
    app = App(store, load_prompts(), {}, Clock())
    app.start()
    async with AsyncExitStack() as stack:
        stack.callback(app.stop)
        keys = fake_keys.Keys()
        knocks = Knocks(keys.sign(fake_keys.inbound_claims(SERVICE, exp=int(time.time()) + 24 * 3600)))
        edge = _edge(app)
        ours, sdk = await _ours(edge, keys), await _sdk_alone(keys)
        calm_collector()
        runs = [
            {kind: (await _play(sdk, knocks, kind), await _play(ours, knocks, kind, edge)) for kind in KINDS}
            for _ in range(rounds + 1)
        ][1:]  # the first round is practice
    measured = {kind: _summed([[run[kind]] for run in runs]) for kind in KINDS}
    return measured | {"all": _summed([list(run.values()) for run in runs])}


def _spelled(name: str) -> str:
    """Björkskolan in a tenant: Lena and her channel are whom the activities name, the rest is just there."""
    known = {"lena": LENA.aad, "@lena": f"@{LENA.aad}", f"#{example.TEAM_46}": CHANNEL.id}
    return f"{TENANT}/{known.get(name, name)}"


def _summed(rounds: list[list[tuple[list[float], list[float]]]]) -> Measured:
    """`rounds`: of each kind, how long each request took on both sides; the last says how long all took."""
    sides = [
        [EVENTS * len(kinds) / sum(pair[side][-1] for pair in kinds) for kinds in rounds] for side in (0, 1)
    ]
    taken = [one for kinds in rounds for pair in kinds for one in pair[1][:-1]]
    return Measured(sides[0], sides[1], statistics.quantiles(taken, n=100)[-1] * 1000)


class Knocks:
    """Fresh activities, each with its own id, all under one token: the Bot Framework uses one for hours."""

    def __init__(self, token: str) -> None:
        self._token = token
        self._numbers = count(1)

    def request(self, kind: Kind) -> Request:
        body = json.dumps(_activity(kind, next(self._numbers)), ensure_ascii=False).encode()
        headers = {
            "authorization": f"Bearer {self._token}",
            "content-type": "application/json; charset=utf-8",
            "content-length": str(len(body)),
            "host": "nulage.example",
            "user-agent": "Microsoft-SkypeBotApi (Microsoft-BotFramework/3.0)",
        }
        scope = {
            "type": "http",
            "method": "POST",
            "path": PATH,
            "query_string": b"",
            "headers": [(name.encode(), value.encode()) for name, value in headers.items()],
        }
        return scope, body


def _activity(kind: Kind, number: int) -> Json:
    match kind:
        case "words":
            at = AT + timedelta(milliseconds=number)  # the same words at the same moment were one message
            return payloads.message(LENA, CHANNEL, WORDS, to_bot=True, at=at)
        case "press":
            return payloads.pressed(LENA, CHANNEL, TOKEN, on=ROOT)
        case "form":
            data = payloads.filled(TOKEN, {"voice": WORDS}, nonce=f"{number:08x}", opened_from=ROOT)
            return payloads.execute(LENA, CHANNEL, "send", data, on=ROOT)
        case _:
            assert_never(kind)


class Nowhere:
    """A Connector that has said it at once: what it would take is not ours to measure."""

    async def post(
        self, ref: Reference, activity: Any, *, thread: str | None = None, targeted_to: str = ""
    ) -> str:
        del ref, activity, thread, targeted_to
        return ROOT

    async def begin_chat(self, ref: Reference) -> str:
        return f"a:{ref.key}"

    async def change(self, ref: Reference, id: str, activity: Any, *, thread: str | None = None) -> str:  # noqa: A002  it is called so in the Connector
        del ref, activity, thread
        return id


STANDING = Message(
    title="Avstämning för vecka 48",
    blocks=(
        Paragraph(text="Hur långt har ni kommit med insatsen den här veckan?"),
        Choices(buttons=(Button(label="Svara", token="answer_form|r48|", look="main"),)),
    ),
)


def _edge(app: App) -> Edge:
    async def run(work: Any) -> Any:
        return await asyncio.wrap_future(app.dispatcher.run(work))

    async def standing(_place: Place, _reference: str, _asker: str) -> Message:
        return STANDING

    async def members(_place: Place) -> tuple[tuple[str, str], ...]:
        return ()

    references = StoredReferences(run, Clock().now)
    return Edge(
        dispatch=app.dispatch,
        connector=Nowhere(),
        references=references,
        standing=standing,
        members=members,
        tenants=frozenset({TENANT}),
        commands=frozenset({"nuläge"}),
    )


async def _ours(edge: Edge, keys: fake_keys.Keys) -> Door:
    registration = Registration(client_id=APP, tenant_id=TENANT)
    door = asgi.Door(edge, registration, Keys("", fetch=keys.published))
    await door.open()
    return door


async def _sdk_alone(keys: fake_keys.Keys) -> Door:
    """The SDK as its documentation has it, with a key that it need not fetch."""
    import_sdk()
    from jwt import PyJWKSet
    from microsoft_teams.apps import App as Sdk
    from microsoft_teams.apps import FastAPIAdapter

    adapter = FastAPIAdapter()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # it makes clients that it has deprecated itself
        app = Sdk(client_id=APP, client_secret="bench", tenant_id=TENANT, http_server_adapter=adapter)

    @app.on_message
    async def taken(_context: Any) -> None: ...

    await app.initialize()
    validator: Any = app.server._token_validator
    cache = validator._service_validator._jwks_client.jwk_set_cache
    cache.lifespan = 24 * 3600
    cache.put(PyJWKSet.from_dict(keys.published()))
    return adapter.app


async def _play(door: Door, knocks: Knocks, kind: Kind, edge: Edge | None = None) -> list[float]:
    """Knock with fresh requests, so many at once; return how long each took, and last how long all took."""
    requests = [knocks.request(kind) for _ in range(EVENTS)]
    waiting = iter(requests)
    taken: list[float] = []

    async def knock() -> None:
        for one in waiting:
            started = time.perf_counter()
            await _knock(door, one)
            taken.append(time.perf_counter() - started)

    started = time.perf_counter()
    await asyncio.gather(*(knock() for _ in range(AT_ONCE)))
    if edge:
        await edge.finish()
    return [*taken, time.perf_counter() - started]


async def _knock(door: Door, request: Request) -> None:
    scope, body = request
    statuses: list[int] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: Any) -> None:
        if message["type"] == "http.response.start":
            statuses.append(message["status"])

    await door(scope, receive, send)
    assert statuses == [200], statuses
