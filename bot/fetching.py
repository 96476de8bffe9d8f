"""One call to a web server with what comes with Python, over in whole time.

`urlopen`'s own limit is for each step, and a step is over with every drop: who answers drop by drop, and
never ends, would be listened to for ever.
"""

import io
import time
from functools import partial
from http.client import HTTPConnection, HTTPResponse, HTTPSConnection
from typing import Any
from urllib.request import HTTPHandler, HTTPSHandler, ProxyHandler, Request, build_opener

STEP_SECONDS = 5.0
"""For each step: to connect, to begin to answer, the next drop."""
MOST = 1_000_000
"""Bytes: nothing that we ask for is so long."""


def answer_of(asked: str | Request, seconds: float, *, direct: bool = False) -> HTTPResponse:
    """Ask, and return the answer when it has begun; what is left of it can be read for the rest of the time.

    Called in a thread that may block. `direct`: through no proxy. Raises urllib's HTTPError for 400 and up,
    itself an answer; OSError, HTTPException or ValueError where there is none, or none in time.
    """
    ends = time.monotonic() + seconds
    proxies = [ProxyHandler({})] if direct else []
    opener = build_opener(_Plain(ends), _Secret(ends), *proxies)
    answer: HTTPResponse = opener.open(asked, timeout=min(seconds, STEP_SECONDS))
    return answer


class _Plain(HTTPHandler):
    def __init__(self, ends: float) -> None:
        super().__init__()
        self._ends = ends

    def http_open(self, req: Request) -> HTTPResponse:
        return self.do_open(partial(_hurried, HTTPConnection, self._ends), req)


class _Secret(HTTPSHandler):
    def __init__(self, ends: float) -> None:
        super().__init__()
        self._ends = ends

    def https_open(self, req: Request) -> HTTPResponse:
        return self.do_open(partial(_hurried, HTTPSConnection, self._ends), req)


def _hurried(kind: type[HTTPConnection], ends: float, host: str, **how: Any) -> HTTPConnection:
    connection = kind(host, **how)
    connection.response_class = partial(_response, ends)  # type: ignore[assignment]  # it is only called
    return connection


def _response(ends: float, *given: Any, **how: Any) -> HTTPResponse:
    answer = HTTPResponse(*given, **how)
    answer.fp = io.BufferedReader(_InTime(answer.fp.detach(), ends))
    return answer


class _InTime(io.RawIOBase):
    """What comes in, until `ends`."""

    def __init__(self, drops: io.RawIOBase, ends: float) -> None:
        super().__init__()
        self._drops = drops
        self._ends = ends

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int | None:
        if time.monotonic() > self._ends:
            raise TimeoutError("it was not over in time")
        return self._drops.readinto(buffer)

    def close(self) -> None:
        self._drops.close()
        super().close()
