"""`nulage backup` and `nulage restore`: a copy of what the bot remembers, and the way back from it."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from collections.abc import Callable

    from handlers.restoring import Restored
    from storage.store import Store
    from storage.unit import UnitOfWork

EXIT_USAGE = 2
RUNNING = timedelta(minutes=2)
"""A bot notes something three times a minute: a store that has been quiet for so long has none at work."""

POSTGRESQL_BACKUP = (
    "Boten använder PostgreSQL, som har ett eget kommando för det här: "
    "pg_dump --format=custom --file={file} DATABASENS_ADRESS. Inget är ändrat."
)
POSTGRESQL_RESTORE = (
    "Boten använder PostgreSQL. Stäng boten och lägg tillbaka kopian med pg_restore. Kör sedan "
    "nulage restore --in-place innan ni startar boten. Inget är ändrat."
)
ONE_WAY = (
    "Skriv vilken kopia det gäller: nulage restore FIL. Är kopian redan på plats skriver du i stället "
    "nulage restore --in-place. Inget är ändrat."
)
STILL_RUNNING = (
    "Databasen ändrades för mindre än två minuter sedan. Stäng boten, vänta i två minuter och försök igen. "
    "Inget är ändrat."
)


def backup(
    file: Annotated[Path, typer.Argument(metavar="FIL", help="Vad kopian ska heta. En äldre byts ut.")],
) -> None:
    """Säkerhetskopiera databasen till en fil. Boten kan vara igång."""
    from bot.settings import read_settings
    from storage.backup.copying import back_up, database_file

    database = database_file(read_settings().database_url)
    if database is None:
        typer.echo(POSTGRESQL_BACKUP.format(file=file), err=True)
        raise typer.Exit(EXIT_USAGE)
    now = datetime.now(UTC)
    copied = back_up(database, file, now)
    typer.echo(
        f"Säkerhetskopian är klar: {file}. Den är kontrollerad och innehåller {copied.answers} svar och "
        f"{copied.notes} anteckningar, som de var {_moment(now)}."
    )


def restore(
    file: Annotated[Path | None, typer.Argument(metavar="FIL", help="Kopian.")] = None,
    *,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Visa bara vad som skulle hända.")] = False,
    in_place: Annotated[
        bool, typer.Option("--in-place", help="Kopian är redan på plats, till exempel med pg_restore.")
    ] = False,
) -> None:
    """Lägg tillbaka en säkerhetskopia. Stäng boten först."""
    from bot.settings import read_settings
    from storage.backup.copying import database_file, newest

    url = read_settings().database_url
    database = database_file(url)
    if in_place and file is None and not dry_run:
        _in_place(url, alone=database is not None)
    elif database is None:
        typer.echo(POSTGRESQL_RESTORE, err=True)
        raise typer.Exit(EXIT_USAGE)
    elif file is None or in_place:
        found = newest(database)
        last = f" Den senaste kopian är {found[0]}, från {_moment(found[1])}." if found else ""
        typer.echo(f"{ONE_WAY}{last}", err=True)
        raise typer.Exit(EXIT_USAGE)
    else:
        _lay_back(file, database, only_look=dry_run)


def _lay_back(file: Path, database: Path, *, only_look: bool) -> None:
    from storage.backup.laying import lay_back

    now = datetime.now(UTC)
    laid, restored = lay_back(file, database, now, _begin_at(now), only_look=only_look)
    held = f"{laid.copied.answers} svar och {laid.copied.notes} anteckningar"
    if only_look:
        typer.echo(f"Kopian är hel och innehåller {held}. Inget är ändrat. Det här skulle hända:")
    else:
        typer.echo(f"Kopian är på plats och innehåller {held}.")
    typer.echo(said_of(restored))
    if laid.kept:
        typer.echo(f"Det som låg där förut finns kvar i {laid.kept}.")
    if not only_look:
        typer.echo("Starta boten.")


def _in_place(url: str, *, alone: bool) -> None:
    """Begin the epoch in a store that is restored already. `alone`: its lock says that no bot is at work."""
    from storage.backup.epoch import copied_at, newest_event, restored_at
    from storage.engine import StoreRefused
    from storage.store import open_store

    now = datetime.now(UTC)
    store = open_store(url)
    try:
        with store.begin() as unit:
            newest, before = newest_event(unit), restored_at(unit)
            if before and copied_at(unit) is None and (newest is None or newest <= before):
                typer.echo("Det är redan gjort. Inget har hänt i databasen sedan dess. Starta boten.")
                return
            if newest and not alone and now - newest < RUNNING:
                raise StoreRefused(STILL_RUNNING)
            restored = _begin_at(now)(unit)
    finally:
        store.close()
    typer.echo(f"{said_of(restored)}\nStarta boten.")


def mind_copy(store: "Store") -> str:
    """Whoever laid a copy back by hand forgot the epoch: begin it now, and say so. Else nothing."""
    from storage.backup.epoch import copied_at

    with store.begin() as unit:
        if copied_at(unit) is None:
            return ""
        restored = _begin_at(datetime.now(UTC))(unit)
    return f"Databasen är en säkerhetskopia som någon har lagt tillbaka.\n{said_of(restored)}"


def _begin_at(now: datetime) -> "Callable[[UnitOfWork], Restored]":
    """What is done in a store that was a copy, at this moment."""
    from functools import partial

    from handlers.restoring import on_restored
    from prompts.book import load_prompts

    return partial(on_restored, prompts=load_prompts(), now=now)


def said_of(restored: "Restored") -> str:
    """What the restoring came to, for whoever runs the bot."""
    lines = []
    if restored.since:
        hours = f"Svar och ändringar från {_moment(restored.since)} till {_moment(restored.until)} saknas."
        told = (
            "Boten berättar det för dem som planerar."
            if restored.told
            else "Ingen i chatten kan få veta det."
        )
        lines.append(f"{hours} {told}")
    if restored.doubts:
        lines.append(
            f"Meddelanden som kan ha gått ut under tiden: {restored.doubts}. Boten letar efter dem. Där den "
            "inte kan leta frågar den dem som planerar. Inget skickas två gånger av sig självt."
        )
    if restored.stumbled:
        lines.append(
            f"Planer som boten inte kunde läsa: {restored.stumbled}. De andra är med. nulage doctor visar "
            "vilka det gäller."
        )
    return "\n".join(lines) or "Inget var på väg ut, och ingen tid saknas."


def _moment(at: datetime) -> str:
    """As the clock of this machine shows it."""
    from prompts.book import load_texts

    return load_texts().dates.moment(at.astimezone(), year=True)
