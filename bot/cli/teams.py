"""`nulage teams …`: what IT needs to put the bot in Microsoft Teams."""

import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn
from urllib.parse import urlsplit
from uuid import UUID

import typer

if TYPE_CHECKING:
    from bot.platforms.teams.install.manifest import Wanted
    from bot.settings import Settings

teams = typer.Typer(help="Koppla Nuläge till Microsoft Teams.", no_args_is_help=True)

EXIT_USAGE = 2
SIGNS = "Mellanslag, ? och # får inte vara med."
NUMBER = re.compile(r"(?:0|[1-9]\d*)(?:\.(?:0|[1-9]\d*)){2}")
"""A version that Teams can compare: three numbers, none with a nought before it."""


@teams.callback()
def about() -> None:
    """Koppla Nuläge till Microsoft Teams."""


@teams.command()
def package(  # noqa: PLR0913  each is an option of the command
    *,
    out: Annotated[Path, typer.Option(help="Filen som paketet sparas i.")] = Path("nulage-teams.zip"),
    url: Annotated[
        str, typer.Option(help="Adressen som Teams når boten på, till exempel https://nulage.kommunen.se.")
    ] = "",
    about_url: Annotated[
        str,
        typer.Option("--about", help="Er sida om boten, personuppgifter och villkor. Annars botens adress."),
    ] = "",
    app_id: Annotated[str, typer.Option("--id", help="Appens id i Teams, om den redan har ett.")] = "",
    number: Annotated[
        str, typer.Option("--version", help="Paketets nummer, högre än det ni laddade upp sist.")
    ] = "",
    slash: Annotated[
        bool, typer.Option("--slash/--no-slash", help="Visa kommandona när någon skriver / i en kanal.")
    ] = True,
    read_all: Annotated[
        bool, typer.Option("--read-all", help="Låt boten höra svar i trådar utan @Nuläge.")
    ] = False,
) -> None:
    """Packa det som laddas upp i Teams administrationscenter."""
    from importlib.metadata import version

    from bot.platforms.teams.install.manifest import Wanted
    from bot.settings import read_settings

    settings = read_settings()
    address = url or settings.http.public_url
    _check(settings, address, about_url, app_id, number)
    wanted = Wanted(
        client_id=settings.teams.client_id,
        url=address.rstrip("/"),
        about=about_url,
        app_id=app_id.lower(),
        version=number or version("nulage"),
        slash=slash,
        read_all=read_all,
    )
    _make(wanted, out)


def _make(wanted: "Wanted", out: Path) -> None:
    """Write the package, and say what to do with it."""
    from bot.platforms.teams.install.manifest import manifest
    from bot.platforms.teams.install.package import packed
    from handlers.commands import COMMANDS
    from prompts.book import load_texts

    does = load_texts().common.help_commands
    made = manifest({name: does[name] for name in COMMANDS}, wanted)
    try:
        out.write_bytes(packed(made))
    except OSError:
        _refuse(f"Filen {out} går inte att skriva. Välj en annan plats med --out.")
    typer.echo(f"Paketet ligger i {out}. Appens id är {made['id']} och numret {made['version']}.")
    typer.echo("Ladda upp det i Teams administrationscenter. Guiden i docs/teams.md visar hur.")


def _check(settings: "Settings", url: str, about_url: str, app_id: str, number: str) -> None:
    """Say the first thing that is missing or wrong, and end."""
    if not settings.teams.client_id:
        _refuse("NULAGE_TEAMS__CLIENT_ID saknas. Den heter Program-ID (klient) på appens sida i Entra.")
    if not _is_address(url) or set(url) & set("?#"):
        wrong = f"Adressen {url} duger inte. Den ska börja med https://. {SIGNS} " if url else ""
        _refuse(f"{wrong}Ange adressen som Teams når boten på: --url https://nulage.kommunen.se.")
    if about_url and not _is_address(about_url):
        _refuse("Adressen efter --about ska börja med https://, och får inte ha mellanslag.")
    if app_id and not _is_uuid(app_id):
        _refuse("Id:t efter --id ska se ut som 8d4b2c1e-0f3a-4a6b-9c7d-5e1f2a3b4c5d.")
    if number and not NUMBER.fullmatch(number):
        _refuse("Numret efter --version ska vara tre tal med punkt mellan, som 1.2.0.")


def _is_address(text: str) -> bool:
    """Whether Teams can be led there: its schema takes anything after `https://`, the catalogue does not."""
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme == "https" and bool(parts.hostname) and not any(sign.isspace() for sign in text)


def _is_uuid(text: str) -> bool:
    try:
        return str(UUID(text)) == text.lower()
    except ValueError:
        return False


def _refuse(why: str) -> NoReturn:
    typer.echo(f"{why} Inget paket är gjort.", err=True)
    raise typer.Exit(EXIT_USAGE)
