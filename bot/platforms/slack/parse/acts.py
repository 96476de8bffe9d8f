"""Commands, buttons and shortcuts: what somebody does with an expiring trigger in hand."""

import re

from bot.domain.events import Commanded, MessageSaved, Pressed
from bot.domain.school import Account, Place
from bot.messages.tokens import LONGEST_TOKEN, Verb
from bot.platforms.legible import called, clean
from bot.platforms.payloads import Payload, Unreadable, part, words
from bot.platforms.slack.parse.forms import metadata
from bot.platforms.slack.parse.ids import (
    account,
    actor,
    direct,
    first,
    home_team,
    moment,
    once,
    place,
    slack_id,
    stamp,
    team_of,
    thread_of,
)
from bot.platforms.slack.parse.text import seen
from bot.platforms.slack.parse.values import AGAIN, Around, Heard, Ignored, Parsed, Surface, Way, again

START, SAVE = "nulage_start", "nulage_save"
"""The shortcuts' callback ids; the manifest has them from here."""

LONGEST_COMMAND = 32
"""Characters Slack allows a command (app manifest reference)."""

INTRODUCING: frozenset[Verb] = frozenset({"begin", "its_me"})
"""Buttons that open a form where somebody says who they are."""

PRIVATE = "privategroup"
"""What an interaction calls every private channel."""

_BESIDE = re.compile(r"-(?:dev|test)$", re.IGNORECASE)
"""What the same command is called in another of our apps in the same workspace."""


def name_of(command: str) -> str:
    """The command itself: `/nuläge-dev` in NFD is `/nuläge`."""
    return _BESIDE.sub("", clean(command))[:LONGEST_COMMAND]


def commanded(payload: Payload, around: Around) -> Parsed:
    """`/nuläge`; Slack does not let commands be written in threads."""
    team, user = team_of(payload), slack_id(payload.get("user_id"))
    trigger = once(payload.get("trigger_id"))
    channel = slack_id(payload.get("channel_id"))
    command, text = name_of(words(payload, "command")), seen(payload.get("text"), around.names)
    event = Commanded(
        id=f"slack:{team}:{trigger}",
        at=around.now,
        who=account(team, user, called(payload.get("user_name"))),
        where=place(team, channel, user),
        command=command,
        text=text,
    )
    way = Way(
        "command",
        team,
        user,
        channel,
        trigger=trigger,
        url=words(payload, "response_url"),
        again=again(command, text),
    )
    return Heard(event, way)


def introduced(payload: Payload) -> frozenset[str]:
    """Who presses a button that proposes their own name, and where: a payload has no name for either."""
    action = first(payload, "actions")
    asks = words(action, "value").partition("|")[0] in INTRODUCING
    channel = part(payload, "channel")
    where = words(channel, "id") if channel.get("name") == PRIVATE else ""
    return frozenset({words(part(payload, "user"), "id"), where} - {""}) if asks else frozenset()


def pressed(payload: Payload, around: Around) -> Parsed:
    """A button in a message, a form or the home page. A link, or a choice still being made, is nothing."""
    action = first(payload, "actions")
    value = words(action, "value")
    if action.get("type") != "button" or not value:
        return Ignored("no_token")
    if len(value) > LONGEST_TOKEN or value != clean(value):
        raise Unreadable("a token of ours")
    team, trigger = team_of(payload), once(payload.get("trigger_id"))
    who = actor(payload, team, around)
    where, reference, way = _pressed_where(payload, team, slack_id(part(payload, "user").get("id")))
    if _is_private(part(payload, "channel"), around):
        where = where.model_copy(update={"private": True})
    url = words(payload, "response_url")
    way = way._replace(trigger=trigger, url=url, again=value, reference=reference)
    id_, at = f"slack:{team}:{trigger}", moment(action.get("action_ts"), around.now)
    if value.startswith(AGAIN):
        command, _, text = value.removeprefix(AGAIN).partition("|")
        return Heard(
            Commanded(id=id_, at=at, who=who, where=where, command=name_of(command), text=clean(text)), way
        )
    return Heard(Pressed(id=id_, at=at, who=who, where=where, token=value, reference=reference), way)


def _is_private(channel: Payload, around: Around) -> bool:
    """Slack hides a private channel's name here; a public one that is called so is called so everywhere."""
    return channel.get("name") == PRIVATE and around.names.get(words(channel, "id"), PRIVATE) != PRIVATE


def _pressed_where(payload: Payload, team: str, user: str) -> tuple[Place, str, Way]:
    """(place, the message it sat on, the way back)."""
    container = part(payload, "container")
    if container.get("type") == "view":
        view = part(payload, "view")
        home = view.get("type") == "home"
        surface: Surface = "home" if home else "modal"
        way = Way(surface, team, user, view=once(view.get("id")), hash=words(view, "hash"), home=home)
        if not words(view, "private_metadata"):
            return direct(team, user), "", way
        opened = metadata(view, team, user)
        return opened.where, opened.opened_from, way._replace(home=home or opened.home)
    channel = container.get("channel_id") or part(payload, "channel").get("id")
    reference = stamp(container.get("message_ts") or part(payload, "message").get("ts"))
    thread = thread_of(container) or thread_of(part(payload, "message"))
    where = place(team, channel, user, thread)
    return where, reference, Way("message", team, user, slack_id(channel), thread)


def started(payload: Payload, around: Around) -> Parsed:
    """The shortcut that is found everywhere: the same as the command, between the bot and the person."""
    if payload.get("callback_id") != START:
        return Ignored("unknown_shortcut")
    team, trigger, user = team_of(payload), once(payload.get("trigger_id")), part(payload, "user")
    event = Commanded(
        id=f"slack:{team}:{trigger}",
        at=around.now,
        who=actor(payload, team, around),
        where=direct(team, user.get("id")),
        command="/nuläge",
    )
    way = Way("shortcut", team, slack_id(user.get("id")), trigger=trigger, again=again("/nuläge", ""))
    return Heard(event, way)


def saved(payload: Payload, around: Around) -> Parsed:
    """The shortcut on a message: keep these words as a note."""
    if payload.get("callback_id") != SAVE:
        return Ignored("unknown_shortcut")
    team, trigger, user = team_of(payload), once(payload.get("trigger_id")), part(payload, "user")
    message, channel = part(payload, "message"), slack_id(part(payload, "channel").get("id"))
    text = seen(message.get("text"), around.names, message.get("blocks"))
    if not text:
        return Ignored("no_words")
    thread, author = thread_of(message), words(message, "user")
    by_person = author and not message.get("bot_id") and author != around.bot_user
    event = MessageSaved(
        id=f"slack:{team}:{trigger}",
        at=around.now,
        who=actor(payload, team, around),
        where=place(team, channel, user.get("id"), thread),
        text=text,
        reference=stamp(message.get("ts")),
        author=_author(payload, team, message, around) if by_person else None,
    )
    way = Way(
        "message",
        team,
        slack_id(user.get("id")),
        channel,
        thread,
        trigger=trigger,
        url=words(payload, "response_url"),
        reference=event.reference,
    )
    return Heard(event, way)


def _author(payload: Payload, team: str, message: Payload, around: Around) -> Account:
    user = words(message, "user")
    home = home_team(payload, team, user, words(message, "user_team") or words(message, "team"), around)
    return account(home, user, around.names.get(user, ""))
