"""A chart as a picture in Slack: drawn by us, uploaded once, shown by its id."""

import asyncio

from bot.log import log
from bot.messages.delivery import DeliveryFailed
from bot.messages.drawing import png
from bot.messages.model import Chart, Message
from bot.platforms.slack.send.calls import Calls, Spot
from bot.platforms.slack.send.client import Web
from bot.platforms.slack.send.uploads import SCOPE, File, upload

FILE = "diagram.png"
MOST_KEPT = 500


class Pictures:
    """Which file shows which chart, in each workspace. A picture that cannot be had is done without."""

    def __init__(self, calls: Calls, web: Web) -> None:
        self._calls = calls
        self._web = web
        self._kept: dict[tuple[str, Chart], str] = {}

    async def of(self, message: Message, spot: Spot) -> dict[Chart, str]:
        """The file of every chart in a message, uploaded now where it is new."""
        if SCOPE not in spot.workspace.scopes:
            return {}
        found = {}
        for chart in (block for block in message.blocks if isinstance(block, Chart)):
            file = self._kept.get((spot.team, chart)) or await self._uploaded(chart, spot)
            if file:
                found[chart] = file
        return found

    def forget(self, message: Message, spot: Spot) -> None:
        """Slack would not show them: upload anew another time."""
        for block in message.blocks:
            if isinstance(block, Chart):
                self._kept.pop((spot.team, block), None)

    async def _uploaded(self, chart: Chart, spot: Spot) -> str | None:
        """Shown nowhere but in the message."""
        try:
            drawing = await asyncio.to_thread(png, chart)
            file = await upload(self._calls, self._web, spot, File(FILE, chart.title, drawing, chart.alt))
        except (DeliveryFailed, ValueError) as problem:
            log.info("no_picture", action="slack.no_picture", team=spot.team, code=type(problem).__name__)
            return None
        if len(self._kept) >= MOST_KEPT:
            self._kept.clear()
        self._kept[spot.team, chart] = file
        return file
