"""What the fake Graph does, call by call: as strict about bodies as Graph's own reference."""

import hashlib
import re
from collections.abc import Callable
from datetime import datetime

from tests.graph.fake_cloud import CLIENT, UUID, Asked, Cloud, Json, Refused

LARGEST = 4_000_000
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


def _drive(_cloud: Cloud, asked: Asked) -> Json:
    return {"id": f"b!{asked.parts[0]}"}


def _item(cloud: Cloud, where: str) -> Json:
    """What there is at a path: its tag is of its content, and whoever wrote it last is known."""
    content = cloud.files.get(where)
    if content is None:
        raise Refused(404, "itemNotFound", ours=False)
    tag = hashlib.sha256(content).hexdigest()[:8]
    mine = cloud.ours.get(where) == content
    by = {"application": {"id": CLIENT}} if mine else {"user": {"id": "somebody"}}
    return {
        "id": f"f{where.encode().hex()}",
        "name": where.rpartition("/")[2],
        "eTag": f'"{{{tag}}},1"',
        "cTag": f'"c:{{{tag}}},1"',
        "lastModifiedBy": by,
        "webUrl": f"https://lundby.sharepoint.example/{where.partition('/')[2]}",
    }


def _look(cloud: Cloud, asked: Asked) -> Json:
    return _item(cloud, _where(asked))


def _where(asked: Asked) -> str:
    drive, told = asked.parts
    where = f"{drive}/{told[6:-1]}" if told.startswith("root:") else bytes.fromhex(told[1:]).decode()
    if not where.startswith(f"{drive}/"):
        raise Refused(400, "drive")
    return where


def _put(cloud: Cloud, asked: Asked) -> Json:
    """A new file: what is there is never written over by name."""
    drive, path = asked.parts
    if set('"*:<>?\\|#%') & set(path) or ".." in path.split("/"):
        raise Refused(400, "invalid_name")
    conflict = asked.query.get("@microsoft.graph.conflictBehavior")
    if conflict not in {"fail", "rename"}:
        raise Refused(400, "conflict")
    where, number = f"{drive}/{path}", 0
    while where in cloud.files:
        if conflict == "fail":
            raise Refused(409, "nameAlreadyExists", ours=False)
        number += 1
        where = f"{drive}/{path.removesuffix('.docx')} {number}.docx"
    return {**_write(cloud, where, asked.body), "@status": 201}


def _put_over(cloud: Cloud, asked: Asked) -> Json:
    where = _where(asked)
    told = asked.headers.get("If-Match")
    if told is None:
        raise Refused(400, "no_if_match")
    if told != _item(cloud, where)["eTag"]:
        raise Refused(412, "preconditionFailed", ours=False)
    return _write(cloud, where, asked.body)


def _write(cloud: Cloud, where: str, content: bytes) -> Json:
    if len(content) > LARGEST:
        raise Refused(413, "tooLarge", ours=False)
    cloud.files[where] = cloud.ours[where] = content
    return _item(cloud, where)


def _notify(cloud: Cloud, asked: Asked) -> None:
    needed = {"topic", "activityType", "previewText", "recipient"}
    body = asked.object(needed, needed)
    team = asked.parts[0]
    if body["topic"] != {"source": "entityUrl", "value": f"https://graph.microsoft.com/v1.0/teams/{team}"}:
        raise Refused(400, "topic")
    if body["recipient"].get("@odata.type") != "#microsoft.graph.aadUserNotificationRecipient":
        raise Refused(400, "recipient")
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
    "meet": _meet,
    "find": _find,
    "move": _move,
    "drop": _drop,
    "drive": _drive,
    "put": _put,
    "put_over": _put_over,
    "look": _look,
    "notify": _notify,
    "install": _install,
    "apps": _apps,
    "chat": _chat,
}
