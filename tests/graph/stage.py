"""Björkskolan in a Teams and a Graph of ours, the whole bot in between, and a clock that is wound."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta
from types import TracebackType
from typing import Any, Self, TypeVar

from sqlalchemy import select

from bot.app import App
from bot.domain.check_in import CheckInPlan
from bot.domain.events import FormSubmitted, Pressed
from bot.domain.schedule.due import next_due
from bot.domain.schedule.recurrence import Recurrence
from bot.domain.school import Account, Place
from bot.domain.value import PersonId
from bot.messages.model import Message, Response
from bot.messages.plain import lines
from bot.messages.tokens import Token, Verb
from bot.platforms.teams.install.references import Reference
from bot.platforms.teams.send.connector import Connector
from bot.platforms.teams.send.platform import TeamsPlatform
from bot.platforms.teams.send.wire import Wire
from bot.rehearsal import example
from bot.runtime.clock import Clock
from bot.runtime.metrics import Counts
from bot.serve.graph.side import GraphSide
from bot.serve.sides import Working
from bot.serve.teams_kept import StoredReferences
from handlers.errands.here import Chosen
from storage.asked.plans import load_plan, save_plan
from storage.store import open_store
from storage.tables import outbox
from storage.unit import UnitOfWork
from tests.graph.fake import TENANT, FakeGraph
from tests.graph.settings import settings_of
from tests.play import prompts
from tests.teams.fake import FakeTeams
from tests.teams.state import BOT

T = TypeVar("T")
MORNING = datetime(2026, 11, 16, 8, 0, tzinfo=UTC)
"""A Monday in a week of its own: no lov is near."""

TEAM, GROUP = "19:bjorkskolan@thread.tacv2", "5ca1ab1e-0000-4000-8000-0000000000f0"
CATALOGUE = "5ca1ab1e-0000-4000-8000-0000000000c0"
SLUGS = [slug for slug, _, _, _ in example.PEOPLE]


def aad(slug: str) -> str:
    """Somebody's Entra object id."""
    number = SLUGS.index(slug) + 1 if slug in SLUGS else 100 + sum(map(ord, slug)) % 800
    return f"5ca1ab1e-0000-4000-8000-{number:012d}"


def channel(team: str) -> str:
    return f"19:{team}@thread.tacv2"


def spelled(name: str) -> str:
    if name.startswith("#"):
        return f"{TENANT}/{channel(name[1:])}"
    return f"{TENANT}/@{aad(name[1:])}" if name.startswith("@") else f"{TENANT}/{aad(name)}"


class Stage:
    """Use it as `async with Stage() as stage`. `chosen` is what whoever runs the bot has chosen."""

    def __init__(
        self, chosen: Chosen | None = None, start: datetime = MORNING, url: str = "sqlite://"
    ) -> None:
        self.now = start
        self.clock = Clock(lambda: self.now)
        self.graph = FakeGraph()
        self.teams = FakeTeams()
        self.chosen = chosen or Chosen()
        self.passed = 0.0
        self._url = url
        self._acts = 0

    async def __aenter__(self) -> Self:
        await self.graph.__aenter__()
        await self.teams.__aenter__()
        self.store = open_store(self._url)
        with self.store.begin() as unit:
            if not unit.roster.schools:
                example.found(unit, "teams", self.now.date(), spelled)
        wire = Wire(
            bearer=self._bearer, stand_ins={self.teams.stand_in}, clock=lambda: self.passed, sleep=self._pass
        )
        self.connector = Connector(wire, bot=BOT)
        self.references = StoredReferences(self.run, self.clock.now, lambda: self.passed)
        platform = TeamsPlatform(
            connector=self.connector,
            references=self.references,
            account_of=self._account_of,
            clock=lambda: self.passed,
        )
        self.app = App(self.store, prompts(), {"teams": platform}, self.clock)
        self.app.start()
        self.side = self.started()
        await self._found()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.side.close()
        await self.connector.close()
        await asyncio.to_thread(self.app.stop)
        await self.teams.__aexit__(None, None, None)
        await self.graph.__aexit__(None, None, None)
        assert not self.graph.wrong
        assert not self.teams.wrong

    def started(self, *, graph: bool = True, **more: Any) -> GraphSide:
        """The side as it is just after a start: it remembers nothing."""
        settings = settings_of(self.chosen, self.graph, on=graph)
        return GraphSide(
            settings,
            Working(self.run, self.app.dispatch, self.clock, Counts()),
            references=self.references,
            roll=self.connector,
            prompts=prompts(),
            sleep=self._pass,
            **more,
        )

    # what happens

    async def wind(self, **time: float) -> None:
        """Let time pass, at once, and what falls due happen."""
        self.now += timedelta(**time)
        self.passed += timedelta(**time).total_seconds()
        await self.app.tick()
        await self.app.settle()

    async def errands(self) -> None:
        """One round of errands alone."""
        assert self.side.errands
        await self.side.errands.round()
        await self.app.settle()

    async def rosters(self) -> None:
        await self.side.rosters.round()
        await self.app.settle()

    async def plan(self, key: str = "plan-46", at: time = time(15, 15), **changes: Any) -> CheckInPlan:
        """Let Arbetslag 4–6 be asked on Thursdays, or change how it is."""

        def keep(unit: UnitOfWork) -> CheckInPlan:
            before = load_plan(unit, key)
            fresh = CheckInPlan(
                id=key,
                school=example.SCHOOL,
                arbetslag=example.TEAM_46,
                owners=(PersonId("pia"),),
                recurrence=Recurrence(days=(3,), at=at),
                created_at=self.now,
            )
            version = before.version + 1 if before else 1
            new = (before or fresh).model_copy(update={"version": version, **changes})
            calendar = unit.roster.calendars[example.SCHOOL]
            ahead = next_due(new.recurrence, calendar, self.now, new.closed_days)
            save_plan(unit, new, watermark=self.now, next_at=ahead, was=before.version if before else None)
            return new

        return await self.run(keep)

    async def press(self, slug: str, verb: Verb, subject: str) -> Response:
        token = Token(verb=verb, subject=subject).pack()
        event = Pressed(id=self._id(), at=self.now, who=who(slug), where=direct(slug), token=token)
        return await self.app.dispatch(event)

    async def submit(self, slug: str, verb: Verb, subject: str, **values: tuple[str, ...]) -> Response:
        token = Token(verb=verb, subject=subject).pack()
        event = FormSubmitted(
            id=self._id(), at=self.now, who=who(slug), where=direct(slug), token=token, values=values
        )
        response = await self.app.dispatch(event)
        await self.app.settle()
        return response

    def heard(self, slug: str) -> list[str]:
        """What the bot has said to one person, each as plain text; it stands in their chat too."""
        with self.store.begin() as unit:
            lane = (outbox.c.lane == f"teams:{spelled(f'@{slug}')}", outbox.c.state == "sent")
            rows = unit.rows(select(outbox.c.message).where(*lane).order_by(outbox.c.seq))
        found = ["\n".join(lines(Message.model_validate_json(row["message"]))) for row in rows]
        assert len(found) == len(self.teams.cloud.from_bot(f"a:{aad(slug)}"))
        return found

    async def run(self, work: Callable[[UnitOfWork], T]) -> T:
        return await asyncio.wrap_future(self.app.dispatcher.run(work))

    # what is there to begin with

    async def _found(self) -> None:
        cloud = self.teams.cloud
        everybody = [aad(slug) for slug in SLUGS]
        for slug, name, _, _ in example.PEOPLE:
            cloud.person(aad(slug), name)
            self.graph.cloud.join(GROUP, aad(slug), name)
        cloud.team(TEAM, GROUP, "Björkskolan")
        cloud.conversations[TEAM].members = everybody
        self.graph.cloud.channels[GROUP] = [{"id": TEAM, "displayName": "Allmänt"}]
        for key, name, _ in example.TEAMS:
            cloud.channel(channel(key), name, TEAM, everybody)
            self.graph.cloud.channels[GROUP].append({"id": channel(key), "displayName": name})
            await self._knows(channel(key), "channel", channel(key), team=GROUP, team_thread=TEAM)
        await self._knows(TEAM, "channel", TEAM, team=GROUP, team_thread=TEAM)
        for slug in SLUGS:
            await self._knows(f"@{aad(slug)}", "personal", cloud.chat_of(aad(slug)).id)

    async def _knows(self, key: str, kind: str, conversation: str, **more: str) -> None:
        told = {"tenant": TENANT, "key": key, "kind": kind, "conversation": conversation, **more}
        await self.references.save(Reference.model_validate({**told, "service_url": self.teams.service_url}))

    def _id(self) -> str:
        self._acts += 1
        return f"act-{self._acts}"

    async def _bearer(self) -> str:
        return next(iter(self.teams.tokens), "") or self.teams.bearer()

    async def _pass(self, seconds: float) -> None:
        self.passed += seconds

    async def _account_of(self, person: PersonId, tenant: str) -> str | None:
        return aad(person) if tenant == TENANT else None


def who(slug: str) -> Account:
    return Account(platform="teams", user=spelled(slug), name=example.names().get(slug, slug))


def direct(slug: str) -> Place:
    return Place(platform="teams", address=spelled(f"@{slug}"))
