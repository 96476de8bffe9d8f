"""`nulage slack …`, `nulage doctor` and `nulage secret`: what IT needs to set the bot up."""

import json
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from bot.settings import Settings

slack = typer.Typer(help="Koppla Nuläge till Slack.", no_args_is_help=True)

EXIT_USAGE = 2
EXIT_FAULTS = 3


@slack.callback()
def about() -> None:
    """Koppla Nuläge till Slack."""


@slack.command()
def manifest(
    *,
    url: Annotated[
        str, typer.Option(help="Adressen som Slack når boten på, till exempel https://nulage.kommunen.se.")
    ] = "",
    socket: Annotated[bool, typer.Option("--socket", help="För ett prov bakom en brandvägg.")] = False,
    umlaut: Annotated[
        bool,
        typer.Option(
            "--umlaut/--no-umlaut", help="Ta med /nuläge bredvid /nulage, och likadant för andra kommandon."
        ),
    ] = True,
) -> None:
    """Skriv ut det som IT klistrar in hos Slack för att skapa appen."""
    from bot.platforms.slack.install.manifest import manifest as written
    from bot.settings import read_settings
    from handlers.commands import COMMANDS
    from prompts.book import load_texts

    address = (url or read_settings().http.public_url).rstrip("/")
    if not socket and not address.startswith("https://"):
        wrong = f"Adressen {address} duger inte. Den ska börja med https://. " if address else ""
        typer.echo(
            f"{wrong}Ange adressen som Slack når boten på: --url https://nulage.kommunen.se. "
            "Välj --socket för ett prov utan egen adress.",
            err=True,
        )
        raise typer.Exit(EXIT_USAGE)
    does = load_texts().common.help_commands
    made = written({name: does[name] for name in COMMANDS}, url=address, socket=socket, umlaut=umlaut)
    typer.echo(json.dumps(made, ensure_ascii=False, indent=2))


@slack.command()
def forget() -> None:
    """Släpp arbetsytor vars nycklar inte går att öppna, när NULAGE_SECRET_KEY har gått förlorad."""
    from datetime import UTC, datetime

    from bot.settings import read_settings
    from storage.checkup import check_up
    from storage.installed import installations
    from storage.installed.sealing import Seal
    from storage.store import open_store

    settings = read_settings()
    if not settings.secret_keys:
        typer.echo("Fyll i NULAGE_SECRET_KEY först. `nulage secret` gör en ny. Inget är ändrat.", err=True)
        raise typer.Exit(EXIT_USAGE)
    if check_up(settings.database_url).schema_is == "absent":
        typer.echo(
            "Databasen finns inte. Kör kommandot med samma inställningar som boten. Inget är ändrat.",
            err=True,
        )
        raise typer.Exit(EXIT_USAGE)
    store = open_store(settings.database_url)
    try:
        with store.begin() as unit:
            gone = installations.let_go(unit, Seal(settings.secret_keys), datetime.now(UTC))
    finally:
        store.close()
    if not gone:
        typer.echo("Alla nycklar till Slack går att öppna. Inget är ändrat.")
        return
    typer.echo(
        f"Arbetsytor som är släppta: {gone}. Starta boten, öppna {settings.http.public_url}/slack/install "
        "och koppla dem igen inom 30 dagar. Då är allt som förut, och det som väntar går ut. Svar och "
        "anteckningar finns kvar."
    )


def secret() -> None:
    """Skriv ut en ny nyckel till NULAGE_SECRET_KEY."""
    import base64
    import secrets

    typer.echo(base64.urlsafe_b64encode(secrets.token_bytes(32)).decode())


def doctor() -> None:
    """Se efter vad som är fel, och hur det lagas."""
    import asyncio

    from bot.settings import read_settings

    if asyncio.run(_examine(read_settings())):
        raise typer.Exit(EXIT_FAULTS)


async def _examine(settings: "Settings") -> bool:
    """Print one line a finding as they come; return whether any was a fault."""
    from contextlib import AsyncExitStack
    from datetime import UTC, datetime

    from bot.cli.checkup import MARKS, findings

    faults = False
    async with AsyncExitStack() as stack:
        web = None
        if settings.slack.on:
            from bot.platforms.slack.send.client import Web

            web = await stack.enter_async_context(Web(settings.slack.api_url))
        async for found in findings(settings, web, lambda: datetime.now(UTC)):
            typer.echo(f"{MARKS[found.level]:5}{found.text}")
            faults = faults or found.level == "fault"
    return faults
