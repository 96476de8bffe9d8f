"""What each person sees in Teams: the posts, what an answer put in a post's place for them, and dialogs."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from bot.messages.model import Form, Message
from bot.rehearsal.world import StoryFailed
from tests.play import Heard
from tests.teams.filling import state_of, stopped
from tests.teams.payloads import Where
from tests.teams.reading import buttons_in, form_of, message_of, sends
from tests.teams.school import slug_of
from tests.teams.state import Cloud, Conversation, Json, Post

CARD = "application/vnd.microsoft.card.adaptive"


@dataclass
class Dialog:
    """A window that is open for one person; `name` is the invoke that sends what is filled in there."""

    aad: str
    title: str
    card: Json
    where: Where
    name: str
    on: str = ""


Source = Post | Dialog


@dataclass
class _View:
    """What an answer put in a post's place for one person; it stands until the post itself is changed.

    So does a form, and what is typed in it goes with it: so it is told of Teams' own client.
    """

    card: Json
    edits: int


@dataclass
class _Filled:
    """The form that somebody has open, with what they have filled in and what the client misses."""

    source: Source
    state: dict[str, str] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)


class Eyes:
    """Reads the cloud as its people do: `#room`, `@somebody`, and slugs instead of ids."""

    def __init__(self, cloud: Cloud) -> None:
        self._cloud = cloud
        self._views: dict[tuple[str, str], _View] = {}
        self._dialogs: dict[str, Dialog] = {}
        self._open: dict[str, _Filled] = {}
        self._said: list[Heard | tuple[str, Post]] = []

    @property
    def mark(self) -> tuple[int, int]:
        return len(self._cloud.changes), len(self._said)

    def room(self, conversation: str) -> str:
        known = self._cloud.conversations[conversation]
        return f"@{slug_of(known.members[0])}" if known.kind == "personal" else f"#{known.name}"

    def heard(self, source: Source, aad: str = "") -> Heard:
        """What a source says, to somebody or (no aad) to everybody there."""
        if isinstance(source, Dialog):
            who = slug_of(source.aad)
            return Heard(f"@{who}", message_of(source.title, source.card), only_to=who)
        only_to = slug_of(source.only_to) if source.only_to else ""
        thread = source.thread if source.thread != source.id else ""
        message = message_of(source.text, self.shown(aad, source))
        return Heard(self.room(source.conversation), message, source.id, thread, only_to)

    def everything(self) -> list[Heard]:
        """All that the bot has said and that still stands."""
        return [self.heard(post) for post in self._cloud.from_bot()]

    def since(self, mark: tuple[int, int]) -> list[Heard]:
        """What was said or changed since `mark`, each thing once."""
        changed = {id(one): one for one in self._cloud.changes[mark[0] :]}.values()
        told = [self.heard(one) for one in changed if not one.deleted and not sends(one.card)]
        for one in self._said[mark[1] :]:
            if isinstance(one, Heard):
                told.append(one)
            elif (shown := self.shown(*one)) != one[1].card and not sends(shown):
                heard = self.heard(one[1], one[0])
                heard.only_to = slug_of(one[0])
                told.append(heard)
        return told

    def shown(self, aad: str, post: Post) -> Json | None:
        """The card that somebody sees at a post."""
        view = self._views.get((aad, post.id))
        return view.card if view and view.edits == post.edits else post.card

    # forms

    def forms(self) -> dict[str, Form]:
        """The forms that are open, by who has them open."""
        return {
            slug_of(aad): form_of(card, filled.errors, filled.state)
            for aad, filled in self._open.items()
            if sends(card := self.card_of(aad, filled.source))
        }

    def filled(self, aad: str) -> _Filled:
        return self._open[aad]

    def card_of(self, aad: str, source: Source) -> Json:
        return source.card if isinstance(source, Dialog) else self.shown(aad, source) or {}

    def look(self, mark: tuple[int, int]) -> None:
        """Notice the forms that were posted since `mark`."""
        for post in self._cloud.changes[mark[0] :]:
            where = self._cloud.conversations[post.conversation]
            whose = post.only_to or (where.members[0] if where.kind == "personal" else "")
            if whose and sends(post.card) and not post.deleted:
                self._open[whose] = _Filled(post)

    # what an answer does

    def take(self, aad: str, source: Source | None, answer: Json | None, window: Dialog) -> None:
        """Show what the HTTP answer to an invoke says; `window` is the dialog that it may fill."""
        if answer is None:
            self._close(aad)
        elif "task" in answer:
            self._task(aad, answer["task"], window)
        elif answer.get("type") == CARD and source is not None:
            self._put(aad, source, answer["value"])
        else:
            assert isinstance(answer["value"], str), answer
            self._tell(aad, source, answer["value"])

    def _put(self, aad: str, source: Source, card: Json) -> None:
        if isinstance(source, Dialog):
            self._dialogs[aad] = source
            source.card = card
        else:
            self._views[aad, source.id] = _View(card, source.edits)
            self._said.append((aad, source))
        if sends(card):
            self._open[aad] = _Filled(source)
        elif aad in self._open and self._open[aad].source is source:
            del self._open[aad]

    def _task(self, aad: str, task: Json, window: Dialog) -> None:
        if task["type"] == "message":
            self._close(aad)
            self._tell(aad, None, task["value"])
            return
        value = task["value"]
        window.title, window.card = value["title"], value["card"]["content"]
        self._dialogs[aad] = window
        if sends(window.card):
            self._open[aad] = _Filled(window)
        else:
            self._open.pop(aad, None)
            self._said.append(self.heard(window))

    def _tell(self, aad: str, source: Source | None, words: str) -> None:
        who = slug_of(aad)
        room = self.room(source.conversation) if isinstance(source, Post) else f"@{who}"
        self._said.append(Heard(room, Message(title=words), only_to=who))

    def _close(self, aad: str) -> None:
        self._dialogs.pop(aad, None)
        self._open.pop(aad, None)

    # buttons

    def button(self, aad: str, label: str) -> tuple[Source, Json]:
        """The newest button with this label that somebody can see: where it is, and itself."""
        for source in self._sources(aad):
            for one in buttons_in(self.card_of(aad, source)):
                if one["title"] == label:
                    return source, self._with_inputs(aad, source, one)
        raise StoryFailed(f"{slug_of(aad)} sees no button {label!r}")

    def _with_inputs(self, aad: str, source: Source, button: Json) -> Json:
        """The button with what is filled in beside it, if it takes that along."""
        filled, card = self._open.get(aad), self.card_of(aad, source)
        alone = filled is None or filled.source is not source or not sends(card)
        if filled is None or alone or button.get("associatedInputs") == "none":
            return button
        state = state_of(card, {}, filled.state)
        if stopped(card, state):
            raise StoryFailed(f"{slug_of(aad)} may press {button['title']!r} when all is filled in")
        return {**button, "data": {**button["data"], **state}}

    def _sources(self, aad: str) -> Iterator[Source]:
        if aad in self._dialogs:
            yield self._dialogs[aad]
        for post in reversed(self._cloud.from_bot()):
            where = self._cloud.conversations[post.conversation]
            if post.only_to in {"", aad} and self._follows(aad, where):
                yield post

    @staticmethod
    def _follows(aad: str, where: Conversation) -> bool:
        return aad in where.members
