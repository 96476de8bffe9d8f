"""What a Slack workspace holds: people, channels, messages, modals, and who may see what."""

import itertools
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Literal

Json = dict[str, Any]

TEAM, APP, BOT, BOT_USER = "T1", "A1", "B1", "UBOT"
TRIGGER_LIVES_SECONDS = 3.0
RESPONSE_URL_USES = 5


class Refused(Exception):
    """Slack says `ok: false`."""

    def __init__(self, code: str, **more: Any) -> None:
        super().__init__(code)
        self.code = code
        self.more = more


@dataclass
class Channel:
    """`members` are user ids; a one-to-one chat (`im`) is with `user`."""

    id: str
    name: str
    kind: Literal["public", "private", "im"] = "public"
    members: set[str] = field(default_factory=set)
    user: str = ""
    archived: bool = False
    read_only: bool = False


@dataclass
class Post:
    """One message as it stands; only `only_to` sees an ephemeral one."""

    channel: str
    ts: str
    user: str
    text: str
    blocks: list[Json]
    thread_ts: str = ""
    only_to: str = ""
    metadata: Json | None = None
    files: list[str] = field(default_factory=list)
    edits: int = 0
    deleted: bool = False


@dataclass
class View:
    """A modal (or a home tab) as it stands for `user`.

    By block_id: `errors` stand beside fields, `state` is what is filled in since it was opened.
    """

    id: str
    user: str
    hash: str
    body: Json
    errors: dict[str, str] = field(default_factory=dict)
    state: Json = field(default_factory=dict)


@dataclass
class Trigger:
    user: str
    issued: datetime
    used: bool = False


@dataclass
class ResponseUrl:
    """Where an answer to one interaction may be sent; `source` is the message it came from."""

    user: str
    channel: str
    source: Post | None
    used: int = 0


@dataclass
class Token:
    team: str
    scopes: frozenset[str]
    kind: Literal["bot", "app"] = "bot"


class Workspace:
    """One workspace. `clock` dates everything; `changes` is what anybody could see happen, in order.

    `lag` is how old, in seconds, each trigger already is when the bot gets it. `longest_look` is how many
    messages Slack tells of at once; some apps get 15 whatever they ask for.
    """

    def __init__(self, clock: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self.clock = clock
        self.tokens: dict[str, Token] = {}
        self.people: dict[str, str] = {}
        self.channels: dict[str, Channel] = {}
        self.posts: list[Post] = []
        self.changes: list[Post | View] = []
        self.modals: dict[str, View] = {}
        self.homes: dict[str, View] = {}
        self.triggers: dict[str, Trigger] = {}
        self.response_urls: dict[str, ResponseUrl] = {}
        self.files: dict[str, Json] = {}
        self.codes: dict[str, Json] = {}
        self.lag = 0.0
        self.tells_no_names = False
        self.longest_look = 1000
        self._numbers = itertools.count(1)

    def number(self) -> int:
        return next(self._numbers)

    def ts(self) -> str:
        return f"{int(self.clock().timestamp())}.{self.number():06d}"

    def hash(self) -> str:
        return f"{int(self.clock().timestamp())}.{secrets.token_hex(4)}"

    def hire(self, token: str, scopes: frozenset[str], *, team: str = TEAM) -> None:
        """Install the bot: `token` may do what `scopes` say."""
        self.tokens[token] = Token(team, scopes)

    def person(self, user: str, name: str) -> None:
        self.people[user] = name

    def channel(
        self, channel: str, name: str, members: set[str], kind: Literal["public", "private"] = "public"
    ) -> None:
        self.channels[channel] = Channel(channel, name, kind, members | {BOT_USER})

    def im(self, user: str) -> Channel:
        """The one-to-one chat with the bot; it is there once somebody opened it."""
        if user not in self.people:
            raise Refused("user_not_found")
        return self.channels.setdefault(
            f"D{user[1:]}", Channel(f"D{user[1:]}", "directmessage", "im", {user, BOT_USER}, user)
        )

    def trigger(self, user: str) -> str:
        """A trigger, which works once and soon."""
        number = self.number()
        name = f"{number}.1.{secrets.token_hex(16)}"
        issued = datetime.fromtimestamp(self.clock().timestamp() - self.lag, UTC)
        self.triggers[name] = Trigger(user, issued)
        return name

    def spend(self, trigger: str) -> str:
        """Use a trigger, once; return whose it was."""
        known = self.triggers.get(trigger)
        if known is None:
            raise Refused("invalid_trigger_id")
        if known.used:
            raise Refused("exchanged_trigger_id")
        if self.clock().timestamp() - known.issued.timestamp() >= TRIGGER_LIVES_SECONDS:
            raise Refused("expired_trigger_id")
        known.used = True
        return known.user

    def at(self, channel: str, ts: str) -> Post:
        """The message that stands there; an ephemeral one cannot be found again."""
        for post in self.posts:
            if (post.channel, post.ts) == (channel, ts) and not (post.deleted or post.only_to):
                return post
        raise Refused("message_not_found")

    def say(self, post: Post) -> Post:
        self.posts.append(post)
        self.changes.append(post)
        return post

    def write(self, user: str, channel: str, text: str, thread_ts: str = "") -> Post:
        """A person writes; nobody but the bot speaks in blocks."""
        post = Post(channel, self.ts(), user, text, [], thread_ts)
        self.posts.append(post)
        return post

    def show(self, user: str, body: Json, *, home: bool = False) -> View:
        """Open a modal for somebody, or set their home tab."""
        kept = self.homes if home else self.modals
        view = View(f"V{self.number()}", user, self.hash(), body)
        if home and user in kept:
            view.id = kept[user].id
        kept[user] = view
        self.changes.append(view)
        return view

    def change(self, view: View, body: Json) -> View:
        """A modal shows something else; where a block_id is the same, what was filled in stays."""
        view.body, view.hash, view.errors = body, self.hash(), {}
        kept = {block.get("block_id") for block in body["blocks"]}
        view.state = {block: values for block, values in view.state.items() if block in kept}
        self.changes.append(view)
        return view

    def response_url(self, user: str, channel: str, source: Post | None = None) -> str:
        """Return the name of a new place to answer one interaction."""
        name = secrets.token_hex(8)
        self.response_urls[name] = ResponseUrl(user, channel, source)
        return name

    def answer(self, known: ResponseUrl, said: Json) -> None:
        """What is sent to a response_url: a new line for the one who acted, or the old one changed."""
        blocks, text, source = said.get("blocks") or [], said.get("text") or "", known.source
        if source and (said.get("delete_original") or said.get("replace_original")):
            source.deleted = bool(said.get("delete_original"))
            source.text, source.blocks, source.edits = text, blocks, source.edits + 1
            self.changes.append(source)
            return
        only_to = "" if said.get("response_type") == "in_channel" else known.user
        self.say(Post(known.channel, self.ts(), BOT_USER, text, blocks, said.get("thread_ts") or "", only_to))

    def from_bot(self) -> list[Post]:
        """What the bot has said that still stands."""
        return [post for post in self.posts if post.user == BOT_USER and self.is_shown(post)]

    def is_shown(self, post: Post) -> bool:
        """Whether it stands; in a thread without replies Slack shows nobody their own lines."""
        if post.deleted or not (post.only_to and post.thread_ts):
            return not post.deleted
        thread = (post.channel, post.thread_ts)
        return any((one.channel, one.thread_ts) == thread and _can_be_read(one) for one in self.posts)

    def visible_to(self, user: str) -> list[Post]:
        """What the bot has said that somebody can see: in their channels, and to them alone."""
        return [
            post
            for post in self.from_bot()
            if post.only_to in {"", user} and user in self.channels[post.channel].members
        ]


def _can_be_read(post: Post) -> bool:
    """By all in its channel."""
    return not (post.deleted or post.only_to)
