"""A server that answers drop by drop and never ends, until it is told to answer whole."""

import json
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

from tests.waiting import DEADLINE

DROP_SECONDS = 0.01
IN_ITS_HEAD = b"HTTP/1.1 200 OK\r\nX-Drip: "
IN_ITS_BODY = b"HTTP/1.1 200 OK\r\nContent-Length: 900000\r\n\r\n"


class Dripping:
    """The first `many` who ask hear `begins` and then drops; whoever comes after them hears `whole`."""

    def __init__(self, whole: bytes, *, many: int, begins: bytes = IN_ITS_HEAD) -> None:
        self.asked = 0
        self.left = 0
        self._whole, self._many, self._begins = whole, many, begins
        self._over = threading.Event()
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._socket.getsockname()[1]}"
        self._threads = [threading.Thread(target=self._accept)]

    def _accept(self) -> None:
        with suppress(OSError):  # it is shut
            while True:
                line, _ = self._socket.accept()
                self._threads.append(threading.Thread(target=self._answer, args=(line,)))
                self._threads[-1].start()

    def _answer(self, line: socket.socket) -> None:
        with line, suppress(OSError):
            line.settimeout(DEADLINE)
            line.recv(65536)
            self.asked += 1
            if self.asked > self._many:
                line.sendall(self._whole)
                line.shutdown(socket.SHUT_WR)
                while line.recv(65536):  # or what it had left to say would cut off what it hears
                    pass
                return
            try:
                line.sendall(self._begins)
                while not self._over.wait(DROP_SECONDS):
                    line.sendall(b"x")
            except OSError:
                self.left += 1

    @contextmanager
    def open(self) -> Iterator[str]:
        self._threads[0].start()
        try:
            yield self.url
        finally:
            self._over.set()
            self._socket.shutdown(socket.SHUT_RDWR)
            self._socket.close()
            for one in self._threads:
                one.join()


def json_answer(body: Any) -> bytes:
    words = json.dumps(body).encode()
    return b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: %d\r\n\r\n%b" % (len(words), words)
