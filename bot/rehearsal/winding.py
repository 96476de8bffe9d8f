"""Winding the clock: the bot lives through everything on the way, in order, as it would have."""

import asyncio
from datetime import datetime, timedelta

from bot.app import App
from storage.asked.due import next_moment

MOST_STOPS = 20_000


async def wind(app: App, to: datetime) -> None:
    """Move the clock to `to`, stopping at every moment when something is due."""
    for _ in range(MOST_STOPS):
        stop = await next_stop(app)
        if stop is None or stop > to:
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
