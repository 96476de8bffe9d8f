"""A file of ours, as we left it: found again by that, and let be when it is otherwise; and where files go."""

from hashlib import sha256
from typing import Literal
from unicodedata import normalize
from urllib.parse import parse_qs, unquote, urlsplit
from uuid import UUID

from pydantic import ValidationError

from bot.domain.value import SchoolId, Value

LONGEST_NAME = 80
"""Characters of a name before its mark and its ending: all systems take that many."""

TEAMS_HOSTS = frozenset({"teams.microsoft.com", "teams.cloud.microsoft"})
CHANNEL_PARTS = 5
"""/l/channel/CHANNEL/NAME, split at its slashes (Microsoft, Deep link to Teams chat)."""


class OwnDrive(Value):
    """Somebody's own drive."""

    kind: Literal["own"] = "own"
    user: str


class Library(Value):
    """A document library: none is chosen any more, and what was put in one is followed there."""

    kind: Literal["library"] = "library"
    drive: str


class ChannelFiles(Value):
    """The folder of a channel's files: `team` by its Entra id, `channel` by its conversation."""

    kind: Literal["channel"] = "channel"
    team: str
    channel: str


Where = OwnDrive | Library | ChannelFiles


class File(Value):
    """A file as it was when we wrote it: `item` names it in its `drive` wherever it is moved to.

    `path` begins in `folder`, which is a channel's or the drive's first. `etag` is of all of it, `ctag` of
    its content alone. `beside`: it lies beside one that we let be.
    """

    drive: str
    folder: str = "root"
    item: str
    path: str
    etag: str
    ctag: str = ""
    link: str
    beside: bool = False


class Filed(Value):
    """What is remembered of a file that was written (`Kept.reference`): of a week, or of an `analysis`."""

    file: File
    school: SchoolId
    week: int = 0
    analysis: str = ""

    @classmethod
    def of(cls, reference: str) -> "Filed | None":
        """None when it was never written."""
        try:
            return cls.model_validate_json(reference) if reference else None
        except ValidationError:
            return None


def channel_linked(link: str) -> ChannelFiles | None:
    """Read what Teams gives as *Hämta länk till kanalen*; None when it is anything else."""
    parts = urlsplit(link.strip())
    path = parts.path.split("/")
    if parts.scheme != "https" or parts.netloc.lower() not in TEAMS_HOSTS:
        return None
    if len(path) != CHANNEL_PARTS or path[1:3] != ["l", "channel"]:
        return None
    channel, group = unquote(path[3]), parse_qs(parts.query).get("groupId", [""])[0]
    try:
        team = str(UUID(group))
    except ValueError:
        return None
    return ChannelFiles(team=team, channel=channel) if channel.startswith("19:") else None


def safe_name(name: str, otherwise: str) -> str:
    """A name that every system takes: letters, digits and a few signs; no path, no hidden ending."""
    whole = normalize("NFC", name)  # a Mac may write ö as two signs, of which one is no letter
    kept = "".join(sign if sign.isalnum() or sign in " -–_()" else " " for sign in whole)
    return " ".join(kept.split())[:LONGEST_NAME].strip() or otherwise


def own_name(name: str, otherwise: str, of: str) -> str:
    """A safe name with a mark of what it is the name `of` (an id): what is called alike is never one."""
    return f"{safe_name(name, otherwise)} ({sha256(of.encode()).hexdigest()[:6]})"
