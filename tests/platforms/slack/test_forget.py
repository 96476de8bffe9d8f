"""A key that is lost: the bot says so, and `nulage slack forget` is the way on."""

from pathlib import Path

import pytest
from cryptography.fernet import Fernet
from typer.testing import CliRunner

from bot.cli import app
from storage.installed import installations
from storage.installed.sealing import Seal, SealBroken
from storage.store import open_store
from tests.klarsprak import lint
from tests.storage.installing import installed
from tests.storage.made import NOW

OLD, NEW = Fernet.generate_key().decode(), Fernet.generate_key().decode()


def forget(database: str, key: str) -> tuple[int, str]:
    settings = {"NULAGE_DATABASE_URL": database, "NULAGE_SECRET_KEY": key}
    done = CliRunner().invoke(app, ["slack", "forget"], env=settings)
    assert lint(done.output.strip(), "text") == []
    return done.exit_code, done.output


@pytest.fixture
def database(tmp_path: Path) -> str:
    url = f"sqlite:///{tmp_path / 'nulage.sqlite3'}"
    store = open_store(url)
    with store.begin() as unit:
        installations.save(unit, Seal([OLD]), installed(), "UPIA", NOW)
    store.close()
    return url


def connected(database: str, key: str) -> int:
    store = open_store(database)
    try:
        with store.begin() as unit:
            return len(installations.connected(unit, Seal([key])))
    finally:
        store.close()


def test_what_can_be_opened_is_left_alone(database: str) -> None:
    code, said = forget(database, f"{NEW},{OLD}")
    assert (code, said) == (0, "Alla nycklar till Slack går att öppna. Inget är ändrat.\n")
    assert connected(database, OLD) == 1


def test_with_a_new_key_the_bot_can_start_and_be_installed_again(database: str) -> None:
    with pytest.raises(SealBroken, match="nulage slack forget"):
        connected(database, NEW)
    code, said = forget(database, NEW)
    assert code == 0
    assert said.startswith("Arbetsytor som är släppta: 1.")
    assert connected(database, NEW) == 0


def test_without_a_key_it_says_how_to_make_one(database: str) -> None:
    code, said = forget(database, "")
    assert (code, "`nulage secret`" in said) == (2, True)
    assert connected(database, OLD) == 1


def test_who_names_no_database_of_ours_is_told_and_none_is_made(tmp_path: Path) -> None:
    nowhere = tmp_path / "elsewhere.sqlite3"
    code, said = forget(f"sqlite:///{nowhere}", NEW)
    assert (code, "samma inställningar som boten" in said) == (2, True)
    assert not nowhere.exists()
