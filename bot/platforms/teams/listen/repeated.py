"""What nobody waits for an answer to: words, commands, and what happened to a place.

What was not taken may be sent again, or not: Teams promises nothing, and counts no tries. So it is kept
here as well, until it can be taken, and whoever wrote it is told once.
"""

from collections import OrderedDict
from collections.abc import Awaitable, Callable
from functools import partial

from bot.messages.model import Quiet, Response, Say
from bot.platforms.copies import Copies
from bot.platforms.teams.listen import words
from bot.platforms.teams.listen.answers import AGAIN, OK
from bot.platforms.teams.listen.guard import Answer
from bot.platforms.teams.parse.values import Heard
from bot.platforms.unsaved import ACTS, GiveUp, Unsaved, given_up, is_for_us

MOST_KEPT = 1000
"""What fell over and may come again; of more than that, the oldest is taken for new."""

Effect = Callable[[Heard], Awaitable[Response | None]]
"""Has its effect on disk; None when it could not be saved."""


class FellOver(Exception):
    """A fault of ours, in what nobody waits for: only Teams may bring it again."""


class Repeated:
    """Takes each once. `follow` says beside the answer what it came to."""

    def __init__(self, effect: Effect, give_up: GiveUp, follow: Callable[[Heard, Response], None]) -> None:
        self._effect = effect
        self._give_up = give_up
        self._follow = follow
        self._copies = Copies()
        self._tries: OrderedDict[str, int] = OrderedDict()
        self._told: OrderedDict[str, None] = OrderedDict()
        self.unsaved = Unsaved("teams")

    async def take(self, heard: Heard) -> Answer:
        """Answer Teams: 200 means that it is on disk."""
        tries = self._tries.pop(heard.event.id, 0)
        try:
            if await self._taken(heard, last=tries > 0):
                return Answer(OK)
        except FellOver:
            return Answer(AGAIN)
        self._tries[heard.event.id] = tries + 1
        _bound(self._tries)
        self.unsaved.keep(heard.event.id, partial(self._again, heard), partial(self._lose, heard))
        if tries:
            self._tell(heard)
        return Answer(AGAIN)

    async def _again(self, heard: Heard) -> bool:
        """It waited for the store; while that is away still, its writer is told."""
        try:
            taken = await self._taken(heard, last=True)
        except FellOver:
            return True
        if not taken:
            self._tell(heard)
        return taken

    async def _taken(self, heard: Heard, *, last: bool) -> bool:
        saved, response = await self._copies.first(heard.event.id, lambda: self._come_to(heard, last=last))
        if isinstance(response, Quiet) and heard.event.id in self._told:
            response = Say(message=words.TAKEN)
        if response is not None and not isinstance(response, Quiet):
            self._follow(heard, response)
        return saved

    async def _come_to(self, heard: Heard, *, last: bool) -> Response | None:
        """None when it should be tried again, and no word when it already has had its effect."""
        match await self._effect(heard):
            case Say(became="failed") as sorry if isinstance(heard.event, ACTS):  # they are told at once
                return sorry
            case Say(became="failed") if heard.way.surface == "none":
                raise FellOver
            case Say(became="failed") as sorry:
                return await given_up(self._give_up, heard.event, sorry, "teams") if last else None
            case Say(became="already"):
                return Quiet()
            case response:
                return response

    def _tell(self, heard: Heard) -> None:
        """Once: it could not be saved yet, and is kept."""
        if heard.event.id in self._told or not _for_us(heard):
            return
        self._told[heard.event.id] = None
        _bound(self._told)
        self._follow(heard, Say(message=words.KEPT, became="failed"))

    def _lose(self, heard: Heard) -> None:
        """It is kept no longer; Teams may send it again, or not."""
        if _for_us(heard):
            self._follow(heard, Say(message=words.LOST, became="failed"))


def _for_us(heard: Heard) -> bool:
    return is_for_us(heard.event, private=heard.way.private)


def _bound(kept: OrderedDict[str, int] | OrderedDict[str, None]) -> None:
    while len(kept) > MOST_KEPT:
        kept.popitem(last=False)
