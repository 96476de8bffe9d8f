"""Graph's side of a running bot: its rounds, one after the other, until it is told to stop."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from contextlib import suppress
from datetime import datetime, timedelta
from typing import NamedTuple

from starlette.routing import BaseRoute

from bot.domain.errands import DocumentErrand, ReportErrand
from bot.log import log
from bot.platforms.graph.aside import Aside
from bot.platforms.graph.port import Graph
from bot.platforms.graph.sdk import SdkGraph
from bot.platforms.graph.tokens import Registration
from bot.platforms.teams.install.references import References
from bot.rung import rung
from bot.runtime.metrics import Sample, counter, gauge
from bot.runtime.watchdog import Part
from bot.serve.graph.calendar_files import Files, routes
from bot.serve.graph.errands import Errands
from bot.serve.graph.rosters import PLATFORM, Roll, Rosters
from bot.serve.graph.tenant import Tenant
from bot.serve.sides import Working
from bot.settings import Settings
from handlers.errands import links, stale
from handlers.errands.here import Chosen, Here
from handlers.errands.settled import Page, page_of
from prompts.book import Prompts, load_prompts
from storage.installed import references as places
from storage.unit import UnitOfWork

ROSTERS_EVERY = timedelta(hours=6)


class Pace(NamedTuple):
    """Seconds before the first round, between rounds, and for the call under way when the bot closes.

    What people wait for comes first when the bot starts. A call that is cut off is made again as the same.
    """

    first: float = 60.0
    every: float = 300.0
    ending: float = 5.0


Draw = Callable[[Page], bytes]
"""Makes a file."""


class GraphSide:
    """What is done elsewhere because of what is said here. Says nothing itself: `platform` is None.

    On when Teams is: who is in a team, and links to a calendar, need no Graph. `references` and `roll`
    are Teams' own (`TeamsSide.references`, `TeamsSide.connector`).
    """

    platform = None
    known = True

    def __init__(  # noqa: PLR0913  what no other side is given is given by name
        self,
        settings: Settings,
        working: Working,
        *,
        references: References,
        roll: Roll,
        prompts: Prompts | None = None,
        draw: Draw | None = None,
        pace: Pace | None = None,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._run, self._clock = working.run, working.clock
        self._chosen = _chosen(settings)
        self._draw = draw or _document
        self._prompts = prompts or load_prompts()
        self._files = Files(settings.http.public_url, settings.secret_keys)
        self._aside = Aside("graph")
        self._sdk = SdkGraph(_registration(settings), self._aside) if settings.graph.on else None
        self.errands = (
            self._errands(settings.graph_tenant, self._sdk, references, sleep) if self._sdk else None
        )
        self.rosters = Rosters(
            working,
            roll,
            graph=self._sdk,
            graph_tenant=settings.graph_tenant,
            on_missing=self._roster_missing,
            on_granted=self._roster_granted,
        )
        self._pace = pace or Pace()
        self._rosters_read: datetime | None = None
        self._stopping = asyncio.Event()
        self.rounds = 0

    async def connect(self) -> None:
        """Nothing is asked of Graph until the bot is at work: nobody waits for it."""

    async def run(self) -> None:
        """Rounds, until `shut`. The one under way gets a moment to end."""
        work, told = asyncio.create_task(self._rounds()), asyncio.create_task(self._stopping.wait())
        await asyncio.wait({work, told}, return_when=asyncio.FIRST_COMPLETED)
        if not work.done():
            await asyncio.wait({work}, timeout=self._pace.ending)
        for task in (work, told):
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task

    async def _rounds(self) -> None:
        await self._pause(self._pace.first)
        while not self._stopping.is_set():
            await self.round()
            await self._pause(self._pace.every)

    async def _pause(self, seconds: float) -> None:
        await rung(self._stopping, seconds)

    async def round(self) -> None:
        """Everything once. What breaks, breaks alone: a database may be away for a while."""
        for name, work in (
            ("errands", self._do_errands),
            ("links", self._offer_links),
            ("rosters", self._read_rosters),
        ):
            try:
                await work()
            except Exception:
                log.exception("round_broke", action="graph.round_broke", kind=name)
        self.rounds += 1

    async def _do_errands(self) -> None:
        if self._sdk and self.errands:
            await self._sdk.warm()
            await self.errands.round()

    async def _read_rosters(self) -> None:
        now = self._clock.now()
        if self._rosters_read is None or now - self._rosters_read >= ROSTERS_EVERY:
            await self.rosters.round()
            self._rosters_read = now

    async def _offer_links(self) -> None:
        """Links are the calendar's own way, and what is left of it for whom nobody has let us in."""
        if self._chosen.calendar:
            await self._run(self._offer)

    def _offer(self, unit: UnitOfWork) -> None:
        now, whose = self._clock.now(), self._chosen.calendar
        for tenant in places.tenants(unit):
            here, shut = Here.of(unit, self._prompts, PLATFORM, tenant, now), self._shut(unit, tenant)
            if shut:
                stale.tell(here, whose, shut)
            links.offer(here, self._files.address, whose, shut)

    def _shut(self, unit: UnitOfWork, tenant: str) -> links.Shut | None:
        """Whose calendars we cannot reach; None where nothing is put in any."""
        errands = self.errands
        if self._chosen.calendar == "links" or errands is None or errands.tenant.id != tenant:
            return None
        return links.Shut.of(unit, stopped=bool(errands.stopped))

    async def shut(self) -> None:
        """Begin nothing more."""
        self._stopping.set()
        if self.errands:
            self.errands.stopping = True

    async def close(self) -> None:
        if self._sdk:
            await self._sdk.close()
        await self._aside.stop()

    def routes(self) -> list[BaseRoute]:
        return routes(self._files, self._run, self._prompts, self._clock)

    def hindrances(self) -> Iterable[str]:
        """Nothing of Graph's keeps the bot from its work."""
        return ()

    def parts(self) -> tuple[Part, ...]:
        return ()

    def samples(self) -> tuple[Sample, ...]:
        if self.errands is None:
            return ()
        errands = self.errands
        lacks = {str(one): 1.0 for one in errands.missing}
        return (
            counter("nulage_graph_errands_total", "Errands, by what came of them.", errands.ends, "how"),
            gauge("nulage_graph_missing", "What the tenant has not allowed.", lacks, "capability"),
            gauge("nulage_graph_stopped", "Graph refuses us altogether.", {"": float(bool(errands.stopped))}),
        )

    def _errands(
        self, tenant: str, graph: Graph, references: References, sleep: Callable[[float], Awaitable[None]]
    ) -> Errands:
        one = Tenant(PLATFORM, tenant, graph, self._run, self._prompts, self._chosen, references, self._write)
        return Errands(one, self._clock, sleep)

    async def _write(self, errand: DocumentErrand | ReportErrand) -> bytes:
        """Make the file where it holds nobody up."""
        page = await self._run(lambda unit: page_of(unit, self._prompts.texts, errand))
        return await asyncio.to_thread(self._draw, page)

    def _roster_missing(self, code: str) -> None:
        if self.errands:
            self.errands.note_missing("roster", code)

    def _roster_granted(self) -> None:
        if self.errands:
            self.errands.note_granted("roster")


def _document(page: Page) -> bytes:
    from bot.messages.document import document

    return document(page.message, title=page.message.title, about=page.about)


def _registration(settings: Settings) -> Registration:
    graph = settings.graph
    return Registration(
        settings.graph_tenant,
        graph.client_id,
        graph.client_secret.get_secret_value(),
        settings.teams.login_url,
        graph.base_url,
    )


def _chosen(settings: Settings) -> Chosen:
    graph = settings.graph
    channels = graph.files_channels
    return Chosen(
        calendar=graph.calendar_of,
        files="" if channels else graph.files_to,
        app=graph.teams_app,
        leaders=channels,
        reports=bool(graph.reports_to),
    )
