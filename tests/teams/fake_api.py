"""What each call to the Connector does to what Teams holds."""

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from tests.teams.fake_strict import MOST_BYTES, activity_problems, beginning_problems, bytes_of
from tests.teams.state import BOT, THREAD_MARK, Conversation, Json, Person, Post, Refused

if TYPE_CHECKING:
    from tests.teams.fake import FakeTeams

MOST_IN_A_PAGE = 500
LEAST_IN_A_PAGE = 50


class Asked(NamedTuple):
    """A call: `path` is what follows `/v3/`, unescaped."""

    method: str
    path: tuple[str, ...]
    query: dict[str, str]
    body: Json

    @property
    def targeted(self) -> bool:
        return self.query.get("isTargetedActivity") == "true"

    @property
    def name(self) -> str:
        """What kind of call it is; empty for one that there is not."""
        match self.method, self.path:
            case "POST", ("conversations",):
                return "begin" if (self.body.get("channelData") or {}).get("channel") else "chat"
            case "POST", ("conversations", _, "activities"):
                return "targeted" if self.targeted else "create"
            case "PUT", ("conversations", _, "activities", _):
                return "update"
            case "DELETE", ("conversations", _, "activities", _):
                return "delete"
            case "GET", ("conversations", _, page) if page.casefold() == "pagedmembers":
                return "members"
            case "GET", ("teams", _, "conversations"):
                return "channels"
            case _:
                return ""

    @property
    def conversation(self) -> str:
        """The conversation's id without its thread."""
        if self.name == "begin":
            return str(((self.body.get("channelData") or {}).get("channel") or {}).get("id") or "")
        return self.path[1].partition(THREAD_MARK)[0] if len(self.path) > 1 else ""

    @property
    def thread(self) -> str:
        return self.path[1].partition(THREAD_MARK)[2]


def _conversation(teams: "FakeTeams", conversation: str) -> Conversation:
    """Where the bot may speak. Raises Refused as the Connector does where it may not."""
    known = teams.cloud.conversations.get(conversation)
    if known is None:
        raise Refused(404, "ConversationNotFound")
    if known.tenant in teams.cloud.disabled_in:
        raise Refused(403, "BotDisabledByAdmin")
    if not known.bot_in:
        raise Refused(403, "BotNotInConversationRoster")
    if known.moderated:
        raise Refused(403, "ConversationBlockedByUser")
    if known.kind == "personal":
        _reachable(teams.cloud.people[known.members[0]], "MessageWritesBlocked")
    return known


def _reachable(person: Person, code: str) -> Person:
    if person.blocked or not person.installed:
        raise Refused(403, code)
    return person


def _checked(teams: "FakeTeams", said: Json) -> None:
    if bytes_of(said) > MOST_BYTES:
        raise Refused(413, "MessageSizeTooBig")
    if problems := activity_problems(said):
        teams.wrong += problems
        raise Refused(400, "BadSyntax", "; ".join(problems))


def _said(teams: "FakeTeams", where: Conversation, said: Json, thread: str, only_to: str = "") -> Post:
    cloud = teams.cloud
    number = cloud.activity_id()
    if thread and not any(post.id == thread and not post.deleted for post in cloud.posts):
        raise Refused(404, "ActivityNotFoundInConversation")
    root = thread or (number if where.kind == "channel" else "")
    return cloud.say(Post(where.id, number, BOT, said, root, only_to, at=cloud.clock()))


def _thread(where: Conversation, asked: Asked) -> str:
    """Only a channel has threads."""
    if asked.thread and where.kind != "channel":
        raise Refused(400, "BadArgument", "no threads here")
    return asked.thread


def create(teams: "FakeTeams", asked: Asked) -> Json:
    where = _conversation(teams, asked.conversation)
    _checked(teams, asked.body)
    return {"id": _said(teams, where, asked.body, _thread(where, asked)).id}


def targeted(teams: "FakeTeams", asked: Asked) -> Json:
    where = _conversation(teams, asked.conversation)
    _checked(teams, asked.body)
    recipient = asked.body.get("recipient") or {}
    if not where.targeted or where.kind == "personal":
        raise Refused(400, "BadArgument", "Targeted messages are not supported here")
    if not recipient.get("isTargeted") or not recipient.get("id"):
        teams.wrong.append("targeted: to whom?")
        raise Refused(400, "BadArgument", "Missing recipient")
    person = teams.cloud.who(str(recipient["id"]))
    if person.aad not in teams.cloud.members_of(where):
        raise Refused(400, "BadArgument", "Not in the conversation")
    return {"id": _said(teams, where, asked.body, _thread(where, asked), person.aad).id}


def begin(teams: "FakeTeams", asked: Asked) -> Json:
    """A new thread in a channel, with its first message."""
    if problems := beginning_problems(asked.body):
        teams.wrong += problems
        raise Refused(400, "BadSyntax", "; ".join(problems))
    where = _conversation(teams, asked.conversation)
    said = asked.body.get("activity")
    if where.kind != "channel" or not isinstance(said, dict):
        raise Refused(400, "BadArgument")
    if asked.body.get("tenantId", where.tenant) != where.tenant:
        raise Refused(401, "Unauthorized")
    _checked(teams, said)
    post = _said(teams, where, said, "")
    return {"id": f"{where.id}{THREAD_MARK}{post.id}", "activityId": post.id, "serviceUrl": teams.service_url}


def chat(teams: "FakeTeams", asked: Asked) -> Json:
    """The chat with one person: the same however often it is asked for."""
    if problems := beginning_problems(asked.body):
        teams.wrong += problems
        raise Refused(400, "BadSyntax", "; ".join(problems))
    members = asked.body.get("members") or []
    if len(members) != 1 or not members[0].get("id"):
        raise Refused(400, "BadArgument", "One member")
    person = teams.cloud.who(str(members[0]["id"]))
    if asked.body.get("tenantId") != person.tenant:
        raise Refused(403, "ForbiddenOperationException")
    if person.tenant in teams.cloud.disabled_in:
        raise Refused(403, "BotDisabledByAdmin")
    _reachable(person, "ForbiddenOperationException" if not person.installed else "MessageWritesBlocked")
    return {"id": teams.cloud.chat_of(person.aad).id}


def update(teams: "FakeTeams", asked: Asked) -> Json:
    where = _conversation(teams, asked.conversation)
    _checked(teams, asked.body)
    post = teams.cloud.at(where.id, asked.path[3])
    if post.sender != BOT:
        raise Refused(403, "NotEnoughPermissions")
    if post.only_to:
        teams.wrong.append("update: what one person sees, for all to see")
    post.activity, post.edits = asked.body, post.edits + 1
    teams.cloud.changes.append(post)
    return {"id": post.id}


def delete(teams: "FakeTeams", asked: Asked) -> None:
    where = _conversation(teams, asked.conversation)
    post = teams.cloud.at(where.id, asked.path[3])
    if post.sender != BOT:
        raise Refused(403, "NotEnoughPermissions")
    post.deleted = True


def members(teams: "FakeTeams", asked: Asked) -> Json:
    """A page of who is there, our bot among them."""
    cloud = teams.cloud
    where = cloud.conversations.get(asked.conversation)
    if where is None or not where.bot_in:
        raise Refused(
            *((404, "ConversationNotFound") if where is None else (403, "BotNotInConversationRoster"))
        )
    there = [_told_of(cloud.people[aad]) for aad in cloud.members_of(where)]
    there += [{"id": BOT, "name": "Nuläge", "userRole": "bot"}]
    size = int(asked.query.get("pageSize", MOST_IN_A_PAGE))
    if not LEAST_IN_A_PAGE <= size <= MOST_IN_A_PAGE:
        teams.wrong.append(f"members: pageSize {size}")
    begins = int(asked.query.get("continuationToken", "0"))
    ends = begins + min(size, teams.page_size)
    more = {"continuationToken": str(ends)} if ends < len(there) else {}
    return {"members": there[begins:ends], **more}


def _told_of(person: Person) -> Json:
    given, _, surname = person.name.partition(" ")
    local = f"{given}.{surname}".casefold()
    upn = f"{local}_annan.example#EXT#@alm.example" if person.guest else f"{local}@alm.example"
    return {
        "id": person.user,
        "name": person.name,
        "aadObjectId": person.aad,
        "objectId": person.aad,
        "givenName": given,
        "surname": surname,
        "email": f"{local}@alm.example",
        "userPrincipalName": upn,
        "tenantId": person.tenant,
        "userRole": "guest" if person.guest else "user",
    }


def channels(teams: "FakeTeams", asked: Asked) -> Json:
    """A team's channels; its General one has no name there, and the private ones are not told of."""
    cloud = teams.cloud
    team = cloud.teams.get(asked.path[1])
    if team is None:
        raise Refused(404, "TeamNotFound")
    if not cloud.conversations[team.thread].bot_in:
        raise Refused(403, "BotNotInConversationRoster")
    there = [
        one
        for one in cloud.conversations.values()
        if one.team == team.thread and one.channel_type != "private"
    ]
    told = [
        {"id": one.id, "name": None if one.id == team.thread else one.name, "type": one.channel_type}
        for one in there
    ]
    return {"conversations": told}


DOES: dict[str, Callable[["FakeTeams", Asked], Json | None]] = {
    "create": create,
    "targeted": targeted,
    "begin": begin,
    "chat": chat,
    "update": update,
    "delete": delete,
    "members": members,
    "channels": channels,
}
