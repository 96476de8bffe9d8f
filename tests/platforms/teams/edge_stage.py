"""The edge on a small stage: signed tokens in, a Connector that notes what it is asked, no bot behind."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from typing import Any, NamedTuple

import httpx

from bot.domain.events import Event
from bot.domain.school import Place
from bot.messages.delivery import DeliveryFailed
from bot.messages.model import Message, Quiet, Response
from bot.platforms.teams.install.references import Reference
from bot.platforms.teams.listen.asgi import Door
from bot.platforms.teams.listen.edge import Edge
from bot.platforms.teams.listen.keys import Keys
from bot.platforms.teams.listen.sdk import Registration
from tests.platforms.teams.in_memory import InMemory
from tests.teams import fake_keys
from tests.teams.payloads import SERVICE
from tests.teams.state import APP, TENANT, Json
from tests.waiting import DEADLINE

NOW = datetime(2026, 11, 26, 14, 15, tzinfo=UTC)
COMMANDS = frozenset({"nuläge", "nulage", "hjälp", "roller"})
CARD = "application/vnd.microsoft.card.adaptive"
REGISTRATION = Registration(client_id=APP, tenant_id=TENANT)


@cache
def signer() -> fake_keys.Keys:
    """One key for all tests: making one takes some 50 ms."""
    return fake_keys.Keys()


@cache
def token(service_url: str = SERVICE) -> str:
    return signer().sign(fake_keys.inbound_claims(service_url))


class Said(NamedTuple):
    """What the Connector was asked to say: `to` is the conversation, `only` whom it is for alone."""

    to: str
    activity: Json
    thread: str | None
    only: str

    @property
    def words(self) -> str:
        return json.dumps(self.activity, ensure_ascii=False)


@dataclass
class SmallConnector:
    """Says everything at once, but for what `refuses` names: targeted, post, change or begin_chat."""

    said: list[Said] = field(default_factory=list)
    refuses: dict[str, DeliveryFailed] = field(default_factory=dict)
    begun: int = 0
    changed: list[Said] = field(default_factory=list)
    before: Callable[[], Awaitable[object]] | None = None

    async def post(
        self, ref: Reference, activity: Json, *, thread: str | None = None, targeted_to: str = ""
    ) -> str:
        if self.before:
            await self.before()
        if refused := self.refuses.get("targeted" if targeted_to else "post"):
            raise refused
        self.said.append(Said(ref.conversation, activity, thread, targeted_to))
        return f"said-{len(self.said)}"

    async def change(self, ref: Reference, id: str, activity: Json, *, thread: str | None = None) -> str:  # noqa: A002  it is called so in the Connector
        if refused := self.refuses.get("change"):
            raise refused
        self.changed.append(Said(ref.conversation, activity | {"id": id}, thread, ""))
        return id

    async def begin_chat(self, ref: Reference) -> str:
        if refused := self.refuses.get("begin_chat"):
            raise refused
        self.begun += 1
        return f"a:{ref.key[1:]}"


@dataclass
class Stage:
    """`stands` is what stands at a reference, `people` who is there; `before` is waited for by dispatch."""

    response: Response | Callable[[Event], Response] = field(default_factory=Quiet)
    connector: SmallConnector = field(default_factory=SmallConnector)
    references: InMemory = field(default_factory=InMemory)
    events: list[Event] = field(default_factory=list)
    stands: dict[str, Message] = field(default_factory=dict)
    people: list[tuple[str, str]] | Exception = field(default_factory=list)
    away: bool = False
    before: Callable[[], Awaitable[object]] | None = None
    before_standing: Callable[[], Awaitable[object]] | None = None
    behind: Callable[[Event], Awaitable[Response]] | None = None
    """A whole bot, instead of `response`."""
    patience: float = DEADLINE
    aside: float = DEADLINE
    before_members: Callable[[], Awaitable[object]] | None = None
    give_up: Callable[[Event], Awaitable[bool]] | None = None
    registration: Registration = REGISTRATION
    keys: Keys | None = None
    now: Callable[[], datetime] = lambda: NOW
    rests: list[float] = field(default_factory=list)
    rest_over: Callable[[], object] = lambda: None

    def __post_init__(self) -> None:
        self.edge = Edge(
            dispatch=self.dispatch,
            connector=self.connector,
            references=self.references,
            standing=self.standing,
            members=self.members,
            tenants=frozenset({TENANT}),
            commands=COMMANDS,
            now=self.now,
            patience=self.patience,
            aside=self.aside,
            give_up=self.give_up,
            sleep=self.rest,
        )
        self.door = Door(
            self.edge, self.registration, self.keys or Keys("", fetch=signer().published, patience=DEADLINE)
        )

    @property
    def counts(self) -> Mapping[str, int]:
        return self.edge.counts

    @property
    def said(self) -> list[Said]:
        return self.connector.said

    async def dispatch(self, event: Event) -> Response:
        if self.before:
            await self.before()
        if self.away:
            raise ConnectionError("the store is away")
        self.events.append(event)
        if self.behind:
            return await self.behind(event)
        return self.response(event) if callable(self.response) else self.response

    async def standing(self, _where: Place, reference: str, _asker: str) -> Message | None:
        if self.before_standing:
            await self.before_standing()
        return self.stands.get(reference)

    async def members(self, _where: Place) -> list[tuple[str, str]]:
        if self.before_members:
            await self.before_members()
        if isinstance(self.people, Exception):
            raise self.people
        return self.people

    async def rest(self, seconds: float) -> None:
        self.rests.append(seconds)
        self.rest_over()

    async def post(self, body: bytes, authorization: str | None = None) -> httpx.Response:
        headers = {"content-type": "application/json", "authorization": authorization or f"Bearer {token()}"}
        return await self.client.post("/api/messages", content=body, headers=headers)

    async def send(self, activity: Json, authorization: str | None = None) -> httpx.Response:
        """Send as the Bot Framework does, and wait for what is said beside the answer."""
        answer = await self.post(json.dumps(activity).encode(), authorization)
        await self.edge.finish()
        return answer

    async def ask(self, activity: Json) -> Any:
        """What an invoke is answered; None when the answer is empty."""
        answer = await self.send(activity)
        assert answer.status_code == 200, answer.status_code
        return answer.json() if answer.content else None

    @asynccontextmanager
    async def open(self) -> AsyncIterator["Stage"]:
        await self.door.open()
        transport = httpx.ASGITransport(app=self.door)
        async with httpx.AsyncClient(transport=transport, base_url="https://nulage.example") as self.client:
            yield self


def played(story: Callable[[Stage], Coroutine[Any, Any, None]], **settings: Any) -> None:
    """Run one story on a fresh stage."""

    async def run() -> None:
        async with Stage(**settings).open() as on:
            await story(on)

    asyncio.run(run())


def card_in(answer: Any) -> Json:
    """The card that stands in the pressed one's place."""
    assert (answer["statusCode"], answer["type"]) == (200, CARD), answer
    card: Json = answer["value"]
    return card


def words_in(answer: Any) -> str:
    """The line of words that an Action.Execute was answered with."""
    assert (answer["statusCode"], answer["type"]) == (200, "application/vnd.microsoft.activity.message")
    return str(answer["value"])


def dialog_in(answer: Any) -> Json:
    """The card in a dialog."""
    assert answer["task"]["type"] == "continue", answer
    assert answer["task"]["value"]["card"]["contentType"] == CARD
    card: Json = answer["task"]["value"]["card"]["content"]
    return card


def popup_in(answer: Any) -> str:
    assert answer["task"]["type"] == "message", answer
    return str(answer["task"]["value"])


def texts(card: Json) -> str:
    """Everything in a card, as one string to look for words in."""
    return json.dumps(card, ensure_ascii=False)


def data_of(card: Json, verb: str = "send") -> Json:
    """What the card's button with this verb carries; in a dialog the only Action.Submit's."""
    for action in card["actions"]:
        if action.get("verb", "send") == verb and "form" in action["data"]:
            return dict(action["data"])
    raise AssertionError(card)
