"""Who, where and when in an activity: ids as Teams writes them, addresses as the rest of the bot does."""

import re
from datetime import UTC, datetime

from bot.domain.school import Account, Place
from bot.platforms.payloads import Unreadable, shaped

PLATFORM = "teams"

BOT = "28:"
"""What the id of every bot begins with, ours too (Microsoft Learn, bot activity handlers)."""

ROOT = ";messageid="
"""What a channel's conversation id has between the channel and the root of the thread."""

_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_SHARED = re.compile(r"19:[A-Za-z0-9@_.:+=~%-]{1,190}")
_CHAT = re.compile(r"(?!19:)[A-Za-z0-9@_.:+=~%|-]{1,400}")
_ACTIVITY = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.:+=~%|-]{0,199}")
_ACCOUNT = re.compile(r"[A-Za-z0-9@_.:+=~%|/-]{1,300}")
_SERVICE = re.compile(r"https?://[!-~]{1,500}")
_LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


class Nobody(Exception):
    """An activity of somebody who has no account in Entra: a visitor to a meeting, a policy, another bot."""


def is_uuid(given: str) -> bool:
    return _UUID.fullmatch(given.lower()) is not None


def uuid(given: object) -> str:
    """A tenant's or a person's id in Entra, in lower case."""
    if isinstance(given, str) and is_uuid(given):
        return given.lower()
    raise Unreadable("an id of Entra's")


def shared_id(given: object) -> str:
    """The id of a channel or a chat of several, without its thread."""
    return shaped(given, _SHARED, "a conversation of several")


def chat_id(given: object) -> str:
    """The id of the conversation between the bot and one person."""
    return shaped(given, _CHAT, "a conversation of two")


def activity_id(given: object) -> str:
    """An activity's id: a message's reference, and the root of its thread."""
    return shaped(given, _ACTIVITY, "an activity's id")


def reference(given: object) -> str:
    """The id of an activity that may be missing; "" then."""
    return "" if given is None or given == "" else activity_id(given)


def account_id(given: object) -> str:
    """A person's id for this bot (`29:…`); "" when it cannot be one."""
    return given if isinstance(given, str) and _ACCOUNT.fullmatch(given) else ""


def service(given: object) -> str:
    """The Connector's address; "" when it cannot be one. Whether it is the Connector's, its token says."""
    return given if isinstance(given, str) and _SERVICE.fullmatch(given) else ""


def moment(timestamp: object, now: datetime) -> datetime:
    """When it happened by Teams's clock, never later than ours."""
    at = _moment(timestamp)
    return min(at, now) if at and at > _LONG_AGO else now


def stamp(timestamp: object) -> str:
    """The same moment as Teams says it, however it writes it, to the millisecond; "" when it says none."""
    return "" if (at := _moment(timestamp)) is None else at.isoformat(timespec="milliseconds")


def _moment(timestamp: object) -> datetime | None:
    try:
        said = datetime.fromisoformat(timestamp if isinstance(timestamp, str) else "")
        return said.astimezone(UTC) if said.tzinfo else said.replace(tzinfo=UTC)
    except (ValueError, OverflowError):  # not a time, or one that UTC cannot hold
        return None


def account(tenant: str, aad: str, name: str = "") -> Account:
    return Account(platform=PLATFORM, user=f"{tenant}/{aad}", name=name)


def place(tenant: str, key: str, thread: str = "", *, private: bool = False) -> Place:
    return Place(platform=PLATFORM, address=f"{tenant}/{key}", thread=thread or None, private=private)
