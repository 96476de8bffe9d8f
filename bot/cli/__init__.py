"""The `nulage` command. Heavy parts are imported by the command that needs them."""

import asyncio
import logging
import sys
from functools import partial
from pathlib import Path
from typing import Annotated

import typer
from typer.exceptions import TyperException

from bot.cli.backup import backup, mind_copy, restore
from bot.cli.slack import doctor, secret, slack
from bot.cli.teams import teams
from bot.log import log

app = typer.Typer(
    name="nulage",
    help="Nuläge kör skolans systematiska kvalitetsarbete där personalen redan pratar.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.add_typer(slack, name="slack")
app.add_typer(teams, name="teams")
app.command()(doctor)
app.command()(secret)
app.command()(backup)
app.command()(restore)

DEFAULT_PORT = 8080
REHEARSED_IN = "sqlite:///provrum.sqlite3"
"""Where the provrum remembers, when nothing else is said: never where a bot at work does."""
EXIT_USAGE = 2
EXIT_SETTINGS = 4
EXIT_AWAY = 5
EXTRAS = {
    *("aiohttp", "cryptography", "font_source_sans_pro", "resvg_py", "slack_bolt", "slack_sdk"),
    *("docx", "httpx", "microsoft_teams", "msgraph"),
    "psycopg",
}
"""What only Slack, Teams, Graph, documents or PostgreSQL needs, and a small installation goes without."""


@app.command()
def serve() -> None:
    """Kör boten på riktigt, i den chatt som inställningarna slår på."""
    from bot.runtime.logs import quiet_libraries, set_up_logs
    from bot.runtime.port import PortTaken
    from bot.serve import serve as serve_until_stopped
    from bot.settings import read_settings

    settings = read_settings()
    log.begins_with(partial(set_up_logs, settings.log_format))
    quiet_libraries()
    try:
        code = serve_until_stopped(settings, mind_copy)
    except PortTaken as taken:
        typer.echo(str(taken), err=True)
        raise typer.Exit(EXIT_USAGE) from taken
    raise typer.Exit(code)


@app.command()
def provrum(
    *,
    port: Annotated[
        int, typer.Option(help="Porten på 127.0.0.1; 0 tar en ledig.", min=0, max=65535)
    ] = DEFAULT_PORT,
    show: Annotated[bool, typer.Option("--open/--no-open", help="Öppna webbläsaren.")] = True,
) -> None:
    """Öppna provrummet: en hel skola i webbläsaren, med den riktiga boten."""
    from bot.platforms.web.chat import ChatLog
    from bot.rehearsal.serving import serve
    from bot.runtime.logs import set_up_logs
    from bot.runtime.port import PortTaken
    from bot.settings import read_settings
    from prompts.book import load_prompts
    from storage.store import open_store

    settings = read_settings()
    log.begins_with(partial(set_up_logs, settings.log_format))
    url = settings.database_url if "database_url" in settings.model_fields_set else REHEARSED_IN
    store = open_store(url)
    chat = ChatLog(str(chat_file(url)))
    try:
        asyncio.run(serve(store, load_prompts(), chat, port=port, show=show))
    except PortTaken as taken:
        typer.echo(str(taken), err=True)
        raise typer.Exit(EXIT_USAGE) from taken


def chat_file(database_url: str) -> Path:
    """Where the provrum's own chat is kept: beside a SQLite database, else in the working folder."""
    prefix = "sqlite:///"
    if database_url.startswith(prefix) and len(database_url) > len(prefix):
        return Path(database_url.removeprefix(prefix)).with_suffix(".chat.sqlite3")
    return Path("provrum.chat.sqlite3")


@app.command()
def demo() -> None:
    """Berätta en hel omgång i terminalen på en minut, med den riktiga boten."""
    from bot.rehearsal.demo import tell
    from bot.runtime.logs import set_up_logs

    log.begins_with(partial(set_up_logs, level=logging.WARNING))
    tell()


@app.command()
def preview(
    topic: Annotated[str, typer.Argument(help="Början på ett namn, till exempel check_in.")] = "",
) -> None:
    """Visa alla meddelanden som boten kan säga, med exempel ifyllda."""
    from bot.cli.preview import show_all

    show_all(topic)


def main() -> None:
    """Run a command; a fault that people can mend is said in one Swedish sentence."""
    from bot.settings import SettingsRefused
    from prompts.loader import PromptsRefused
    from storage.engine import StoreRefused
    from storage.post.inbox import StoreAway

    try:
        sys.exit(app(standalone_mode=False))
    except TyperException as wrong:
        if wrong.message:  # none when the command alone was written: its help is shown already
            typed = " ".join(("nulage", *sys.argv[1:]))
            typer.echo(
                f"Jag förstår inte {typed}. Skriv --help efter kommandot för att se vad som går. "
                "Inget är ändrat.",
                err=True,
            )
        sys.exit(EXIT_USAGE)
    except StoreRefused as refused:
        typer.echo(str(refused), err=True)
        sys.exit(refused.exit_code)
    except StoreAway:
        typer.echo("Databasen svarar inte. Vänta en minut och försök igen. Inget är ändrat.", err=True)
        sys.exit(EXIT_AWAY)
    except (SettingsRefused, PromptsRefused) as refused:
        typer.echo(str(refused), err=True)
        sys.exit(EXIT_SETTINGS)
    except ModuleNotFoundError as missing:
        extra = str(missing.name).partition(".")[0]
        if extra not in EXTRAS:
            raise
        typer.echo(
            f"Tillägget {extra} är inte installerat. Kör `uv sync --no-dev --all-extras` i botens mapp och "
            "starta igen. Inget är ändrat.",
            err=True,
        )
        sys.exit(EXIT_SETTINGS)
