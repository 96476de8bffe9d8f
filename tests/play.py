"""The stage that tests play on: `bot.rehearsal.world`, with the prompts read once for a process."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import TypeVar

from bot.rehearsal.teller import Stage, Teller, moment, steps_of
from bot.rehearsal.world import Heard, buttons_of
from bot.rehearsal.world import World as RehearsalWorld
from prompts.book import Prompts, load_prompts

__all__ = ["Heard", "World", "buttons_of", "play", "prompts"]

S = TypeVar("S", bound=Stage)


@cache
def prompts() -> Prompts:
    """The prompts; they are frozen."""
    return load_prompts()


def play(story: Path, stage: Callable[[datetime], AbstractContextManager[S]]) -> S:
    """Tell a whole story on a stage of its own, which opens at the moment the first line says."""
    told = steps_of(story.read_text(encoding="utf-8"))
    with stage(moment(told[0][1].removeprefix("klockan är "))) as world:
        teller = Teller(world)
        for number, line in told[1:]:
            teller.tell(number, line)
    return world


class World(RehearsalWorld):
    """Björkskolan on the terminal platform, in memory unless `url` says otherwise."""

    def __init__(self, start: datetime, url: str = "sqlite://") -> None:
        super().__init__(start, prompts(), url)
