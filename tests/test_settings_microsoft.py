"""Teams' and Graph's settings: whose Teams the bot works in, and that nobody else is let in by mistake."""

import os
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.settings import Settings, SettingsRefused, read_settings, variables

APP = "8d4b2c1e-0f3a-4a6b-9c7d-5e1f2a3b4c5d"
HOME = "5ca1ab1e-0000-4000-8000-0000000000aa"
OTHER = "5ca1ab1e-0000-4000-8000-0000000000bb"
FILLED = {"TEAMS__CLIENT_ID": APP, "TEAMS__CLIENT_SECRET": "hush-hush", "TEAMS__TENANT_ID": HOME}
GRAPH = {"GRAPH__CLIENT_ID": APP, "GRAPH__CLIENT_SECRET": "hush-hush"}
OURS = ("NULAGE_TEAMS__", "NULAGE_GRAPH__")
LINK = f"https://teams.microsoft.com/l/channel/19%3Aa%40thread.tacv2/Ledning?groupId={OTHER}&tenantId={HOME}"
OTHERWISE = {
    **dict.fromkeys(("TEAMS__LOGIN_URL", "TEAMS__OPENID_URL", "GRAPH__BASE_URL"), "https://x.example/y"),
    "TEAMS__DANGEROUSLY_ALLOW_UNAUTHENTICATED": "True",
    "GRAPH__CALENDAR_OF": "links",
    "GRAPH__FILES_TO": "rektor",
    "GRAPH__REPORTS_TO": "arbetslag",
}
"""What a setting may be that is no id and no secret."""
OPEN = {"TEAMS__DANGEROUSLY_ALLOW_UNAUTHENTICATED": "true", "TEAMS__TENANT_ID": HOME}


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

    def __call__(self, named: dict[str, str]) -> Settings:
        for name, value in named.items():
            self._monkeypatch.setenv(f"NULAGE_{name}", value)
        return read_settings()


def test_nothing_set_is_a_bot_without_microsoft(read: Read) -> None:
    settings = read({})
    assert not settings.teams.on
    assert not settings.graph.on


def test_only_our_home_tenant_is_let_in_when_none_is_named(read: Read) -> None:
    assert read(FILLED).teams.tenants == {HOME}


def test_those_that_are_named_are_let_in_and_nobody_else(read: Read) -> None:
    both = read(FILLED | {"TEAMS__ALLOWED_TENANTS": f" {HOME} , {OTHER.upper()}, "}).teams
    assert both.tenants == {HOME, OTHER}
    assert read(FILLED | {"TEAMS__ALLOWED_TENANTS": OTHER}).teams.tenants == {OTHER}


def test_ids_are_read_in_the_case_that_microsoft_sends_them(read: Read) -> None:
    teams = read(FILLED | {"TEAMS__TENANT_ID": HOME.upper(), "TEAMS__CLIENT_ID": APP.upper()}).teams
    assert (teams.tenant_id, teams.client_id) == (HOME, APP)


def test_files_go_to_one_place_or_to_the_channels_whose_links_are_given(read: Read) -> None:
    both = read(FILLED | GRAPH | {"GRAPH__FILES_TO": f"  {LINK}\n{LINK.replace('19%3Aa', '19%3Ab')} "}).graph
    assert [one.channel for one in both.files_channels] == ["19:a@thread.tacv2", "19:b@thread.tacv2"]
    assert {one.team for one in both.files_channels} == {OTHER}
    for place in ("rektor", ""):
        graph = read(FILLED | GRAPH | {"GRAPH__FILES_TO": place}).graph
        assert (graph.files_to, graph.files_channels) == (place, ())


def test_nobody_is_let_in_without_tokens_unless_that_is_said(read: Read) -> None:
    assert not read(FILLED).teams.dangerously_allow_unauthenticated


def test_without_tokens_the_bot_needs_no_registration(read: Read) -> None:
    teams = read(OPEN).teams
    assert (teams.on, teams.dangerously_allow_unauthenticated, teams.client_id) == (True, True, "")


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "10.0.0.4", "nulage.example.se"])  # noqa: S104  refused
def test_without_tokens_only_this_machine_is_listened_to(read: Read, host: str) -> None:
    with pytest.raises(SettingsRefused, match="DANGEROUSLY_ALLOW_UNAUTHENTICATED släpper in vem som helst"):
        read(OPEN | FILLED | {"HTTP__HOST": host})


def test_without_tokens_nobody_is_led_here_from_elsewhere(read: Read) -> None:
    """A server in front of us hands over whatever anybody sends to that address."""
    with pytest.raises(SettingsRefused, match="boten nås på NULAGE_HTTP__PUBLIC_URL"):
        read(OPEN | {"HTTP__PUBLIC_URL": "https://nulage.kommunen.se"})
    assert read(OPEN | {"HTTP__PUBLIC_URL": "http://127.0.0.1:8080"}).teams.on


@pytest.mark.parametrize("name", [name for name in variables() if name.startswith(OURS)])
def test_each_can_come_from_a_file_as_windows_writes_it(read: Read, tmp_path: Path, name: str) -> None:
    """With a mark before the first sign, and two signs at the end of a line."""
    bare = name.removeprefix("NULAGE_")
    value, file = OTHERWISE.get(bare, APP), tmp_path / "setting"
    file.write_bytes(b"\xef\xbb\xbf" + value.encode() + b"\r\n")
    settings = read(_less(FILLED | GRAPH, bare) | {f"{bare}_FILE": str(file)})
    section, field = bare.lower().split("__")
    held = settings.model_dump()[section][field]
    assert (held.get_secret_value() if isinstance(held, SecretStr) else str(held)) == value


def test_a_file_that_is_no_utf_8_is_told_as_that(read: Read, tmp_path: Path) -> None:
    file = tmp_path / "secret"
    file.write_text("hemligt", encoding="utf-16")
    with pytest.raises(
        SettingsRefused, match=r"i NULAGE_TEAMS__CLIENT_SECRET_FILE är inte sparad som UTF-8\."
    ):
        read({"TEAMS__CLIENT_SECRET_FILE": str(file)})


@pytest.mark.parametrize("host", ["127.0.0.1", "::1", "localhost"])
def test_without_tokens_this_machine_is_fine(read: Read, host: str) -> None:
    assert read(OPEN | {"HTTP__HOST": host}).teams.on


def test_graph_asks_about_its_own_tenant_or_the_one_that_teams_has(read: Read) -> None:
    assert read(FILLED | GRAPH | {"GRAPH__TENANT_ID": OTHER}).graph_tenant == OTHER
    settings = read(FILLED | GRAPH | {"GRAPH__TENANT_ID": ""})
    assert (settings.graph.on, settings.graph_tenant) == (True, HOME)


def test_links_to_a_calendar_need_no_graph(read: Read) -> None:
    settings = read(FILLED | {"GRAPH__CALENDAR_OF": "links"})
    assert (settings.graph.on, settings.graph.needing) == (False, ())


def _less(filled: dict[str, str], name: str) -> dict[str, str]:
    return {key: value for key, value in filled.items() if key != name}


@pytest.mark.parametrize(
    ("named", "says"),
    [
        (_less(FILLED, "TEAMS__CLIENT_ID"), "NULAGE_TEAMS__CLIENT_ID saknas"),
        (_less(FILLED, "TEAMS__CLIENT_SECRET"), "NULAGE_TEAMS__CLIENT_SECRET saknas"),
        (_less(FILLED, "TEAMS__TENANT_ID"), "NULAGE_TEAMS__TENANT_ID saknas"),
        (_less(OPEN, "TEAMS__TENANT_ID"), "NULAGE_TEAMS__TENANT_ID saknas"),
        ({"TEAMS__ALLOWED_TENANTS": HOME}, "NULAGE_TEAMS__TENANT_ID saknas"),
        (FILLED | {"TEAMS__TENANT_ID": "kommunen.se"}, "NULAGE_TEAMS__TENANT_ID ska vara ett id från Entra"),
        (FILLED | {"TEAMS__TENANT_ID": f"{HOME},{OTHER}"}, "NULAGE_TEAMS__TENANT_ID ska vara ett id"),
        (FILLED | {"TEAMS__CLIENT_ID": "nuläge"}, "NULAGE_TEAMS__CLIENT_ID ska vara ett id från Entra"),
        (FILLED | {"TEAMS__ALLOWED_TENANTS": f"{HOME} {OTHER}"}, "ALLOWED_TENANTS ska vara id:n från Entra"),
        (FILLED | {"TEAMS__LOGIN_URL": "http://login.example.se"}, "NULAGE_TEAMS__LOGIN_URL ska vara en"),
        (FILLED | {"TEAMS__OPENID_URL": "http://x.example.se"}, "NULAGE_TEAMS__OPENID_URL ska vara en"),
        (OPEN | {"TEAMS__DANGEROUSLY_ALLOW_UNAUTHENTICATED": "kanske"}, "ska vara true eller false"),
        (FILLED | {"TEAMS__CLIENTID": APP}, "NULAGE_TEAMS__CLIENTID finns inte"),
        ({"TEAMS_CLIENT_ID": APP}, "Den heter NULAGE_TEAMS__CLIENT_ID."),
        (_less(GRAPH, "GRAPH__CLIENT_ID"), "NULAGE_GRAPH__CLIENT_ID saknas"),
        (_less(GRAPH, "GRAPH__CLIENT_SECRET"), "NULAGE_GRAPH__CLIENT_SECRET saknas"),
        (GRAPH, "Graph används bara tillsammans med Teams"),
        ({"GRAPH__TENANT_ID": HOME}, "NULAGE_GRAPH__CLIENT_ID saknas"),
        (FILLED | {"GRAPH__FILES_TO": "rektor"}, "NULAGE_GRAPH__FILES_TO är ifylld men inte Graph"),
        (FILLED | {"GRAPH__REPORTS_TO": "arbetslag"}, "NULAGE_GRAPH__REPORTS_TO är ifylld men inte Graph"),
        (FILLED | GRAPH | {"GRAPH__REPORTS_TO": "rektor"}, "NULAGE_GRAPH__REPORTS_TO ska vara arbetslag"),
        (FILLED | GRAPH | {"GRAPH__FILES_TO": "OneDrive"}, "NULAGE_GRAPH__FILES_TO ska vara rektor el"),
        (
            FILLED | GRAPH | {"GRAPH__FILES_TO": "b!library-1"},
            "FILES_TO ska vara rektor eller länken till en",
        ),
        (FILLED | GRAPH | {"GRAPH__FILES_TO": f"rektor {LINK}"}, "FILES_TO ska vara rektor eller"),
        (FILLED | GRAPH | {"GRAPH__FILES_TO": f"{LINK} https://x.se"}, "FILES_TO ska vara rektor eller"),
        (FILLED | {"GRAPH__TEAMS_APP": APP}, "NULAGE_GRAPH__TEAMS_APP är ifylld men inte Graph"),
        (FILLED | {"GRAPH__CALENDAR_OF": "processledare"}, "NULAGE_GRAPH__CALENDAR_OF är ifylld men inte G"),
        (
            FILLED | {"GRAPH__CALENDAR_OF": "links", "GRAPH__FILES_TO": "rektor"},
            "NULAGE_GRAPH__FILES_TO är ifylld men inte Graph",
        ),
        ({"GRAPH__CALENDAR_OF": "links"}, "NULAGE_GRAPH__CALENDAR_OF är ifylld men inte Teams"),
        ({"GRAPH__FILES_TO": "rektor"}, "NULAGE_GRAPH__FILES_TO är ifylld"),
        (GRAPH | {"GRAPH__BASE_URL": "http://graph.example.se"}, "NULAGE_GRAPH__BASE_URL ska vara en adress"),
    ],
)
def test_what_is_half_filled_or_odd_is_refused_and_named(
    read: Read, named: dict[str, str], says: str
) -> None:
    with pytest.raises(SettingsRefused, match=says) as refused:
        read(named)
    assert "Inget är ändrat." in str(refused.value)
    assert "hush-hush" not in str(refused.value)
