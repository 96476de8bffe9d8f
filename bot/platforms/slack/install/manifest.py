"""The app's manifest: what IT pastes at api.slack.com to create the app, made from what the bot does."""

from collections.abc import Iterator, Mapping
from typing import Any

from bot.domain.marks import unmarked
from bot.platforms.slack.install.scopes import EVENTS, SCOPES
from bot.platforms.slack.parse.acts import SAVE, START

EVENTS_PATH = "/slack/events"
REDIRECT_PATH = "/slack/oauth_redirect"

NAME = "Nuläge"
BOT = "nulage"
SHORT = "Frågar arbetslaget hur det går, samlar svaren och hjälper er att förstå dem."
LONG = (
    "Nuläge kör skolans systematiska kvalitetsarbete där personalen redan pratar. "
    "Ett arbetslag får en bra fråga i sin kanal och svarar med några ord. Svaren sparas som underlag. "
    "Arbetslaget gör sin orsaksanalys som ett samtal i en tråd. "
    "Rektor får veckans sammanfattning på fredagen och kan svara arbetslaget. "
    "Skriv /nulage för att se var ni står. Skriv aldrig uppgifter om enskilda barn eller elever."
)
COLOUR = "#14505c"
HINTS = {"avstämning": "varannan torsdag 15.15", "sök": "ett ord", "språk": "english"}
"""What may be written after a command, shown while somebody writes it."""


def manifest(
    commands: Mapping[str, str], *, url: str = "", socket: bool = False, umlaut: bool = True
) -> dict[str, Any]:
    """Return the manifest for `commands` (name and what it does), reached at `url` or by Socket Mode.

    `umlaut` also registers `/nuläge` beside `/nulage`; Slack may refuse that.
    """
    oauth = {} if socket else {"redirect_urls": [f"{url}{REDIRECT_PATH}"]}
    scopes = {
        "bot": [scope.name for scope in SCOPES],
        # Also listed above: what is optional has to be asked for first.
        "bot_optional": [scope.name for scope in SCOPES if not scope.needed],
    }
    return {
        "_metadata": {"major_version": 2, "minor_version": 1},
        "display_information": {
            "name": NAME,
            "description": SHORT,
            "long_description": LONG,
            "background_color": COLOUR,
        },
        "features": {
            "app_home": {
                "home_tab_enabled": True,
                "messages_tab_enabled": True,
                "messages_tab_read_only_enabled": False,
            },
            "bot_user": {"display_name": BOT, "always_online": True},
            "shortcuts": _shortcuts(),
            "slash_commands": list(_commands(commands, "" if socket else url, umlaut=umlaut)),
        },
        "oauth_config": {**oauth, "scopes": scopes},
        "settings": _settings("" if socket else url),
    }


def _settings(url: str) -> dict[str, Any]:
    """Where Slack sends what happens; without an address the bot fetches it, by Socket Mode."""
    inbound = {"request_url": f"{url}{EVENTS_PATH}"} if url else {}
    options = {"message_menu_options_url": f"{url}{EVENTS_PATH}"} if url else {}
    return {
        "event_subscriptions": {**inbound, "bot_events": list(EVENTS)},
        "interactivity": {"is_enabled": True, **inbound, **options},
        "org_deploy_enabled": bool(url),
        "socket_mode_enabled": not url,
        "token_rotation_enabled": False,
    }


def _shortcuts() -> list[dict[str, str]]:
    """A command does not work in a thread: the shortcuts do."""
    return [
        {
            "type": "global",
            "name": "Starta nuläge",
            "callback_id": START,
            "description": "Se var ni står just nu.",
        },
        {
            "type": "message",
            "name": "Spara som uppföljning",
            "callback_id": SAVE,
            "description": "Spara meddelandet som en anteckning för arbetslaget.",
        },
    ]


def _commands(commands: Mapping[str, str], url: str, *, umlaut: bool) -> Iterator[dict[str, Any]]:
    for name, does in commands.items():
        plain = unmarked(name)
        for spelled in (plain, name) if umlaut and plain != name else (plain,):
            yield {
                "command": f"/{spelled}",
                "description": f"{does[:1].upper()}{does[1:]}",
                **({"usage_hint": HINTS[name]} if name in HINTS else {}),
                **({"url": f"{url}{EVENTS_PATH}"} if url else {}),
                "should_escape": True,
            }
