"""The fake Graph's drives: whose they are, what lies in them, and who wrote it last."""

import hashlib

from tests.graph.fake_cloud import CLIENT, Asked, Cloud, Json, Refused

LARGEST = 4_000_000


def drive(_cloud: Cloud, asked: Asked) -> Json:
    return {"id": f"b!{asked.parts[0]}"}


def team(cloud: Cloud, asked: Asked) -> Json:
    """Only what was asked for: who leaves `visibility` out is not told it."""
    (key,) = asked.parts
    if not cloud.people.get(key):
        raise Refused(404, "NotFound", ours=False)
    whole = {"id": key, "visibility": cloud.visibility.get(key, "private")}
    wanted = asked.query.get("$select", "").split(",")
    return {name: value for name, value in whole.items() if name in wanted}


def folder(cloud: Cloud, asked: Asked) -> Json:
    """A folder in the team's library; a private channel has a library of its own."""
    group, channel = asked.parts
    if channel in cloud.unopened:
        raise Refused(404, "itemNotFound", ours=False)
    library = f"b!{channel if channel in cloud.private else group}"
    return {"id": f"d{channel.encode().hex()}", "parentReference": {"driveId": library}}


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
        "webUrl": cloud.link(where),
    }


def look(cloud: Cloud, asked: Asked) -> Json:
    return _item(cloud, _where(asked))


def _where(asked: Asked) -> str:
    drive, told = asked.parts
    if told.startswith("f"):
        where = bytes.fromhex(told[1:]).decode()
    else:
        folder, _, path = told.removesuffix(":").partition(":/")
        where = _inside(drive, folder, path)
    if not where.startswith(f"{drive}/"):
        raise Refused(400, "drive")
    return where


def _inside(drive: str, folder: str, path: str) -> str:
    """A path from a channel's folder, or from the drive's first."""
    return f"{drive}/{path}" if folder == "root" else f"{drive}/{bytes.fromhex(folder[1:]).decode()}/{path}"


def put(cloud: Cloud, asked: Asked) -> Json:
    """A new file: what is there is never written over by name."""
    drive, folder, path = asked.parts
    if set('"*:<>?\\|#%') & set(path) or ".." in path.split("/"):
        raise Refused(400, "invalid_name")
    conflict = asked.query.get("@microsoft.graph.conflictBehavior")
    if conflict not in {"fail", "rename"}:
        raise Refused(400, "conflict")
    first = where = _inside(drive, folder, path)
    number = 0
    while where in cloud.files:
        if conflict == "fail":
            raise Refused(409, "nameAlreadyExists", ours=False)
        number += 1
        where = f"{first.removesuffix('.docx')} {number}.docx"
    return {**_write(cloud, where, asked.body), "@status": 201}


def put_over(cloud: Cloud, asked: Asked) -> Json:
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
