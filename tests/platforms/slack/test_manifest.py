"""The manifest: within Slack's limits, true to what the bot does, and known to Slack's own types."""

import json
import re
import subprocess
from collections.abc import Callable
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from bot.cli import app
from bot.domain.marks import bare
from bot.platforms.slack.install.manifest import EVENTS_PATH, HINTS, REDIRECT_PATH, manifest
from bot.platforms.slack.install.scopes import EVENTS, SCOPES
from handlers.commands import COMMANDS
from tests.fetched import fetch
from tests.klarsprak import lint

URL = "https://nulage.example.se"
DOES = dict.fromkeys(COMMANDS, "gör något")
SHAPES = {
    "production": manifest(DOES, url=URL),
    "plain": manifest(DOES, url=URL, umlaut=False),
    "pilot": manifest(DOES, socket=True),
}
TOOLS = ("@slack/web-api@8.2.0", "@slack/types@3.2.0", "typescript@5.9.3")
RESERVED = "away collapse dnd expand feed invite leave me msg nick open remind shrug status who".split()

LIMITS: dict[str, Callable[[Any], bool]] = {
    "display_information.name": lambda said: 1 <= len(said) <= 35,
    "display_information.description": lambda said: 1 <= len(said) <= 140,
    "display_information.long_description": lambda said: 175 <= len(said) <= 4000,
    "display_information.background_color": lambda said: re.fullmatch("#[0-9a-f]{6}", said) is not None,
    "features.bot_user.display_name": lambda said: re.fullmatch(r"[a-z0-9._-]{1,80}", said) is not None,
    "features.shortcuts": lambda said: 1 <= len(said) <= 10,
    "features.shortcuts.*.name": lambda said: 1 <= len(said) <= 24,
    "features.shortcuts.*.description": lambda said: 1 <= len(said) <= 150,
    "features.shortcuts.*.callback_id": lambda said: 1 <= len(said) <= 255,
    "features.slash_commands": lambda said: 1 <= len(said) <= 50,
    "features.slash_commands.*.command": lambda said: re.fullmatch(r"/[a-zåäö]{1,31}", said) is not None,
    "features.slash_commands.*.description": lambda said: 1 <= len(said) <= 2000,
    "oauth_config.scopes.bot": lambda said: len(said) <= 255 and len(set(said)) == len(said),
    "settings.event_subscriptions.bot_events": lambda said: len(said) <= 100 and len(set(said)) == len(said),
    "settings.token_rotation_enabled": lambda said: said is False,
}


def at(found: Any, path: str) -> list[Any]:
    """Every value at a path; `*` is each of a list."""
    head, _, rest = path.partition(".")
    inside = found if head == "*" else [found[head]]
    return [value for one in inside for value in at(one, rest)] if rest else list(inside)


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("path", LIMITS)
def test_every_part_is_within_slacks_limits(shape: str, path: str) -> None:
    for value in at(SHAPES[shape], path):
        assert LIMITS[path](value), value


@pytest.mark.parametrize("shape", SHAPES)
def test_every_command_is_there_once_and_none_is_slacks_own(shape: str) -> None:
    listed = at(SHAPES[shape], "features.slash_commands.*.command")
    assert len(set(listed)) == len(listed)
    assert {bare(one) for one in listed} == {bare(one) for one in COMMANDS}
    assert not {one.lstrip("/") for one in listed} & set(RESERVED)
    with_umlauts = {f"/{one}" for one in COMMANDS}
    assert (with_umlauts <= set(listed)) == (shape != "plain")
    assert all(one.isascii() for one in listed) == (shape == "plain")
    assert set(HINTS) <= set(COMMANDS)


def test_the_plain_spelling_comes_first() -> None:
    listed = at(SHAPES["production"], "features.slash_commands.*.command")
    assert listed.index("/nuläge") == listed.index("/nulage") + 1


def test_in_production_everything_comes_to_one_address() -> None:
    text = json.dumps(SHAPES["production"])
    assert set(re.findall(r'"(http[^"]+)"', text)) == {URL + EVENTS_PATH, URL + REDIRECT_PATH}
    assert not SHAPES["production"]["settings"]["socket_mode_enabled"]


def test_a_pilot_has_no_address_at_all() -> None:
    assert "http" not in json.dumps(SHAPES["pilot"])
    assert SHAPES["pilot"]["settings"]["socket_mode_enabled"]


def test_no_more_is_asked_for_than_is_said_and_the_optional_can_be_refused() -> None:
    scopes = SHAPES["production"]["oauth_config"]["scopes"]
    assert scopes["bot"] == [scope.name for scope in SCOPES]
    assert (
        set(scopes["bot_optional"])
        == {"channels:history", "files:write", "groups:history"}
        < set(scopes["bot"])
    )
    assert "user" not in scopes
    assert not {"chat:write.public", "chat:write.customize", "users:read.email"} & set(scopes["bot"])


NEEDS = {
    "app_home_opened": "",
    "app_uninstalled": "",
    "tokens_revoked": "",
    "app_mention": "app_mentions:read",
    "message.im": "im:history",
    "message.channels": "channels:history",
    "message.groups": "groups:history",
    "member_joined_channel": "channels:read",
    "member_left_channel": "channels:read",
    "channel_archive": "channels:read",
    "channel_deleted": "channels:read",
    "channel_rename": "channels:read",
    "channel_id_changed": "channels:read",
    "group_archive": "groups:read",
    "group_deleted": "groups:read",
    "group_rename": "groups:read",
    "channel_left": "channels:read",
    "group_left": "groups:read",
    "team_access_granted": "",
}


def test_each_event_has_the_scope_that_lets_it_through() -> None:
    """What Slack's event pages say; one that is in no list here has not been thought through."""
    assert set(EVENTS) == set(NEEDS)
    assert set(NEEDS.values()) - {""} <= {scope.name for scope in SCOPES}


def test_people_can_read_it() -> None:
    said = SHAPES["production"]
    texts = [said["display_information"][name] for name in ("description", "long_description")]
    texts += at(said, "features.shortcuts.*.description")
    texts += [f"Den behövs för {scope.gives}." for scope in SCOPES]
    assert {text: lint(text) for text in texts if lint(text)} == {}


def test_the_guide_says_what_each_scope_is_for() -> None:
    guide = (Path(__file__).parents[3] / "docs" / "slack.md").read_text(encoding="utf-8")
    told = re.findall(r"^\| `([a-z_]+:?[a-z]*)`(, valfri)? \| (.+) \|$", guide, re.MULTILINE)
    assert told == [(one.name, "" if one.needed else ", valfri", one.gives) for one in SCOPES]


def nulage(*words: str, **environment: str) -> tuple[int, str, str]:
    done = CliRunner().invoke(app, ["slack", "manifest", *words], env=environment)
    return done.exit_code, done.stdout, done.stderr


@pytest.mark.parametrize(
    "flags", [flags for n in range(3) for flags in combinations(("--no-umlaut", "--socket"), n)]
)
def test_the_command_prints_json_and_nothing_else(flags: tuple[str, ...]) -> None:
    code, out, err = nulage("--url", f"{URL}/", *flags)
    assert (code, err) == (0, "")
    made = json.loads(out)
    assert made["settings"]["socket_mode_enabled"] == ("--socket" in flags)
    commands = at(made, "features.slash_commands.*.command")
    assert ("/nuläge" in commands) == ("--no-umlaut" not in flags)
    assert "Se var ni står just nu" in at(made, "features.slash_commands.*.description")


def test_without_an_address_it_says_what_to_add() -> None:
    for words in ((), ("--url", "http://nulage.example.se")):
        code, out, err = nulage(*words)
        assert (code, out) == (2, "")
        assert "--url https://" in err
        assert ("http://nulage.example.se duger inte" in err) == bool(words)
    code, out, _ = nulage(NULAGE_HTTP__PUBLIC_URL=URL)
    assert (code, URL in out) == (0, True)


def run(*words: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(words, cwd=cwd, capture_output=True, text=True, timeout=300, check=False)


def test_slacks_own_types_know_every_scope_and_event(tmp_path: Path) -> None:
    """Its SDK's `Manifest` type under the TypeScript compiler; a scope that does not exist is a fault."""
    fetch(tmp_path, *TOOLS)
    lines = [
        'import type { AppsManifestValidateArguments } from "@slack/web-api";',
        'type Manifest = AppsManifestValidateArguments["manifest"];',
        *(f"export const {name}: Manifest = {json.dumps(made)};" for name, made in SHAPES.items()),
    ]
    unknown = lines[-1].replace('"app_mention"', '"app_mentioned"').replace("pilot", "wrong")
    for name, content in (("right.ts", lines), ("wrong.ts", [*lines[:2], unknown])):
        (tmp_path / name).write_text("\n".join(content), encoding="utf-8")
    options = "--noEmit --strict --skipLibCheck --module nodenext --target es2022".split()
    said = run("./node_modules/.bin/tsc", *options, "right.ts", "wrong.ts", cwd=tmp_path).stdout
    assert "app_mentioned" in said
    assert "right.ts" not in said, said
