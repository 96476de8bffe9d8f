"""What the project says of itself is true: commands, settings and slash commands are all documented."""

import re
import tomllib
from pathlib import Path

import pytest
from pydantic import SecretStr
from typer.main import get_command

from bot.cli import app
from bot.domain.marks import bare
from bot.platforms.slack.install.manifest import manifest
from bot.settings import variables
from handlers.commands import COMMANDS
from prompts.book import load_texts

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
LINKS = [
    (page, link)
    for page in (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")))
    for link in re.findall(r"\]\(([^)#:]+)\)", page.read_text(encoding="utf-8"))
]
ANCHORS = [
    (page, file, heading)
    for page in (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")))
    for file, heading in re.findall(r"\]\(([^)#:]*)#([^)]+)\)", page.read_text(encoding="utf-8"))
]


def _guide(name: str) -> str:
    return (ROOT / "docs" / f"{name}.md").read_text(encoding="utf-8")


def _subcommands() -> list[str]:
    return sorted(getattr(get_command(app), "commands", {}))


@pytest.mark.parametrize("command", _subcommands())
def test_every_nulage_command_is_in_the_readme(command: str) -> None:
    assert f"nulage {command}" in README


@pytest.mark.parametrize("named", sorted(set(re.findall(r"\bnulage ([a-z]+)", README))))
def test_the_readme_names_no_other_nulage_command(named: str) -> None:
    assert named in _subcommands()


@pytest.mark.parametrize("task", sorted(set(re.findall(r"\bpoe ([a-z]+)", README))))
def test_every_task_the_readme_names_exists(task: str) -> None:
    assert task in PROJECT["tool"]["poe"]["tasks"]


@pytest.mark.parametrize(("variable", "default"), variables().items(), ids=lambda value: str(value)[-40:])
def test_every_setting_is_in_the_readme_with_its_default(variable: str, default: object) -> None:
    line = next((line for line in README.splitlines() if f"| `{variable}` |" in line), "")
    shown = f"`{default}`" if default not in {"", SecretStr("")} else "–"
    assert line.endswith(f"| {shown} |"), variable


def test_the_documents_name_no_other_setting() -> None:
    pages = (ROOT / "README.md", *(ROOT / "docs").glob("*.md"))
    named = {name for page in pages for name in re.findall(r"NULAGE_\w+", page.read_text(encoding="utf-8"))}
    assert {name.removesuffix("_FILE") for name in named} <= set(variables())


@pytest.mark.parametrize("command", COMMANDS)
def test_every_slash_command_is_in_the_readme_and_in_the_help(command: str) -> None:
    assert f"| `/{command}` |" in README
    assert command in load_texts().common.help_commands


def test_the_help_names_no_other_slash_command() -> None:
    assert set(load_texts().common.help_commands) == set(COMMANDS)
    assert set(re.findall(r"^\| `/(\w+)` \|", README, re.MULTILINE)) == set(COMMANDS)


@pytest.mark.parametrize("command", [one for one in COMMANDS if bare(one) != one])
def test_the_spelling_without_dots_is_told_wherever_it_is_needed(command: str) -> None:
    assert f"`/{bare(command)}`" in README.partition("Any case works")[2]
    assert f"`/{bare(command)}`" in _guide("slack").partition("`--no-umlaut`")[2].partition("\n4. ")[0]


def test_the_map_names_every_folder() -> None:
    mapped = README.partition("## The map")[2].partition("```\n")[2].partition("```")[0]
    folders = {line.partition("/")[0] for line in mapped.splitlines() if not line.startswith(" ")}
    assert folders == {*PROJECT["tool"]["mypy"]["files"], "docs"}


@pytest.mark.parametrize("path", ["/slack/", "/api/messages", "/kalender/"])
def test_what_must_be_reached_from_outside_is_told_in_the_guides(path: str) -> None:
    told = _guide("drift").partition("Låt er webbserver släppa fram")[2].partition("Larma")[0]
    assert f"| `{path}` |" in told
    assert f"`{path}`" in _guide("slack" if path.startswith("/slack") else "teams")


def test_the_index_names_every_guide() -> None:
    guides = {page.name for page in (ROOT / "docs").glob("*.md")} - {"index.md"}
    assert set(re.findall(r"\]\((.+?)\)", _guide("index"))) == guides


@pytest.mark.parametrize("chat", ["Slack", "Teams"])
def test_who_brings_the_bot_in_reads_how_in_their_chat(chat: str) -> None:
    guide = _guide("processledare")
    for heading in ("## Första dagen", "## När något inte kommer fram"):
        assert chat in guide.partition(heading)[2].partition("\n## ")[0], heading


@pytest.mark.parametrize(("page", "link"), LINKS, ids=lambda value: str(value)[-40:])
def test_links_lead_somewhere(page: Path, link: str) -> None:
    assert (page.parent / link).exists()


@pytest.mark.parametrize(("page", "file", "heading"), ANCHORS, ids=lambda value: str(value)[-40:])
def test_links_to_a_heading_find_it(page: Path, file: str, heading: str) -> None:
    text = (page.parent / file if file else page).read_text(encoding="utf-8")
    assert heading in {line.lstrip("# ").lower().replace(" ", "-") for line in text.splitlines()}


def test_the_message_shortcut_has_one_name() -> None:
    told = [shortcut["name"] for shortcut in manifest({}, socket=True)["features"]["shortcuts"]]
    guide = " ".join((ROOT / "docs" / "arbetslag.md").read_text(encoding="utf-8").split())
    assert load_texts().saved.title in told
    assert f"**{load_texts().saved.title}**" in guide


def test_the_guide_installs_every_extra_and_nothing_for_developers() -> None:
    guide = (ROOT / "docs" / "drift.md").read_text(encoding="utf-8")
    lines = [line for line in guide.splitlines() if "uv sync" in line]
    assert len(lines) == 2
    for line in lines:
        assert "--no-dev" in line
        assert "--all-extras" in line
    assert set(re.findall(r"--extra (\w+)", guide)) == set(PROJECT["project"]["optional-dependencies"])


def test_ci_runs_the_readmes_test_command() -> None:
    command = "python3 -m pip install uv && uv run poe test"
    assert command in README
    assert command in (ROOT / ".ci" / "run").read_text(encoding="utf-8")
