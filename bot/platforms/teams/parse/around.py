"""What every activity says beside what happened: where, who, and how to speak there."""

import hashlib
import json
from datetime import datetime
from typing import Literal, NamedTuple

from bot.domain.school import Account, Place
from bot.platforms.legible import called
from bot.platforms.payloads import Payload, Unreadable, part, words
from bot.platforms.teams.install.references import Kind, Reference
from bot.platforms.teams.parse.ids import (
    BOT,
    ROOT,
    Nobody,
    account,
    account_id,
    activity_id,
    chat_id,
    is_uuid,
    moment,
    place,
    service,
    shared_id,
    stamp,
    uuid,
)
from bot.platforms.teams.parse.values import Around, Asks, Surface, Way

CHANNELS = ("@thread.tacv2", "@thread.skype")
"""How a channel's id ends; the second is of channels made before 2020."""

CLOSED = frozenset({"private", "shared"})
"""Channels that have members of their own; all others have their team's."""

GUESTS = frozenset({"guest", "anonymous"})

NOBODY = Way("none", "nothing", "", "", "", "", private=False)


class Spot(NamedTuple):
    """The conversation of an activity. `key` is "" in the chat with one person, which they give its name.

    `private`: a team's own channel that its owners invite each one to. Not a shared one, where other
    schools' people are, nor a group chat or a meeting's, where anybody invites anybody.
    """

    kind: Kind
    key: str
    conversation: str
    root: str
    private: bool


class Actor(NamedTuple):
    """Who did it. `tenant` is their own: in a shared channel it may be another than the channel's.

    `at_home`: Teams says that they belong to the tenant that the conversation lies in, as no guest.
    """

    tenant: str
    aad: str
    user: str
    """`29:…`"""
    name: str
    at_home: bool = False

    @property
    def account(self) -> Account:
        return account(self.tenant, self.aad, self.name)


class Scene(NamedTuple):
    """An activity's surroundings, checked."""

    tenant: str
    spot: Spot
    who: Actor
    at: datetime
    id: str
    service: str
    stamp: str = ""
    """Its moment as Teams says it, to the millisecond; "" when it says none."""

    @property
    def key(self) -> str:
        return self.spot.key or f"@{self.who.aad}"

    def place(self, reference: str = "") -> Place:
        """Where it happened; a thread's root hangs under nothing, and only channels have threads.

        It is private for whom its owners surely let in: a guest, or who may be of another tenant, is in a
        channel like any other.
        """
        root = self.spot.root if self.spot.kind == "channel" and self.spot.root != reference else ""
        return place(self.tenant, self.key, root, private=self.spot.private and self.who.at_home)

    def event_id(self, mark: str = "") -> str:
        conversation = self.spot.key or self.spot.conversation
        return ":".join(filter(None, ("teams", self.tenant, conversation, self.id, mark)))

    def said_id(self, text: str) -> str:
        """The same for the same words, also when Teams delivers them anew under another id.

        What then stays is who wrote it, where, what, and Teams' own moment of it, to the millisecond: who
        writes "ja" twice has done so at two moments. (Documented payloads have one moment, as `timestamp` and
        again as `localTimestamp`; none is the client's own.) Seen was a first repetition with the same id and
        moment, and a later one, of invokes, with another of both (botbuilder-dotnet#5005): of those a form is
        known by its nonce; a button so pressed is pressed again, and what cannot be done twice is not.
        Without a moment the id alone must do.
        """
        if not self.stamp:
            return self.event_id()
        told = json.dumps([self.who.aad, self.stamp, text])
        conversation = self.spot.key or self.spot.conversation
        mark = hashlib.sha256(told.encode()).hexdigest()[:24]
        return f"teams:{self.tenant}:{conversation}:said-{mark}"

    def way(
        self,
        surface: Surface,
        asks: Asks = "nothing",
        *,
        reference: str = "",
        targeted: bool = False,
    ) -> Way:
        return Way(
            surface,
            asks,
            self.tenant,
            self.who.aad,
            self.who.user,
            self.spot.conversation,
            self.spot.kind == "personal",
            targeted,
            reference,
        )


def scene_of(activity: Payload, around: Around) -> Scene:
    """Read who did what where.

    Raises:
        Unreadable: it lacks what every activity has.
        Nobody: no person of any tenant did it.
    """
    tenant = tenant_of(activity)
    return Scene(
        tenant,
        spot_of(activity),
        actor_of(activity, tenant),
        moment(activity.get("timestamp"), around.now),
        activity_id(activity.get("id")),
        service(activity.get("serviceUrl")),
        stamp(activity.get("timestamp")),
    )


def tenant_of(activity: Payload) -> str:
    """The tenant that the conversation lies in."""
    lies = words(part(activity, "conversation"), "tenantId")
    return uuid(lies or part(part(activity, "channelData"), "tenant").get("id"))


def spot_of(activity: Payload) -> Spot:
    """The conversation; two people's own chat begins with `19:` as well, and is never the bot's with one."""
    conversation, data = part(activity, "conversation"), part(activity, "channelData")
    whole, kind = words(conversation, "id"), words(conversation, "conversationType")
    key, _, root = whole.partition(ROOT)
    if not key.startswith("19:"):
        if kind not in {"personal", ""}:
            raise Unreadable("a conversation of another kind")
        return Spot("personal", "", chat_id(key), "", private=False)
    if kind == "channel" or (not kind and key.endswith(CHANNELS)):
        under = activity_id(root) if root else ""
        private = words(part(data, "channel"), "type") == "private"
        return Spot("channel", shared_id(key), whole, under, private=private)
    return Spot("group", shared_id(key), key, "", private=False)


def actor_of(activity: Payload, tenant: str) -> Actor:
    """Who did it; the names of what is no person are never remembered."""
    given = part(activity, "from")
    if words(given, "id").startswith(BOT) or words(given, "role") == "bot":
        raise Nobody("by_bot")
    aad = words(given, "aadObjectId").lower()
    if not is_uuid(aad):
        raise Nobody("no_person")
    theirs = (words(given, "tenantId") or words(part(part(activity, "channelData"), "tenant"), "id")).lower()
    home = theirs if is_uuid(theirs) else tenant
    guest = {words(given, name).lower() for name in ("role", "userRole", "userType")} & GUESTS
    at_home = words(given, "tenantId").lower() == tenant and not guest
    return Actor(home, aad, account_id(given.get("id")), called(given.get("name")), at_home)


def learnt(
    activity: Payload, scene: Scene, *, there: Literal["installed", "perhaps"] = "installed"
) -> tuple[Reference, ...]:
    """Where they are: the conversation, and who acted. Without the Connector's address nothing is known.

    `there="perhaps"`: a message extension is used where the bot is not, so the conversation says nothing.
    """
    if not scene.service:
        return ()
    found = [] if there == "perhaps" or scene.spot.kind == "personal" else [_conversation(activity, scene)]
    if scene.who.tenant == scene.tenant:
        found.append(_person(scene))
    return tuple(found)


def _conversation(activity: Payload, scene: Scene) -> Reference:
    data, conversation = part(activity, "channelData"), part(activity, "conversation")
    channel, key = part(data, "channel"), scene.spot.key
    team = part(data, "team") if scene.spot.kind == "channel" else {}
    group, thread = words(team, "aadGroupId").lower(), words(team, "id") or words(data, "teamsTeamId")
    in_channel = scene.spot.kind == "channel"
    return Reference(
        tenant=scene.tenant,
        key=key,
        kind=scene.spot.kind,
        conversation=key,
        service_url=scene.service,
        team=group if is_uuid(group) else "",
        team_thread=shared_id(thread) if in_channel and thread else "",
        name=called(channel.get("name")) or called(conversation.get("name")),
    )


def _person(scene: Scene) -> Reference:
    return Reference(
        tenant=scene.tenant,
        key=f"@{scene.who.aad}",
        kind="personal",
        conversation=scene.spot.conversation if scene.spot.kind == "personal" else "",
        service_url=scene.service,
        user=scene.who.user,
        name=scene.who.name,
    )
