"""Who belongs to a tenant that the settings do not name: they hear so where they speak to the bot.

Nothing they say is dispatched, and nothing of them is kept: only when each was told, in this process.
"""

from collections import OrderedDict
from collections.abc import Callable
from datetime import datetime, timedelta

from bot.log import log
from bot.messages.model import Message
from bot.platforms.teams.listen import words
from bot.platforms.teams.listen.beside import Beside
from bot.platforms.teams.listen.later import Later
from bot.platforms.teams.parse.values import Heard, Parsed
from bot.platforms.unsaved import is_for_us

AGAIN = timedelta(hours=1)
"""How soon the same person is told again: whoever goes on writing has read it."""

MOST_KEPT = 1000
"""People who were told; of more than that, the oldest may be told anew."""

TOLD = Message(title=words.UNKNOWN_TENANT)


class Strangers:
    """Tells those whose words came as a message; an invoke is answered at once, by who takes it."""

    def __init__(self, beside: Beside, later: Later, now: Callable[[], datetime]) -> None:
        self._beside = beside
        self._later = later
        self._now = now
        self._told: OrderedDict[tuple[str, str], datetime] = OrderedDict()

    def hear(self, parsed: Parsed) -> None:
        """Tell whoever spoke to the bot: what people say among themselves is nothing to answer."""
        if not isinstance(parsed, Heard) or parsed.way.asks != "nothing":
            return
        way = parsed.way
        if not way.private and not is_for_us(parsed.event, private=False):
            return
        who, now = (way.tenant, way.user), self._now()
        if (told := self._told.get(who)) and now - told < AGAIN:
            return
        self._told[who] = now
        self._told.move_to_end(who)
        while len(self._told) > MOST_KEPT:
            self._told.popitem(last=False)
        log.info("unknown_tenant", action="teams.unknown_tenant", team=way.tenant)
        self._later.start(self._beside.say_there(parsed, TOLD))
