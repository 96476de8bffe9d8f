"""What Teams sends when somebody does something, in the shapes of Microsoft's reference. Invented people.

`fmt: skip` where a parameter a line would be as long as what is made of them.
"""

import itertools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from tests.teams.state import APP, BOT, TENANT, THREAD_MARK, Json

NAME = "Nuläge"
SERVICE = "https://smba.trafficmanager.net/emea/5ca1ab1e-0000-4000-8000-0000000000aa/"
AT = datetime(2026, 11, 26, 14, 5, tzinfo=UTC)

_numbers = itertools.count(1)


@dataclass(frozen=True)
class Who:
    """Somebody who acts. `home` is their own tenant, told only when it is another than the conversation's."""

    aad: str
    name: str
    user: str = ""
    home: str = ""

    def as_json(self) -> Json:
        user = self.user or f"29:{self.aad[-4:]}"
        home = {"tenantId": self.home} if self.home else {}
        return {"id": user, "name": self.name, "aadObjectId": self.aad, **home}


@dataclass(frozen=True)
class Where:
    """A conversation. `root` begins the thread. `team` is the team's own thread, `group` its Entra id."""

    id: str
    kind: str
    root: str = ""
    name: str = ""
    team: str = ""
    group: str = ""
    team_name: str = ""
    channel_type: str = ""
    tenant: str = TENANT
    service_url: str = SERVICE

    def conversation(self) -> Json:
        whole = f"{self.id}{THREAD_MARK}{self.root}" if self.root else self.id
        group = {} if self.kind == "personal" else {"isGroup": True}
        return {**group, "conversationType": self.kind, "tenantId": self.tenant, "id": whole}

    def channel_data(self) -> Json:
        data: Json = {"tenant": {"id": self.tenant}}
        if self.kind == "channel":
            typed = {"type": self.channel_type} if self.channel_type else {}
            named = {"name": self.name} if self.name else {}
            data |= {"teamsChannelId": self.id, "teamsTeamId": self.team}
            data |= {"channel": {"id": self.id, **typed, **named}, "team": self.team_json()}
        return data

    def team_json(self) -> Json:
        group = {"aadGroupId": self.group} if self.group else {}
        return {"id": self.team, "name": self.team_name, **group}


LENA = Who("5ca1ab1e-0000-4000-8000-000000000001", "Lena Lind")
SAM = Who("5ca1ab1e-0000-4000-8000-000000000002", "Sam Ek")
CHANNEL = Where(
    "19:lag46@thread.tacv2",
    "channel",
    name="Arbetslag 4-6",
    team="19:bjork@thread.tacv2",
    group="5ca1ab1e-0000-4000-8000-0000000000f0",
    team_name="Björkskolan",
)
GROUP = Where("19:ledning@thread.v2", "groupChat", name="Ledningsgruppen")
PERSONAL = Where("a:1lena", "personal")


def activity(who: Who, where: Where, kind: str, *, at: datetime = AT, id: str = "", **more: Any) -> Json:  # noqa: A002  it is called so in the activity
    """What all activities have. Without `id` it gets one that no other has."""
    stamp = at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.") + f"{at.microsecond // 1000:03d}Z"
    number = str(int(at.timestamp() * 1000) + next(_numbers))
    return {
        "type": kind,
        "id": id or number,
        "timestamp": stamp,
        "channelId": "msteams",
        "serviceUrl": where.service_url,
        "from": who.as_json(),
        "conversation": where.conversation(),
        "recipient": {"id": BOT, "name": NAME},
        "entities": [{"locale": "sv-SE", "country": "SE", "platform": "Web", "type": "clientInfo"}],
        "channelData": where.channel_data(),
        "locale": "sv-SE",
        **more,
    }


def message(
    who: Who, where: Where, text: str, *, to_bot: bool = False, targeted: bool = False, reply_to: str = "",
    **more: Any,
) -> Json:  # fmt: skip
    """Words, as Teams writes them. `to_bot` mentions the bot before them; `targeted` is the slash command."""
    said = f"<at>{NAME}</at> {text}" if to_bot else text
    made = activity(who, where, "message", text=said, textFormat="plain", **more)
    if to_bot:
        made["entities"].append(
            {"type": "mention", "text": f"<at>{NAME}</at>", "mentioned": {"id": BOT, "name": NAME}}
        )
    if targeted:
        made["recipient"]["isTargeted"] = True
    if reply_to:
        made["replyToId"] = reply_to
    if where.kind == "channel" and not where.root:
        made["conversation"]["id"] = f"{where.id}{THREAD_MARK}{made['id']}"
    return made


def edited(who: Who, where: Where, reference: str, text: str, **more: Any) -> Json:
    """Somebody changed what they wrote; with an `eventType` of undeleteMessage, brought it back."""
    made = message(who, where, text, id=reference, **more)
    made["channelData"].setdefault("eventType", "editMessage")
    return {**made, "type": "messageUpdate"}


def deleted(who: Who, where: Where, reference: str, **more: Any) -> Json:
    made = activity(who, where, "messageDelete", id=reference, **more)
    made["channelData"]["eventType"] = "softDeleteMessage"
    return made


def invoke(who: Who, where: Where, name: str, value: Mapping[str, Any], **more: Any) -> Json:
    number = more.pop("id", "") or f"f:{next(_numbers):08d}-0000-4000-8000-000000000000"
    return activity(who, where, "invoke", id=number, name=name, value=dict(value), **more)


def execute(who: Who, where: Where, verb: str, data: Mapping[str, Any], *, on: str = "", **more: Any) -> Json:
    """Action.Execute on the card of the message `on`; a form's inputs are among its data."""
    action = {"type": "Action.Execute", "verb": verb, "data": dict(data)}
    value = {"action": action, "trigger": "manual"}
    return invoke(who, where, "adaptiveCard/action", value, **_under(on), **more)


def pressed(who: Who, where: Where, token: str, *, on: str = "", **more: Any) -> Json:
    """One of our buttons."""
    return execute(who, where, "press", {"token": token}, on=on, **more)


def filled(
    token: str, values: Mapping[str, str], *, nonce: str = "0a1b2c3d", opened_from: str = "",
    thread: str = "", several: Iterable[str] = (),
) -> Json:  # fmt: skip
    """The data of a form that is sent: `values` by the fields' keys, `several` the keys with many choices."""
    ids = {key: f"f{number}" for number, key in enumerate(values)}
    return {
        "form": token,
        "nonce": nonce,
        "from": opened_from,
        "thread": thread,
        "keys": list(values),
        "several": [ids[key] for key in several],
        **{ids[key]: value for key, value in values.items()},
    }


def submitted(who: Who, where: Where, data: Mapping[str, Any], *, on: str = "", **more: Any) -> Json:
    """Action.Submit: a message with a value."""
    return activity(who, where, "message", value=dict(data), **_under(on), **more)


def task(who: Who, where: Where, kind: str, data: Mapping[str, Any], *, on: str = "", **more: Any) -> Json:
    """`kind` is fetch or submit: a task module is opened, or sent."""
    value = {"data": dict(data), "context": {"theme": "default"}}
    return invoke(who, where, f"task/{kind}", value, **_under(on), **more)


def message_saved(
    who: Who, where: Where, author: Who | None, html: str, *, kept: str, root: str = "", **more: Any
) -> Json:
    """The message extension on a message; `author` None: no person wrote it."""
    user = {"userIdentityType": "aadUser", "id": author.aad, "displayName": author.name} if author else None
    app = None if author else {"applicationIdentityType": "bot", "id": APP, "displayName": NAME}
    payload: Json = {
        "id": kept,
        "replyToId": root or None,
        "createdDateTime": "2026-11-26T13:55:00.000Z",
        "from": {"user": user, "application": app, "conversation": None, "device": None},
        "body": {"contentType": "html", "content": html},
    }
    value = {"commandId": "saveNote", "commandContext": "message", "messagePayload": payload}
    return invoke(who, where, "composeExtension/fetchTask", value, **more)


def extension_sent(who: Who, where: Where, data: Mapping[str, Any], **more: Any) -> Json:
    value = {"commandId": "saveNote", "commandContext": "message", "data": dict(data)}
    return invoke(who, where, "composeExtension/submitAction", value, **more)


def installation(
    who: Who, where: Where, action: str = "add", *, chosen: Where | None = None, **more: Any
) -> Json:
    """`installationUpdate`; in a team somebody may have chosen a channel for the bot."""
    made = activity(who, where, "installationUpdate", action=action, **more)
    made["channelData"] |= _chosen(chosen)
    return made


def members(
    who: Who, where: Where, *, came: Iterable[Who] = (), went: Iterable[Who] = (), bot: str = "",
    chosen: Where | None = None, **more: Any,
) -> Json:  # fmt: skip
    """`conversationUpdate`: people, and the bot when `bot` is "came" or "went"."""
    added = [_member(one) for one in came] + ([{"id": BOT}] if bot == "came" else [])
    removed = [_member(one) for one in went] + ([{"id": BOT}] if bot == "went" else [])
    made = activity(who, where, "conversationUpdate", **more)
    made |= {"membersAdded": added} if added else {}
    made |= {"membersRemoved": removed} if removed else {}
    made["channelData"] |= {"eventType": "teamMemberAdded" if added else "teamMemberRemoved"}
    made["channelData"] |= _chosen(chosen)
    return made


def changed(who: Who, where: Where, event_type: str, **more: Any) -> Json:
    """`conversationUpdate` about a channel or a team: channelRenamed, teamArchived and so on."""
    made = activity(who, where, "conversationUpdate", **more)
    made["channelData"]["eventType"] = event_type
    return made


def general(where: Where) -> Where:
    """The team's own conversation, where Teams tells of what concerns all of it."""
    return replace(where, id=where.team, root="", name="", channel_type="")


def _chosen(chosen: Where | None) -> Json:
    return {"settings": {"selectedChannel": {"id": chosen.id, "name": chosen.name}}} if chosen else {}


def _member(who: Who) -> Json:
    home = {"tenantId": who.home} if who.home else {}
    return {"id": who.user or f"29:{who.aad[-4:]}", "aadObjectId": who.aad, **home}


def _under(on: str) -> Json:
    return {"replyToId": on} if on else {}
