"""One file to Slack: ask where to, send it there, and say that it is whole (Slack, Working with files)."""

from typing import NamedTuple

from bot.platforms.legible import brief
from bot.platforms.slack.send.calls import Calls, Spot
from bot.platforms.slack.send.client import Web
from bot.platforms.slack.send.errors import BROKEN, refusal

SCOPE = "files:write"
LONGEST_ALT = 1000


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
    try:
        async with web.session.post(str(ticket.get("upload_url")), data=file.content) as answer:
            answer.raise_for_status()
    except BROKEN as broken:
        raise refusal("request_timeout", creates=False) from broken
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
