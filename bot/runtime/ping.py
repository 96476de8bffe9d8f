"""The dead man's switch: somebody elsewhere is told that we live, and notices when we no longer say so."""

import asyncio
from urllib.error import URLError
from urllib.request import urlopen

from bot.log import log

PATIENCE_SECONDS = 5.0


async def ping(url: str) -> bool:
    """Fetch `url`, and nothing more: what it answers is of no interest. False when it could not be had."""
    try:
        await asyncio.to_thread(_fetch, url)
    except (URLError, OSError, ValueError) as problem:
        log.warning("ping_failed", action="heartbeat.ping_failed", kind=type(problem).__name__)
        return False
    return True


def _fetch(url: str) -> None:
    with urlopen(url, timeout=PATIENCE_SECONDS):  # noqa: S310  the settings take nothing but http and https
        pass
