"""Events go over many at a time; each still has its own answer, and nobody waits for more to come."""

import asyncio
import threading
from concurrent.futures import Future
from datetime import UTC, datetime

import pytest

from bot.domain.events import Event, Ticked
from bot.messages.model import Message, Response, Say
from bot.runtime.handover import Handover

AT = datetime(2026, 11, 26, 14, 15, tzinfo=UTC)


def tick(number: int) -> Ticked:
    return Ticked(id=str(number), at=AT)


def said(event: Event) -> Say:
    return Say(message=Message(title=event.id))


class Writer:
    """Notes what comes; `finish` answers it all from a thread of its own."""

    def __init__(self) -> None:
        self.came: list[tuple[Event, Future[Response]]] = []

    def hand_in(self, event: Event) -> Future[Response]:
        outcome: Future[Response] = Future()
        self.came.append((event, outcome))
        return outcome

    def finish(self, problem: Exception | None = None) -> None:
        came, self.came = self.came, []

        def answer() -> None:
            for event, outcome in came:
                if problem:
                    outcome.set_exception(problem)
                else:
                    outcome.set_result(said(event))

        thread = threading.Thread(target=answer)
        thread.start()
        thread.join()


def test_what_comes_in_one_turn_goes_over_together() -> None:
    async def run() -> None:
        writer = Writer()
        over = Handover(writer.hand_in)
        answers = [over.dispatch(tick(number)) for number in range(64)]
        assert not writer.came
        await asyncio.sleep(0)
        assert [event.id for event, _ in writer.came] == [str(number) for number in range(64)]
        writer.finish()
        assert await asyncio.gather(*answers) == [said(tick(number)) for number in range(64)]

    asyncio.run(run())


def test_what_comes_later_does_not_wait_for_what_came_before() -> None:
    async def run() -> None:
        writer = Writer()
        over = Handover(writer.hand_in)
        first = over.dispatch(tick(1))
        await asyncio.sleep(0)
        second = over.dispatch(tick(2))
        await asyncio.sleep(0)
        assert len(writer.came) == 2
        writer.finish()
        assert [await first, await second] == [said(tick(1)), said(tick(2))]

    asyncio.run(run())


def test_a_problem_reaches_everybody_who_waits() -> None:
    async def run() -> None:
        writer = Writer()
        over = Handover(writer.hand_in)
        answers = [over.dispatch(tick(number)) for number in range(3)]
        await asyncio.sleep(0)
        writer.finish(ConnectionError("away"))
        for answer in answers:
            with pytest.raises(ConnectionError):
                await answer

    asyncio.run(run())


def test_who_stops_waiting_does_not_stop_the_event_nor_the_others() -> None:
    async def run() -> None:
        writer = Writer()
        over = Handover(writer.hand_in)
        left, kept = over.dispatch(tick(1)), over.dispatch(tick(2))
        left.cancel()
        await asyncio.sleep(0)
        assert len(writer.came) == 2
        writer.finish()
        assert await kept == said(tick(2))

    asyncio.run(run())


def test_each_loop_has_its_own_and_a_closed_one_harms_nobody() -> None:
    writer = Writer()
    over = Handover(writer.hand_in)

    async def leave() -> None:
        over.dispatch(tick(1))
        await asyncio.sleep(0)
        over.dispatch(tick(2))

    async def stay() -> None:
        answer = over.dispatch(tick(3))
        await asyncio.sleep(0)
        writer.finish()
        assert await answer == said(tick(3))

    asyncio.run(leave())
    asyncio.run(stay())
