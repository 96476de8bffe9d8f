"""One bot: handlers, dispatcher and courier around a store, for any set of platforms."""

import asyncio
import secrets
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from datetime import datetime

import handlers
from bot.domain.events import Commanded, Event, FormSubmitted, HomeOpened, MessageSaved, Pressed, Ticked
from bot.domain.school import Account, Language
from bot.log import log
from bot.messages.delivery import Platform
from bot.messages.model import Message, Quiet, Response, Say
from bot.messages.texts import Texts
from bot.runtime.clock import Clock
from bot.runtime.courier import Courier
from bot.runtime.dispatcher import Dispatcher
from bot.runtime.handover import Handover
from handlers.places import delivery
from handlers.scene import PersonEvent
from prompts.book import Prompts
from prompts.loader import HOUSE, PromptsRefused
from storage.post.inbox import StoreAway
from storage.store import Store
from storage.unit import UnitOfWork

ROUNDS = 1000
"""How often `settle` looks for more to carry before it calls it a loop."""


class TickFailed(Exception):
    """A minute's work was rolled back; the log has why, under the code it says."""


class App:
    """What real work, the provrum and the stories all play: the same bot, with another clock and platform."""

    def __init__(
        self, store: Store, prompts: Prompts, platforms: Mapping[str, Platform], clock: Clock
    ) -> None:
        self.store = store
        self.prompts = prompts
        self.clock = clock
        self.handlers = _Handlers(prompts, self.speaks)
        self.dispatcher = Dispatcher(store, self.handlers)
        self._handover = Handover(self._hand_in)
        self.courier = Courier(
            self.dispatcher,
            platforms,
            clock.now,
            trouble=lambda unit, claimed, state: delivery.on_trouble(
                unit, prompts, claimed, state, clock.now()
            ),
            hours=delivery.opens,
        )

    def speaks(self, account: Account) -> Language:
        """What somebody who waits for a word of ours reads, whether or not the store can be reached now."""
        person = self.store.person_of(account)
        return (person.language if person else "") or HOUSE

    def start(self) -> None:
        self.dispatcher.start()

    def stop(self) -> None:
        """Finish what waits, then let go of the store."""
        self.dispatcher.stop()
        self.store.close()

    async def dispatch(self, event: Event) -> Response:
        """Let an event have its effect; what it promised is carried right after.

        Raises storage.post.inbox.StoreAway when nothing could be saved.
        """
        if isinstance(event, HomeOpened):
            return await self._look(event)
        response = await self._handover.dispatch(event)
        self.courier.nudge()
        return response

    async def _look(self, event: HomeOpened) -> Response:
        """Say what stands there now, however often it is asked: nothing is kept of it, nor promised."""
        try:
            return await self._handover.dispatch(event)
        except StoreAway:
            raise
        except Exception:
            code = secrets.token_hex(3).upper()
            log.exception("look_failed", action="app.look_failed", code=code)
            return self.handlers.apologise(event, code)

    def _hand_in(self, event: Event) -> Future[Response]:
        """What happened is noted in the inbox, so that it has its effect once; a look has none."""
        if isinstance(event, HomeOpened):
            return self.dispatcher.run(lambda unit: self.handlers.handle(event, unit))
        return self.dispatcher.dispatch(event)

    async def tick(self) -> None:
        """Let a minute pass. Raises TickFailed when nothing of it was done, so that it does not count."""
        now = self.clock.now()
        response = await self.dispatch(Ticked(id=f"tick:{now.isoformat()}", at=now))
        if isinstance(response, Say) and response.became == "failed":
            raise TickFailed(response.message.title)

    async def read(self, work: Callable[[UnitOfWork], datetime | None]) -> datetime | None:
        """Ask the store something, in the writer's own turn."""
        return await asyncio.wrap_future(self.dispatcher.run(work))

    async def settle(self) -> None:
        """Carry until nothing more is due now."""
        for _ in range(ROUNDS):
            if not await self.courier.deliver():
                return
        raise RuntimeError("messages keep becoming due; is something promising in a circle?")


class _Handlers:
    """The handlers as the dispatcher wants them."""

    def __init__(self, prompts: Prompts, speaks: Callable[[Account], Language]) -> None:
        self._prompts = prompts
        self._speaks = speaks
        self.repeated = 0
        """How many events came again after they had had their effect."""

    def prepare(self, events: Sequence[Event], unit: UnitOfWork) -> None:
        handlers.prepare(events, unit)

    def handle(self, event: Event, unit: UnitOfWork) -> Response:
        return handlers.handle(event, unit, self._prompts)

    def already(self, event: Event) -> Response:
        """Say so to who pressed or sent something and waits; what only happened is not spoken of again."""
        self.repeated += 1
        if not isinstance(event, Pressed | FormSubmitted | Commanded | MessageSaved):
            return Quiet()
        return Say(message=Message(title=self._said_to(event).common.already_done), became="already")

    def apologise(self, event: Event, code: str) -> Response:
        message = Message(title=self._said_to(event).common.sorry.format(code=code))
        return Say(message=message, became="failed")

    def _said_to(self, event: Event) -> Texts:
        """In the language of who waits. An apology that fails would leave them without one."""
        if not isinstance(event, PersonEvent):
            return self._prompts.texts
        try:
            return self._prompts.said_in(self._speaks(event.who))
        except PromptsRefused:
            return self._prompts.texts
