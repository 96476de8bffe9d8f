"""The `nulage` command as a newcomer and as IT meet it."""

import io
import os
import re
import socket
import subprocess
import sys
import tomllib
from datetime import date
from itertools import chain
from pathlib import Path

import pytest
from rich.console import Console

from bot.cli import EXTRAS
from bot.rehearsal import demo, example
from bot.settings import SettingsRefused, read_settings
from storage.emptying import rehearse_in
from storage.store import open_store
from tests.play import prompts
from tests.warm import Ended, run

ROOT = Path(__file__).parent.parent
NULAGE = Path(sys.executable).with_name("nulage")
IMPORTED = {"microsoft_teams_apps": "microsoft_teams", "msgraph_sdk": "msgraph", "python_docx": "docx"}
"""What a package is called where it is imported, when that is something else."""
WITH_THEM = {"httpx"}
"""What we import ourselves and comes with both of Microsoft's."""


def nulage(*words: str, at: Path = ROOT, **settings: str) -> Ended:
    return run(*words, folder=at, environment={**os.environ, "NO_COLOR": "1", **settings})


def started(*words: str) -> subprocess.CompletedProcess[str]:
    """The command itself, as a shell starts it."""
    environment = {**os.environ, "NO_COLOR": "1"}
    return subprocess.run(
        [NULAGE, *words], capture_output=True, text=True, env=environment, timeout=60, check=False
    )


@pytest.mark.parametrize("words", [("--help",), ("preview", "weekly")])
def test_the_command_itself_says_what_it_says_where_all_is_read_already(words: tuple[str, ...]) -> None:
    cold, warm = started(*words), nulage(*words)
    assert (cold.returncode, cold.stdout, cold.stderr) == warm


def test_help_names_every_command() -> None:
    done = nulage("--help")
    assert done.returncode == 0
    assert all(word in done.stdout for word in ("provrum", "demo", "preview"))


def test_preview_shows_one_topic_and_says_when_there_is_none() -> None:
    shown = nulage("preview", "weekly")
    assert (shown.returncode, "weekly/" in shown.stdout) == (0, True)
    assert "check_in" not in shown.stdout
    assert "Inget meddelande börjar på 'finns-inte'" in nulage("preview", "finns-inte").stdout


def test_the_demo_tells_the_whole_story() -> None:
    said = io.StringIO()
    waits: list[float] = []
    demo.tell(console=Console(file=said, width=100, no_color=True), pause=waits.append)
    told = re.sub(r"\s+", " ", said.getvalue())
    assert "Rektor svarar Arbetslag 4–6" in told
    assert "Är ni överens?" in told
    assert "uppdaterat" in told
    assert "Nuläge för Björkskolan" in told
    assert 30 <= sum(waits) <= 75


def test_the_prompts_are_whole() -> None:
    assert prompts().packs
    assert prompts().wheels


def test_a_second_bot_on_the_same_file_is_refused(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'nulage.sqlite3'}"
    first = open_store(url)
    try:
        second = nulage("provrum", "--no-open", "--port", "0", NULAGE_DATABASE_URL=url)
    finally:
        first.close()
    assert second.returncode == 7
    assert "används redan av en annan Nuläge" in second.stderr
    assert "Traceback" not in second.stderr


def test_the_provrum_does_not_open_where_a_school_works(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'nulage.sqlite3'}"
    store = open_store(url)
    with store.begin() as unit:
        example.found(unit, "slack", date(2026, 11, 23))
    store.close()
    done = nulage("provrum", "--no-open", "--port", "0", NULAGE_DATABASE_URL=url)
    assert done.returncode == 7
    assert "en skola på riktigt" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_provrum_has_files_of_its_own(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        done = nulage("provrum", "--no-open", "--port", str(taken.getsockname()[1]), at=tmp_path)
    assert done.returncode == 2
    assert {path.name for path in tmp_path.glob("*.sqlite3")} == {"provrum.sqlite3", "provrum.chat.sqlite3"}


def test_the_bot_does_not_work_in_a_provrum(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'provrum.sqlite3'}"
    store = open_store(url)
    with store.begin() as unit:
        rehearse_in(unit)
    store.close()
    done = nulage(
        "serve",
        NULAGE_DATABASE_URL=url,
        NULAGE_HTTP__PORT="0",
        NULAGE_SLACK__BOT_TOKEN="xoxb-1",
        NULAGE_SLACK__SIGNING_SECRET="hemlig",
    )
    assert done.returncode == 7
    assert "Databasen är provrummets" in done.stderr


def test_a_wrong_setting_is_named() -> None:
    done = nulage("provrum", "--no-open", NULAGE_LOG_FORMAT="papper")
    assert done.returncode == 4
    assert "NULAGE_LOG_FORMAT" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    "words",
    [("banan",), ("provrum", "--banan"), ("provrum", "--port", "många"), ("slack", "manifest", "hej")],
)
def test_what_is_written_wrong_is_answered_in_swedish(words: tuple[str, ...]) -> None:
    done = nulage(*words)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        f"Jag förstår inte nulage {' '.join(words)}. Skriv --help efter kommandot för att se vad som går. "
        "Inget är ändrat.\n"
    )


def test_the_command_alone_shows_its_help() -> None:
    done = nulage()
    assert (done.returncode, done.stderr) == (2, "")
    assert "provrum" in done.stdout


def test_a_package_for_teams_needs_what_draws_its_icons(tmp_path: Path) -> None:
    without = "import sys; sys.modules['resvg_py'] = None; from bot.cli import main; main()"
    ids = dict.fromkeys(("CLIENT_ID", "TENANT_ID"), "8d4b2c1e-0f3a-4a6b-9c7d-5e1f2a3b4c5d")
    settings = {f"NULAGE_TEAMS__{name}": value for name, value in (ids | {"CLIENT_SECRET": "x"}).items()}
    words = ("teams", "package", "--url", "https://nulage.example.se", "--out", str(tmp_path / "p.zip"))
    done = subprocess.run(
        [sys.executable, "-c", without, *words],
        capture_output=True,
        text=True,
        env={**os.environ, **settings},
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stdout) == (4, "")
    assert done.stderr.startswith("Tillägget resvg_py är inte installerat.")


@pytest.mark.parametrize("missing", ["slack_bolt", "aiohttp", "resvg_py"])
def test_an_extra_that_is_not_installed_is_named_with_every_extra_to_ask_for(missing: str) -> None:
    """Asking for one extra alone would take the others away."""
    without = f"import sys; sys.modules['{missing}'] = None; from bot.cli import main; main()"
    settings = {"NULAGE_SLACK__BOT_TOKEN": "xoxb-1", "NULAGE_SLACK__SIGNING_SECRET": "s"}
    done = subprocess.run(
        [sys.executable, "-c", without, "serve"],
        capture_output=True,
        text=True,
        env={**os.environ, **settings, "NULAGE_HTTP__PORT": "0"},
        timeout=60,
        check=False,
    )
    assert done.returncode == 4
    assert done.stderr == (
        f"Tillägget {missing} är inte installerat. Kör `uv sync --no-dev --all-extras` i botens mapp och "
        "starta igen. Inget är ändrat.\n"
    )


def test_every_package_of_the_extras_is_known_as_one() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    needs = chain.from_iterable(project["optional-dependencies"].values())
    named = {re.split(r"[\[>]", need)[0].replace("-", "_") for need in needs}
    assert {IMPORTED.get(name, name) for name in named} | WITH_THEM == EXTRAS


def test_a_setting_can_come_from_a_mounted_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    secret = tmp_path / "url"
    secret.write_text("sqlite:///elsewhere.sqlite3\n")
    monkeypatch.setenv("NULAGE_DATABASE_URL_FILE", str(secret))
    assert read_settings().database_url == "sqlite:///elsewhere.sqlite3"
    monkeypatch.setenv("NULAGE_DATABASE_URL_FILE", str(tmp_path / "missing"))
    with pytest.raises(SettingsRefused, match="missing"):
        read_settings()
