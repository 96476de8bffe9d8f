"""Slack in a running bot: its doors, its way out, its sockets, and who we are there."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterable
from itertools import chain, repeat
from typing import TYPE_CHECKING

from starlette.responses import PlainTextResponse
from starlette.routing import BaseRoute, Route
from starlette.types import Receive, Scope, Send

from bot.domain.events import Event
from bot.log import log
from bot.messages.delivery import Platform, Why
from bot.platforms.pace import Pace
from bot.platforms.slack.install.workspaces import Workspace, Workspaces, who_am_i
from bot.platforms.slack.listen.answers import hooks_beside
from bot.platforms.slack.listen.edge import Edge, slack_asgi
from bot.platforms.slack.listen.guard import Guard
from bot.platforms.slack.listen.socket import Sockets
from bot.platforms.slack.send.calls import Calls
from bot.platforms.slack.send.client import Web
from bot.platforms.slack.send.errors import LOST, TABLE, code_of
from bot.platforms.slack.send.platform import SlackPlatform
from bot.runtime.metrics import Sample, counter, gauge
from bot.runtime.watchdog import Part
from bot.serve.connected import Connected
from bot.serve.in_store import NotedParts
from bot.serve.installed import NotedWorkspace
from bot.serve.losses import Losses
from bot.serve.sides import Working, answered
from bot.settings import Settings, SettingsRefused
from handlers.commands import COMMANDS
from handlers.giving_up import give_up

if TYPE_CHECKING:
    from bot.serve.installed import StoredWorkspaces

PAUSES = (1.0, 2.0, 5.0, 10.0, 30.0)
NOT_TAKEN = {Why.DISCONNECTED, Why.SCOPE}
"""Why Slack says no to a token: that it is worth nothing, or of another kind. Waiting mends neither."""

NOT_LET_IN = (
    "Slack godtar inte NULAGE_SLACK__BOT_TOKEN ({code}). Hämta en ny under OAuth & Permissions på appens "
    "sida hos Slack och starta igen. Inget är ändrat."
)
NO_LINE = (
    "Slack godtar inte NULAGE_SLACK__APP_TOKEN ({code}). Gör en ny med connections:write under Basic "
    "Information på appens sida hos Slack och starta igen. Inget är ändrat."
)
SHUT = PlainTextResponse("", 503)


class SlackSide:
    """One Slack app, in one workspace (a token in the settings) or in many (OAuth)."""

    def __init__(
        self,
        settings: Settings,
        working: Working,
        *,
        web: Web | None = None,
        seconds: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._slack = settings.slack
        self._settings = settings
        self._working = working
        self.web = web or Web(settings.slack.api_url, clock=seconds, sleep=sleep)
        self._connected = Connected(working.run, working.clock, working.counts)
        self.workspaces = Workspaces(self._connected, seconds)
        self.losses = Losses(self.workspaces, self.web, working.counts, self._connected.is_back)
        self._stored = self._many() if self._slack.oauth else None
        calls = Calls(Pace(seconds, sleep), self.losses.refused)
        self.edge = self._way_in(calls)
        self._sockets = Sockets(self.edge.bolt, self._address) if self._slack.socket else None
        self._first_line = ""
        self._noted: NotedWorkspace | None = None
        self._silent = asyncio.Event()
        self._silent.set()
        self.door = _Door()
        self.known = False
        self.platform: Platform = self._way_out(calls, sleep)

    def _way_in(self, calls: Calls) -> Edge:
        return Edge(
            dispatch=self._working.dispatch,
            workspaces=self.workspaces,
            web=self.web,
            on_gone=self.losses.gone,
            give_up=self._give_up,
            on_regained=self._connected.are_back,
            hooks=hooks_beside(self._slack.api_url),
            speaks=self._working.speaks,
            commands=frozenset(COMMANDS),
            calls=calls,
            now=self._working.clock.now,
        )

    def _way_out(self, calls: Calls, sleep: Callable[[float], Awaitable[None]]) -> Platform:
        return SlackPlatform(
            web=self.web,
            workspaces=self.workspaces,
            account_of=self._connected.account_of,
            calls=calls,
            sleep=sleep,
            kept=NotedParts(self._working.run),
            speaks=self._working.speaks,
        )

    async def connect(self) -> None:
        """Find out who we are in Slack, however long it takes; only then are its doors opened.

        Raises SettingsRefused when Slack does not take a token, SealBroken when no key opens what is kept.
        """
        if self._stored:
            await self._stored.seal_anew()
            self._connected.store = self._stored
        else:
            noted = NotedWorkspace(await self._who_am_i(), self._working.run, self._working.clock.now)
            await noted.note()
            self._connected.store = self._noted = noted
            await self._connected.is_back(None)
        if self._sockets:
            await self._be_let_in()
        if self._slack.signing_secret:
            self.door.inside = slack_asgi(self.edge, self._slack.signing_secret)
        self.known = True
        log.info("connected", action="slack.ready")

    async def run(self) -> None:
        """Look for what was lost, and keep the sockets open when Socket Mode is on."""
        await asyncio.gather(self.losses.run(), self.edge.unsaved.run(), self._listen())

    async def _give_up(self, event: Event) -> bool:
        return await self._working.run(lambda unit: give_up(unit, event))

    async def _listen(self) -> None:
        if self._sockets:
            self._silent.clear()
            try:
                await self._sockets.run()
            finally:
                self._silent.set()

    async def shut(self) -> None:
        """Take nothing more; what was taken is acknowledged, and what was not saved is tried once more."""
        self.losses.stop()
        if self._sockets:
            self._sockets.stop()
        await self._silent.wait()
        self.edge.unsaved.stop()  # until then it may be given more to keep

    async def close(self) -> None:
        """Let go of Slack, when nothing more is to be sent and those who acted are answered."""
        await self.edge.unsaved.ended()
        self.edge.homes.stop()
        await answered(self.edge, self._working.counts, "slack")
        await self.web.close()

    def routes(self) -> list[BaseRoute]:
        routes: list[BaseRoute] = []
        if self._slack.signing_secret:
            routes.append(Route("/slack/events", self.door))
        if self._stored:
            from bot.serve import oauth

            routes += oauth.routes(self._settings, self.workspaces, self._stored, self.web)
        return routes

    def hindrances(self) -> Iterable[str]:
        """What keeps Slack from reaching us, or us from reaching Slack."""
        if not self.known:
            return ("slack",)
        if self._noted and self._noted.workspace is None:
            return ("slack_removed",)
        return ("sockets",) if self._sockets and not self._sockets.open else ()

    def parts(self) -> tuple[Part, ...]:
        """What the watchdog watches: no restart brings a network back, so the sockets are not vital."""
        return (Part("sockets", self._sockets.last_progress, vital=False),) if self._sockets else ()

    def samples(self) -> tuple[Sample, ...]:
        odd, sockets = self.edge.counts, self._sockets
        samples = (counter("nulage_slack_odd_requests_total", "Refused or ignored, by reason.", odd, "why"),)
        if sockets is None:
            return samples
        age = gauge("nulage_socket_silence_seconds", "Since Slack last spoke.", sockets.ages(), "line")
        opened = counter("nulage_socket_opened_total", "Lines opened, by reason.", sockets.replaced, "why")
        return (*samples, age, opened)

    def _many(self) -> "StoredWorkspaces":
        """What seals and opens tokens is 6 MB, and not imported when there is nothing to seal."""
        from bot.serve import oauth

        return oauth.stored(self._settings, self._working.run, self._working.clock)

    async def _be_let_in(self) -> None:
        """Ask for the first line: of a token that Slack does not take, whoever starts us is told."""
        try:
            self._first_line = await self._address()
        except LOST as problem:
            _refuse(problem, NO_LINE)

    async def _address(self) -> str:
        if first := self._first_line:
            self._first_line = ""
            return first
        token = self._slack.app_token.get_secret_value()
        answer = await self.web.client(token).apps_connections_open(app_token=token)
        return str(answer["url"])

    async def _who_am_i(self) -> Workspace:
        client = self.web.client(self._slack.bot_token.get_secret_value())
        for pause in chain(PAUSES, repeat(PAUSES[-1])):
            try:
                return await who_am_i(client)
            except LOST as problem:
                _refuse(problem, NOT_LET_IN)
                log.warning("slack_away", action="slack.away", code=code_of(problem))
            await asyncio.sleep(pause)
        raise AssertionError


def _refuse(problem: Exception, said: str) -> None:
    """Raise SettingsRefused when what Slack said is no to a token; else there is reason to try again."""
    code = code_of(problem)
    if code in TABLE and TABLE[code].why in NOT_TAKEN:
        raise SettingsRefused(said.format(code=code)) from problem


class _Door:
    """`/slack/events`: shut until we know who we are, so that Slack says again what it said meanwhile."""

    inside: Guard | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if self.inside:
            await self.inside(scope, receive, send)
        else:
            await SHUT(scope, receive, send)
