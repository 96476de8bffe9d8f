"""The bot's way into Slack: the port `bot.messages.delivery.Platform`.

A long message is several posts. Each part carries the key, its number and how many there are, and
what has arrived is remembered, and noted beside the message when it has several parts: sent again, a part
that stands is not posted anew.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable
from datetime import datetime

from bot.domain.school import Account, Language, Place
from bot.domain.value import PersonId
from bot.messages.delivery import Unknowable
from bot.messages.model import Message
from bot.platforms.pace import Pace
from bot.platforms.slack.install.workspaces import Workspaces
from bot.platforms.slack.parse.ids import PLATFORM
from bot.platforms.slack.render.limits import of_message
from bot.platforms.slack.render.message import Payload, to_parts
from bot.platforms.slack.send.calls import Calls, Spot
from bot.platforms.slack.send.client import Web
from bot.platforms.slack.send.errors import SlackRefused, refusal
from bot.platforms.slack.send.files import Files
from bot.platforms.slack.send.pictures import Pictures
from bot.platforms.slack.send.posts import Post, Posts
from bot.platforms.slack.send.seeking import seek
from bot.platforms.slack.send.spots import Spots
from bot.platforms.slack.send.trails import mark
from bot.platforms.slack.send.uploads import File
from bot.platforms.spoken import Speaks, everybody_swedish
from bot.platforms.trails import Kept, Standing, Trail, Trails, digest
from bot.platforms.troubles import UNREACHABLE

AccountOf = Callable[[PersonId, str], Awaitable[str | None]]
"""The Slack user of a person in a team, if they have one there."""

Part = Payload | File
"""What a message comes to: its words, and then what it holds as files."""

PICTURE_READY = 1.5
"""Seconds until Slack can show a file that was just uploaded (python-slack-sdk#1521)."""


class SlackPlatform:
    """Speaks in every workspace that is connected."""

    name = PLATFORM

    def __init__(  # noqa: PLR0913  the composition hands each piece over by name
        self,
        *,
        web: Web,
        workspaces: Workspaces,
        account_of: AccountOf,
        calls: Calls | None = None,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        kept: Kept | None = None,
        speaks: Speaks = everybody_swedish,
    ) -> None:
        """`kept`: where the parts of long messages are noted; only in this process without it."""
        self._speaks = speaks
        self._account_of = account_of
        self._sleep = sleep
        self._calls = calls or Calls(Pace(time.monotonic, sleep))
        self._spots = Spots(web, workspaces, self._calls)
        self._pictures = Pictures(self._calls, web)
        self._posts = Posts(self._calls)
        self._files = Files(self._calls, web)
        self._trails = Trails(kept)

    async def send(self, message: Message, place: Place, *, key: str, replacing: str | None = None) -> str:
        spot = await self._spots.of(place)
        user = await self._user(place, spot)
        trail = await self._trail(place, key, None if user else replacing)
        if replacing and not user:
            self._posts.must_be_free(spot)
        try:
            await self._lay(message, Post(spot, key, user, self._read_by(place, spot, user)), trail)
        except SlackRefused as refused:
            raise self._in_person(refused, spot) from refused
        return self._trails.said(trail)

    async def find(self, place: Place, *, key: str, since: datetime) -> str | Unknowable | None:
        """Look for a message that may have arrived: where we noted it, else in a channel that we may read."""
        spot = await self._spots.of(place)
        trail = self._trails.of(place, key=key)
        await self._trails.recall(trail)
        if trail.whole:
            return trail.whole
        if place.only_to and not spot.private:
            return Unknowable.UNKNOWABLE
        return await seek(self._calls, spot, key, since, trail)

    async def _trail(self, place: Place, key: str, replacing: str | None) -> Trail:
        trail = self._trails.of(place, key=key, replacing=replacing)
        if replacing:
            await self._trails.recall(trail)
            trail.to_replace(replacing)
        return trail

    async def _user(self, place: Place, spot: Spot) -> str:
        """Whom a line in a shared place is for; nobody in particular when it is empty."""
        if place.only_to is None or spot.private:
            return ""
        user = await self._account_of(place.only_to, spot.team)
        if user is None:
            raise refusal("no_account", creates=False)
        return user

    def _read_by(self, place: Place, spot: Spot, user: str) -> Language:
        """The language of its only reader; where there are several, Swedish is what they share."""
        alone = user or (place.address.rpartition("@")[2] if spot.private else "")
        return self._speaks(Account(platform=PLATFORM, user=f"{spot.team}/{alone}")) if alone else "sv"

    async def _lay(self, message: Message, post: Post, trail: Trail) -> None:
        """Say it as well as Slack takes it: what it refuses is said once more in plain words.

        A file cannot be changed. What replaces something is therefore words, and no file of ours is replaced:
        whoever asks for one anew is given another message.
        """
        pictures = await self._pictures.of(message, post.spot)
        files = () if trail.told.replacing else await self._files.of(message, post)
        again = [(PICTURE_READY, True)] if pictures else []
        code = ""
        for pause, native in ((0.0, True), *again, (0.0, False)):
            if pause:
                await self._sleep(pause)
            if pictures and not native:
                self._pictures.forget(message, post.spot)
            sent = files if native else ()
            parts = to_parts(
                message, native=native, pictures=pictures, files=bool(sent), language=post.language
            )
            try:
                return await self._all((*parts, *sent), post, trail, marked="metadata" not in code)
            except SlackRefused as refused:
                if refused.how != "content":
                    raise
                code = refused.code
        raise refusal(code, creates=True)

    async def _all(self, parts: tuple[Part, ...], post: Post, trail: Trail, *, marked: bool) -> None:
        if any(isinstance(part, Payload) and of_message(part.text, part.blocks) for part in parts):
            raise refusal("over_a_limit", creates=False)
        if len(parts) > 1:
            await self._trails.recall(trail)
        again = bool(trail.parts)
        trail.of = len(parts)
        for number, part in enumerate(parts, 1):
            says, standing = _says(part), trail.parts.get(number)
            if standing and standing.says in {None, says}:
                continue
            if isinstance(part, File):
                ts = await self._files.share(part, post, below=trail.parts[1].id if again else "")
            else:
                metadata = mark(post.key, number, len(parts)) if marked else None
                ts = await self._posts.put(part, post, standing.id if standing else None, metadata)
            trail.parts[number] = Standing(ts, says)
            await self._trails.note(trail)
        for surplus in [number for number in trail.parts if number > len(parts)]:
            await self._posts.remove(post, trail.parts[surplus].id)
            del trail.parts[surplus]
            await self._trails.note(trail)

    def _in_person(self, refused: SlackRefused, spot: Spot) -> SlackRefused:
        """A chat with one person is no channel to be invited to: it is the person who is out of reach."""
        if not spot.private or refused.trouble.reach != "place" or refused.how != "refused":
            return refused
        self._spots.forget(spot)
        return SlackRefused(refused.code, UNREACHABLE)


def _says(part: Part) -> str:
    """A mark of what a part says, to know it again by."""
    return digest(part.model_dump_json() if isinstance(part, Payload) else part.name)
