"""What people's clients send to the bot when they do something: each act as an activity of Teams'."""

from collections.abc import Callable
from datetime import datetime
from html import escape
from typing import NamedTuple

from tests.teams import payloads, school
from tests.teams.fake import FakeTeams
from tests.teams.payloads import Where
from tests.teams.school import GENERAL, aad_of, channel_of, person
from tests.teams.seeing import Dialog, Source
from tests.teams.state import Conversation, Json

TASK, EXTENSION = "task/submit", "composeExtension/submitAction"


class Act(NamedTuple):
    """`activity` is what is sent; `window` is the dialog that its answer may fill."""

    activity: Json
    window: Dialog


class Hands:
    """Makes the activities; the fake Teams knows who is where."""

    def __init__(self, teams: FakeTeams, now: Callable[[], datetime]) -> None:
        self._teams = teams
        self._cloud = teams.cloud
        self._now = now

    def conversation(self, who: str, room: str) -> Conversation:
        """Where `who` writes; whoever is not in the team yet, and every channel, comes to be."""
        if aad_of(who) not in self._cloud.people:
            school.join(self._cloud, who, who.capitalize())
        if not room:
            return self._cloud.chat_of(aad_of(who))
        if channel_of(room) not in self._cloud.conversations:
            self._cloud.channel(channel_of(room), room.lstrip("#"), GENERAL, [])
        where = self._cloud.conversations[channel_of(room)]
        if aad_of(who) not in where.members:
            where.members.append(aad_of(who))
        return where

    def where(self, conversation: Conversation, root: str = "") -> Where:
        if conversation.kind == "personal":
            return school.chat(school.slug_of(conversation.members[0]), self._teams.service_url)
        return school.channel(f"#{conversation.name}", self._teams.service_url, root)

    @property
    def general(self) -> Where:
        """The team's own conversation."""
        return school.channel("#", self._teams.service_url)

    def press(self, who: str, source: Source, button: Json) -> Act:
        """A button: in a window of its own, or in the card's place."""
        data = button["data"]
        if button["type"] == "Action.Submit":
            return self._task(who, source, "fetch", data)
        return self._execute(who, source, button["verb"], data)

    def send(self, who: str, source: Source, data: Json) -> Act:
        """A form that is filled in."""
        if not isinstance(source, Dialog):
            return self._execute(who, source, "send", data)
        if source.name == TASK:
            return self._task(who, source, "submit", data)
        sent = payloads.extension_sent(person(who), source.where, data, at=self._now())
        return Act(sent, source)

    def save(self, who: str, text: str) -> Act:
        """The message extension on the newest message with these words."""
        post = next(post for post in reversed(self._cloud.posts) if post.text == text)
        where = self.where(self._cloud.conversations[post.conversation], post.thread)
        root = post.thread if post.thread != post.id else ""
        html = f"<div>{escape(text)}</div>"
        author = person(school.slug_of(post.sender))
        fetch = payloads.message_saved(
            person(who), where, author, html, kept=post.id, root=root, at=self._now()
        )
        return Act(fetch, Dialog(aad_of(who), "", {}, where, EXTENSION))

    def let_in(self, *, bot_in: bool) -> None:
        """The whole team takes the app, or has it no more."""
        for where in self._cloud.conversations.values():
            if where.team == GENERAL:
                where.bot_in = bot_in

    def _execute(self, who: str, source: Source, verb: str, data: Json) -> Act:
        window, on = self._window(who, source)
        sent = payloads.execute(person(who), window.where, verb, data, on=on, at=self._now())
        return Act(sent, window)

    def _task(self, who: str, source: Source, kind: str, data: Json) -> Act:
        window, on = self._window(who, source)
        return Act(payloads.task(person(who), window.where, kind, data, on=on, at=self._now()), window)

    def _window(self, who: str, source: Source) -> tuple[Dialog, str]:
        if isinstance(source, Dialog):
            return source, source.on
        where = self.where(self._cloud.conversations[source.conversation], source.thread)
        return Dialog(aad_of(who), "", {}, where, TASK, source.id), source.id
