"""The log's way out of the process: at once where there is room, else kept a while; nobody waits for it."""

import atexit
import os
import select
import threading
from collections import deque
from concurrent.futures import Future, wait
from contextlib import suppress
from typing import TextIO

from bot.beside import begun
from bot.log import log

MOST = 1000
"""Lines that are kept for a reader who sleeps; those after them are counted, and told when there is room."""

LAST_SECONDS = 1.0
"""That the end of the process waits for such a reader."""


class Lines:
    """What structlog says its lines to.

    Whoever reads a pipe may sleep, and it fills: a write would then hold who speaks, be it the event loop.
    So what is written is only what surely fits (poll(2), and PIPE_BUF in pipe(7)); the rest is kept in order
    for a thread that waits for room. There is none while all is well: a line costs one system call more,
    is out when the next statement begins, and a fork has no thread to lose.
    """

    def __init__(self, file: TextIO) -> None:
        self._file = file
        self._room = _room(file)
        self._lock = threading.RLock()  # a finalizer may speak in the middle of a line
        self._kept: deque[bytes] = deque()
        self._dropped = 0
        self._waiting: Future[None] | None = None
        atexit.register(self._end)

    def say(self, line: str) -> None:
        """Write one line, or keep it. Raises what the file does when it can be written no more."""
        with self._lock:
            if self._room is None:
                self._file.write(f"{line}\n")
                self._file.flush()
                return
            left = f"{line}\n".encode(errors="backslashreplace")
            if not self._kept:
                left = self._out(left, self._room)
            if left:
                self._keep(left)

    debug = info = warning = error = critical = say

    def _out(self, line: bytes, room: "select.poll") -> bytes:
        """Write what there is room for, and return the rest."""
        with suppress(BlockingIOError):
            while line and room.poll(0):
                line = line[os.write(self._file.fileno(), line[: select.PIPE_BUF]) :]
        return line

    def _keep(self, line: bytes) -> None:
        if len(self._kept) >= MOST:
            self._dropped += 1
            return
        self._kept.append(line)
        if self._waiting is None:
            self._waiting = begun(self._wait, "log")

    def _wait(self) -> None:
        """Let out what is kept, in order, as there is room; then tell how many lines were not kept."""
        try:
            while (dropped := self._some_out()) is None:
                pass
        except (OSError, ValueError):  # it can be written no more
            self._rest()
            return
        if dropped:
            log.warning("lines_dropped", action="log.dropped", n=dropped)

    def _some_out(self) -> int | None:
        """Wait for room; return None while something is still kept, and else how many lines were not."""
        room = select.poll()
        room.register(self._file, select.POLLOUT)
        room.poll()
        with self._lock:
            self._kept[0] = self._out(self._kept[0], room)
            if not self._kept[0]:
                self._kept.popleft()
            return None if self._kept else self._rest()

    def _rest(self) -> int:
        with self._lock:
            self._kept.clear()
            self._waiting = None
            dropped, self._dropped = self._dropped, 0
            return dropped

    def _end(self) -> None:
        if self._waiting:
            wait([self._waiting], LAST_SECONDS)


def _room(file: TextIO) -> "select.poll | None":
    """What tells whether there is room; None for a file that the system knows nothing of."""
    room = select.poll()
    try:
        room.register(file, select.POLLOUT)
    except (TypeError, OSError, ValueError):
        return None
    return room
