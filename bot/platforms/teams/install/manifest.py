"""The app's manifest: what Teams is told of the bot, made from what the bot does."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID, uuid5

from bot.domain.value import Value
from bot.platforms.teams.install.icons import INK
from bot.platforms.teams.install.permissions import NOTICES, PERMISSIONS
from bot.platforms.teams.parse.acts import SAVE
from bot.platforms.teams.parse.words import HOME

NEWEST = "1.30"
PLAIN = "1.28"
"""The newest that knows no slash commands: 1.29 brought them."""

NAME = "Nuläge"
SHORT = "Frågar arbetslaget hur det går, samlar svaren och hjälper er att förstå dem."
LONG = (
    "Nuläge kör skolans systematiska kvalitetsarbete där personalen redan pratar. "
    "Ett arbetslag får en bra fråga i sin kanal och svarar med några ord. Svaren sparas som underlag. "
    "Arbetslaget gör sin orsaksanalys som ett samtal i en tråd. "
    "Rektor får veckans sammanfattning på fredagen och kan svara arbetslaget. "
    "Skriv @Nuläge i kanalen för att se vad boten kan. "
    "Skriv aldrig uppgifter om enskilda barn eller elever."
)
HOME_DOES = "Se frågor som väntar på dig och vad som hände med era ord."
AT_HOME = frozenset({"språk"})
"""What is chosen at home as well: it gives its place in the list to the way there. A list takes ten
commands (Microsoft Learn, create a commands menu; the schema lets twelve pass)."""

SAVE_TITLE = "Spara som uppföljning"
SAVE_DOES = "Spara meddelandet som en anteckning för arbetslaget."


class Wanted(Value):
    """What whoever makes the package decides. `about` is a page on the bot, its rules and its privacy."""

    client_id: str
    url: str
    about: str = ""
    app_id: str = ""
    version: str
    slash: bool = True
    read_all: bool = False


def manifest(commands: Mapping[str, str], wanted: Wanted) -> dict[str, Any]:
    """Return the manifest for `commands` (name and what it does), in the form of Microsoft's schema."""
    version = NEWEST if wanted.slash else PLAIN
    page = wanted.about or wanted.url
    return {
        "$schema": f"https://developer.microsoft.com/json-schemas/teams/v{version}/MicrosoftTeams.schema.json",
        "manifestVersion": version,
        "version": wanted.version,
        "id": wanted.app_id or app_id_of(wanted.client_id),
        "localizationInfo": {"defaultLanguageTag": "sv"},
        "developer": {"name": NAME, "websiteUrl": page, "privacyUrl": page, "termsOfUseUrl": page},
        "name": {"short": NAME, "full": f"{NAME} för skolans kvalitetsarbete"},
        "description": {"short": SHORT, "full": LONG},
        "icons": {"color": "color.png", "outline": "outline.png"},
        "accentColor": INK,
        "bots": [_bot(commands, wanted)],
        "composeExtensions": [_save(wanted)],
        "activities": {"activityTypes": _notices()},
        "authorization": {"permissions": {"resourceSpecific": _permissions(wanted)}},
        # Without single sign-on nothing reads `resource`, but Teams refuses consent where it is missing.
        "webApplicationInfo": {"id": wanted.client_id, "resource": wanted.url},
        "validDomains": [urlsplit(wanted.url).netloc],
        "supportsChannelFeatures": "tier1",
        "defaultInstallScope": "team",
        "defaultGroupCapability": {"team": "bot", "groupchat": "bot"},
    }


def app_id_of(client_id: str) -> str:
    """The app's own id, the same each time: Teams takes a package with a new id for another app."""
    return str(uuid5(UUID(client_id), "nulage"))


def _bot(commands: Mapping[str, str], wanted: Wanted) -> dict[str, Any]:
    listed = [
        {"title": name, "description": f"{does[:1].upper()}{does[1:]}"} for name, does in commands.items()
    ]
    alone = [
        {"title": HOME, "description": HOME_DOES},
        *(one for one in listed if one["title"] not in AT_HOME),
    ]
    triggers = {"triggers": ["mention", "slash"]} if wanted.slash else {}
    return {
        "botId": wanted.client_id,
        "scopes": ["personal", "team", "groupChat"],
        "isNotificationOnly": False,
        "supportsFiles": False,
        **({"supportsTargetedMessages": True} if wanted.slash else {}),
        "commandLists": [
            {**triggers, "scopes": ["team", "groupChat"], "commands": listed},
            {"scopes": ["personal"], "commands": alone},
        ],
    }


def _save(wanted: Wanted) -> dict[str, Any]:
    """In the menu at every message: the words that are there already become a note."""
    action = {
        "id": SAVE,
        "type": "action",
        "title": SAVE_TITLE,
        "description": SAVE_DOES,
        "context": ["message"],
        "fetchTask": True,
    }
    return {"botId": wanted.client_id, "commands": [action]}


def _notices() -> list[dict[str, str]]:
    return [
        {"type": one.type, "description": one.description, "templateText": one.template} for one in NOTICES
    ]


def _permissions(wanted: Wanted) -> list[dict[str, str]]:
    return [
        {"name": one.name, "type": "Application"} for one in PERMISSIONS if wanted.read_all or not one.chosen
    ]
