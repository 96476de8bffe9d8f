"""`nulage backup` and `nulage restore` as whoever runs the bot meets them."""

import os
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, update

from bot.cli.backup import mind_copy
from bot.domain.school import Place
from bot.messages.model import Message
from bot.platforms.terminal.send import PLATFORM
from bot.rehearsal import example
from handlers.asking.due import ensure_summary_plan
from storage.backup.epoch import restored_at
from storage.emptying import rehearse_in
from storage.moments import to_text
from storage.post.outbox import Promised, promise
from storage.store import open_store
from storage.tables import inbox, outbox, schedule
from storage.unit import UnitOfWork
from tests.postgres import Server, running_server
from tests.test_cli import NULAGE, nulage

YESTERDAY = datetime.now(UTC) - timedelta(days=1)


def school(unit: UnitOfWork) -> None:
    """Björkskolan, whose bot was at work yesterday and had something to send."""
    example.found(unit, PLATFORM, YESTERDAY.date())
    unit.add(inbox, {"key": "tick", "at": to_text(YESTERDAY)})
    room = Place(platform=PLATFORM, address="#arbetslag-4-6")
    asked = Promised("check_in:1", "critical", "check_in:1", room, Message(title="Hur gick det?"), YESTERDAY)
    promise(unit, asked)


def states(url: str) -> list[str]:
    with closing(open_store(url)) as store, store.begin() as unit:
        rows = unit.rows(select(outbox).order_by(outbox.c.seq))
        return [f"{row['key'].partition(':')[0]} {row['state']}" for row in rows]


@pytest.fixture
def url(tmp_path: Path) -> str:
    found = f"sqlite:///{tmp_path / 'nulage.sqlite3'}"
    with closing(open_store(found)) as store, store.begin() as unit:
        school(unit)
    return found


@pytest.fixture(scope="module")
def postgres() -> Iterator[Server]:
    with running_server() as server:
        yield server


def test_there_and_back(url: str, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    made = nulage("backup", str(copy), NULAGE_DATABASE_URL=url)
    assert (made.returncode, made.stderr) == (0, "")
    assert made.stdout.startswith(
        f"Säkerhetskopian är klar: {copy}. Den är kontrollerad och innehåller 0 svar"
    )
    shown = nulage("restore", str(copy), "--dry-run", NULAGE_DATABASE_URL=url)
    assert (shown.returncode, shown.stderr) == (0, "")
    assert "Inget är ändrat." in shown.stdout
    assert states(url) == ["check_in new"]
    done = nulage("restore", str(copy), NULAGE_DATABASE_URL=url)
    assert (done.returncode, done.stderr) == (0, "")
    assert "Svar och ändringar från" in done.stdout
    assert "Boten berättar det för dem som planerar." in done.stdout
    assert "Meddelanden som kan ha gått ut under tiden: 1." in done.stdout
    (kept,) = tmp_path.glob("*.before-*")
    assert f"Det som låg där förut finns kvar i {kept}.\nStarta boten.\n" in done.stdout
    assert states(url) == ["check_in sending", "restored new", "restored new"]


def test_the_doctor_has_nothing_to_say_of_a_copy_that_is_laid_back(url: str, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    nulage("backup", str(copy), NULAGE_DATABASE_URL=url)
    nulage("restore", str(copy), NULAGE_DATABASE_URL=url)
    looked = nulage("doctor", NULAGE_DATABASE_URL=url)
    assert (looked.returncode, "FEL" in looked.stdout) == (0, False)
    copy.replace(tmp_path / "nulage.sqlite3")  # and of one that is laid back by hand it says what it is
    looked = nulage("doctor", NULAGE_DATABASE_URL=url)
    assert (looked.returncode, "FEL" in looked.stdout) == (0, False)
    assert "Databasen är en säkerhetskopia som någon har lagt tillbaka." in looked.stdout


def test_what_cannot_be_read_is_told_by_the_restoring_and_by_the_doctor(url: str, tmp_path: Path) -> None:
    with closing(open_store(url)) as store, store.begin() as unit:
        calendar = unit.roster.calendars[example.SCHOOL]
        ensure_summary_plan(unit, example.SCHOOL, calendar, YESTERDAY - timedelta(days=7))
        unit.flush()
        unit.change(update(schedule).values(body="{"))
    nulage("backup", str(tmp_path / "copy"), NULAGE_DATABASE_URL=url)
    done = nulage("restore", str(tmp_path / "copy"), NULAGE_DATABASE_URL=url)
    assert (done.returncode, "Planer som boten inte kunde läsa: 1." in done.stdout) == (0, True)
    assert "action=restoring.schedule_failed" in done.stdout + done.stderr
    looked = nulage("doctor", NULAGE_DATABASE_URL=url)
    assert f"Raden schedule weekly:{example.SCHOOL} i databasen går inte att läsa." in looked.stdout


def test_without_a_name_the_newest_copy_is_named(url: str, tmp_path: Path) -> None:
    assert "Den senaste kopian" not in nulage("restore", NULAGE_DATABASE_URL=url).stderr
    nulage("backup", str(tmp_path / "copy"), NULAGE_DATABASE_URL=url)
    asked = nulage("restore", NULAGE_DATABASE_URL=url)
    assert asked.returncode == 2
    assert f"Den senaste kopian är {tmp_path / 'copy'}" in asked.stderr


def test_a_bot_at_work_is_not_restored_under(url: str, tmp_path: Path) -> None:
    nulage("backup", str(tmp_path / "copy"), NULAGE_DATABASE_URL=url)
    with closing(open_store(url)):
        done = nulage("restore", str(tmp_path / "copy"), NULAGE_DATABASE_URL=url)
    assert (done.returncode, done.stdout) == (7, "")
    assert "används redan av en annan Nuläge" in done.stderr


ON: dict[str, Any] = {
    "NULAGE_SLACK__BOT_TOKEN": "xoxb-1",
    "NULAGE_SLACK__SIGNING_SECRET": "hemlig",
    "NULAGE_HTTP__PORT": "0",
}


def laid_back_by_hand(url: str, tmp_path: Path) -> None:
    nulage("backup", str(tmp_path / "copy"), NULAGE_DATABASE_URL=url)
    (tmp_path / "copy").replace(tmp_path / "nulage.sqlite3")


def test_a_copy_laid_back_by_hand_is_minded_when_the_bot_starts(url: str, tmp_path: Path) -> None:
    with closing(open_store(url)) as store:
        assert mind_copy(store) == ""
    laid_back_by_hand(url, tmp_path)
    nobody = "http://127.0.0.1:9/"
    environment = {**os.environ, **ON, "NULAGE_DATABASE_URL": url, "NULAGE_SLACK__API_URL": nobody}
    with (tmp_path / "stderr").open("w") as errors:
        bot = subprocess.Popen([NULAGE, "serve"], stdout=subprocess.PIPE, stderr=errors, env=environment)
    with bot:
        assert bot.stdout
        said = [bot.stdout.readline().decode() for _ in range(2)]
        bot.kill()
    assert said[0] == "Databasen är en säkerhetskopia som någon har lagt tillbaka.\n"
    assert said[1].startswith("Svar och ändringar från")
    assert states(url) == ["check_in sending", "restored new", "restored new"]
    with closing(open_store(url)) as store:
        assert mind_copy(store) == "", "once"


def test_a_start_that_is_refused_leaves_the_copy_as_it_was(url: str, tmp_path: Path) -> None:
    laid_back_by_hand(url, tmp_path)
    nothing_on = nulage("serve", NULAGE_DATABASE_URL=url)
    no_such_address = nulage("serve", NULAGE_DATABASE_URL=url, NULAGE_HTTP__HOST="0.0.0.9", **ON)
    with closing(open_store(url)) as store, store.begin() as unit:
        rehearse_in(unit)
    rehearsed = nulage("serve", NULAGE_DATABASE_URL=url, **ON)
    refusals = (nothing_on, no_such_address, rehearsed)
    assert [(one.returncode, one.stdout) for one in refusals] == [(4, ""), (2, ""), (7, "")]
    assert states(url) == ["check_in new"]


def test_a_copy_made_by_another_program_is_laid_back_by_hand_and_said_to_be(url: str) -> None:
    done = nulage("restore", "--in-place", NULAGE_DATABASE_URL=url)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("Svar och ändringar från")
    again = nulage("restore", "--in-place", NULAGE_DATABASE_URL=url)
    assert (again.returncode, again.stdout) == (
        0,
        "Det är redan gjort. Inget har hänt i databasen sedan dess. Starta boten.\n",
    )
    assert states(url) == ["check_in sending", "restored new", "restored new"]


def test_postgresql_has_tools_of_its_own_and_the_same_epoch(postgres: Server) -> None:
    url = postgres.at_head()
    with closing(open_store(url)) as store, store.begin() as unit:
        school(unit)
    made = nulage("backup", "nulage.dump", NULAGE_DATABASE_URL=url)
    assert (made.returncode, made.stdout) == (2, "")
    assert "pg_dump --format=custom --file=nulage.dump" in made.stderr
    back = nulage("restore", "nulage.dump", NULAGE_DATABASE_URL=url)
    assert (back.returncode, back.stdout) == (2, "")
    assert "nulage restore --in-place" in back.stderr
    assert states(url) == ["check_in new"]
    done = nulage("restore", "--in-place", NULAGE_DATABASE_URL=url)
    assert (done.returncode, done.stderr) == (0, "")
    assert states(url) == ["check_in sending", "restored new", "restored new"]


def test_where_a_bot_is_at_work_on_postgresql_no_epoch_begins(postgres: Server) -> None:
    url = postgres.at_head()
    with closing(open_store(url)) as store, store.begin() as unit:
        school(unit)
        unit.add(inbox, {"key": "another tick", "at": to_text(datetime.now(UTC))})
    done = nulage("restore", "--in-place", NULAGE_DATABASE_URL=url)
    assert (done.returncode, done.stdout) == (7, "")
    assert "mindre än två minuter sedan" in done.stderr
    with closing(open_store(url)) as store, store.begin() as unit:
        assert restored_at(unit) is None


def test_a_damaged_copy_is_told_in_a_sentence(url: str, tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "other")) as other, other:
        other.execute("CREATE TABLE person (name TEXT)")
    done = nulage("restore", str(tmp_path / "other"), NULAGE_DATABASE_URL=url)
    assert (done.returncode, done.stdout) == (7, "")
    assert "inte en kopia av Nuläges databas" in done.stderr
    assert "Traceback" not in done.stderr
