"""Bots forked from a process that has read their libraries: that takes a core one to three seconds.

Each is a process of its own all the same, with its own environment, signals, exit code and end; that the
command itself starts is seen where a bot is `started` cold.

As a program, `python -m tests.warm FD` is the one that forks. A request comes on the socket FD, with what the
bot is to have as stdout and stderr and a socket to tell on: first its number, then how it ended.
"""

import asyncio
import atexit
import gc
import importlib
import json
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from functools import cache
from pathlib import Path

from bot.platforms.teams.listen.sdk import import_sdk

READ_AHEAD = (
    *("bot.cli", "bot.serve.running", "bot.serve.slack", "bot.serve.teams", "bot.serve.graph.side"),
    *("apscheduler.schedulers.asyncio", "fastapi", "structlog", "uvicorn.protocols.http.h11_impl"),
)
"""What serves, and what that imports when it is needed. What is missing here is only read in each bot."""
MOST = 1 << 17
"""Bytes of a request; an environment is a few thousand."""
CHILD = 0
"""What fork returns in the child."""


class Forked:
    """One bot, with what is used of `asyncio.subprocess.Process`."""

    def __init__(self, pid: int, stdout: asyncio.StreamReader, told: asyncio.StreamReader) -> None:
        self.pid = pid
        self.stdout = stdout
        self.returncode: int | None = None
        self._told = told

    def send_signal(self, sign: int) -> None:
        os.kill(self.pid, sign)  # nobody else has its number: it is buried when its story is over

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)

    async def wait(self) -> int:
        if self.returncode is None:
            self.returncode = int(await self._told.readline())
        return self.returncode


@asynccontextmanager
async def forked(environment: Mapping[str, str], stderr: int) -> AsyncIterator[Forked]:
    """`nulage serve` in an environment, with a file for its stderr; gone when the block ends."""
    ours, its = socket.socketpair()
    reads, writes = os.pipe()
    try:
        socket.send_fds(_forker(), [json.dumps(dict(environment)).encode()], [writes, stderr, its.fileno()])
    finally:
        its.close()
        os.close(writes)
    told, ends = await asyncio.open_connection(sock=ours)
    stdout = asyncio.StreamReader()
    pipe, _ = await asyncio.get_running_loop().connect_read_pipe(
        lambda: asyncio.StreamReaderProtocol(stdout), os.fdopen(reads, "rb")
    )
    bot = Forked(int(await told.readline()), stdout, told)
    try:
        yield bot
    finally:
        if bot.returncode is None:
            bot.kill()
        await bot.wait()
        pipe.close()
        ends.close()
        await ends.wait_closed()


@cache
def _forker() -> socket.socket:
    """Start the one that forks; it ends when nobody can ask it any more, so with this process."""
    ours, its = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    command = [sys.executable, "-m", "tests.warm", str(its.fileno())]
    root = Path(__file__).parent.parent
    process = subprocess.Popen(command, cwd=root, pass_fds=[its.fileno()], start_new_session=True)
    its.close()

    def end() -> None:
        ours.close()
        process.wait()

    atexit.register(end)
    return ours


def fork_when_asked(asks: socket.socket) -> bool:
    """Return True in each bot, when it is one; False when nobody asks any more."""
    while True:
        request, given, _, _ = socket.recv_fds(asks, MOST, 3)
        if not request:
            return False
        if os.fork() == CHILD:
            asks.close()
            _fork_and_wait(*given)
            os.environ.clear()
            os.environ.update(json.loads(request))
            return True
        for one in given:
            os.close(one)


def _fork_and_wait(stdout: int, stderr: int, tells: int) -> None:
    """Fork the bot, tell how it ends, and bury it when nobody listens: till then its number is its own."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    pid = os.fork()
    if pid == CHILD:
        os.dup2(stdout, 1)
        os.dup2(stderr, 2)
        for one in (stdout, stderr, tells):
            os.close(one)
        return
    os.close(stdout)
    os.close(stderr)
    os.write(tells, f"{pid}\n".encode())
    ended = os.waitid(os.P_PID, pid, os.WEXITED | os.WNOWAIT)
    assert ended
    os.write(tells, b"%d\n" % (ended.si_status if ended.si_code == os.CLD_EXITED else -ended.si_status))
    os.read(tells, 1)
    os.waitpid(pid, 0)
    os._exit(0)


def main(asks: int) -> None:
    for name in READ_AHEAD:
        importlib.import_module(name)
    import_sdk()
    assert threading.active_count() == 1, "something runs already, and would not in a bot"
    gc.collect()
    gc.freeze()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    if fork_when_asked(socket.socket(fileno=asks)):
        from bot.cli import main as nulage

        sys.argv = ["nulage", "serve"]
        nulage()


if __name__ == "__main__":
    main(int(sys.argv[1]))
