"""Teams in a running bot: its door, its way out, what is learnt of its places, and who we are there."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterable
from contextlib import suppress
from functools import partial
from itertools import chain, repeat

from starlette.routing import BaseRoute, Route

from bot.domain.events import BotAdded, Event
from bot.domain.school import Place
from bot.domain.value import PersonId
from bot.log import log
from bot.messages.delivery import Platform
from bot.messages.model import Message, Quiet, Response
from bot.platforms.teams.install.references import Reference
from bot.platforms.teams.listen.asgi import Door
from bot.platforms.teams.listen.edge import Edge
from bot.platforms.teams.listen.sdk import Registration, cloud_of
from bot.platforms.teams.send.connector import Connector
from bot.platforms.teams.send.errors import TeamsRefused
from bot.platforms.teams.send.members import Members
from bot.platforms.teams.send.platform import PLATFORM, TeamsPlatform
from bot.platforms.teams.send.tokens import Tokens, keep, no_bearer
from bot.platforms.teams.send.wire import WHOLE_CALL, Wire
from bot.runtime.metrics import Sample, counter
from bot.runtime.watchdog import Part
from bot.serve.in_store import NotedParts, account_of
from bot.serve.sides import Working, answered
from bot.serve.teams_kept import LeftForms, StoredReferences
from bot.serve.teams_losses import TeamsLosses
from bot.settings import Settings, SettingsRefused, TeamsSection
from handlers.commands import COMMANDS
from handlers.giving_up import give_up
from storage.post.shown import standing
from storage.unit import UnitOfWork

PATH = "/api/messages"
PAUSES = (1.0, 2.0, 5.0, 10.0, 30.0)

REFUSED = "token_refused"


class TeamsSide:
    """One registration, in all the tenants that the settings let in."""

    _keys: asyncio.Task[None] | None = None
    _trying: asyncio.Task[None] | None = None

    def __init__(
        self,
        settings: Settings,
        working: Working,
        *,
        seconds: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        patience: float = WHOLE_CALL,
    ) -> None:
        teams, registration = settings.teams, _registration(settings.teams)
        self._working, run, now = working, working.run, working.clock.now
        self._left = LeftForms(run, now)
        self._anybody = teams.dangerously_allow_unauthenticated
        self._tenants = teams.tenants
        tokens = None if self._anybody else _tokens(teams, registration)
        self._bearer = tokens.bearer if tokens else no_bearer
        proof = partial(Wire, bearer=self._bearer, drop=tokens.drop if tokens else keep)
        wire = partial(proof, stand_ins=teams.stand_ins, on_lost=self._lost, whole=patience)
        self.connector = Connector(wire(clock=seconds, sleep=sleep), bot=_own_id(teams))
        self.references = StoredReferences(run, now, seconds, let_in=teams.tenants)
        self.losses = TeamsLosses(run, working.clock, working.counts, self._probe, self.references.of_tenant)
        self.edge = Edge(
            dispatch=working.dispatch,
            connector=self.connector,
            references=self.references,
            standing=self._standing,
            members=Members(self.connector, self.references, seconds).of,
            tenants=teams.tenants,
            commands=frozenset(COMMANDS),
            now=now,
            give_up=self._give_up,
            coming=self._let_in,
            speaks=working.speaks,
            sleep=sleep,
        )
        self.door = Door(self.edge, registration)
        self.known = False
        self.platform: Platform = self._way_out(seconds)

    def _way_out(self, seconds: Callable[[], float]) -> Platform:
        return TeamsPlatform(
            connector=self.connector,
            references=self.references,
            account_of=self._account_of,
            clock=seconds,
            being_written=self.edge.writing.wait,
            kept=NotedParts(self._working.run),
            speaks=self._working.speaks,
        )

    async def connect(self) -> None:
        """Get a token, however long it takes. Who knocks is let in at once: keys are enough for that.

        Raises SettingsRefused when Microsoft does not take the registration.
        """
        for told in await self._left.taken():
            self.edge.writing.go_on(told)
        await self.door.open()
        self._try_unsaved()
        await self._log_in()
        self.known = True
        log.info("connected", action="teams.ready")

    async def run(self) -> None:
        """Look for what was lost, and keep the keys that those who knock are checked by."""
        if not self._anybody:
            self._keys = asyncio.create_task(self.door.run())
        await asyncio.gather(self.losses.run(), self._try_unsaved())

    def _try_unsaved(self) -> "asyncio.Task[None]":
        """What could not be saved is tried again from when the door is open, known or not."""
        if self._trying is None:
            self._trying = asyncio.create_task(self.edge.unsaved.run())
        return self._trying

    async def _give_up(self, event: Event) -> bool:
        return await self._working.run(lambda unit: give_up(unit, event))

    async def shut(self) -> None:
        """Take nothing more; what was not saved is tried once more, and open forms are left to the next."""
        self.losses.stop()
        self.edge.unsaved.stop()
        if self._keys:
            self._keys.cancel()
            with suppress(asyncio.CancelledError):
                await self._keys
        await self._left.leave(self.edge.writing.told())

    async def close(self) -> None:
        """Let go of Teams, when nothing more is to be sent and those who acted are answered."""
        self.edge.unsaved.stop()
        await self.edge.unsaved.ended()
        await answered(self.edge, self._working.counts, PLATFORM)
        await self.connector.close()

    def routes(self) -> list[BaseRoute]:
        return [Route(PATH, self.door)]

    def hindrances(self) -> Iterable[str]:
        """What keeps Teams from reaching us, or us from reaching Teams."""
        if not self.known:
            return ("teams",)
        return () if self._anybody or self.door.keys_known else ("teams_keys",)

    def parts(self) -> tuple[Part, ...]:
        """Nothing here stands still in a way that a restart would mend."""
        return ()

    def samples(self) -> tuple[Sample, ...]:
        return (
            counter(
                "nulage_teams_odd_requests_total", "Refused or ignored, by reason.", self.edge.counts, "why"
            ),
        )

    async def _let_in(self, event: BotAdded, everywhere: bool) -> Response:  # noqa: FBT001  the edge's word
        """A team that takes the bot in again has it in all its channels; Teams names one of them."""
        back = await self._returning(event, everywhere=everywhere)
        somebodys = await self._working.run(lambda unit: unit.roster.arbetslag_at(event.where))
        response: Response = Quiet()
        if somebodys or not back:
            response = await self._working.dispatch(event)
        for other in back:
            await self._working.dispatch(other)
        return response

    async def _returning(self, event: BotAdded, *, everywhere: bool) -> tuple[BotAdded, ...]:
        """The same event for each other channel of the team whose arbetslag has been without the bot."""
        tenant, _, key = event.where.address.partition("/")
        if not everywhere:
            await self.references.back_alone(tenant, key, event.at)
            return ()
        others = await self.references.back(tenant, key, event.at)
        spots = [Place(platform=PLATFORM, address=f"{tenant}/{other.key}") for other in others]
        teams = await self._working.run(lambda unit: [unit.roster.arbetslag_at(spot) for spot in spots])
        return tuple(
            event.but(id=f"{event.id}:{other.key}", where=spot, name=other.name)
            for other, spot, team in zip(others, spots, teams, strict=True)
            if team and team.silenced
        )

    async def _standing(self, place: Place, reference: str, user: str) -> Message | None:
        def seen(unit: UnitOfWork) -> Message | None:
            return standing(unit, place, reference, unit.roster.accounts.get((PLATFORM, user)))

        return await self._working.run(seen)

    async def _account_of(self, person: PersonId, tenant: str) -> str | None:
        """The Entra object id of a person in a tenant, if they have one there."""
        return await account_of(self._working.run, PLATFORM, person, tenant)

    async def _lost(self, reference: Reference, refused: TeamsRefused) -> None:
        """Of a tenant that is not ours nothing waits, and none is asked when it takes us again."""
        if reference.tenant in self._tenants:
            await self.losses.refused(reference, refused)

    async def _probe(self, reference: Reference) -> object:
        return await self.connector.members(reference)

    async def _log_in(self) -> None:
        for pause in chain(PAUSES, repeat(PAUSES[-1])):
            try:
                await self._bearer()
            except TeamsRefused as refused:
                if refused.code == REFUSED:
                    raise SettingsRefused(
                        "Microsoft godtar inte NULAGE_TEAMS__CLIENT_ID och NULAGE_TEAMS__CLIENT_SECRET i "
                        "NULAGE_TEAMS__TENANT_ID. Kommandot `nulage doctor` säger vad som är fel. "
                        "Inget är ändrat."
                    ) from refused
                log.warning("teams_away", action="teams.away", code=refused.code)
                await asyncio.sleep(pause)
            else:
                return


def _registration(teams: TeamsSection) -> Registration:
    return Registration(
        client_id=teams.client_id,
        tenant_id=teams.tenant_id,
        login_url=teams.login_url,
        openid_url=teams.openid_url,
        dangerously_allow_unauthenticated=teams.dangerously_allow_unauthenticated,
    )


def _tokens(teams: TeamsSection, registration: Registration) -> Tokens:
    secret = teams.client_secret.get_secret_value()
    return Tokens.of_secret(teams.client_id, secret, teams.tenant_id, cloud_of(registration))


def _own_id(teams: TeamsSection) -> str:
    return f"28:{teams.client_id}" if teams.client_id else ""
