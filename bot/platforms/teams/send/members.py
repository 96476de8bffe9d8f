"""Who is in a conversation, as Teams tells a bot that is there; and where one of them can be written to.

Whom nobody chose and the bot never writes to is read, and not kept: most people never use the bot.
"""

import asyncio
import time
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import NamedTuple

from bot.domain.school import Place
from bot.messages.delivery import DeliveryFailed
from bot.platforms.teams.install.references import Reference, References
from bot.platforms.teams.send.connector import Connector, Member
from bot.platforms.teams.send.errors import ours

FRESH = 300.0
"""Seconds that a list of members is good for; people come and go."""
BELIEVED = 86_400.0
"""Seconds that a list is believed while Teams does not tell: what somebody may do rests on it."""
MOST_KEPT = 500
MOST_SOUGHT = 20
"""Conversations that are read to find somebody in."""
GUEST = " (gäst)"

Reading = asyncio.Task[tuple[Member, ...]]


class _List(NamedTuple):
    people: tuple[Member, ...]
    read_at: float


class Members:
    """The people of conversations. Bots are left out, and so are those of other tenants."""

    def __init__(
        self,
        connector: Connector,
        references: References,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._connector = connector
        self._references = references
        self._clock = clock
        self._kept: dict[tuple[str, str], _List] = {}
        self._reading: dict[tuple[str, str], Reading] = {}

    async def of(self, place: Place) -> tuple[tuple[str, str], ...]:
        """Each person's account user and the label they are chosen by, in order. Raises DeliveryFailed."""
        tenant = place.address.partition("/")[0]
        shown = [
            (f"{tenant}/{one.aad}", f"{one.name}{GUEST}" if one.guest else one.name)
            for one in await self.people(place)
        ]
        return tuple(sorted(shown, key=lambda one: one[1].casefold()))

    async def people(self, place: Place) -> tuple[Member, ...]:
        """Everybody there who belongs to the tenant, as they were some minutes ago at most.

        When Teams does not tell, who was there the last time, within a day. Raises DeliveryFailed.
        """
        tenant, _, key = place.address.partition("/")
        known = self._kept.get((tenant, key))
        if known and self._clock() - known.read_at < FRESH:
            return known.people
        where = await self._references.find(tenant, key)
        if where is None:
            raise ours("unknown_place")
        try:
            return await asyncio.shield(self._begun(where))
        except DeliveryFailed:
            if known is None or self._clock() - known.read_at >= BELIEVED:
                raise
            return known.people

    async def meet(self, where: Reference, aad: str) -> Reference | None:
        """Where somebody who is in this conversation can be written to; None for who is not there."""
        place = Place(platform="teams", address=f"{where.tenant}/{where.key}")
        for one in await self.people(place):
            if one.aad == aad:
                return await self._learn(where, one)
        return None

    async def seek(self, tenant: str, aad: str) -> Reference | None:
        """Where somebody can be written to whom the bot has not heard: they are looked for where it is.

        Raises DeliveryFailed when they are nowhere to be seen, and not all could be looked through.
        """
        unread: DeliveryFailed | None = None
        known = await self._references.of_tenant(tenant)
        for where in islice(_one_of_each_team(known), MOST_SOUGHT):
            try:
                if found := await self.meet(where, aad):
                    return found
            except DeliveryFailed as failed:
                unread = failed if failed.how == "later" else unread
        if unread:
            raise unread
        return None

    def _begun(self, where: Reference) -> Reading:
        """One reading, however many wait for it."""
        spot = (where.tenant, where.key)
        reading = self._reading.get(spot)
        if reading is None:
            reading = self._reading[spot] = asyncio.create_task(self._read(where))
            reading.add_done_callback(lambda done: self._read_through(spot, done))
        return reading

    def _read_through(self, spot: tuple[str, str], done: Reading) -> None:
        del self._reading[spot]
        if done.cancelled() or done.exception():  # whoever waits is told
            return
        if len(self._kept) >= MOST_KEPT:
            self._kept.clear()
        self._kept[spot] = _List(done.result(), self._clock())

    async def _read(self, where: Reference) -> tuple[Member, ...]:
        there = await self._connector.members(where)
        return tuple(one for one in there if not one.bot and one.tenant in {"", where.tenant})

    async def _learn(self, where: Reference, person: Member) -> Reference:
        """Keep how to reach them; a chat that is begun stays the one it is."""
        key = f"@{person.aad}"
        known = await self._references.find(where.tenant, key)
        if known is None:
            known = Reference(
                tenant=where.tenant,
                key=key,
                kind="personal",
                conversation="",
                service_url=where.service_url,
            )
        learnt = known.but(user=person.account, service_url=where.service_url)
        await self._references.save(learnt)
        return learnt


def name_in(label: str) -> str:
    """The name of whom a label is for: that they are a guest is no part of it."""
    return label.removesuffix(GUEST)


def is_guest(label: str) -> bool:
    return label.endswith(GUEST)


def _one_of_each_team(known: Iterable[Reference]) -> Iterator[Reference]:
    """Conversations of several; first a channel of each team, whose members most of its channels share."""
    shared = [one for one in known if one.kind != "personal"]
    first: dict[str, Reference] = {}
    for one in shared:
        first.setdefault(one.team_thread or one.key, one)
    yield from first.values()
    yield from (one for one in shared if one not in first.values())
