"""What the fake Graph holds, which paths lead to it, and who may take them."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple
from urllib.parse import quote, unquote

Json = dict[str, Any]
CLIENT = "0a000000-0000-4000-8000-0000000000b0"
TENANT = "5ca1ab1e-0000-4000-8000-0000000000aa"
UUID = r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
PATHS = {
    "members": ("GET", rf"/v1\.0/teams/({UUID})/members"),
    "team": ("GET", rf"/v1\.0/teams/({UUID})"),
    "channels": ("GET", rf"/v1\.0/teams/({UUID})/channels"),
    "channel_members": ("GET", rf"/v1\.0/teams/({UUID})/channels/([^/]+)/members"),
    "all_members": ("GET", rf"/v1\.0/teams/({UUID})/channels/([^/]+)/allMembers"),
    "folder": ("GET", rf"/v1\.0/teams/({UUID})/channels/([^/]+)/filesFolder"),
    "meet": ("POST", rf"/v1\.0/users/({UUID})/events"),
    "find": ("GET", rf"/v1\.0/users/({UUID})/events"),
    "move": ("PATCH", rf"/v1\.0/users/({UUID})/events/([^/]+)"),
    "drop": ("DELETE", rf"/v1\.0/users/({UUID})/events/([^/]+)"),
    "drive": ("GET", rf"/v1\.0/users/({UUID})/drive"),
    "put": ("PUT", r"/v1\.0/drives/([^/]+)/items/(root|d[0-9a-f]+):/(.+):/content"),
    "put_over": ("PUT", r"/v1\.0/drives/([^/]+)/items/(f[0-9a-f]+)/content"),
    "look": ("GET", r"/v1\.0/drives/([^/]+)/items/(f[0-9a-f]+|(?:root|d[0-9a-f]+):/.+:)"),
    "notify": ("POST", rf"/v1\.0/teams/({UUID})/(?:microsoft\.graph\.)?sendActivityNotification"),
    "install": ("POST", rf"/v1\.0/users/({UUID})/teamwork/installedApps"),
    "apps": ("GET", rf"/v1\.0/users/({UUID})/teamwork/installedApps"),
    "chat": ("GET", rf"/v1\.0/users/({UUID})/teamwork/installedApps/([^/]+)/chat"),
}
GRANTS: dict[str, frozenset[str]] = {
    "members": frozenset({"TeamMember.Read.All"}),
    **dict.fromkeys(("channel_members", "all_members"), frozenset({"ChannelMember.Read.All"})),
    "channels": frozenset({"Channel.ReadBasic.All"}),
    **dict.fromkeys(("meet", "find", "move", "drop"), frozenset({"Calendars.ReadWrite"})),
    **dict.fromkeys(("drive", "put", "put_over", "look"), frozenset({"Files.ReadWrite.All"})),
    "folder": frozenset({"Files.ReadWrite.All"}),
    "team": frozenset({"Team.ReadBasic.All"}),
    "notify": frozenset({"TeamsActivity.Send"}),
    **dict.fromkeys(
        ("install", "apps", "chat"), frozenset({"TeamsAppInstallation.ReadWriteSelfForUser.All"})
    ),
}


class Refused(Exception):
    """`ours`: the caller asked for something that Graph would never take."""

    def __init__(self, status: int, code: str, *, ours: bool = True) -> None:
        super().__init__(code)
        self.status = status
        self.code = code
        self.ours = ours


class Asked(NamedTuple):
    operation: str
    parts: tuple[str, ...]
    query: Mapping[str, str]
    body: bytes
    base_url: str
    page: int
    headers: Mapping[str, str]

    def object(self, allowed: set[str], needed: set[str]) -> Json:
        """The body, if it has what is needed and nothing that is not known."""
        try:
            body = json.loads(self.body)
        except ValueError:
            raise Refused(400, "not_json") from None
        keys = {key for key in body if key != "@odata.type"}
        if keys - allowed or needed - keys:
            raise Refused(400, f"keys_{sorted(keys ^ needed)}")
        return dict(body)


@dataclass
class Cloud:
    """What there is: a team's people and channels, calendars, drives, feeds and installed apps."""

    people: dict[str, list[Json]] = field(default_factory=dict)
    channels: dict[str, list[Json]] = field(default_factory=dict)
    events: dict[str, dict[str, Json]] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)
    ours: dict[str, bytes] = field(default_factory=dict)
    notices: list[tuple[str, str, str]] = field(default_factory=list)
    previews: list[str] = field(default_factory=list)
    installed: set[str] = field(default_factory=set)
    no_mailbox: set[str] = field(default_factory=set)
    transactions: set[str] = field(default_factory=set)
    by_team: dict[str, list[Json]] = field(default_factory=dict)
    visibility: dict[str, str] = field(default_factory=dict)
    """What a team says of itself where it is not "private"; "public": anybody in the tenant may read it."""
    unopened: set[str] = field(default_factory=set)
    """Channels whose files nobody has looked at yet: they have no folder."""
    private: set[str] = field(default_factory=set)
    """Channels with a site of their own."""
    numbers: int = 0

    def join(self, team: str, user: str, name: str, *roles: str) -> None:
        one = {
            "@odata.type": "#microsoft.graph.aadUserConversationMember",
            "id": f"m-{user}",
            "userId": user.upper(),
            "displayName": name,
            "roles": list(roles),
            "tenantId": TENANT,
        }
        self.people.setdefault(team, []).append(one)

    def link(self, file: str) -> str:
        """Where a browser finds a file, percent-encoded as Graph does it: each drive is a site of its own."""
        return f"https://lundby.sharepoint.example/{quote(file)}"

    def meetings(self, user: str) -> list[tuple[str, str]]:
        """What stands in a calendar: each subject and when it starts, in order."""
        found = [(one["start"]["dateTime"], one["subject"]) for one in self.events.get(user, {}).values()]
        return sorted(found)


def find(method: str, path: str) -> tuple[str, tuple[str, ...]] | None:
    for operation, (wanted, pattern) in PATHS.items():
        if wanted == method and (found := re.fullmatch(pattern, unquote(path))):
            return operation, found.groups()
    return None
