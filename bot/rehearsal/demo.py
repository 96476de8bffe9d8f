"""`nulage demo`: a whole round at Björkskolan, told in the terminal in about a minute by the real bot."""

import re
import time
from collections.abc import Callable
from importlib.resources import files

from rich.console import Console
from rich.padding import Padding
from rich.panel import Panel
from rich.rule import Rule
from rich.text import Text

from bot.rehearsal import example
from bot.rehearsal.teller import Teller, moment, steps_of
from bot.rehearsal.world import Heard, World
from prompts.book import load_prompts

BEAT = 0.9
"""Seconds between what people do: the story takes about a minute."""

WIDTH = 78
NAMES = {slug: name.partition(" ")[0] for slug, name, _roles, _teams in example.PEOPLE}
EXPECTATIONS = ("bot i ", "bot till ", "formulär för ", "tyst ")
TOLD = (
    (re.compile(r"(.+?) väljer (.+?) = (.+)"), r"\1 svarar på ”\2 …”: \3"),
    (re.compile(r"(.+?) skickar"), r"\1 skickar formuläret"),
    (re.compile(r"(.+?) direkt: (.+)"), r"\1 till boten: \2"),
)
"""How a step of the story is told to somebody who sees no form."""


def tell(
    *, beat: float = BEAT, console: Console | None = None, pause: Callable[[float], None] = time.sleep
) -> None:
    """Play the story and show every line as it is said. Raises StoryFailed if the bot does not keep to it."""
    show = console or Console(highlight=False)
    steps = steps_of(files("prompts").joinpath("sv", "demo.txt").read_text(encoding="utf-8"))
    _, first = steps[0]
    said: dict[str, str] = {}
    with World(moment(first.removeprefix("klockan är ")), load_prompts()) as world:
        teller = Teller(world)
        for number, line in steps[1:]:
            teller.tell(number, line)
            if line.startswith(EXPECTATIONS):
                continue
            show.print(_step(line))
            for heard in world.fresh:
                before = said.get(heard.reference, "")
                if fresh := _fresh(before, heard.text):
                    show.print(_bubble(heard, fresh, updated=bool(before)))
                if heard.reference:
                    said[heard.reference] = heard.text
            pause(beat)
    show.print(Text("Allt det här gjorde den riktiga boten, med en klocka som gick fort."))


def _step(line: str) -> Rule | Text:
    if line.startswith("klockan blir "):
        return Rule(line.removeprefix("klockan blir "), align="left")
    who, _, rest = line.partition(" ")
    told = f"{NAMES.get(who, who)} {rest}"
    for pattern, how in TOLD:
        told = pattern.sub(how, told)
    return Text(told, style="bold")


def _fresh(before: str, now: str) -> str:
    """What is new to the eye: a message that is updated in place shows its title and what has changed."""
    if not before:
        return now
    title, *rest = now.split("\n")
    changed = [line for line in rest if line not in before.split("\n")]
    return "\n".join((title, *changed)) if changed else ""


def _bubble(heard: Heard, text: str, *, updated: bool) -> Padding:
    if heard.only_to or heard.room.startswith("@"):
        where = f"bara till {NAMES.get(heard.only_to or heard.room[1:], '')}"
    else:
        where = f"{heard.room}, i tråden" if heard.thread else heard.room
    title = Text(f"Nuläge, {where}{', uppdaterat' if updated else ''}")
    return Padding(Panel(Text(text), title=title, title_align="left", width=WIDTH), (0, 0, 0, 4))
