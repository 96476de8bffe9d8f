"""From the loop to the writer's thread and back, many at a time.

Each crossing wakes the other thread, and the two then fight for the interpreter: handed over one by
one, events wait for each other longer than for the disk (`poe bench slack_edge`).
"""

import asyncio
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from functools import partial

from bot.domain.events import Event
from bot.messages.model import Response

HandIn = Callable[[Event], Future[Response]]
Answer = asyncio.Future[Response]


class Handover:
    """Hands in together what one turn of the loop brings, and never waits for more."""

    def __init__(self, hand_in: HandIn) -> None:
        self._hand_in = hand_in
        self._batch: _Batch | None = None

    def dispatch(self, event: Event) -> Answer:
        """The answer comes in this loop. Whoever stops waiting for it does not stop the event."""
        loop = asyncio.get_running_loop()
        if self._batch is None or self._batch.loop is not loop or self._batch.gone:
            self._batch = _Batch(loop)
            loop.call_soon(self._batch.go, self._hand_in)
        answer: Answer = loop.create_future()
        self._batch.events.append((event, answer))
        return answer


class _Batch:
    """What goes over together. Answers that come together wake the loop once."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self.loop = loop
        self.gone = False
        self.events: list[tuple[Event, Answer]] = []
        self._back: deque[tuple[Future[Response], Answer]] = deque()
        self._called = False

    def go(self, hand_in: HandIn) -> None:
        self.gone = True
        for event, answer in self.events:
            hand_in(event).add_done_callback(partial(self._come, answer))

    def _come(self, answer: Answer, outcome: Future[Response]) -> None:
        """In the writer's thread. What is put back before `_called` is looked at is always fetched."""
        self._back.append((outcome, answer))
        if not self._called and not self.loop.is_closed():
            self._called = True
            self.loop.call_soon_threadsafe(self._fetch)

    def _fetch(self) -> None:
        self._called = False
        while self._back:
            outcome, answer = self._back.popleft()
            if answer.done():
                continue
            problem = outcome.exception()
            if problem is None:
                answer.set_result(outcome.result())
            else:
                answer.set_exception(problem)
