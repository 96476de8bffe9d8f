"""Winding the clock: the bot lives through everything on the way, in order, as it would have."""

import asyncio
from datetime import datetime, timedelta

from bot.app import App
from storage.asked.due import next_moment

MOST_STOPS = 20_000
A_MINUTE = timedelta(seconds=59)
"""What who winds to a quarter past means: the clock runs on meanwhile, and what follows from a question at a
quarter past may be due some milliseconds after it."""


async def wind(app: App, to: datetime, within: timedelta = timedelta(0)) -> None:
    """Move the clock to `to`, stopping whenever something is due, and at what is due `within` after it."""
    for _ in range(MOST_STOPS):
        stop = await next_stop(app)
        if stop is None or stop > to + within:
            break
        app.clock.wind_to(max(stop, app.clock.now()))
        await app.tick()
        await app.settle()
        if await next_stop(app) == stop:  # nothing took it: go on rather than stand still
            app.clock.wind_to(app.clock.now() + timedelta(minutes=1))
    app.clock.wind_to(max(to, app.clock.now()))
    await app.tick()
    await app.settle()


async def next_stop(app: App) -> datetime | None:
    """When something will next happen by itself."""
    return await asyncio.wrap_future(app.dispatcher.run(next_moment))
