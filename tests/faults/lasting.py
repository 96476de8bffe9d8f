"""A stage that outlives its process: store, platform and what people saw are files."""

import itertools
import os
import pickle
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

from bot.domain.events import Event
from bot.domain.school import Place
from bot.domain.value import Value
from bot.messages.delivery import Unknowable
from bot.messages.model import Message
from bot.messages.tokens import Token
from bot.platforms.terminal.send import PLATFORM, Line
from bot.rehearsal.teller import Teller, moment, steps_of
from bot.rehearsal.world import StoryFailed
from storage.post.inbox import KEEP
from tests.faults.doors import Door, WatchedPlatform, watch_store
from tests.play import World, buttons_of

STORY = """
klockan är fredag 20 november 2026 14.30
klockan blir fredag 20 november 2026 14.31
pia direkt: /avstämning måndagar 14.00
pia väljer Arbetslag = Arbetslag 4–6
pia väljer Vem svarar = Var och en för sig
pia skickar
pia trycker: Ja, spara
klockan blir måndag 23 november 2026 14.00
lena trycker: Svara
lena väljer Hur väl nådde = Mycket väl
lena väljer Vad säger eleverna = Många vill läsa mer.
lena skickar
omar i tråden: Vi saknar grupprum.
klockan blir fredag 27 november 2026 14.00
"""
STEPS = steps_of(STORY)
DIALOGUES = tuple(
    at for at, (_, line) in enumerate(STEPS) if " direkt: /" in line or "trycker: Svara" in line
)
"""Where somebody begins anew whose screen lost the reply."""
START = moment(STEPS[0][1].removeprefix("klockan är "))


class Entry(Value):
    """One thing the platform did: a post, or an edit of the post `reference`."""

    key: str
    place: Place
    message: Message
    reference: str
    edit: bool


class FilePlatform:
    """A chat that is an append-only file: what it accepted stays accepted, whoever dies."""

    name = PLATFORM

    def __init__(self, path: Path, *, can_look: bool, listener: Callable[[Line], None] | None = None) -> None:
        self._path = path
        self._can_look = can_look
        self._listener = listener or (lambda _line: None)

    def entries(self) -> list[Entry]:
        if not self._path.exists():
            return []
        return [Entry.model_validate_json(line) for line in self._path.read_text().splitlines()]

    async def send(self, message: Message, place: Place, *, key: str, replacing: str | None = None) -> str:
        reference = replacing or f"p{len(self.entries())}"
        entry = Entry(key=key, place=place, message=message, reference=reference, edit=bool(replacing))
        file = os.open(self._path, os.O_APPEND | os.O_CREAT | os.O_WRONLY)
        os.write(file, f"{entry.model_dump_json()}\n".encode())
        os.close(file)
        self._listener(Line(reference, place, message, key))
        return reference

    async def find(self, place: Place, *, key: str, since: datetime) -> str | Unknowable | None:
        del place, since
        if not self._can_look:
            return Unknowable.UNKNOWABLE
        return next((one.reference for one in self.entries() if one.key == key and not one.edit), None)


class Lasting(World):
    """Björkskolan in a folder: whoever opens it next goes on where the last one died."""

    def __init__(self, folder: Path, door: Door, *, can_look: bool = True) -> None:
        self._saved = folder / "saved"
        self._time = folder / "time"
        self._acked = folder / "acked"
        self._counter = 0
        self.last: Event | None = None
        self.step = 1
        super().__init__(START, f"sqlite:///{folder / 'nulage.sqlite3'}")
        self.teller = Teller(self)
        self.chat = FilePlatform(folder / "chat", can_look=can_look, listener=self._listen)
        self._recall()
        watch_store(self.store, door)
        self.app.courier._platforms = {PLATFORM: WatchedPlatform(self.chat, door)}
        self._door = door

    def _recall(self) -> None:
        """See again what people had seen, and what the platform was given since."""
        wind_to = self.clock.wind_to
        if self._time.exists():
            wind_to(datetime.fromisoformat(self._time.read_text()))

        def noting(moment: datetime) -> None:
            wind_to(moment)
            self._time.write_text(self.clock.now().isoformat())

        self.clock.wind_to = noting  # type: ignore[method-assign]  # the clock is ours to watch, and nothing else is changed
        if self._saved.exists():
            seen = pickle.loads(self._saved.read_bytes())  # noqa: S301  our own file
            self.heard, self.forms, self._form_places, self.last, self.step, self._counter = seen[:6]
            self.teller.values, self.teller.thread = seen[6:]
            self._ids = itertools.count(self._counter)
        for entry in self.chat.entries():
            self._listen(Line(entry.reference, entry.place, entry.message, entry.key))

    def remember(self) -> None:
        """People have seen what there is to see so far."""
        self._counter = next(self._ids)
        self._ids = itertools.count(self._counter)
        seen = (self.heard, self.forms, self._form_places, self.last, self.step, self._counter)
        self._saved.write_bytes(pickle.dumps((*seen, self.teller.values, self.teller.thread)))

    def play(self) -> None:
        """Tell what is left of the story."""
        while self.step < len(STEPS):
            self.tell()
            self.step += 1
            self.remember()

    def tell(self) -> None:
        self.teller.tell(*STEPS[self.step])

    async def _act(self, event: Event) -> None:
        await super()._act(event)
        self._door("ack")
        with self._acked.open("a") as file:
            file.write(f"{event.id} {event.at.isoformat()}\n")
        self.last = event

    def acked(self) -> set[str]:
        """What was acknowledged, except so long ago that the inbox may forget it."""
        lines = self._acked.read_text().splitlines() if self._acked.exists() else []
        told = dict(line.split() for line in lines)
        return {key for key, at in told.items() if datetime.fromisoformat(at) > self.clock.now() - KEEP}

    def redeliver(self) -> None:
        """What platforms and time do after a crash."""
        if self.last:
            self.act(self.last)  # a spurious copy of what was acknowledged
        self.tell()  # what was not: the same ids, since they are counted from what was saved
        self.wind(self.clock.now() + timedelta(minutes=3))  # past the lease and both looks

    def pick_up(self) -> None:
        """People go on where they were, or begin anew what the crash took from their screens."""
        self.step += 1
        if self._lost_the_thread():
            self.step = max(at for at in DIALOGUES if at < self.step)
            self.teller.values = {}
        self.remember()

    def press_about(self, who: str, label: str, key: str) -> None:
        """Press the button with this label that is about this key."""
        for heard in self.heard:
            for button in buttons_of(heard.message):
                if button.label == label and Token.unpack(button.token).subject == key:
                    self.heard.append(heard)  # now it is the newest
                    self.press(who, label)
                    return
        raise StoryFailed(f"no button {label} about {key}")

    def _lost_the_thread(self) -> bool:
        """Whether the next line needs a form or a button that a lost reply would have shown."""
        who, verb, *what = STEPS[self.step][1].split() if self.step < len(STEPS) else ("", "")
        if verb == "trycker:":
            try:
                self.find_button(who, " ".join(what))
            except StoryFailed:
                return True
        return verb in {"väljer", "skickar"} and who not in self.forms
