"""One file to Slack: ask where to, send it there, and say that it is whole (Slack, Working with files)."""

from http import HTTPStatus
from typing import NamedTuple

from aiohttp import ClientResponseError

from bot.platforms.legible import brief
from bot.platforms.slack.send.calls import Calls, Spot
from bot.platforms.slack.send.client import Web
from bot.platforms.slack.send.errors import BROKEN, SlackRefused
from bot.platforms.troubles import AWAY, CONTENT

SCOPE = "files:write"
LONGEST_ALT = 1000
SHUT = "upload_shut"
"""Our word for files.slack.com not answering: many a firewall lets slack.com through alone."""
PASSING = {HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_MANY_REQUESTS}


class File(NamedTuple):
    """What is sent: its name, its title in Slack, and (for a picture) what it shows, in words."""

    name: str
    title: str
    content: bytes
    alt: str = ""


async def upload(calls: Calls, web: Web, spot: Spot, file: File, *, share: bool = False) -> str:
    """Send a file and return its id. With `share` it stands in the spot's channel; else nowhere by itself.

    Raises SlackRefused; no answer to sharing leaves a doubt, and nothing else does.
    """
    asked: dict[str, object] = {"filename": file.name, "length": len(file.content)}
    if file.alt:
        asked["alt_txt"] = brief(file.alt, LONGEST_ALT)
    ask, done = spot.client.files_getUploadURLExternal, spot.client.files_completeUploadExternal
    ticket = await calls.make(spot, "files.getUploadURLExternal", ask, asked)
    key = str(ticket.get("file_id"))
    await _put(web, str(ticket.get("upload_url")), file.content)
    held: dict[str, object] = {"files": [{"id": key, "title": brief(file.title, LONGEST_ALT)}]}
    if share:
        held["channel_id"] = spot.channel
        if spot.thread:
            held["thread_ts"] = spot.thread
    await calls.make(
        spot,
        "files.completeUploadExternal",
        done,
        held,
        creates=share,
        lane=spot.channel if share else "",
    )
    return key


async def _put(web: Web, address: str, content: bytes) -> None:
    """Send the bytes where Slack wants them. Raises SlackRefused: nothing of them is anywhere then."""
    try:
        async with web.session.post(address, data=content) as answer:
            answer.raise_for_status()
    except ClientResponseError as said:
        refused = said.status < HTTPStatus.INTERNAL_SERVER_ERROR and said.status not in PASSING
        trouble = CONTENT if refused else AWAY.of(creates=False)
        raise SlackRefused(f"upload_{said.status}" if refused else SHUT, trouble) from said
    except BROKEN as broken:
        raise SlackRefused(SHUT, AWAY.of(creates=False)) from broken
