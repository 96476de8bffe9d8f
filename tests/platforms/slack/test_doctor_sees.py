"""What the doctor says when it cannot see: only what is true, and what mends it."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.domain.school import Place
from bot.rehearsal import example
from bot.settings import Settings, SlackSection
from storage.people.founding import change_arbetslag
from storage.store import open_store
from tests.klarsprak import lint
from tests.platforms.slack.doctoring import ALL, TOKEN, faults, look, many
from tests.platforms.slack.install_stage import KEY
from tests.slack.fake import FakeSlack
from tests.slack.mischief import Fault
from tests.slack.state import Token


@pytest.fixture
def database(tmp_path: Path) -> str:
    """Björkskolan at head: one arbetslag in each of two workspaces."""
    url = f"sqlite:///{tmp_path / 'nulage.sqlite3'}"
    store = open_store(url)
    with store.begin() as unit:
        example.found(unit, "web", datetime(2026, 11, 26, tzinfo=UTC).date())
        for address, team in zip(("T1/C1", "T2/C2"), list(unit.roster.arbetslag.values()), strict=False):
            change_arbetslag(
                unit, team.model_copy(update={"place": Place(platform="slack", address=address)})
            )
    store.close()
    return url


def socket(url: str, slack: FakeSlack) -> Settings:
    tokens = {"bot_token": TOKEN, "app_token": "xapp-1", "api_url": slack.address + "/api"}
    return Settings(database_url=url, slack=SlackSection.model_validate(tokens))


def test_socket_mode_needs_a_token_that_works(database: str) -> None:
    def line(slack: FakeSlack) -> None:
        slack.workspace.tokens["xapp-1"] = Token("T1", frozenset({"connections:write"}), "app")

    assert "Bra Socket Mode: nyckeln fungerar." in look(database, line, settings=socket)
    (said,) = faults(look(database, settings=socket))
    assert said.startswith("FEL Socket Mode: Slack godtar inte nyckeln (invalid_auth). Gör en ny nyckel")
    (said,) = faults(look(database, lambda _slack: None, settings=socket))
    assert lint(said.partition(" ")[2], "text") == []


@pytest.mark.parametrize(
    ("fault", "says"),
    [
        (Fault("refuse", times=9), "FEL Jag når inte Slack på 127.0.0.1:"),
        (Fault("rate"), "Tips Socket Mode: Slack ber oss vänta."),
        (Fault("http", code="internal_error"), "FEL Socket Mode: något är fel hos Slack (internal_error)."),
        (Fault("html", status=200), "FEL Socket Mode: en webbsida kom i stället för Slacks svar (200)."),
        (Fault("error", code="missing_scope"), "FEL Socket Mode: Slack godtar inte nyckeln (missing_scope)."),
    ],
    ids=lambda given: given.how if isinstance(given, Fault) else "",
)
def test_a_new_app_token_is_asked_for_only_when_that_helps(database: str, fault: Fault, says: str) -> None:
    fault.method = "apps.connections.open"
    (said,) = faults(look(database, lambda slack: slack.mischief.plan(fault), settings=socket))
    assert said.startswith(says)
    assert ("Gör en ny nyckel" in said) == ("godtar inte" in says)
    assert lint(said.partition(" ")[2], "text") == []


@pytest.mark.parametrize("method", ["auth.test", "users.conversations"])
def test_a_page_that_is_not_slacks_is_called_one(database: str, method: str) -> None:
    (said,) = faults(look(database, lambda slack: slack.mischief.plan(Fault("html", method, status=200))))
    assert "en webbsida kom i stället för Slacks svar (200)" in said
    assert lint(said.partition(" ")[2], "text") == []


def test_what_is_lacking_is_said_once(database: str) -> None:
    """Slack names every scope that would do, also those the bot should not have."""
    said = faults(look(database, scopes=ALL - {"channels:read", "groups:read"}))
    assert len(said) == 2
    assert "mpim" not in str(said)


def test_which_commands_slack_has_is_not_known_and_is_said_so(database: str) -> None:
    assert any("klistrar du in appens beskrivning igen" in line for line in look(database))
    assert not any("App Manifest" in line for line in look(database, scopes=ALL - {"commands"}))


def test_one_workspace_that_holds_the_bot_back_hides_no_other(database: str) -> None:
    def organisation(slack: FakeSlack) -> None:
        slack.workspace.tokens[TOKEN] = Token("E1", ALL)
        slack.mischief.plan(Fault("error", "users.conversations", code="team_access_not_granted"))

    said = look(database, organisation)
    (held,) = faults(said)
    assert "(T1): organisationen släpper inte in boten (team_access_not_granted)." in held
    assert [line for line in said if line.endswith("boten är med i kanalen.")] != []


@pytest.mark.parametrize("oauth", [False, True], ids=["one", "many"])
def test_of_a_store_that_is_not_yet_updated_nothing_is_claimed(database: str, *, oauth: bool) -> None:
    store = open_store(database)
    with store.begin() as unit:
        unit.change(text("UPDATE alembic_version SET version_num = '0001'"))
    store.close()
    said = look(database, settings=lambda url, slack: many(url, slack, KEY)) if oauth else look(database)
    assert not any("Ingen arbetsyta" in line or "Inget arbetslag" in line for line in said)
    assert "förrän databasen är uppdaterad" in said[-1]
    assert lint(said[-1].partition(" ")[2], "text") == []


def test_who_lets_everybody_install_is_told(database: str) -> None:
    said = faults(look(database, settings=lambda url, slack: many(url, slack, KEY, "")))
    assert said[0].startswith("Tips NULAGE_SLACK__WORKSPACES är tom.")
    assert lint(said[0].partition(" ")[2].replace("NULAGE_SLACK__WORKSPACES", "Inställningen"), "text") == []
    assert len(faults(look(database, settings=lambda url, slack: many(url, slack, KEY)))) == len(said) - 1
