"""The stories in Slack: people act by signed HTTP, and see what the fake Slack holds for them."""

from collections.abc import Mapping, Sequence, Sized
from datetime import UTC, datetime

from bot.messages.model import Button, Form
from bot.platforms.slack.install.scopes import EVENTS
from bot.rehearsal.example import ADDRESS
from tests.chat_world import PATIENCE, ChatWorld
from tests.play import Heard, buttons_of, prompts
from tests.slack import payloads, school
from tests.slack.bot import Bot, bot_on
from tests.slack.fake import FakeSlack
from tests.slack.filling import state_of, stopped
from tests.slack.school import channel_of, user_of
from tests.slack.seeing import Eyes
from tests.slack.sender import Sender, said
from tests.slack.state import BOT_USER, Channel, Json, Post, View

TELLS = {"public": "channels:history", "private": "groups:history", "im": "im:history"}
"""The scope without which Slack tells nothing of the words in a channel."""


class SlackWorld(ChatWorld[Bot]):
    """Björkskolan in Slack, through the edge's own HTTP door."""

    def __init__(
        self,
        start: datetime,
        *,
        url: str = "sqlite://",
        without: frozenset[str] = frozenset(),
        patience: float = PATIENCE,
    ) -> None:
        super().__init__(start, school.found, url=url, patience=patience)
        self._mark = 0
        self.slack = FakeSlack(clock=lambda: self.clock.now().astimezone(UTC))
        self.workspace = self.slack.workspace
        self.eyes = Eyes(self.workspace)
        school.open_school(self.workspace, without=without)
        self.sender: Sender
        self.run(self._open())

    async def _open(self) -> None:
        await self._stack.enter_async_context(self.slack)
        self.bot = await self._stack.enter_async_context(
            bot_on(self.slack, self.store, prompts(), self.clock, patience=self._patience)
        )
        self.door = await self._knocking(self.bot.side.door)
        self.sender = Sender(self.door, self._let_pass)

    @property
    def wrong(self) -> Sized:
        return self.slack.wrong

    # what people do

    @property
    def names(self) -> Mapping[str, str]:
        return self.workspace.people

    def write(self, who: str, text: str, *, room: str = "", thread: str = "") -> None:
        """Write in a room or to the bot. Slack knows the manifest's commands, and none in threads."""
        if school.is_command(text) and not thread:
            self.command(who, text, room=room)
            return
        channel = self._channel(who, room)
        post = self.workspace.write(user_of(who), channel.id, text, thread)
        self._begin()
        if TELLS[channel.kind] in self.workspace.tokens[school.BOT_TOKEN].scopes:
            self.happens(*payloads.by_name(payloads.message(self.workspace, post), ADDRESS))

    def command(self, who: str, text: str, *, room: str = "") -> None:
        channel, user = self._channel(who, room), user_of(who)
        fields = payloads.command(self.workspace, user, channel, text, self._answer_at(user, channel.id))
        self.acts(self._command(user, channel, fields))

    def press(self, who: str, label: str) -> None:
        """Press the newest button with this label that `who` can see."""
        source, block, element = self.eyes.button(who, label)
        where = "" if isinstance(source, View) else self._answer_at(user_of(who), source.channel, source)
        payload = payloads.press(self.workspace, user_of(who), element, block, source, where)
        self.acts(self._interactive(payload))

    def submit(self, who: str, values: Mapping[str, tuple[str, ...]]) -> None:
        """Send the modal that is open for `who`, unless the client sees that something is missing."""
        view = self.workspace.modals[user_of(who)]
        view.state = state_of(view, values)
        if missing := stopped(view):
            self._begin()
            view.errors = missing
        else:
            self.acts(self._submission(view))

    def close(self, who: str) -> None:
        """Shut a modal by its cross. Slack tells only who asked for it in the view itself."""
        view = self.workspace.modals.pop(user_of(who))
        self._begin()
        if view.body.get("notify_on_close"):
            self.acts(self._interactive(payloads.closed(self.workspace, view)))

    def invite(self, who: str, room: str) -> None:
        channel = self._channel(who, room)
        channel.members.add(BOT_USER)
        self.happens(payloads.joined(self.workspace, channel.id, user_of(who)))

    def remove(self, room: str) -> None:
        channel = self._channel("pia", room)
        channel.members.discard(BOT_USER)
        self.happens(payloads.left(self.workspace, channel.id))

    def leave(self, who: str, room: str) -> None:
        channel = self._channel(who, room)
        channel.members.discard(user_of(who))
        self.happens(payloads.left(self.workspace, channel.id, user_of(who)))

    def open_home(self, who: str) -> None:
        self.happens(payloads.home_opened(self.workspace, user_of(who)))

    def save(self, who: str, text: str) -> None:
        """Use the shortcut on a message that somebody wrote."""
        post = next(post for post in reversed(self.workspace.posts) if post.text == text)
        where = self._answer_at(user_of(who), post.channel)
        shortcut = payloads.message_shortcut(self.workspace, user_of(who), "nulage_save", post, where)
        self.acts(self._interactive(shortcut))

    # what people see

    @property
    def heard(self) -> list[Heard]:
        return self.eyes.everything()

    @property
    def fresh(self) -> list[Heard]:
        return self.eyes.since(self._mark)

    @property
    def forms(self) -> dict[str, Form]:
        return self.eyes.forms()

    def find_button(self, who: str, label: str) -> tuple[Heard, Button]:
        source, _, element = self.eyes.button(who, label)
        heard = self.eyes.heard(source)
        return heard, next(one for one in buttons_of(heard.message) if one.token == element["value"])

    # how it is sent

    def happens(self, *inners: Json) -> None:
        """Slack tells of something, in each way that the manifest asks to be told."""
        assert {_subscription(inner) for inner in inners} <= {*EVENTS}, "Slack would not tell us of it"
        self.acts(self._events(inners))

    async def _command(self, user: str, channel: Channel, fields: Json) -> None:
        if body := said(await self.sender.command(fields)):
            self.slack.take_message(body)
            known = self.workspace.response_urls[self._answer_at(user, channel.id).rpartition("/")[2]]
            self.workspace.answer(known, body)

    async def _events(self, inners: Sequence[Json]) -> None:
        for inner in inners:
            said(await self.sender.event(payloads.event(self.workspace, inner)))

    async def _interactive(self, payload: Json) -> None:
        said(await self.sender.interactive(payload))

    async def _submission(self, view: View) -> None:
        answer = said(await self.sender.interactive(payloads.submission(self.workspace, view)))
        self.slack.take_submission(view, answer)

    def _begin(self) -> None:
        self._mark = len(self.workspace.changes)

    def _answer_at(self, user: str, channel: str, source: Post | None = None) -> str:
        return f"{self.slack.address}/respond/{self.workspace.response_url(user, channel, source)}"

    def _channel(self, who: str, room: str) -> Channel:
        """Where `who` writes; whoever is not known in Slack yet, and every channel, comes to be."""
        user = user_of(who)
        if user not in self.workspace.people:
            self.workspace.person(user, who.capitalize())
        if not room:
            return self.workspace.im(user)
        if channel_of(room) not in self.workspace.channels:
            self.workspace.channel(channel_of(room), room.lstrip("#"), set())
        channel = self.workspace.channels[channel_of(room)]
        channel.members.add(user)
        return channel


def _subscription(inner: Json) -> str:
    """What the manifest calls an event."""
    if inner["type"] != "message":
        return str(inner["type"])
    return "message.im" if inner["channel_type"] == "im" else f"message.{inner['channel_type']}s"
