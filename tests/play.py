"""The stage that tests play on: `bot.rehearsal.world`, with the prompts read once for a process."""

from datetime import datetime
from functools import cache

from bot.rehearsal.world import Heard, buttons_of
from bot.rehearsal.world import World as RehearsalWorld
from prompts.book import Prompts, load_prompts

__all__ = ["Heard", "World", "buttons_of", "prompts"]


@cache
def prompts() -> Prompts:
    """The prompts; they are frozen."""
    return load_prompts()


class World(RehearsalWorld):
    """Björkskolan on the terminal platform, in memory unless `url` says otherwise."""

    def __init__(self, start: datetime, url: str = "sqlite://") -> None:
        super().__init__(start, prompts(), url)
