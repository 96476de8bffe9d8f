"""The dead man's switch may fail in any way it likes: the beat that pulls it goes on."""

import asyncio
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from bot.runtime.ping import Ping
from tests.dripping import Dripping
from tests.each import each

OK = b"HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n"


class Monitor:
    """Somebody elsewhere who answers each with these words, and then with the `rest` when told to."""

    def __init__(self, words: bytes, rest: bytes = b"") -> None:
        self.asked = 0
        self.go_on = threading.Event()
        self._words, self._rest = words, rest
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._socket.getsockname()[1]}/"
        self._thread = threading.Thread(target=self._answer)

    def _answer(self) -> None:
        answering = list[threading.Thread]()
        with suppress(OSError):  # it is shut
            while True:
                line, _ = self._socket.accept()
                answering.append(threading.Thread(target=self._answer_one, args=(line,)))
                answering[-1].start()
        for one in answering:
            one.join()

    def _answer_one(self, line: socket.socket) -> None:
        with line, suppress(OSError):
            line.recv(4096)
            self.asked += 1
            line.sendall(self._words)
            if self._rest:
                self.go_on.wait()
                line.sendall(self._rest)

    @contextmanager
    def open(self) -> Iterator[str]:
        self._thread.start()
        try:
            yield self.url
        finally:
            self.go_on.set()
            self._socket.shutdown(socket.SHUT_RDWR)
            self._socket.close()
            self._thread.join()


def nobody() -> str:
    with socket.create_server(("127.0.0.1", 0)) as shut:
        return f"http://127.0.0.1:{shut.getsockname()[1]}/"


@each(
    "words, comes",
    [
        (OK, True),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 9000\r\n\r\nshort", True),
        (b"HTTP/1.1 500 Oh\r\nConnection: close\r\n\r\n", False),
        (b"SSH-2.0-OpenSSH_9.2\r\n", False),
        (b"HTTP/1.1 302 Found\r\nLocation: gopher://x\r\n\r\n", False),
        (b"", False),
    ],
)
def test_whatever_it_answers_is_no_fault_of_ours(words: bytes, *, comes: bool) -> None:
    with Monitor(words).open() as url:
        assert asyncio.run(Ping(url)()) is comes


@each("url", [nobody(), "http://no-such-host.invalid/", "http://[/", ""])
def test_an_address_where_nobody_is_fails_and_raises_nothing(url: str) -> None:
    assert asyncio.run(Ping(url)()) is False


def test_who_answers_drop_by_drop_holds_nothing_and_is_asked_once_at_a_time() -> None:
    async def story(url: str) -> None:
        ping = Ping(url, patience=0.05)
        while not monitor.asked:
            assert await ping() is False
        assert [await ping() for _ in range(3)] == [False] * 3
        assert monitor.asked == 1
        monitor.go_on.set()
        while not await ping():  # it comes as soon as it is answered
            pass

    monitor = Monitor(OK[:-2] + b"X-Drip: ", b"drop\r\n\r\n")
    with monitor.open() as url:
        asyncio.run(story(url))


def test_who_never_ends_its_drops_is_left_and_asked_again() -> None:
    monitor = Dripping(OK, many=2)

    async def story(url: str) -> None:
        ping = Ping(url, patience=0.05, longest=0.1)
        while not await ping():
            pass

    with monitor.open() as url:
        asyncio.run(story(url))
    assert monitor.asked > 2
