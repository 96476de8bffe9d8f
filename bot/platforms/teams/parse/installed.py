"""The bot comes and goes, and so do people, channels and teams."""

from datetime import datetime
from typing import Literal

from bot.domain.events import BotAdded, BotRemoved, Commanded, Event, MemberLeft, PlaceMoved
from bot.domain.school import Place
from bot.platforms.asked import HELP
from bot.platforms.legible import called
from bot.platforms.payloads import Payload, part, parts, words
from bot.platforms.teams.parse.around import (
    CLOSED,
    NOBODY,
    Actor,
    Scene,
    Spot,
    actor_of,
    learnt,
    spot_of,
    tenant_of,
)
from bot.platforms.teams.parse.ids import (
    ROOT,
    Nobody,
    account,
    activity_id,
    is_uuid,
    moment,
    place,
    service,
    shared_id,
)
from bot.platforms.teams.parse.text import ours
from bot.platforms.teams.parse.values import Around, Gone, Heard, Ignored, Parsed

ONE_INSTALLATION = 30
"""Seconds: Teams tells of one installation in two activities, a moment apart, with nothing in common.

What falls in the same half minute is the same: nobody removes and adds an app that fast, and two that
are parted by the turn of it cost a second welcome.
"""

Why = Literal["removed", "archived", "deleted"]


def installation(activity: Payload, around: Around) -> Parsed:
    """`installationUpdate`; an upgrade of the app is neither a coming nor a going."""
    alone = _is_of_one_channel(activity)
    match activity.get("action"):
        case "add":
            return _added(activity, around, channel=alone)
        case "remove":
            return _gone(activity, around, "removed", channel=alone)
        case "add-upgrade" | "remove-upgrade" | "upgrade":
            return Ignored("upgrade")
        case _:
            return Ignored("unknown_action")


def conversation(activity: Payload, around: Around) -> Parsed:
    """`conversationUpdate`: who came and went decides first, then what Teams calls it."""
    alone = _is_of_one_channel(activity)
    if _has_us(activity, "membersAdded", around):
        return _added(activity, around, channel=alone)
    if _has_us(activity, "membersRemoved", around):
        return _gone(activity, around, "removed", channel=alone)
    if parts(activity, "membersRemoved"):
        return _left(activity, around)
    match part(activity, "channelData").get("eventType"):
        case "channelDeleted":
            return _gone(activity, around, "deleted", channel=True)
        case "channelRestored":
            return _added(activity, around, channel=True)
        case "channelRenamed":
            return _renamed(activity, around)
        case "teamArchived":
            return _gone(activity, around, "archived")
        case "teamDeleted" | "teamHardDeleted":
            return _gone(activity, around, "deleted")
        case "teamRestored" | "teamUnarchived":
            return _added(activity, around)
        case _:
            return Ignored("unwatched")


def _has_us(activity: Payload, name: str, around: Around) -> bool:
    return any(ours(one.get("id"), around.bot) for one in parts(activity, name))


def _is_of_one_channel(activity: Payload) -> bool:
    """Whether it is told of a private or shared channel alone: it lets in people, and bots, by itself.

    A team that has the bot lets it into each such channel, and out of it (microsoft/Agents, issue 179).
    """
    data = part(activity, "channelData")
    told = {"channelMemberAdded", "channelMemberRemoved"}
    return words(data, "eventType") in told or words(part(data, "channel"), "type") in CLOSED


def _surroundings(activity: Payload, around: Around) -> tuple[Scene, bool]:
    """Return the scene, and whether a person did it; what nobody did, the bot did itself."""
    tenant = tenant_of(activity)
    try:
        who, person = actor_of(activity, tenant), True
    except Nobody:
        who, person = Actor(tenant, around.bot.removeprefix("28:"), "", ""), False
    scene = Scene(
        tenant,
        spot_of(activity),
        who,
        moment(activity.get("timestamp"), around.now),
        activity_id(activity.get("id")),
        service(activity.get("serviceUrl")),
    )
    return scene, person


def _channel(activity: Payload, spot: Spot, *, channel: bool) -> Spot:
    """The channel it is about: the one named; else the chosen one, or the conversation's (General's)."""
    data = part(activity, "channelData") if spot.kind == "channel" else {}
    named = part(data, "channel") if channel else part(part(data, "settings"), "selectedChannel")
    key = shared_id(named["id"]) if words(named, "id") else spot.key
    return spot._replace(key=key, conversation=key, root="")


def _added(activity: Payload, around: Around, *, channel: bool = False) -> Parsed:
    scene, person = _surroundings(activity, around)
    if scene.spot.kind == "personal":
        if not person:
            return Ignored("no_person")
        known, id_ = learnt(activity, scene), _once(scene, scene.key)
        hello = Commanded(id=id_, at=scene.at, who=scene.who.account, where=scene.place(), command=HELP)
        return Heard(hello, scene.way("words"), known)
    scene = scene._replace(spot=_channel(activity, scene.spot, channel=channel))
    name, team = _name(activity, scene.key), "" if channel else _team(activity, scene)
    called_ = name or called(part(part(activity, "channelData"), "team").get("name"))
    id_ = _once(scene, team or scene.key)
    event = BotAdded(id=id_, at=scene.at, who=scene.who.account, where=scene.place(), name=called_)
    here, *them = learnt(activity, scene) or (None,)
    known = (*((here.but(name=name),) if here else ()), *(them if person else ()))
    return Heard(event, scene.way("words") if person else NOBODY, known, everywhere=not channel)


def _name(activity: Payload, key: str) -> str:
    """What people call the channel or chat with this id; General has no name of its own."""
    data = part(activity, "channelData")
    chosen = part(part(data, "settings"), "selectedChannel")
    for one in (chosen, part(data, "channel"), part(activity, "conversation")):
        if words(one, "id").partition(ROOT)[0] == key and (name := called(one.get("name"))):
            return name
    return ""


def _team(activity: Payload, scene: Scene) -> str:
    """The team's own conversation; "" where there is no team."""
    team = words(part(part(activity, "channelData"), "team"), "id")
    return shared_id(team) if team and scene.spot.kind == "channel" else ""


def _once(scene: Scene, where: str) -> str:
    """One id for all that Teams says of one installation: the team, the channel or chat, and about when."""
    half = int(scene.at.timestamp()) // ONE_INSTALLATION
    return f"teams:{scene.tenant}:{where}:added:{half}"


def _gone(activity: Payload, around: Around, why: Why, *, channel: bool = False) -> Parsed:
    scene, person = _surroundings(activity, around)
    if scene.spot.kind == "personal":
        return Gone(scene.tenant, scene.key, None, scene.at) if person else Ignored("no_person")
    scene = scene._replace(spot=_channel(activity, scene.spot, channel=channel))
    key = ("" if channel else _team(activity, scene)) or scene.spot.key
    event = BotRemoved(
        id=scene.event_id("gone"),
        at=scene.at,
        where=place(scene.tenant, key),
        why=why,
        who=scene.who.account if person else None,
    )
    return Gone(scene.tenant, key, event, scene.at)


def _left(activity: Payload, around: Around) -> Parsed:
    """People left. Of a team it is told in its General channel, and true of each that all can read."""
    scene, _ = _surroundings(activity, around)
    data, closed = part(activity, "channelData"), _is_of_one_channel(activity)
    spot = _channel(activity, scene.spot, channel=closed and bool(part(data, "channel")))
    where = scene._replace(spot=spot).place()
    gone = [one for one in parts(activity, "membersRemoved") if is_uuid(words(one, "aadObjectId"))]
    if not gone or scene.spot.kind == "personal":
        return Ignored("no_person")
    events: list[Event] = [_one_left(scene, one, where, scene.at) for one in gone]
    return Heard(events[0], NOBODY, also=tuple(events[1:]))


def _one_left(scene: Scene, one: Payload, where: Place, at: datetime) -> MemberLeft:
    aad = words(one, "aadObjectId").lower()
    theirs = words(one, "tenantId").lower()
    who = account(theirs if is_uuid(theirs) else scene.tenant, aad)
    return MemberLeft(id=scene.event_id(aad), at=at, who=who, where=where)


def _renamed(activity: Payload, around: Around) -> Parsed:
    scene, _ = _surroundings(activity, around)
    spot = _channel(activity, scene.spot, channel=True)
    here = scene._replace(spot=spot).place()
    name = called(part(part(activity, "channelData"), "channel").get("name"))
    return Heard(PlaceMoved(id=scene.event_id(), at=scene.at, where=here, to=here, name=name), NOBODY)
