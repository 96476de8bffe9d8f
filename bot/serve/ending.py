"""How it ends: the first signal asks for it, the second does it, and it never takes longer than it may."""

import asyncio
import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager

SIGNS = (signal.SIGTERM, signal.SIGINT)

LONGEST_SECONDS = 24.0
"""Whoever watches over us waits 25 s. What hangs then is found by its lease when the bot is back."""


@contextmanager
def told_to_stop() -> Iterator[asyncio.Event]:
    """Give an event that the first signal sets. The second is the system's own: it ends at once."""
    loop, told = asyncio.get_running_loop(), asyncio.Event()
    before = {sign: signal.getsignal(sign) for sign in SIGNS}

    def first() -> None:
        told.set()
        for sign in SIGNS:
            loop.remove_signal_handler(sign)
            signal.signal(sign, signal.SIG_DFL)

    for sign in SIGNS:
        loop.add_signal_handler(sign, first)
    try:
        yield told
    finally:
        for sign, handler in before.items():
            loop.remove_signal_handler(sign)
            signal.signal(sign, handler)


@contextmanager
def in_time(exit_code: int, seconds: float = LONGEST_SECONDS) -> Iterator[None]:
    """End the process with `exit_code` when the block takes longer than it may, whatever hangs in it."""
    timer = threading.Timer(seconds, os._exit, (exit_code,))
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
