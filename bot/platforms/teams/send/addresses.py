"""Where our token may travel: an activity's `serviceUrl` is a claim, and so are the ids that came with it."""

from collections.abc import Collection
from urllib.parse import quote, urlsplit

from bot.platforms.links import is_here
from bot.platforms.teams.send.errors import ours

HOSTS = frozenset({"smba.trafficmanager.net"})
DOMAINS = (
    ".teams.microsoft.com",
    ".teams.microsoft.us",
    ".botframework.com",
    ".botframework.us",
    ".botframework.azure.us",
    ".botframework.azure.cn",
)
"""Microsoft's own. Anybody may have a name under `trafficmanager.net`: one of them is Teams'."""

LONGEST_ID = 500
HTTPS = 443


def checked(service_url: str, stand_ins: Collection[str] = ()) -> str:
    """Return the address without its last slash. Raises TeamsRefused for one that is not Teams'.

    `stand_ins` are hosts (or `host:port`) that settings name: a test's own, or the Playground's. Only on
    this machine may they do without TLS.
    """
    try:
        url = urlsplit(service_url)
        host, port = (url.hostname or "").casefold(), url.port
    except ValueError:
        raise ours("not_their_address") from None
    if "@" in url.netloc or url.query or url.fragment or not host:
        raise ours("not_their_address")
    stands_in = host in stand_ins or url.netloc.casefold() in stand_ins
    theirs = (host in HOSTS or host.endswith(DOMAINS)) and port in {None, HTTPS}
    safe = url.scheme == "https" or (url.scheme == "http" and stands_in and is_here(host))
    if not safe or not (theirs or stands_in):
        raise ours("not_their_address")
    return service_url.rstrip("/")


def segment(name: str) -> str:
    """One part of a path: an id can never climb out of it, nor begin a query."""
    if not name or len(name) > LONGEST_ID or set(name) <= {"."}:
        raise ours("unknown_place")
    return quote(name, safe=":@;=,")
