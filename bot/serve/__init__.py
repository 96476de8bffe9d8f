"""Real work: settings in, a bot that serves Slack or Teams (or both) out, until it is told to stop.

Here the pieces are put together and taken apart again; what they do is said where they live. A platform's
libraries are imported only when its section of the settings is filled in.
"""

import asyncio

import typer

from bot.runtime.clock import Clock
from bot.runtime.port import listen
from bot.settings import Settings, SettingsRefused

NOTHING_ON = (
    "Ingen chatt är påslagen. För Slack: fyll i NULAGE_SLACK__BOT_TOKEN och NULAGE_SLACK__SIGNING_SECRET. "
    "För Teams: fyll i NULAGE_TEAMS__CLIENT_ID, NULAGE_TEAMS__CLIENT_SECRET och NULAGE_TEAMS__TENANT_ID. "
    "Kommandona `nulage slack manifest` och `nulage teams package` hjälper er på vägen. "
    "Vill ni bara prova: `nulage provrum`. Inget är ändrat."
)


def serve(settings: Settings) -> int:
    """Serve until told to stop; return the exit code.

    Raises SettingsRefused, PromptsRefused, StoreRefused and PortTaken, each with what to do in Swedish.
    """
    if not (settings.slack.on or settings.teams.on):
        raise SettingsRefused(NOTHING_ON)
    from bot.serve.running import Running
    from prompts.book import load_prompts
    from storage.store import open_store

    with listen(settings.http.port, settings.http.host, choose="NULAGE_HTTP__PORT={port}") as listening:
        prompts = load_prompts()
        running = Running(settings, open_store(settings.database_url), prompts, Clock())
        code = asyncio.run(running.run(listening, typer.echo))
    typer.echo(last_words(code, forgot=running.forgot))
    return code


def last_words(code: int, *, forgot: bool) -> str:
    """What is said at the end. `forgot`: something that somebody sent could not be saved."""
    return "Nuläge är stängt." if code or forgot else "Nuläge är stängt. Allt är sparat."
