"""Who reads the channels that were chosen for summaries: asked of Graph, and believed for a while."""

from datetime import datetime, timedelta

from bot.domain.errands_files import ChannelFiles
from bot.domain.value import SchoolId
from bot.log import log
from bot.platforms.graph.port import GraphRefused
from bot.runtime.clock import Clock
from bot.serve.graph.tenant import Tenant
from handlers.errands.leaders import NOT_CHOSEN, Leading, Reading, channel_for

BELIEVED = timedelta(hours=1)
"""For deciding where a summary belongs; before it is put there `ask` looks again."""


class Leaders:
    """`refused` is Graph's own word when it does not let us see who reads them; "" when it does."""

    def __init__(self, tenant: Tenant, clock: Clock) -> None:
        self._tenant = tenant
        self._clock = clock
        self._found = NOT_CHOSEN
        self._at: datetime | None = None
        self.refused = ""

    async def look(self) -> Leading:
        """Return what is known now. Raises GraphRefused only when nothing else would go better."""
        now = self._clock.now()
        channels = self._tenant.chosen.leaders
        if not channels or (self._at and now - self._at < BELIEVED):
            return self._found
        seen: dict[ChannelFiles, Reading] = {}
        unsure, self.refused = False, ""
        for channel in channels:
            try:
                seen[channel] = await self._read(channel)
            except GraphRefused as refused:
                unsure = self._noted(refused) or unsure
        self._found, self._at = Leading(seen, unsure), None if unsure else now
        return self._found

    async def ask(self, school: SchoolId, channel: ChannelFiles) -> None:
        """Look again, right before a school's summary is first put in a channel: else it is not put there.

        Raises GraphRefused. Where others read it by now, the next round looks at everything anew.
        """
        try:
            found = Leading({channel: await self._read(channel)})
        except GraphRefused as refused:
            if self._noted(refused):
                raise
            found = NOT_CHOSEN
        one, now = self._tenant, self._clock.now()
        if await one.run(lambda unit: channel_for(one.here(unit, now), school, found)) is None:
            self._at = None
            raise GraphRefused("held", "others_read_it")

    async def _read(self, channel: ChannelFiles) -> Reading:
        return Reading(await self._tenant.graph.readers(channel.team, channel.channel))

    def _noted(self, refused: GraphRefused) -> bool:
        """Whether it may be otherwise soon: then nothing is put anywhere else in the meantime."""
        if refused.how == "stopped":
            raise refused
        if refused.how == "consent":
            self.refused = refused.code
        log.info("readers_unknown", action="graph.readers_unknown", kind=refused.how, code=refused.code)
        return refused.how in {"later", "doubt", "held"}
