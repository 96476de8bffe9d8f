"""What Teams holds: people, teams with channels and threads, group chats, one-to-one chats, posts."""

import itertools
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Literal

Json = dict[str, Any]
Kind = Literal["channel", "group", "personal"]

TENANT = "5ca1ab1e-0000-4000-8000-0000000000aa"
APP = "5ca1ab1e-0000-4000-8000-0000000000b0"
BOT = f"28:{APP}"
THREAD_MARK = ";messageid="


class Refused(Exception):
    """The Connector answers with this status and error code."""

    def __init__(self, status: int, code: str, message: str = "") -> None:
        super().__init__(code)
        self.status = status
        self.code = code
        self.message = message or code


@dataclass
class Person:
    """`user` is their id for our bot. `installed`: they have the app themselves. `blocked`: they shut it."""

    aad: str
    name: str
    user: str
    tenant: str = TENANT
    guest: bool = False
    installed: bool = True
    blocked: bool = False


@dataclass
class Team:
    """`thread` is the team's own conversation, that of its General channel; `group` its Entra group id."""

    thread: str
    group: str
    name: str
    tenant: str = TENANT


@dataclass
class Conversation:
    """`members` are Entra object ids. `targeted`: it takes messages that one person sees."""

    id: str
    kind: Kind
    name: str = ""
    members: list[str] = field(default_factory=list)
    tenant: str = TENANT
    team: str = ""
    channel_type: Literal["standard", "private", "shared"] = "standard"
    bot_in: bool = True
    moderated: bool = False
    targeted: bool = True


@dataclass
class Post:
    """One message as it stands. `thread`: its root's id, in a channel. Only `only_to` (aad) may see it."""

    conversation: str
    id: str
    sender: str
    activity: Json
    thread: str = ""
    only_to: str = ""
    edits: int = 0
    deleted: bool = False
    at: datetime = field(default_factory=lambda: datetime.now(UTC))

    @property
    def text(self) -> str:
        return str(self.activity.get("text") or self.activity.get("summary") or "")

    @property
    def card(self) -> Json | None:
        """Its Adaptive Card, if it shows one."""
        attached = self.activity.get("attachments") or [{}]
        content = attached[0].get("content")
        return content if isinstance(content, dict) else None


class Cloud:
    """Everything the Connector knows. `changes` is what anybody could see happen, in order."""

    def __init__(self, clock: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self.clock = clock
        self.people: dict[str, Person] = {}
        self.teams: dict[str, Team] = {}
        self.conversations: dict[str, Conversation] = {}
        self.posts: list[Post] = []
        self.changes: list[Post] = []
        self.disabled_in: set[str] = set()
        self._numbers = itertools.count(1)

    def number(self) -> int:
        return next(self._numbers)

    def activity_id(self) -> str:
        """Milliseconds, as in Teams; no two are the same."""
        return str(int(self.clock().timestamp() * 1000) * 1000 + self.number())

    def person(self, aad: str, name: str, **more: Any) -> Person:
        self.people[aad] = Person(aad, name, more.pop("user", f"29:{aad[-4:]}"), **more)
        return self.people[aad]

    def team(self, thread: str, group: str, name: str, *, tenant: str = TENANT) -> Team:
        """A team; its General channel has the team's own id."""
        self.teams[thread] = Team(thread, group, name, tenant)
        self.channel(thread, "General", thread)
        return self.teams[thread]

    def channel(self, channel: str, name: str, team: str, members: list[str] | None = None) -> Conversation:
        tenant = self.teams[team].tenant
        return self._keep(Conversation(channel, "channel", name, members or [], tenant, team))

    def group(self, chat: str, name: str, members: list[str], *, tenant: str = TENANT) -> Conversation:
        return self._keep(Conversation(chat, "group", name, members, tenant))

    def chat_of(self, aad: str) -> Conversation:
        """The chat between the bot and one person; it is there once either began it."""
        person = self.people.get(aad)
        if person is None:
            raise Refused(404, "UserNotFound")
        chat = f"a:{aad}"
        if chat not in self.conversations:
            self._keep(Conversation(chat, "personal", "", [aad], person.tenant))
        return self.conversations[chat]

    def _keep(self, conversation: Conversation) -> Conversation:
        self.conversations[conversation.id] = conversation
        return conversation

    def who(self, account: str) -> Person:
        """Whoever an account id (`29:…`, or an Entra object id) is."""
        for person in self.people.values():
            if account in {person.user, person.aad}:
                return person
        raise Refused(404, "UserNotFound")

    def at(self, conversation: str, activity: str) -> Post:
        """The message that stands there."""
        for post in self.posts:
            if (post.conversation, post.id) == (conversation, activity) and not post.deleted:
                return post
        raise Refused(404, "ActivityNotFoundInConversation")

    def say(self, post: Post) -> Post:
        self.posts.append(post)
        self.changes.append(post)
        return post

    def write(self, aad: str, conversation: str, text: str, thread: str = "") -> Post:
        """A person writes; in a channel without `thread` it begins one."""
        number = self.activity_id()
        root = thread or (number if self.conversations[conversation].kind == "channel" else "")
        post = Post(conversation, number, aad, {"type": "message", "text": text}, root, at=self.clock())
        self.posts.append(post)
        return post

    def from_bot(self, conversation: str = "") -> list[Post]:
        """What the bot has said that still stands (there)."""
        return [
            post
            for post in self.posts
            if post.sender == BOT and not post.deleted and conversation in {"", post.conversation}
        ]

    def visible_to(self, aad: str) -> list[Post]:
        """What the bot has said that somebody can see: where they are, and to them alone."""
        return [
            post
            for post in self.from_bot()
            if post.only_to in {"", aad} and aad in self.members_of(self.conversations[post.conversation])
        ]

    def members_of(self, conversation: Conversation) -> list[str]:
        """A standard channel's members are its team's, which those of its General channel are."""
        if conversation.kind == "channel" and conversation.channel_type == "standard":
            return self.conversations[conversation.team].members or conversation.members
        return conversation.members
