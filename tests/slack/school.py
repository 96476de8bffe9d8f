"""Björkskolan in Slack: who has which user id, and which channels there are."""

import re
from datetime import date
from functools import cache
from unicodedata import normalize

from bot.platforms.slack.install.manifest import manifest
from bot.platforms.slack.install.scopes import SCOPES
from bot.rehearsal import example
from storage.store import Store
from tests.chat_world import followers
from tests.play import prompts
from tests.slack.state import TEAM, Token, Workspace

PLATFORM = "slack"
BOT_TOKEN = "xoxb-bjorkskolan"
APP_TOKEN = "xapp-bjorkskolan"


def user_of(slug: str) -> str:
    return f"U{slug.upper()}"


def channel_of(room: str) -> str:
    """`#arbetslag-4-6` as Slack names it."""
    return f"C{re.sub('[^a-z0-9]', '', room).upper()}"


def spelled(name: str) -> str:
    """How an address or an account of the story is written in Slack."""
    match name[:1]:
        case "#":
            return f"{TEAM}/{channel_of(name)}"
        case "@":
            return f"{TEAM}/@{user_of(name[1:])}"
        case _:
            return f"{TEAM}/{user_of(name)}"


@cache
def _commands() -> frozenset[str]:
    made = manifest(prompts().texts.common.help_commands, url="https://nulage.example")
    return frozenset(one["command"] for one in made["features"]["slash_commands"])


def is_command(text: str) -> bool:
    """Whether Slack takes these words for one of the app's commands."""
    return normalize("NFC", text.partition(" ")[0]).casefold() in _commands()


def open_school(slack: Workspace, *, without: frozenset[str] = frozenset()) -> None:
    """The people and their channels, and the bot installed with its scopes (but these)."""
    slack.hire(BOT_TOKEN, frozenset(scope.name for scope in SCOPES) - without)
    slack.tokens[APP_TOKEN] = Token(TEAM, frozenset({"connections:write"}), "app")
    for slug, name in example.names().items():
        slack.person(user_of(slug), name)
    for team, _team, _skolform in example.TEAMS:
        members = set(map(user_of, followers(team)))
        slack.channel(channel_of(f"#{team}"), team, members)


def found(store: Store, today: date) -> None:
    with store.begin() as unit:
        example.found(unit, PLATFORM, today, spelled)
