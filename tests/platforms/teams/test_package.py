"""The app package: true to what the bot does, whole, within Microsoft's limits, the same bytes each time."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from bot.cli import app
from bot.messages.gallery.home import EXAMPLES
from bot.messages.model import Choices, Message
from bot.messages.tokens import Token
from bot.platforms.teams.install.manifest import HOME_DOES, NEWEST, app_id_of
from bot.platforms.teams.install.package import packed
from bot.platforms.teams.install.permissions import NOTICES, PERMISSIONS
from handlers.commands import COMMANDS
from prompts.book import load_texts
from tests.fetched import fetch
from tests.klarsprak import lint
from tests.platforms.teams.packaging import (
    CLIENT,
    SHAPES,
    URL,
    Package,
    faults,
    made,
    opened,
    package_of,
    refused,
    strings,
    wanted,
)

HOME = "5ca1ab1e-0000-4000-8000-0000000000aa"
SCHEMAS = "@microsoft/app-manifest@1.1.2"
GUIDE = Path(__file__).parents[3] / "docs" / "teams.md"
SETTINGS = {
    "NULAGE_TEAMS__CLIENT_ID": CLIENT,
    "NULAGE_TEAMS__CLIENT_SECRET": "hush",
    "NULAGE_TEAMS__TENANT_ID": HOME,
}


@pytest.mark.parametrize("shape", SHAPES)
def test_teams_has_nothing_to_turn_away(shape: str) -> None:
    assert faults(package_of(SHAPES[shape])) == []


def test_the_same_wish_makes_the_same_bytes() -> None:
    assert packed(made()) == packed(made())
    assert list(package_of(made()).files) == ["manifest.json", "color.png", "outline.png"]


def test_the_app_keeps_its_id_and_another_registration_gets_another() -> None:
    assert made()["id"] == made(version="2.0.0", read_all=True)["id"] == app_id_of(CLIENT)
    assert app_id_of(HOME) != app_id_of(CLIENT)
    assert SHAPES["told"]["id"] == wanted(app_id="5ca1ab1e-0000-4000-8000-000000000001").app_id


@pytest.mark.parametrize("shape", SHAPES)
def test_every_command_is_there_once_with_what_the_help_says(shape: str) -> None:
    does = load_texts().common.help_commands
    lists = SHAPES[shape]["bots"][0]["commandLists"]
    assert sorted(scope for one in lists for scope in one["scopes"]) == ["groupChat", "personal", "team"]
    among, alone = (
        {one["title"]: one["description"].casefold() for one in listed["commands"]} for listed in lists
    )
    assert among == {name: does[name].casefold() for name in COMMANDS}
    assert alone == {name: what for name, what in among.items() if name != "språk"} | {
        "hem": HOME_DOES.casefold()
    }
    assert max(len(among), len(alone)) <= 10, "the most that the guide to command menus lets a list have"


def test_what_the_personal_list_leaves_out_can_be_chosen_at_home() -> None:
    home = next(one for one in EXAMPLES if one.name == "home/without_team").make(load_texts())
    assert isinstance(home, Message)
    rows = [block.buttons for block in home.blocks if isinstance(block, Choices)]
    assert "set_language" in {Token.unpack(one.token).verb for row in rows for one in row}


def test_slash_is_shown_among_others_only_and_can_be_left_out() -> None:
    told = {shape: SHAPES[shape]["bots"][0] for shape in ("slash", "plain")}
    among, alone = told["slash"]["commandLists"]
    assert (among["triggers"], "triggers" in alone) == (["mention", "slash"], False)
    assert told["slash"]["supportsTargetedMessages"]
    assert "slash" not in json.dumps(SHAPES["plain"])
    assert "supportsTargetedMessages" not in told["plain"]
    assert SHAPES["plain"]["manifestVersion"] == "1.28", "the newest that knows no slash"


def test_words_without_a_mention_are_heard_only_where_it_is_asked_for() -> None:
    asked = {
        shape: [one["name"] for one in described["authorization"]["permissions"]["resourceSpecific"]]
        for shape, described in SHAPES.items()
    }
    assert asked["slash"] == ["TeamMember.Read.Group", "TeamsActivity.Send.Group"]
    assert asked["hearing"] == [*asked["slash"], "ChannelMessage.Read.Group"]


def test_a_message_can_be_saved_and_is_called_what_the_guide_calls_it() -> None:
    (action,) = made()["composeExtensions"][0]["commands"]
    assert (action["id"], action["type"], action["context"]) == ("saveNote", "action", ["message"])
    assert action["fetchTask"]
    assert action["title"] == load_texts().saved.title


def test_its_addresses_are_ours() -> None:
    text = json.dumps({key: value for key, value in made().items() if key != "$schema"})
    assert set(re.findall(r'"(https?:[^"]+)"', text)) == {URL}
    assert made()["validDomains"] == ["nulage.example.se"]
    assert SHAPES["told"]["developer"]["privacyUrl"] == "https://kommunen.example.se/nulage"


@pytest.mark.parametrize("shape", SHAPES)
def test_people_can_read_it(shape: str) -> None:
    assert SHAPES[shape]["localizationInfo"] == {"defaultLanguageTag": "sv"}
    texts = [*strings(SHAPES[shape]), *(f"Den behövs för {one.gives}." for one in PERMISSIONS)]
    assert {text: lint(text) for text in texts if lint(text)} == {}


def test_the_guide_says_what_each_permission_is_for() -> None:
    told = re.findall(r"^\| `(\w+\.\w+\.\w+)`(, valfri)? \| (.+) \|$", GUIDE.read_text("utf-8"), re.MULTILINE)
    expected = [(one.name, ", valfri" if one.chosen else "", one.gives) for one in PERMISSIONS]
    assert [one for one in told if one[0].endswith(".Group")] == expected


WRONG: dict[str, tuple[Callable[[Package], Any], str]] = {
    "bot": (lambda one: one.manifest["bots"][0].update(botId=HOME), "bot and registration differ"),
    "id": (lambda one: one.manifest.update(id=CLIENT), "the app has the registration's id"),
    "case": (lambda one: one.manifest.update(id=HOME.upper()), "not an id in lower case"),
    "lost": (lambda one: one.manifest["bots"][0]["commandLists"][0]["commands"].pop(), "commands are"),
    "long": (
        lambda one: one.manifest["bots"][0]["commandLists"][1]["commands"][0].update(description="o" * 129),
        "too long",
    ),
    "icons": (
        lambda one: one.manifest.update(icons={"color": "outline.png", "outline": "color.png"}),
        "is 32",
    ),
    "language": (
        lambda one: one.manifest["localizationInfo"].update(
            additionalLanguages=[{"languageTag": "fi", "file": "fi.json"}]
        ),
        "fi lacks name.short",
    ),
}


@pytest.mark.parametrize("what", WRONG)
def test_what_is_wrong_is_seen(what: str) -> None:
    package = package_of(made())
    break_it, says = WRONG[what]
    break_it(package)
    assert any(says in fault for fault in faults(package)), faults(package)


def test_microsofts_own_schema_takes_every_shape_and_refuses_what_is_wrong(tmp_path: Path) -> None:
    fetch(tmp_path, SCHEMAS)
    schemas = tmp_path / "node_modules" / "@microsoft" / "app-manifest" / "build" / "json-schemas" / "teams"
    assert [fault for described in SHAPES.values() for fault in refused(described, schemas)] == []
    assert f"v{NEWEST}" in {one.name for one in schemas.iterdir()}
    older = {**made(), "manifestVersion": "1.28"}
    assert any("slash" in one or "triggers" in one for one in refused(older, schemas))
    for wrong in ({"accentColor": "grön"}, {"bots": made()["bots"] * 2}, {"hittepå": True}):
        assert refused({**made(), **wrong}, schemas)


def test_each_notice_names_who_it_is_from_and_has_a_type_of_its_own() -> None:
    assert len({one.type for one in NOTICES}) == len(NOTICES)
    assert all(one.template.startswith("{actor} ") for one in NOTICES)


def nulage(*words: str, **environment: str) -> tuple[int, str, str]:
    done = CliRunner().invoke(app, ["teams", "package", *words], env=environment)
    return done.exit_code, done.stdout, done.stderr


def test_the_command_writes_the_package_and_says_where(tmp_path: Path) -> None:
    out = tmp_path / "p.zip"
    words = ("--url", f"{URL}/", "--out", str(out), "--no-slash", "--read-all", "--version", "1.2.0")
    code, said, err = nulage(
        *words, "--id", HOME.upper(), "--about", "https://kommunen.example.se", **SETTINGS
    )
    assert (code, err) == (0, "")
    there = opened(out.read_bytes()).manifest
    assert there == made(
        slash=False, read_all=True, version="1.2.0", app_id=HOME, about="https://kommunen.example.se"
    )
    assert str(out) in said
    assert HOME in said
    assert "hush" not in said + out.read_bytes().decode("latin-1")


def test_the_address_can_stand_among_the_settings(tmp_path: Path) -> None:
    out = tmp_path / "p.zip"
    code, _, _ = nulage("--out", str(out), NULAGE_HTTP__PUBLIC_URL=URL, **SETTINGS)
    assert (code, opened(out.read_bytes()).manifest) == (0, made())


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ((), "--url https://"),
        (
            ("--url", "http://nulage.example.se"),
            "http://nulage.example.se duger inte. Den ska börja med https://.",
        ),
        (("--url", "banan"), "banan duger inte. Den ska börja med https://."),
        (("--url", f"{URL}/vår bot"), "/vår bot duger inte."),
        (("--url", f"{URL}?a=b"), "Mellanslag, ? och # får inte vara med."),
        (("--url", "https://"), "Adressen https:// duger inte."),
        (("--url", "https://[x"), "Adressen https://[x duger inte."),
        (("--url", URL, "--about", f"{URL}/vår bot"), "--about"),
        (("--url", URL, "--id", "nulage"), "--id"),
        (("--url", URL, "--version", "v2"), "--version"),
        (("--url", URL, "--about", "kommunen.se"), "--about"),
        (("--url", URL, "--out", "/finns/inte/p.zip"), "/finns/inte/p.zip går inte att skriva"),
    ],
)
def test_what_is_missing_or_wrong_is_said_and_nothing_is_written(
    words: tuple[str, ...], says: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    code, out, err = nulage(*words, **SETTINGS)
    assert (code, out) == (2, "")
    assert says in err
    assert lint(err.replace(HOME, "id"), "text") == []
    assert list(tmp_path.iterdir()) == []


def test_without_a_registration_it_says_which_setting_is_missing(tmp_path: Path) -> None:
    code, out, err = nulage("--url", URL, "--out", str(tmp_path / "p.zip"))
    assert (code, out) == (2, "")
    assert "NULAGE_TEAMS__CLIENT_ID saknas" in err
    assert list(tmp_path.iterdir()) == []
