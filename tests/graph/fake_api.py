"""What the fake Graph does, call by call: as strict about bodies as Graph's own reference."""

import re
from collections.abc import Callable
from datetime import datetime

from tests.graph.fake_cloud import UUID, Asked, Cloud, Json, Refused
from tests.graph.fake_files import drive, folder, look, put, put_over, team

OURS = "String {6e1c9d56-4a0d-4f6e-9c5b-2f0f0f6d1b7a} Name nulage"
MEETING = {"subject", "body", "start", "end"}
NEW_MEETING = MEETING | {
    "transactionId",
    "showAs",
    "isReminderOn",
    "responseRequested",
    "singleValueExtendedProperties",
}


def _members(cloud: Cloud, asked: Asked) -> Json:
    """In pages, as many as there are."""
    key = "/".join(asked.parts)
    people = cloud.people.get(key)
    if people is None:
        raise Refused(404, "NotFound", ours=False)
    start = int(asked.query.get("$skiptoken", "0"))
    answer: Json = {"value": people[start : start + asked.page]}
    if start + asked.page < len(people):
        path = "/".join(
            ("teams", asked.parts[0], *(("channels", *asked.parts[1:]) if asked.parts[1:] else ()))
        )
        answer["@odata.nextLink"] = f"{asked.base_url}/{path}/members?$skiptoken={start + asked.page}"
    return answer


def _all_members(cloud: Cloud, asked: Asked) -> Json:
    """With those who come to a shared channel by another team; `members` leaves them out."""
    key = "/".join(asked.parts)
    return {"value": [*cloud.people.get(key, []), *cloud.by_team.get(key, [])]}


def _channels(cloud: Cloud, asked: Asked) -> Json:
    return {"value": cloud.channels.get(asked.parts[0], [])}


def _meet(cloud: Cloud, asked: Asked) -> Json:
    """The same transaction again is the same meeting (Graph, event resource, transactionId)."""
    user = asked.parts[0]
    if user in cloud.no_mailbox:
        raise Refused(404, "MailboxNotEnabledForRESTAPI", ours=False)
    body = asked.object(NEW_MEETING, NEW_MEETING)
    _times(body)
    if [one["id"] for one in body["singleValueExtendedProperties"]] != [OURS]:
        raise Refused(400, "property")
    calendar = cloud.events.setdefault(user, {})
    for there in calendar.values():
        if there["transactionId"] == body["transactionId"]:
            return {**there, "@status": 201}
    if body["transactionId"] in cloud.transactions:  # was there, and is not
        raise Refused(409, "ErrorDuplicateTransactionId", ours=False)
    cloud.transactions.add(body["transactionId"])
    cloud.numbers += 1
    calendar[f"e{cloud.numbers}"] = {**body, "id": f"e{cloud.numbers}"}
    return {**calendar[f"e{cloud.numbers}"], "@status": 201}


def _times(body: Json) -> None:
    for end in ("start", "end"):
        told = body[end]
        if told.get("timeZone") != "Europe/Stockholm" or datetime.fromisoformat(told["dateTime"]).tzinfo:
            raise Refused(400, f"{end}_of_no_zone")


def _find(cloud: Cloud, asked: Asked) -> Json:
    told = asked.query.get("$filter", "")
    found = re.fullmatch(
        rf"singleValueExtendedProperties/Any\(ep: ep/id eq '{re.escape(OURS)}' and ep/value eq '({UUID})'\)",
        told,
    )
    if not found:
        raise Refused(400, f"filter_{told}")
    calendar = cloud.events.get(asked.parts[0], {})
    mine = [
        {"id": key}
        for key, one in calendar.items()
        if one["singleValueExtendedProperties"][0]["value"] == found.group(1)
    ]
    return {"value": mine}


def _event(cloud: Cloud, asked: Asked) -> Json:
    user, key = asked.parts
    if key not in cloud.events.get(user, {}):
        raise Refused(404, "ErrorItemNotFound", ours=False)
    return cloud.events[user][key]


def _move(cloud: Cloud, asked: Asked) -> Json:
    there = _event(cloud, asked)
    body = asked.object(MEETING, MEETING)
    _times(body)
    there.update(body)
    return dict(there)


def _drop(cloud: Cloud, asked: Asked) -> None:
    _event(cloud, asked)
    del cloud.events[asked.parts[0]][asked.parts[1]]


def _notify(cloud: Cloud, asked: Asked) -> None:
    needed = {"topic", "activityType", "previewText", "recipient"}
    body = asked.object(needed, needed)
    team = asked.parts[0]
    if body["topic"] != {"source": "entityUrl", "value": f"https://graph.microsoft.com/v1.0/teams/{team}"}:
        raise Refused(400, "topic")
    if body["recipient"].get("@odata.type") != "#microsoft.graph.aadUserNotificationRecipient":
        raise Refused(400, "recipient")
    cloud.previews.append(body["previewText"]["content"])
    cloud.notices.append((team, body["recipient"]["userId"], body["activityType"]))


def _install(cloud: Cloud, asked: Asked) -> Json:
    body = asked.object({"teamsApp@odata.bind"}, {"teamsApp@odata.bind"})
    if not re.fullmatch(
        rf"https://graph\.microsoft\.com/v1\.0/appCatalogs/teamsApps/{UUID}", body["teamsApp@odata.bind"]
    ):
        raise Refused(400, "app")
    if asked.parts[0] in cloud.installed:
        raise Refused(409, "Conflict", ours=False)
    cloud.installed.add(asked.parts[0])
    return {"id": "i1", "@status": 201}


def _apps(cloud: Cloud, asked: Asked) -> Json:
    if not re.fullmatch(rf"teamsApp/id eq '{UUID}'", asked.query.get("$filter", "")):
        raise Refused(400, "filter")
    return {"value": [{"id": "i1"}] if asked.parts[0] in cloud.installed else []}


def _chat(_cloud: Cloud, asked: Asked) -> Json:
    return {"id": f"19:{asked.parts[0]}_bot@unq.gbl.spaces"}


OPERATIONS: dict[str, Callable[[Cloud, Asked], Json | None]] = {
    "members": _members,
    "channel_members": _members,
    "all_members": _all_members,
    "channels": _channels,
    "team": team,
    "folder": folder,
    "meet": _meet,
    "find": _find,
    "move": _move,
    "drop": _drop,
    "drive": drive,
    "put": put,
    "put_over": put_over,
    "look": look,
    "notify": _notify,
    "install": _install,
    "apps": _apps,
    "chat": _chat,
}
