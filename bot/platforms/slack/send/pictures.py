"""A chart as a picture in Slack: drawn here with a font of our own, uploaded once, shown by its id."""

import asyncio

import structlog
from aiohttp import ClientError
from font_source_sans_pro import font_files_ttf
from resvg_py import svg_to_bytes

from bot.messages.charts import svg
from bot.messages.delivery import DeliveryFailed
from bot.messages.model import Chart, Message
from bot.platforms.slack.render.escape import brief
from bot.platforms.slack.send.calls import Calls, Spot
from bot.platforms.slack.send.client import Web

SCOPE = "files:write"
FAMILY = "Source Sans Pro"
FONTS = [font_files_ttf[name] for name in ("SourceSansPro", "SourceSansProBold")]
SHARP = 2.0
"""Twice the size of the drawing: screens have two points for one."""
FILE = "diagram.png"
MOST_KEPT = 500
LONGEST_ALT = 1000

log = structlog.get_logger()


def png(chart: Chart) -> bytes:
    """Draw a chart. No font of the machine is counted on: there may be none, and words would vanish."""
    drawing = svg_to_bytes(
        svg_string=svg(chart),
        font_files=FONTS,
        font_family=FAMILY,
        sans_serif_family=FAMILY,
        skip_system_fonts=True,
        zoom=SHARP,
        background="#ffffff",
    )
    return bytes(drawing)


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
        try:
            file = await self._upload(chart, await asyncio.to_thread(png, chart), spot)
        except (DeliveryFailed, ClientError, TimeoutError, OSError, ValueError) as problem:
            log.info("no_picture", action="slack.no_picture", team=spot.team, code=type(problem).__name__)
            return None
        if len(self._kept) >= MOST_KEPT:
            self._kept.clear()
        self._kept[spot.team, chart] = file
        return file

    async def _upload(self, chart: Chart, drawing: bytes, spot: Spot) -> str:
        """Ask where to, send it there, and say that it is whole. It is shown nowhere but in the message."""
        ask, done = spot.client.files_getUploadURLExternal, spot.client.files_completeUploadExternal
        ticket = await self._calls.make(
            spot,
            "files.getUploadURLExternal",
            ask,
            {"filename": FILE, "length": len(drawing), "alt_txt": brief(chart.alt, LONGEST_ALT)},
        )
        file = str(ticket.get("file_id"))
        async with self._web.session.post(str(ticket.get("upload_url")), data=drawing) as answer:
            answer.raise_for_status()
        held = [{"id": file, "title": brief(chart.title, LONGEST_ALT)}]
        await self._calls.make(spot, "files.completeUploadExternal", done, {"files": held})
        return file
