"""One table of commands for all platforms; a command is found however it is spelled."""

import unicodedata
from difflib import get_close_matches

from bot.domain.events import Commanded
from bot.domain.marks import bare
from bot.domain.reports.ranker import shorten
from bot.messages.model import Bullets, Message, Paragraph, Response, Say
from bot.messages.texts.base import fill
from bot.messages.texts.common import CommonTexts
from handlers import absence, language, school_calendar
from handlers.analysis import picking as analysis
from handlers.people import changing, strangers
from handlers.reports import current_state, search, weekly
from handlers.scene import Commands, OnCommand, Scene, say, scene_of
from handlers.schedules import forms as schedule_forms
from prompts.book import Prompts
from storage.unit import UnitOfWork

HELP = "hjälp"

LONGEST_SHOWN = 40
"""Characters of a command we do not know, when we say so."""

CLOSE_ENOUGH = 0.6
"""Likeness (0–1, difflib ratio) from which another command is proposed."""


def help_me(scene: Scene, _text: str) -> Response:
    """`/hjälp`: what the bot can do, and how to say it."""
    texts = scene.texts.common
    rows = tuple(f"/{name}: {what}" for name, what in texts.help_commands.items())
    blocks = (Paragraph(text=texts.help_intro), Bullets(items=rows), Paragraph(text=texts.help_talk))
    return Say(message=Message(title=texts.help_title, blocks=blocks))


COMMANDS: Commands = {
    HELP: help_me,
    **current_state.COMMANDS,
    **weekly.COMMANDS,
    **search.COMMANDS,
    **schedule_forms.COMMANDS,
    **absence.COMMANDS,
    **analysis.COMMANDS,
    **changing.COMMANDS,
    **school_calendar.COMMANDS,
    **language.COMMANDS,
}


def on_commanded(event: Commanded, unit: UnitOfWork, prompts: Prompts) -> Response:
    """Find the command: NFC and NFD, any case, with or without rings and dots; a typo gets a proposal."""
    scene = scene_of(event, unit, prompts)
    found = find(event.command, COMMANDS)
    if scene is None:
        stranger = strangers.stranger_of(event, unit, prompts)
        return strangers.turn_away(stranger, "help" if found is help_me else "press")
    if found is None:
        return say(_unknown(event.command, scene.texts.common))
    return found(scene, unicodedata.normalize("NFC", event.text).strip())


def find(command: str, table: Commands) -> OnCommand | None:
    wanted = bare(command)
    return next((on_command for name, on_command in table.items() if bare(name) == wanted), None)


def _unknown(command: str, texts: CommonTexts) -> str:
    """Propose the command that was probably meant, and the one that lists them all."""
    names = {bare(name): name for name in COMMANDS}
    close = get_close_matches(bare(command), names, n=1, cutoff=CLOSE_ENOUGH)
    meant = names[close[0]] if close else HELP
    shown = shorten(command, LONGEST_SHOWN)
    if meant == HELP:
        return fill(texts.unknown_command, command=shown)
    return fill(texts.close_command, command=shown, known=f"/{meant}")
