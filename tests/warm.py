"""`nulage` forked from a process that has read its libraries: that takes a core one to three seconds.

Each is a process of its own all the same, with its own words, folder, environment, signals, exit code and
end; that the command itself starts is seen where one is started cold.

As a program, `python -m tests.warm FD` is the one that forks. A request comes on the socket FD, with what the
new one is to have as stdout and stderr and a socket to tell on: first its number, then how it ended.
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
from tempfile import TemporaryFile
from typing import NamedTuple

from bot.platforms.teams.listen.sdk import import_sdk
from tests.waiting import DEADLINE

READ_AHEAD = (
    *("bot.cli", "bot.serve.running", "bot.serve.slack", "bot.serve.teams", "bot.serve.graph.side"),
    *("apscheduler.schedulers.asyncio", "fastapi", "structlog", "uvicorn.protocols.http.h11_impl"),
)
"""What serves, and what that imports when it is needed. What is missing here is only read in each bot."""
MOST = 1 << 17
"""Bytes of a request; an environment is a few thousand."""
CHILD = 0
"""What fork returns in the child."""
ROOT = Path(__file__).parent.parent


class Request(NamedTuple):
    """What is to run: `nulage` with these words, in a folder, with this environment and no other."""

    words: tuple[str, ...]
    folder: str
    environment: Mapping[str, str]

    def ask(self, stdout: int, stderr: int) -> socket.socket:
        """Have it run, and return where it is told of."""
        ours, its = socket.socketpair()
        with its:
            given = [stdout, stderr, its.fileno()]
            asked = json.dumps([self.words, self.folder, dict(self.environment)])
            socket.send_fds(_forker(), [asked.encode()], given)
        return ours

    def begin(self) -> None:
        """Be it, in this process."""
        os.chdir(self.folder)
        os.environ.clear()
        os.environ.update(self.environment)
        sys.argv = ["nulage", *self.words]
        sys.modules["__main__"].__package__ = None  # as of a script: its help names it


class Ended(NamedTuple):
    """How a command ended, and what it said."""

    returncode: int
    stdout: str
    stderr: str


def run(*words: str, folder: Path, environment: Mapping[str, str]) -> Ended:
    """Run `nulage` with these words to its end."""
    with TemporaryFile() as stdout, TemporaryFile() as stderr:
        request = Request(words, str(folder), environment)
        with request.ask(stdout.fileno(), stderr.fileno()) as ours, ours.makefile() as told:
            ours.settimeout(DEADLINE)
            _, code = told.readline(), told.readline()
        for said in (stdout, stderr):
            said.seek(0)
        return Ended(int(code), stdout.read().decode(), stderr.read().decode())


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
    reads, writes = os.pipe()
    try:
        ours = Request(("serve",), str(ROOT), environment).ask(writes, stderr)
    finally:
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
    process = subprocess.Popen(command, cwd=ROOT, pass_fds=[its.fileno()], start_new_session=True)
    its.close()

    def end() -> None:
        ours.close()
        process.wait()

    atexit.register(end)
    return ours


def fork_when_asked(asks: socket.socket) -> bool:
    """Return True in each that is forked, when it is one; False when nobody asks any more."""
    while True:
        asked, given, _, _ = socket.recv_fds(asks, MOST, 3)
        if not asked:
            return False
        if os.fork() == CHILD:
            asks.close()
            _fork_and_wait(*given)
            Request(*json.loads(asked)).begin()
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

        nulage()


if __name__ == "__main__":
    main(int(sys.argv[1]))
