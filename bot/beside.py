"""A call that blocks, in a thread of its own: who tires of waiting for it leaves it, and so does who ends.

`asyncio.to_thread` has a few threads for everybody, and the process waits for them when it ends. It is for
work of ours, which comes to an end by itself; this is for other people's servers, which need not answer.
"""

import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import TypeVar

T = TypeVar("T")


def begun(work: Callable[[], T], name: str) -> "Future[T]":
    """Begin `work` in a thread called `name`. Who stops waiting for the future does not stop it."""
    outcome: Future[T] = Future()
    outcome.set_running_or_notify_cancel()
    threading.Thread(target=_do, args=(work, outcome), name=name, daemon=True).start()
    return outcome


def _do(work: Callable[[], T], outcome: "Future[T]") -> None:
    try:
        result = work()
    except BaseException as problem:  # noqa: BLE001  said to whoever waits
        outcome.set_exception(problem)
    else:
        outcome.set_result(result)
