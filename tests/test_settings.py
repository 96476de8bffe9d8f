"""Settings as IT meets them: what is half-filled, misspelt or weak is refused in words that help."""

import base64
import os
from pathlib import Path

import pytest

from bot.settings import Settings, SettingsRefused, read_settings, variables

KEY = base64.urlsafe_b64encode(bytes(range(32))).decode()
OTHER = base64.urlsafe_b64encode(bytes(range(100, 132))).decode()
HTTP = {"BOT_TOKEN": "xoxb-1-secret", "SIGNING_SECRET": "hush-hush"}
OAUTH = {"CLIENT_ID": "1.2", "CLIENT_SECRET": "hush-hush", "SIGNING_SECRET": "hush-hush"}
FOR_OAUTH = {"NULAGE_SECRET_KEY": KEY, "NULAGE_HTTP__PUBLIC_URL": "https://nulage.example.se/"}


@pytest.fixture(autouse=True)
def _bare(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith("NULAGE_")]:
        monkeypatch.delenv(name)


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> "Read":
    return Read(monkeypatch)


class Read:
    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self._monkeypatch = monkeypatch

    def __call__(self, slack: dict[str, str] | None = None, **others: str) -> Settings:
        for name, value in (slack or {}).items():
            self._monkeypatch.setenv(f"NULAGE_SLACK__{name}", value)
        for name, value in others.items():
            self._monkeypatch.setenv(name, value)
        return read_settings()


def test_nothing_set_is_a_bot_without_slack_on_this_computer(read: Read) -> None:
    settings = read()
    assert not settings.slack.on
    assert (settings.http.host, settings.http.port) == ("127.0.0.1", 8080)


def test_what_is_there_but_empty_is_as_if_it_were_not(read: Read) -> None:
    assert not read(dict.fromkeys([*HTTP, *OAUTH, "APP_TOKEN"], "")).slack.on


def test_one_workspace_over_http(read: Read) -> None:
    slack = read(HTTP).slack
    assert (slack.on, slack.oauth, slack.socket) == (True, False, False)
    assert slack.bot_token.get_secret_value() == "xoxb-1-secret"


def test_one_workspace_by_socket_mode_needs_no_signing_secret(read: Read) -> None:
    slack = read({"BOT_TOKEN": "xoxb-1", "APP_TOKEN": "xapp-1"}).slack
    assert (slack.on, slack.oauth, slack.socket) == (True, False, True)


def test_many_workspaces_by_oauth(read: Read) -> None:
    settings = read(OAUTH | {"WORKSPACES": "T1, E2"}, **FOR_OAUTH)
    assert settings.slack.oauth
    assert settings.http.public_url == "https://nulage.example.se"
    assert settings.slack.allowed == {"T1", "E2"}


@pytest.mark.parametrize(
    ("slack", "others", "names"),
    [
        ({"BOT_TOKEN": "xoxb-1"}, {}, "SIGNING_SECRET saknas"),
        ({"SIGNING_SECRET": "x"}, {}, "Fyll i NULAGE_SLACK__BOT_TOKEN, eller NULAGE_SLACK__CLIENT_ID"),
        ({"APP_TOKEN": "xapp-1"}, {}, "Fyll i NULAGE_SLACK__BOT_TOKEN, eller NULAGE_SLACK__CLIENT_ID"),
        ({"CLIENT_ID": "1.2", "SIGNING_SECRET": "x"}, FOR_OAUTH, "inte NULAGE_SLACK__CLIENT_SECRET"),
        ({"CLIENT_SECRET": "1", "SIGNING_SECRET": "x"}, FOR_OAUTH, "inte NULAGE_SLACK__CLIENT_ID"),
        (OAUTH | HTTP, FOR_OAUTH, "Välj ett sätt"),
        ({**OAUTH, "SIGNING_SECRET": ""}, FOR_OAUTH, "SIGNING_SECRET saknas"),
        ({**OAUTH, "APP_TOKEN": "xapp-1"}, FOR_OAUTH, "NULAGE_SLACK__APP_TOKEN är för ett prov"),
        (OAUTH, FOR_OAUTH | {"NULAGE_SECRET_KEY": ""}, "NULAGE_SECRET_KEY saknas.*`nulage secret`"),
        (OAUTH, FOR_OAUTH | {"NULAGE_HTTP__PUBLIC_URL": ""}, "NULAGE_HTTP__PUBLIC_URL saknas"),
        (HTTP | {"BOT_TOKEN": "xoxp-1"}, {}, "NULAGE_SLACK__BOT_TOKEN börjar inte med xoxb-"),
        (HTTP | {"APP_TOKEN": "xoxb-1"}, {}, "NULAGE_SLACK__APP_TOKEN börjar inte med xapp-"),
        (HTTP | {"API_URL": "http://slack.example.se/api"}, {}, "NULAGE_SLACK__API_URL"),
        (HTTP | {"BOTTOKEN": "xoxb-1"}, {}, "NULAGE_SLACK__BOTTOKEN finns inte. Se efter"),
        (HTTP | {"BOT_TOKN": "xoxb-1"}, {}, "NULAGE_SLACK__BOT_TOKN finns inte. Se efter"),
        ({}, {"NULAGE_SLACK": "hej"}, "NULAGE_SLACK finns inte. Se efter"),
        ({}, {"NULAGE_DATABASEURL": "sqlite:///x"}, "NULAGE_DATABASEURL finns inte. Se efter"),
        ({}, {"NULAGE_DATABASEURL_FILE": "/x"}, "NULAGE_DATABASEURL_FILE finns inte. Se efter"),
        ({}, {"NULAGE_HTTP_PORT": "9"}, "ett understreck för lite. Den heter NULAGE_HTTP__PORT."),
        ({}, {"NULAGE_HTTP__PORT": "många"}, "NULAGE_HTTP__PORT ska vara ett tal 0–65535."),
        ({}, {"NULAGE_HTTP__PORT": "65536"}, "NULAGE_HTTP__PORT ska vara ett tal 0–65535."),
        ({}, {"NULAGE_LOG_FORMAT": "papper"}, "NULAGE_LOG_FORMAT ska vara text eller json."),
        ({}, {"NULAGE_PING_URL": "nulage.example.se"}, "NULAGE_PING_URL ska vara en adress med https://."),
        ({}, {"NULAGE_HTTP__PUBLIC_URL": "http://nulage.example.se"}, "NULAGE_HTTP__PUBLIC_URL ska vara en"),
        ({"WORKSPACES": "T1"}, {}, "Slack är halvt ifyllt"),
        (OAUTH | {"WORKSPACES": "t1 t2"}, FOR_OAUTH, "NULAGE_SLACK__WORKSPACES ska vara id:n från Slack"),
        (OAUTH | {"WORKSPACES": "bjork.slack.com"}, FOR_OAUTH, "NULAGE_SLACK__WORKSPACES ska vara id:n"),
        ({}, {"NULAGE_SLACK_BOT_TOKEN": "xoxb-1"}, "ett understreck för lite.*NULAGE_SLACK__BOT_TOKEN"),
        ({}, {"NULAGE_SLACK_BOT_TOKEN_FILE": "/x"}, "Den heter NULAGE_SLACK__BOT_TOKEN_FILE."),
    ],
)
def test_what_is_half_filled_is_refused_and_named(
    read: Read, slack: dict[str, str], others: dict[str, str], names: str
) -> None:
    with pytest.raises(SettingsRefused, match=names) as refused:
        read(slack, **others)
    assert "Inget är ändrat." in str(refused.value)
    assert "hush-hush" not in str(refused.value)


@pytest.mark.parametrize(
    "url", ["hej", "/var/x.sqlite3", "sqlite://", "mysql://u:hush-hush@h/x", "postgres://u:hush-hush@h/x"]
)
def test_a_database_that_is_neither_of_the_two_is_refused(read: Read, url: str) -> None:
    with pytest.raises(SettingsRefused) as refused:
        read(NULAGE_DATABASE_URL=url)
    assert str(refused.value) == (
        "NULAGE_DATABASE_URL ska börja med sqlite:/// eller postgresql://. "
        "Rätta den och starta igen. Inget är ändrat."
    )


def test_every_setting_of_the_wrong_form_is_named_at_once(read: Read) -> None:
    with pytest.raises(SettingsRefused) as refused:
        read(NULAGE_HTTP__PORT="hej", NULAGE_TEAMS__CLIENT_ID="banan")
    said = str(refused.value)
    assert "NULAGE_HTTP__PORT ska " in said
    assert "NULAGE_TEAMS__CLIENT_ID ska " in said
    assert said.endswith("Rätta dem och starta igen. Inget är ändrat.")


def test_a_database_port_that_is_no_number_is_refused(read: Read) -> None:
    with pytest.raises(SettingsRefused, match="Porten i NULAGE_DATABASE_URL ska vara ett tal") as refused:
        read(NULAGE_DATABASE_URL="postgresql://user:hush-hush@host:port/name")
    assert "hush-hush" not in str(refused.value)


@pytest.mark.parametrize(
    "url",
    [
        "sqlite:////var/lib/nulage/nulage.sqlite3",
        "postgresql://user:p:w/?[@host/name",
        "postgresql://user:word@host:5432/name?sslmode=require",
        "postgresql://u@[::1]:5432/name",
        "postgresql:///name?host=/run/postgresql:5433",
    ],
)
def test_a_database_of_either_kind_is_taken_as_it_stands(read: Read, url: str) -> None:
    assert read(NULAGE_DATABASE_URL=url).database_url == url


def test_what_a_cluster_names_after_its_service_is_let_be(read: Read) -> None:
    read(NULAGE_PORT="tcp://10.0.0.1:8080", NULAGE_SERVICE_HOST="10.0.0.1", NULAGE_PORT_8080_TCP_PORT="8080")


@pytest.mark.parametrize("address", ["http://127.0.0.1:9/api/", "http://localhost:9/api", "http://[::1]:9"])
def test_a_fake_slack_on_this_machine_needs_no_https(read: Read, address: str) -> None:
    assert read(HTTP | {"API_URL": address}).slack.api_url == address.rstrip("/")


@pytest.mark.parametrize("name", [*variables()])
def test_each_setting_can_come_from_a_mounted_file(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(f"{name}_FILE", str(tmp_path / "missing"))
    with pytest.raises(SettingsRefused, match=f"{tmp_path}/missing i {name}_FILE går inte att läsa"):
        read_settings()


def test_a_secret_is_read_from_its_file_and_the_environment_comes_first(read: Read, tmp_path: Path) -> None:
    secret = tmp_path / "token"
    secret.write_text("xoxb-from-file\n")
    settings = read({"BOT_TOKEN_FILE": str(secret), "SIGNING_SECRET": "x"})
    assert settings.slack.bot_token.get_secret_value() == "xoxb-from-file"
    assert read({"BOT_TOKEN": "xoxb-said"}).slack.bot_token.get_secret_value() == "xoxb-said"


def test_a_file_with_nothing_in_it_is_named(read: Read, tmp_path: Path) -> None:
    empty = tmp_path / "token"
    empty.write_text("\n")
    with pytest.raises(SettingsRefused, match=r"token i NULAGE_SLACK__BOT_TOKEN_FILE är tom\."):
        read({"BOT_TOKEN_FILE": str(empty), "SIGNING_SECRET": "x"})


def test_no_secret_is_shown(read: Read) -> None:
    settings = read(OAUTH | {"CLIENT_SECRET": "hush-hush"}, **FOR_OAUTH)
    assert "hush-hush" not in f"{settings!r} {settings} {settings.slack!r}"
    assert KEY not in f"{settings!r}"


@pytest.mark.parametrize(
    "weak",
    [
        "hemligt",
        KEY[:-4],
        f"{KEY},kort",
        base64.urlsafe_b64encode(bytes(32)).decode(),
        base64.urlsafe_b64encode(b"password" * 4).decode(),
        "å" * 44,
    ],
)
def test_a_weak_key_is_refused_with_how_to_make_one(read: Read, weak: str) -> None:
    with pytest.raises(SettingsRefused, match="`nulage secret`") as refused:
        read({}, NULAGE_SECRET_KEY=weak)
    assert weak not in str(refused.value)


def test_several_keys_are_read_in_order(read: Read) -> None:
    assert read({}, NULAGE_SECRET_KEY=f" {KEY} , {OTHER},").secret_keys == (KEY, OTHER)
