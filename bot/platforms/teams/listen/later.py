"""What goes on when the HTTP answer has gone."""

import asyncio
from collections.abc import Coroutine
from typing import Any

from bot.log import log


class Later:
    """What is still being said when the HTTP answer has gone."""

    def __init__(self) -> None:
        self._tasks: set[asyncio.Task[Any]] = set()

    def start(self, work: Coroutine[Any, Any, Any]) -> "asyncio.Task[Any]":
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._done)
        return task

    async def finish(self) -> None:
        while self._tasks:
            await asyncio.wait(self._tasks)

    def _done(self, task: "asyncio.Task[Any]") -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (problem := task.exception()):
            log.error("answer_failed", action="teams.answer_failed", exc_info=problem)
