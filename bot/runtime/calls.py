"""One look at a platform: bounded in time, and whatever breaks is an answer too."""

import asyncio

from bot.log import log
from bot.messages.delivery import DeliveryFailed, Platform, Unknowable
from bot.runtime.logs import named
from bot.runtime.verdicts import Look, Ready, without_store
from storage.post.inbox import StoreAway

LONGEST_CALL_SECONDS = 15.0
"""A platform that has not answered by then is in doubt; a lease is four times as long."""


async def look(platform: Platform, ready: Ready) -> Look:
    """Find out whether it arrived before anything else is done."""
    promised = ready.claimed.promised
    try:
        async with asyncio.timeout(LONGEST_CALL_SECONDS):
            return await platform.find(ready.place, key=promised.key, since=ready.claimed.since)
    except (DeliveryFailed, TimeoutError) as unanswered:
        return unanswered
    except StoreAway:
        return without_store()
    except Exception:
        log.exception("look_broke", action="courier.look_broke", key=named(promised.key))
        return Unknowable.UNKNOWABLE
