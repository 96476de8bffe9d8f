"""Who is in the teams that an arbetslag talks in, read now and then: by Graph, else by the Connector."""

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple, Protocol

from bot.domain.errands_rosters import Attendee, ChannelSeen
from bot.domain.events import RosterRead
from bot.domain.school import Account, Place
from bot.log import log
from bot.messages.delivery import DeliveryFailed
from bot.platforms.graph.port import Graph, GraphRefused, Member
from bot.platforms.teams.install.references import Reference
from bot.serve.sides import Working
from storage.errands import seen
from storage.installed import references
from storage.unit import UnitOfWork

PLATFORM = "teams"


class Known(Protocol):
    """Somebody in a conversation, as the Connector tells of them."""

    @property
    def aad(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def guest(self) -> bool: ...
    @property
    def bot(self) -> bool: ...
    @property
    def tenant(self) -> str: ...


class Named(Protocol):
    """A channel, as the Connector tells of it."""

    @property
    def id(self) -> str: ...
    @property
    def name(self) -> str: ...


class Roll(Protocol):
    """What is asked of the Connector here."""

    async def members(self, ref: Reference) -> Sequence[Known]: ...
    async def channels(self, ref: Reference) -> Sequence[Named]: ...


class Team(NamedTuple):
    """A team, by the channels in it that we have been in, its main one first."""

    tenant: str
    thread: str
    channels: tuple[Reference, ...]

    @property
    def group(self) -> str:
        return next((one.team for one in self.channels if one.team), "")

    @property
    def name(self) -> str:
        return next((one.name for one in self.channels if one.key == self.thread), "")


class Rosters:
    """Reads every such team, and lets what was read have its effect. `graph` is that of `graph_tenant`."""

    def __init__(
        self,
        working: Working,
        roll: Roll,
        *,
        graph: Graph | None = None,
        graph_tenant: str = "",
        on_missing: Callable[[str], None] = lambda _code: None,
        on_granted: Callable[[], None] = lambda: None,
    ) -> None:
        self._run, self._dispatch, self._clock = working.run, working.dispatch, working.clock
        self._roll = roll
        self._graph = graph
        self._graph_tenant = graph_tenant
        self._on_missing = on_missing
        self._on_granted = on_granted

    async def round(self) -> None:
        """Read them all, one after the other; one that cannot be read is read the next time."""
        for team in await self._run(teams_in_use):
            try:
                await self._dispatch(self._event(team, await self._read(team)))
            except DeliveryFailed as failed:
                log.info("roster_unread", action="graph.roster_unread", code=str(failed))
            except Exception:  # what one team breaks on holds up no other
                log.exception("roster_broke", action="graph.roster_broke")
        now = self._clock.now()
        await self._run(lambda unit: seen.prune(unit, now))

    async def _read(self, team: Team) -> tuple[ChannelSeen, ...]:
        if self._graph and team.tenant == self._graph_tenant and team.group:
            try:
                found = await self._by_graph(self._graph, team)
            except GraphRefused as refused:
                if refused.how == "consent":
                    self._on_missing(refused.code)
            else:
                self._on_granted()
                return found
        return await self._by_connector(team)

    async def _by_graph(self, graph: Graph, team: Team) -> tuple[ChannelSeen, ...]:
        everybody = _ours(team, await graph.members(team.group))
        found: list[ChannelSeen] = []
        ours = {one.key for one in team.channels}
        for channel in await graph.channels(team.group):
            if not channel.private:
                found.append(_channel(team, channel.id, channel.name, everybody))
            elif channel.id in ours:
                own = await graph.members_of_channel(team.group, channel.id, shared=channel.shared)
                found.append(_channel(team, channel.id, channel.name, _ours(team, own)))
        return tuple(found)

    async def _by_connector(self, team: Team) -> tuple[ChannelSeen, ...]:
        """The Connector tells of open channels alone; a private one is known by our having been there."""
        listed = {one.id: one.name for one in await self._roll.channels(team.channels[0])}
        standard = [one for one in team.channels if one.key in listed]
        everybody = await self._people(team, standard[0]) if standard else ()
        found = [_channel(team, key, name, everybody) for key, name in listed.items() if standard]
        private = [one for one in team.channels if one.key not in listed]
        found += [_channel(team, one.key, one.name, await self._people(team, one)) for one in private]
        return tuple(found)

    async def _people(self, team: Team, channel: Reference) -> tuple[Attendee, ...]:
        people = await self._roll.members(channel)
        return tuple(
            _attendee(team, one.aad, one.name, guest=one.guest)
            for one in people
            if not one.bot and _is_ours(team, one.tenant)
        )

    def _event(self, team: Team, channels: tuple[ChannelSeen, ...]) -> RosterRead:
        now = self._clock.now()
        where = _place(team, team.thread)
        key = f"roster:{team.tenant}:{team.thread}:{now.isoformat()}"
        return RosterRead(id=key, at=now, where=where, name=team.name, channels=channels)


def teams_in_use(unit: UnitOfWork) -> tuple[Team, ...]:
    """The teams that an arbetslag of ours talks in: elsewhere nobody asked us to look."""
    found: list[Team] = []
    for tenant in references.tenants(unit):
        by_thread: dict[str, list[Reference]] = {}
        for kept in references.of_tenant(unit, tenant):
            if kept.kind == "channel" and kept.team_thread:
                by_thread.setdefault(kept.team_thread, []).append(Reference.model_validate(kept.model_dump()))
        for thread, channels in by_thread.items():
            places = (Place(platform=PLATFORM, address=f"{tenant}/{one.key}") for one in channels)
            if any(unit.roster.arbetslag_at(place) for place in places):
                found.append(Team(tenant, thread, _in_order(channels, thread)))
    return tuple(found)


def _in_order(channels: Iterable[Reference], thread: str) -> tuple[Reference, ...]:
    return tuple(sorted(channels, key=lambda one: (one.key != thread, one.key)))


def _channel(team: Team, key: str, name: str, people: tuple[Attendee, ...]) -> ChannelSeen:
    return ChannelSeen(place=_place(team, key), name=name or team.name, people=people)


def _place(team: Team, key: str) -> Place:
    return Place(platform=PLATFORM, address=f"{team.tenant}/{key}")


def _ours(team: Team, people: Iterable[Member]) -> tuple[Attendee, ...]:
    """Without those of other tenants: they are nobody's to add, and their names are not ours to keep."""
    mine = (one for one in people if _is_ours(team, one.tenant))
    return tuple(_attendee(team, one.user, one.name, guest=one.guest) for one in mine)


def _is_ours(team: Team, tenant: str) -> bool:
    return not tenant or tenant.lower() == team.tenant.lower()


def _attendee(team: Team, user: str, name: str, *, guest: bool) -> Attendee:
    account = Account(platform=PLATFORM, user=f"{team.tenant}/{user}", name=name)
    return Attendee(account=account, guest=guest)
