"""What a refusal of Graph's means: one table. Nothing is tried again here."""

from collections.abc import Mapping
from typing import NamedTuple

import httpx

from bot.platforms.graph.port import GraphRefused, How
from bot.platforms.pace import rest_of

MOST_SECONDS = 24 * 3600.0
"""Longer than this nobody is told to wait: a header that says more is not believed."""


class Refusal(NamedTuple):
    """What Graph answered: its status, its own word for it, and its headers in lower case."""

    status: int
    code: str
    headers: Mapping[str, str]


BY_STATUS: dict[int, How] = {
    400: "content",
    401: "stopped",
    402: "consent",
    403: "consent",
    404: "gone",
    405: "content",
    408: "doubt",
    409: "content",
    410: "gone",
    412: "held",
    413: "content",
    415: "content",
    422: "content",
    423: "held",
    429: "later",
    500: "doubt",
    501: "content",
    502: "doubt",
    503: "later",
    504: "doubt",
    507: "held",
    509: "later",
}
"""Graph, Error responses. 408 and 5xx may have done it: only 503 and 507 say that they did not."""

BY_CODE: dict[str, How] = {
    "MailboxNotEnabledForRESTAPI": "gone",
    "MailboxNotSupportedForRESTAPI": "gone",
    "ResourceNotFound": "gone",
    "ErrorInvalidUser": "gone",
}
"""What the status alone says wrongly: somebody without a mailbox of their own is no fault of ours."""

NOT_GRAPH = "not_graph"
"""Our word for a refusal that comes as a page: Graph's are JSON, so some proxy on the way said it."""

NOT_ENTRA = "not_entra"
"""The same at the log-in, where some other page is in the answer's place."""

LATER_AT_LOGIN = frozenset({408, 429, 500, 502, 503, 504})


def refused(refusal: Refusal) -> GraphRefused:
    """Return what is to be made of a refusal. What never reached Graph is surely not done."""
    if _is_a_proxys(refusal):
        return GraphRefused("later", NOT_GRAPH, _wait(refusal.headers))
    how = BY_CODE.get(refusal.code) or BY_STATUS.get(refusal.status) or _of_family(refusal.status)
    return GraphRefused(how, refusal.code or str(refusal.status), _wait(refusal.headers))


def refused_login(status: int, code: str, headers: Mapping[str, str]) -> GraphRefused:
    """Return what is to be made of Entra's no: the key is wrong, or the tenant has not let us in.

    `code` is "" where the answer was no JSON object.
    """
    if status in LATER_AT_LOGIN:
        return GraphRefused("later", code or str(status), _wait(headers))
    return GraphRefused("stopped", code) if code else GraphRefused("later", NOT_ENTRA)


def lost(problem: httpx.HTTPError) -> GraphRefused:
    """Return what is to be made of no answer: it surely never left us, or it may have been done."""
    never = isinstance(problem, httpx.ConnectError | httpx.ConnectTimeout | httpx.PoolTimeout)
    return GraphRefused("later" if never else "doubt", type(problem).__name__)


def _is_a_proxys(refusal: Refusal) -> bool:
    """Of a page with an error of the server's nobody knows who saw the call first."""
    page = "html" in refusal.headers.get("content-type", "")
    return refusal.status == httpx.codes.PROXY_AUTHENTICATION_REQUIRED or (
        page and refusal.status < httpx.codes.INTERNAL_SERVER_ERROR
    )


def _of_family(status: int) -> How:
    return "doubt" if status >= httpx.codes.INTERNAL_SERVER_ERROR else "content"


def _wait(headers: Mapping[str, str]) -> float:
    return rest_of(headers.get("retry-after"), most=MOST_SECONDS)
