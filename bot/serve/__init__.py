"""Real work: settings in, a bot that serves Slack or Teams (or both) out, until it is told to stop.

Here the pieces are put together and taken apart again; what they do is said where they live. A platform's
libraries are imported only when its section of the settings is filled in.
"""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING

import typer

from bot.runtime.clock import Clock
from bot.runtime.port import listen
from bot.settings import Settings, SettingsRefused

if TYPE_CHECKING:
    from storage.store import Store

NOTHING_ON = (
    "Ingen chatt är påslagen. För Slack: fyll i NULAGE_SLACK__BOT_TOKEN och NULAGE_SLACK__SIGNING_SECRET. "
    "För Teams: fyll i NULAGE_TEAMS__CLIENT_ID, NULAGE_TEAMS__CLIENT_SECRET och NULAGE_TEAMS__TENANT_ID. "
    "Kommandona `nulage slack manifest` och `nulage teams package` hjälper er på vägen. "
    "Vill ni bara prova: `nulage provrum`. Inget är ändrat."
)
REHEARSED = (
    "Databasen är provrummets: skolan i den är påhittad, och klockan kan stå fel. Låt NULAGE_DATABASE_URL "
    "peka på en annan databas när boten ska arbeta på riktigt. Inget är ändrat."
)


def serve(settings: Settings, mind: Callable[["Store"], str]) -> int:
    """Serve until told to stop; return the exit code.

    `mind` is shown the store when nothing is refused any more, before any work; what it returns is said.
    Raises SettingsRefused, PromptsRefused, StoreRefused and PortTaken, each with what to do in Swedish.
    """
    if not (settings.slack.on or settings.teams.on):
        raise SettingsRefused(NOTHING_ON)
    from bot.serve.running import Running
    from prompts.book import load_prompts
    from storage.emptying import is_rehearsed_in
    from storage.engine import StoreRefused
    from storage.store import open_store

    with listen(settings.http.port, settings.http.host, choose="NULAGE_HTTP__PORT={port}") as listening:
        prompts = load_prompts()
        store = open_store(settings.database_url)
        with store.begin() as unit:
            rehearsed = is_rehearsed_in(unit)
        if rehearsed:
            store.close()
            raise StoreRefused(REHEARSED)
        if told := mind(store):
            say(told)
        running = Running(settings, store, prompts, Clock())
        code = asyncio.run(running.run(listening, say))
    say(last_words(code, forgot=running.forgot))
    return code


def say(words: str) -> None:
    """Say something to whoever started it; they may have gone, and the bot works on."""
    with suppress(OSError, ValueError):
        typer.echo(words)


def last_words(code: int, *, forgot: bool) -> str:
    """What is said at the end. `forgot`: something that somebody sent could not be saved."""
    return "Nuläge är stängt." if code or forgot else "Nuläge är stängt. Allt är sparat."
