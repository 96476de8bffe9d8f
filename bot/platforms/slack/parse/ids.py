"""Who, where and when in a payload: ids as Slack writes them, addresses as the rest of the bot does."""

import re
from datetime import UTC, datetime

from bot.domain.school import Account, Place
from bot.platforms.legible import called
from bot.platforms.payloads import Payload, part, parts, shaped, words
from bot.platforms.slack.parse.values import Around

PLATFORM = "slack"
SLACKBOT = "USLACKBOT"
"""Slack's own bot, which it does not call one."""

_TEAM = re.compile(r"T[A-Z0-9]{1,31}")
_ID = re.compile(r"[A-Z0-9]{2,32}")
_STAMP = re.compile(r"[0-9]{1,12}\.[0-9]{1,9}")
_ONCE = re.compile(r"[A-Za-z0-9._-]{1,200}")
_FAR = 253402300799
"""The last second that a datetime can hold."""


def first(payload: Payload, name: str) -> Payload:
    """The first dict of a list inside a payload; empty when there is none."""
    return next(iter(parts(payload, name)), {})


def slack_id(given: object) -> str:
    return shaped(given, _ID, "an id of Slack's")


def stamp(given: object) -> str:
    """A message's `ts`: its reference, and the root of its thread."""
    return shaped(given, _STAMP, "a message's ts")


def once(given: object) -> str:
    """An id that Slack makes once: of an event, a trigger or a view."""
    return shaped(given, _ONCE, "a one-time id")


def moment(ts: object, now: datetime) -> datetime:
    """When it happened by Slack's clock, never later than ours."""
    try:
        seconds = float(ts if isinstance(ts, str | int | float) else "")
    except (ValueError, OverflowError):  # not a number, or an integer that no float can hold
        return now
    return min(datetime.fromtimestamp(seconds, UTC), now) if 0 < seconds < _FAR else now


def installed(payload: Payload) -> tuple[str | None, str]:
    """(enterprise, team) whose installation a payload is for, as bolt asks for it.

    An installation in a whole organisation names no team; the payload then says where it happened.
    """
    granted = first(payload, "authorizations")
    enterprise = (
        words(granted, "enterprise_id")
        or words(payload, "enterprise_id")
        or words(part(payload, "enterprise"), "id")
        or words(part(payload, "team"), "enterprise_id")
    )
    named = (
        _installed_in(part(payload, "view"))
        or words(part(payload, "team"), "id")
        or words(granted, "team_id")
        or words(payload, "team_id")
        or words(part(payload, "user"), "team_id")
        or words(part(payload, "view"), "team_id")
        or enterprise
    )
    return enterprise or None, slack_id(named)


def _installed_in(view: Payload) -> str:
    """The team whose installation a view is of; "" where that is an organisation, in which nobody acts."""
    named = words(view, "app_installed_team_id")
    return named if _TEAM.fullmatch(named) else ""


def team_of(payload: Payload) -> str:
    return installed(payload)[1]


def account(team: str, user: object, name: str = "") -> Account:
    return Account(platform=PLATFORM, user=f"{team}/{slack_id(user)}", name=name)


def foreign(team: str, theirs: str) -> bool:
    """Whether somebody is said to belong to another team; Slack names an organisation there too."""
    return theirs != team and _TEAM.fullmatch(theirs) is not None


def home_team(payload: Payload, team: str, user: str, theirs: str, around: Around) -> str:
    """The team a person belongs to: a guest over Slack Connect keeps their own, and is nobody here.

    In an organisation a payload tells a guest and a colleague of another workspace alike. Who is not
    known for a colleague is a guest.
    """
    if home := around.apart.get(user):
        return home
    if not foreign(team, theirs):
        return team
    alike = around.colleague(user) and installed(payload)[0] is not None
    return team if alike else theirs


def actor(payload: Payload, team: str, around: Around) -> Account:
    """Who pressed, chose or sent something."""
    user = part(payload, "user")
    person = slack_id(user.get("id"))
    name = around.names.get(person) or called(user.get("username") or user.get("name"))
    return account(home_team(payload, team, person, words(user, "team_id"), around), person, name)


def direct(team: str, user: object, thread: str | None = None) -> Place:
    """Where the bot talks with one person: named by the person, whatever id the chat itself has."""
    return Place(platform=PLATFORM, address=f"{team}/@{slack_id(user)}", thread=thread)


def place(team: str, channel: object, user: object, thread: str | None = None) -> Place:
    """A channel, or (its id begins with D) the chat between two."""
    at = slack_id(channel)
    if at.startswith("D"):
        return direct(team, user, thread)
    return Place(platform=PLATFORM, address=f"{team}/{at}", thread=thread)


def thread_of(message: Payload) -> str | None:
    """The root of the thread a message hangs under; a root hangs under nothing."""
    root = words(message, "thread_ts")
    return stamp(root) if root and root not in {words(message, "ts"), words(message, "message_ts")} else None
