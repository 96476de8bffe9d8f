"""Addresses of the web: whither a link leads, before anybody follows it, and whether that is this machine."""

from ipaddress import ip_address
from urllib.parse import urlsplit

LONGEST = 2000
"""Characters; no chat takes a much longer one."""


def host_of(link: str | None) -> str:
    """Where a link leads, when it leads out on the web; empty for what only another platform follows."""
    if not link or not link.isprintable() or " " in link or len(link) > LONGEST:
        return ""
    try:
        parts = urlsplit(link)
    except ValueError:
        return ""
    return (parts.hostname or "") if parts.scheme in {"http", "https"} else ""


def is_here(host: str) -> bool:
    """Whether a host is this machine, whatever names it has elsewhere."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
