"""A thread with an event loop of its own, for what would hold up the one that people wait for."""

import asyncio
import threading
from collections.abc import Callable, Coroutine
from contextlib import suppress
from typing import Any, TypeVar

T = TypeVar("T")


class Aside:
    """Runs coroutines in its own thread; it begins with the first of them."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread: threading.Thread | None = None

    async def run(self, make: Callable[[], Coroutine[Any, Any, T]]) -> T:
        """Run what `make` makes, over there, and wait for it here. Cancelled here, it is cancelled there."""
        loop = self._loop or self._begin()
        made = asyncio.run_coroutine_threadsafe(_called(make), loop)
        return await asyncio.wrap_future(made)

    async def stop(self) -> None:
        """Let go of the thread, when nothing more is to be run."""
        loop, thread = self._loop, self._thread
        self._loop = self._thread = None
        if loop is None or thread is None:
            return
        loop.call_soon_threadsafe(loop.stop)
        await asyncio.to_thread(thread.join)

    def _begin(self) -> asyncio.AbstractEventLoop:
        loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=_serve, args=(loop,), name=self._name, daemon=True)
        self._thread.start()
        self._loop = loop
        return loop


async def _called(make: Callable[[], Coroutine[Any, Any, T]]) -> T:
    """Even what `make` does before it first waits happens in the other thread: it may import."""
    return await make()


def _serve(loop: asyncio.AbstractEventLoop) -> None:
    asyncio.set_event_loop(loop)
    try:
        loop.run_forever()
    finally:
        left = asyncio.all_tasks(loop)
        for task in left:
            task.cancel()
        with suppress(Exception):
            loop.run_until_complete(asyncio.gather(*left, return_exceptions=True))
            loop.run_until_complete(loop.shutdown_asyncgens())
        loop.close()
