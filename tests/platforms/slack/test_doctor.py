"""The doctor: each thing that can be wrong is one Swedish line that says how to mend it."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography.fernet import Fernet
from sqlalchemy import update
from typer.testing import CliRunner

from bot.cli import app
from bot.cli.checkup import MARKS
from bot.domain.school import Place
from bot.messages.delivery import Why
from bot.platforms.slack.install.scopes import SCOPES
from bot.rehearsal import example
from storage.installed import installations
from storage.installed.installations import Installation
from storage.installed.sealing import Seal
from storage.people.founding import change_arbetslag
from storage.store import open_store
from storage.tables import outbox
from tests.klarsprak import lint
from tests.platforms.slack.doctoring import ALL, TOKEN, faults, look, many
from tests.slack.fake import FakeSlack
from tests.slack.mischief import Fault
from tests.storage.made import promise_all, promised

KEY = Fernet.generate_key().decode()
NOW = datetime(2026, 11, 26, tzinfo=UTC)


@pytest.fixture
def database(tmp_path: Path) -> str:
    """Björkskolan at head, with its first two arbetslag in Slack."""
    url = f"sqlite:///{tmp_path / 'nulage.sqlite3'}"
    store = open_store(url)
    with store.begin() as unit:
        example.found(unit, "web", NOW.date())
        for number, team in enumerate(list(unit.roster.arbetslag.values())[:2], start=1):
            place = Place(platform="slack", address=f"T1/C{number}")
            change_arbetslag(unit, team.model_copy(update={"place": place}))
    store.close()
    return url


def test_all_well_says_so_and_nothing_else(database: str) -> None:
    said = look(database)
    assert faults(said) == []
    assert len([line for line in said if line.endswith("boten är med i kanalen.")]) == 2


@pytest.mark.parametrize(
    ("code", "says"),
    [
        ("invalid_auth", "Lägg den i NULAGE_SLACK__BOT_TOKEN och starta om boten"),
        ("token_revoked", "Lägg den i NULAGE_SLACK__BOT_TOKEN och starta om boten"),
        ("not_allowed_token_type", "Lägg den i NULAGE_SLACK__BOT_TOKEN och starta om boten"),
        ("team_access_not_granted", "Be den som sköter Slack hos er att godkänna appen"),
        ("internal_error", "något är fel hos Slack (internal_error). Kör nulage doctor igen"),
        ("something_new", "Slack sa nej (something_new). Kör nulage doctor igen"),
    ],
)
def test_a_token_that_does_not_work(database: str, code: str, says: str) -> None:
    def prepare(slack: FakeSlack) -> None:
        slack.mischief.plan(Fault("error", "auth.test", code=code))

    (line,) = faults(look(database, prepare))
    assert line.startswith("FEL ")
    assert f"({code})" in line
    assert says in line
    assert lint(line.partition(" ")[2], "text") == []


def test_slack_is_out_of_reach_at_once_or_half_way(database: str) -> None:
    for method in ("auth.test", "users.conversations"):

        def prepare(slack: FakeSlack, method: str = method) -> None:
            slack.mischief.plan(Fault("refuse", method, times=9))

        (line,) = faults(look(database, prepare))
        assert line.startswith("FEL "), line
        assert "Slack" in line


def test_slack_asks_us_to_wait(database: str) -> None:
    (line,) = faults(look(database, lambda slack: slack.mischief.plan(Fault("rate", "users.conversations"))))
    assert line.startswith("Tips Björkskolan: Slack ber oss vänta.")


@pytest.mark.parametrize("scope", SCOPES, ids=lambda scope: scope.name)
def test_each_missing_scope_is_named_with_what_does_not_work(database: str, scope: object) -> None:
    (lacking,) = [one for one in SCOPES if one is scope]
    said = faults(look(database, scopes=ALL - {lacking.name}))
    assert len(said) == 1
    assert lacking.name in said[0]
    assert lacking.gives in said[0]
    assert said[0].startswith("FEL" if lacking.needed else "Tips")


@pytest.mark.parametrize(
    ("seconds", "mark", "says"),
    [(30, "Bra", "stämmer"), (-120, "Tips", "efter Slacks"), (600, "FEL", "före Slacks")],
)
def test_a_clock_that_is_wrong(database: str, seconds: int, mark: str, says: str) -> None:
    (line,) = [line for line in look(database, off=timedelta(seconds=seconds)) if "Klockan" in line]
    assert line.startswith(mark)
    assert says in line


def test_a_channel_without_the_bot_and_one_that_is_archived(database: str) -> None:
    def prepare(slack: FakeSlack) -> None:
        slack.workspace.channels["C1"].members.clear()
        slack.workspace.channels["C2"].archived = True

    said = faults(look(database, prepare))
    assert len(said) == 2
    assert all("/invite @nulage" in line and line.startswith("FEL") for line in said)


def test_many_workspaces_are_each_looked_at_whatever_they_are_called(database: str) -> None:
    store = open_store(database)
    with store.begin() as unit:
        for token, team in ((TOKEN, "T1"), ("xoxb-gone", "T2")):
            named = {"enterprise": None, "team": team, "name": "Skolan", "token": token}
            kept = Installation.model_validate({**named, "bot_id": "B", "bot_user": "U"})
            installations.save(unit, Seal([KEY]), kept, "U1", NOW)
    store.close()
    lines = look(database, settings=lambda url, slack: many(url, slack, KEY))
    assert "Bra Skolan (T1): nyckeln fungerar." in lines
    (line,) = faults(lines)
    assert line.startswith("FEL Skolan (T2): Slack godtar inte nyckeln (invalid_auth). Öppna https://nulage.")
    other = Fernet.generate_key().decode()
    (line,) = faults(look(database, settings=lambda url, slack: many(url, slack, other)))
    assert "Nyckeln i NULAGE_SECRET_KEY öppnar inte" in line


def test_a_workspace_that_is_full_is_told_of(database: str) -> None:
    store = open_store(database)
    promise_all(store, promised("a", place=Place(platform="slack", address="T1/C1")))
    with store.begin() as unit:
        unit.change(update(outbox).values(why=Why.FULL))
    store.close()
    (line,) = faults(look(database))
    assert "message_limit_exceeded" in line
    assert lint(line.partition(" ")[2], "text") == []


def test_nobody_has_installed_yet(database: str) -> None:
    (line,) = faults(look(database, settings=lambda url, slack: many(url, slack, KEY)))
    assert "https://nulage.example.se/slack/install" in line


def test_a_bot_that_has_never_started(tmp_path: Path) -> None:
    said = faults(look(f"sqlite:///{tmp_path / 'new.sqlite3'}"))
    assert [line.partition(" ")[0] for line in said] == ["Tips", "Tips"]
    assert not (tmp_path / "new.sqlite3").exists()


def test_a_damaged_store_is_told_and_nothing_more_is_asked(tmp_path: Path) -> None:
    path = tmp_path / "nulage.sqlite3"
    path.write_bytes(b"this is not a database, and long enough to be looked at twice" * 20)
    (line,) = faults(look(f"sqlite:///{path}"))
    assert "är skadad" in line


def test_every_line_is_plain_swedish(database: str) -> None:
    def prepare(slack: FakeSlack) -> None:
        slack.workspace.channels["C1"].members.clear()

    said = look(database, prepare, scopes=ALL - {"users:read", "groups:history"}, off=timedelta(hours=1))
    assert {line.partition(" ")[0] for line in said} == {*MARKS.values()}
    for line in said:
        _, _, words = line.partition(" ")
        assert lint(words, "text") == [], words


def nulage(**settings: str) -> tuple[int, str]:
    done = CliRunner().invoke(app, ["doctor"], env=settings)
    return done.exit_code, done.stdout


def test_the_command_ends_with_0_when_nothing_is_wrong_and_3_when_something_is(database: str) -> None:
    code, said = nulage(NULAGE_DATABASE_URL=database)
    assert (code, "Tips Slack är inte påslaget" in said) == (0, True)
    nowhere = {"BOT_TOKEN": TOKEN, "SIGNING_SECRET": "x", "API_URL": "http://127.0.0.1:9"}
    slack = {f"NULAGE_SLACK__{name}": value for name, value in nowhere.items()}
    code, said = nulage(NULAGE_DATABASE_URL=database, **slack)
    assert (code, "FEL  Jag når inte Slack" in said) == (3, True)
