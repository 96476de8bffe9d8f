"""`nulage demo`: a whole round at Björkskolan, told in the terminal in about a minute by the real bot."""

import time
from collections.abc import Callable
from importlib.resources import files

from rich.console import Console
from rich.padding import Padding
from rich.panel import Panel
from rich.text import Text

from bot.rehearsal import example
from bot.rehearsal.teller import Teller, moment, steps_of
from bot.rehearsal.world import Heard, World
from prompts.book import load_prompts

BEAT = 0.9
"""Seconds between what people do: the story takes about a minute."""

NAMES = {slug: name.partition(" ")[0] for slug, name, _roles, _teams in example.PEOPLE}
EXPECTATIONS = ("bot i ", "bot till ", "formulär för ", "tyst ")


def tell(
    *, beat: float = BEAT, console: Console | None = None, pause: Callable[[float], None] = time.sleep
) -> None:
    """Play the story and show every line as it is said. Raises StoryFailed if the bot does not keep to it."""
    show = console or Console(highlight=False)
    steps = steps_of(files("prompts").joinpath("sv", "demo.txt").read_text(encoding="utf-8"))
    _, first = steps[0]
    with World(moment(first.removeprefix("klockan är ")), load_prompts()) as world:
        teller = Teller(world)
        for number, line in steps[1:]:
            teller.tell(number, line)
            if line.startswith(EXPECTATIONS):
                continue
            show.print(Text(_spoken(line), style="bold"))
            for heard in world.fresh:
                show.print(_bubble(heard))
            pause(beat)
    show.print(Text("Allt det här gjorde den riktiga boten, med en klocka som gick fort."))


def _spoken(line: str) -> str:
    who, _, rest = line.partition(" ")
    return f"{NAMES.get(who, who.capitalize())} {rest}"


def _bubble(heard: Heard) -> Padding:
    if heard.only_to or heard.room.startswith("@"):
        where = f"bara till {NAMES.get(heard.only_to or heard.room[1:], '')}"
    else:
        where = f"{heard.room}, i tråden" if heard.thread else heard.room
    return Padding(
        Panel(Text(heard.text), title=Text(f"Nuläge, {where}"), title_align="left", width=78), (0, 0, 0, 4)
    )
