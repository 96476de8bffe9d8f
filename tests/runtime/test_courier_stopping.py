"""What the courier has taken when it is told to stop, it carries; nothing is left half done."""

import asyncio
import threading
from datetime import datetime

from bot.domain.value import SchoolId
from bot.runtime.courier import Courier
from storage.unit import UnitOfWork
from tests.runtime.stage import Stage
from tests.storage.made import promised


def test_what_it_is_just_taking_is_carried_too(stage: Stage) -> None:
    taking, go_on = threading.Event(), threading.Event()

    def slow_hours(_unit: UnitOfWork, _school: SchoolId, now: datetime) -> datetime:
        taking.set()
        assert go_on.wait(60)
        return now

    async def story() -> None:
        courier = Courier(
            stage.dispatcher, {"test": stage.platform}, stage.clock.now, trouble=stage._tell, hours=slow_hours
        )
        running = asyncio.create_task(courier.run())
        assert await asyncio.to_thread(taking.wait, 60)
        stopping = asyncio.create_task(courier.stop(within=60))
        await asyncio.sleep(0)
        go_on.set()
        await stopping
        assert running.done()

    stage.promise(promised("a", hours_of=SchoolId("s1")))
    asyncio.run(story())
    assert stage.platform.posted() == ["a"]
    assert stage.state("a") == "sent"


def test_it_waits_no_longer_than_it_may(stage: Stage) -> None:
    async def story() -> None:
        stage.platform.hold = asyncio.Event()
        running = asyncio.create_task(stage.courier.run())
        await stage.platform.until(called="a")
        await stage.courier.stop(within=0.05)
        assert not stage.platform.posted()
        stage.platform.hold.set()
        await running
        await stage.courier.stop(within=60)

    stage.promise(promised("a"))
    asyncio.run(story())
    assert stage.state("a") == "sent"
