"""The bot's way into Teams: the port `bot.messages.delivery.Platform`.

A long message is several posts: in a channel the later parts hang under the first. What has arrived is
remembered, and noted beside the message when it has several parts, since Teams keeps no key with a message
and shows a bot nothing of what stands: sent again, a part that stands is not posted anew.
"""

import time
from collections.abc import Callable
from datetime import datetime

from bot.domain.school import Account, Language, Place
from bot.messages.delivery import DeliveryFailed, Unknowable
from bot.messages.model import Message
from bot.platforms.spoken import Speaks, everybody_swedish
from bot.platforms.teams.install.references import References
from bot.platforms.teams.render.limits import of_card
from bot.platforms.teams.render.message import Payload, to_parts
from bot.platforms.teams.send.connector import Connector
from bot.platforms.teams.send.errors import TeamsRefused, in_its_words, ours
from bot.platforms.teams.send.posts import Posts
from bot.platforms.teams.send.spots import AccountOf, Spot, Spots
from bot.platforms.trails import Kept, Trail, Trails, digest

PLATFORM = "teams"
NO_TARGETING = {400, 405, 501}
"""What a conversation answers where nobody can be spoken to alone: to plain words too, and from the first."""


class TeamsPlatform:
    """Speaks in every tenant that has let the bot in. `clock` counts seconds, whatever the time is."""

    name = PLATFORM

    def __init__(  # noqa: PLR0913  the composition hands each piece over by name
        self,
        *,
        connector: Connector,
        references: References,
        account_of: AccountOf,
        clock: Callable[[], float] = time.monotonic,
        being_written: Callable[[Place, str], float] = lambda _place, _reference: 0.0,
        kept: Kept | None = None,
        speaks: Speaks = everybody_swedish,
    ) -> None:
        """`being_written`: seconds until it may be asked again whether a message can be changed.

        0 when it can: nobody has a form open in its place, with words that would go with it.
        `kept`: where the parts of long messages are noted; nowhere, but in this process, without it.
        """
        self._being_written = being_written
        self._speaks = speaks
        self._spots = Spots(connector, references, account_of, clock)
        self._posts = Posts(connector)
        self._trails = Trails(kept)

    async def send(self, message: Message, place: Place, *, key: str, replacing: str | None = None) -> str:
        spot = await self._spots.of(place)
        alone = place.only_to is not None and _is_shared(place)
        trail = self._trails.of(place, key=key, replacing=None if alone else replacing)
        if replacing and not alone:
            await self._trails.recall(trail)
            trail.to_replace(replacing, spot.thread)
            if wait := max(self._being_written(place, part.id) for part in trail.parts.values()):
                raise DeliveryFailed("later", "somebody writes there", wait, alone=True)
            self._posts.must_be_free(spot)
        await self._said(message, place, spot, trail)
        return self._trails.said(trail)

    async def find(self, place: Place, *, key: str, since: datetime) -> str | Unknowable | None:  # noqa: ARG002  nothing can be looked for, since whenever
        """What is known of it. There is no key to look for, and no history to read: Unknowable.

        Raises DeliveryFailed("later") when what is known cannot be read.
        """
        trail = self._trails.of(place, key=key)
        await self._trails.recall(trail)
        return trail.whole or Unknowable.UNKNOWABLE

    async def _said(self, message: Message, place: Place, spot: Spot, trail: Trail) -> None:
        """Say it where only one person sees it, or in their own chat where Teams cannot do that."""
        try:
            await self._spoken(message, spot, trail)
        except TeamsRefused as refused:
            if not spot.account or refused.status not in NO_TARGETING or trail.parts:
                raise
            await self._spoken(message, await self._spots.in_person(place, spot), trail)

    async def _spoken(self, message: Message, spot: Spot, trail: Trail) -> None:
        """Say it there. What is refused is said of the place or of the person, whichever it is about."""
        try:
            await self._lay(message, spot, trail)
        except TeamsRefused as refused:
            told = refused if spot.account else in_its_words(refused, private=spot.private)
            if told is refused:
                raise
            await self._spots.forget_chat(spot)
            raise told from refused

    def _read_by(self, spot: Spot) -> Language:
        """The language of its only reader; where there are several, Swedish is what they share."""
        user = f"{spot.reference.tenant}/{spot.reader}"
        return self._speaks(Account(platform=PLATFORM, user=user)) if spot.reader else "sv"

    async def _lay(self, message: Message, spot: Spot, trail: Trail) -> None:
        """Say it as well as Teams takes it: what it refuses is said once more in plain words.

        To one person alone, whole: what stands of a line that one person sees cannot be changed.
        """
        language = self._read_by(spot)
        parts, plain = (to_parts(message, native=native, language=language) for native in (True, False))
        try:
            await self._all(parts, spot, trail)
        except TeamsRefused as refused:
            if refused.how != "content" or plain == parts:
                raise
            if spot.account:
                trail.parts.clear()
            await self._all(plain, spot, trail)

    async def _all(self, parts: tuple[Payload, ...], spot: Spot, trail: Trail) -> None:
        if any(part.card and of_card(part.card) for part in parts):
            raise ours("over_a_limit")
        if len(parts) > 1:
            await self._trails.recall(trail)
        trail.of = len(parts)
        for number, part in enumerate(parts, 1):
            says, standing = digest(part.model_dump_json()), trail.parts.get(number)
            if standing and standing.says in {None, says}:
                continue
            put = await self._posts.put(part, spot if number == 1 else _under(spot, trail), standing)
            trail.parts[number] = put._replace(says=says)
            await self._trails.note(trail)
        for surplus in [number for number in trail.parts if number > len(parts)]:
            await self._posts.remove(spot, trail.parts[surplus])
            del trail.parts[surplus]
            await self._trails.note(trail)


def _under(spot: Spot, trail: Trail) -> Spot:
    """Where the later parts go: in a channel, under the first, so that nothing comes between them."""
    if spot.reference.kind != "channel" or spot.account:
        return spot
    first = trail.parts[1]
    return spot._replace(thread=first.thread or first.id)


def _is_shared(place: Place) -> bool:
    """Whether others than one person are there."""
    return not place.address.partition("/")[2].startswith("@")
