"""What a platform sent while nothing could be saved: kept here until the store is back.

It has its effect then, once, as it would have had; whoever wrote it hears what became of it.

What waits is in memory, since there is nowhere else, and nothing of it is acknowledged: the platform hears
each time that it was not taken, and nobody is told that it is saved. So a process that dies loses only what
its platform does not send again, of which nobody was promised anything. One that ends in order, or has no
room for more, tells whoever wrote what it could not save, where whoever keeps it says how.
"""

import asyncio
from collections.abc import Awaitable, Callable
from typing import NamedTuple

from bot.domain.events import Commanded, Event, FormSubmitted, MessageSaved, Pressed, Replied, Rewritten
from bot.log import log
from bot.messages.model import Message, Paragraph, Quiet, Response, Say
from bot.rung import rung

AGAIN_SECONDS = 30.0
"""How often it is tried."""

MOST_KEPT = 1000
"""Happenings that wait; of more than that, the oldest are forgotten."""

CANNOT_SAVE = Message(
    title="Jag kan inte spara just nu.",
    blocks=(Paragraph(text="Inget har gått förlorat. Försök igen om en stund."),),
)
CANNOT_SAVE_FIELD = "Jag kan inte spara just nu. Din text är kvar. Försök igen om en stund."
"""What is said to who waits for an answer, and can do it again; beside a field of a form."""

ACTS = (Commanded, FormSubmitted, MessageSaved, Pressed)
"""What somebody did on purpose, and waits for."""

GiveUp = Callable[[Event], Awaitable[bool]]
"""Sees to it that an event never has an effect; whether its writer waits for one."""

Take = Callable[[], Awaitable[bool]]
"""Takes it now; False when it could not be saved this time either."""

Lost = Callable[[], None]
"""Tells whoever wrote it that it is kept no longer, and was not saved."""


def is_for_us(event: Event, *, private: bool) -> bool:
    """Whether it was surely said to the bot: what people write to each other is none of its business.

    `private`: it was said in the bot's own chat with them.
    """
    match event:
        case Replied(direct=direct, addressed=addressed):
            return direct or addressed
        case Rewritten():
            return private
        case _:
            return isinstance(event, ACTS)


async def given_up(give_up: GiveUp, event: Event, sorry: Say, platform: str) -> Response | None:
    """Our own fault, for the last time: from here on the event has no effect, and its writer is told.

    None when the store went away meanwhile: who wrote it is told later.
    """
    try:
        return sorry if await give_up(event) else Quiet()
    except Exception:
        log.warning("not_given_up", action=f"{platform}.not_given_up", exc_info=True)
        return None


class _Waiting(NamedTuple):
    take: Take
    lost: Lost


class Unsaved:
    """Keeps what was not taken, and looks for the store for as long as it runs. `platform` is for the log."""

    def __init__(self, platform: str) -> None:
        self._platform = platform
        self.forgotten = 0
        self._waiting: dict[str, _Waiting] = {}
        self._stopping = asyncio.Event()
        self._at_rest = asyncio.Event()
        self._at_rest.set()

    def keep(self, id_: str, take: Take, lost: Lost = lambda: None) -> None:
        """Take the event with this id when the store is back."""
        self._waiting[id_] = _Waiting(take, lost)
        if len(self._waiting) > MOST_KEPT:
            self._forget(next(iter(self._waiting)))

    async def run(self) -> None:
        """Try again until stopped, and then once more; what cannot be saved then is lost, and told of."""
        self._at_rest.clear()
        try:
            stopping = False
            while not stopping:
                stopping = await rung(self._stopping, AGAIN_SECONDS)
                await self.try_again()
            self._forget_all()
        finally:
            self._at_rest.set()

    def stop(self) -> None:
        """Try once more, and then no more."""
        self._stopping.set()

    async def ended(self) -> None:
        """Wait until it no longer runs; what it never came to is tried now, and else lost and told of."""
        await self._at_rest.wait()
        if self._waiting:
            await self.try_again()
        self._forget_all()

    async def try_again(self) -> None:
        """Take all that waits, in the order in which it came: the store takes them together."""
        waiting = list(self._waiting.items())
        taken = await asyncio.gather(*(self._taken(one) for _, one in waiting))
        for (id_, one), done in zip(waiting, taken, strict=True):
            if done and self._waiting.get(id_) is one:
                del self._waiting[id_]
        if not all(taken):
            log.warning("still_unsaved", action=f"{self._platform}.still_unsaved", n=len(self._waiting))

    async def _taken(self, one: _Waiting) -> bool:
        """What breaks is kept like the rest, and keeps none of it waiting."""
        try:
            return await one.take()
        except Exception:
            log.exception("take_broke", action=f"{self._platform}.take_broke")
            return False

    def _forget_all(self) -> None:
        for id_ in tuple(self._waiting):
            self._forget(id_)

    def _forget(self, id_: str) -> None:
        self.forgotten += 1
        log.error("forgotten", action=f"{self._platform}.forgotten")
        self._waiting.pop(id_).lost()
