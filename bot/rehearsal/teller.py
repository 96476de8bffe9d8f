"""Reads a story line by line and plays it on a stage; tests/stories/README.md is the grammar."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Protocol
from zoneinfo import ZoneInfo

from bot.messages.model import Button, ChoiceField, Form, FormField, PeopleField
from bot.rehearsal.world import Heard, StoryFailed

MONTHS = {
    name: number
    for number, name in enumerate(
        "januari februari mars april maj juni juli augusti september oktober november december".split(),
        start=1,
    )
}
MOMENT = re.compile(r"(?:\w+dag )?(\d+) (\w+) (\d{4}) (\d+)\.(\d+)")


def moment(text: str) -> datetime:
    """Read `torsdag 26 november 2026 15.15`, in Swedish time."""
    found = MOMENT.fullmatch(text.strip())
    if not found:
        raise StoryFailed(f"not a moment: {text}")
    day, month, year, hour, minute = found.groups()
    return datetime(
        int(year), MONTHS[month], int(day), int(hour), int(minute), tzinfo=ZoneInfo("Europe/Stockholm")
    )


class Stage(Protocol):
    """What a story can be played on."""

    @property
    def fresh(self) -> Sequence[Heard]: ...
    @property
    def forms(self) -> Mapping[str, Form]: ...
    @property
    def names(self) -> Mapping[str, str]: ...
    def forget(self) -> None: ...
    def invite(self, who: str, room: str) -> None: ...
    def remove(self, room: str) -> None: ...
    def leave(self, who: str, room: str) -> None: ...
    def open_home(self, who: str) -> None: ...
    def save(self, who: str, text: str) -> None: ...
    def write(self, who: str, text: str, *, room: str = "", thread: str = "") -> None: ...
    def press(self, who: str, label: str) -> None: ...
    def submit(self, who: str, values: dict[str, tuple[str, ...]]) -> None: ...
    def wind(self, to: datetime) -> None: ...
    def sleep(self, to: datetime) -> None: ...
    def find_button(self, who: str, label: str) -> tuple[Heard, Button]: ...
    def form_text(self, who: str) -> str: ...


def steps_of(story: str) -> list[tuple[int, str]]:
    """The lines of a story with their numbers, without comments; the first sets the clock."""
    return [
        (number, line.strip())
        for number, line in enumerate(story.splitlines(), start=1)
        if line.strip() and not line.startswith("#")
    ]


class Teller:
    """Plays the lines of a story on a world, and says which line did not hold."""

    def __init__(self, world: Stage) -> None:
        self.world = world
        self.values: dict[str, tuple[str, ...]] = {}
        self.thread = ("", "")

    def tell(self, number: int, line: str) -> None:
        """Play one line; raises StoryFailed with the line when it does not hold."""
        for pattern, step in self._steps().items():
            if found := re.fullmatch(pattern, line.strip()):
                try:
                    step(*found.groups())
                except StoryFailed as problem:
                    raise StoryFailed(f"line {number}: {line}\n{problem}") from problem
                return
        raise StoryFailed(f"line {number} is not a step: {line}")

    def _steps(self) -> dict[str, Callable[..., None]]:
        """What each line does; the first that fits is the one."""
        return {
            r"klockan blir (.+)": self._time_passes,
            r"boten är ur funktion till (.+)": self._bot_is_down,
            r"bot i (#\S+): (.+)": self._bot_in_room,
            r"bot i tråden: (.+)": self._bot_in_thread,
            r"bot till (\w+): (.+)": self._bot_to,
            r"formulär för (\w+): (.+)": self._form_for,
            r"tyst i (#\S+)": self._silent_in,
            r"tyst för (\w+)": self._silent_for,
            r"(\w+) i (#\S+): (.+)": self._writes_in,
            r"(\w+) i tråden: (.+)": self._writes_in_thread,
            r"(\w+) direkt: (.+)": self._writes_directly,
            r"(\w+) trycker: (.+)": self._presses,
            r"(\w+) väljer (.+?) = (.+)": self._chooses,
            r"(\w+) skickar": self._submits,
            r"ingen skola finns än": self.world.forget,
            r"(\w+) bjuder in boten i (#\S+)": self._invites,
            r"boten tas bort från (#\S+)": self.world.remove,
            r"(\w+) lämnar (#\S+)": self.world.leave,
            r"(\w+) öppnar hemmet": self.world.open_home,
            r"(\w+) sparar: (.+)": self.world.save,
        }

    def _time_passes(self, when: str) -> None:
        self.world.wind(moment(when))
        self._note_thread()

    def _bot_is_down(self, when: str) -> None:
        self.world.sleep(moment(when))

    def _writes_in(self, who: str, room: str, text: str) -> None:
        self.world.write(who, text, room=room)
        self._note_thread()

    def _writes_directly(self, who: str, text: str) -> None:
        self.world.write(who, text)
        self._note_thread()

    def _writes_in_thread(self, who: str, text: str) -> None:
        room, thread = self.thread
        self.world.write(who, text, room=room, thread=thread)
        self._note_thread()

    def _presses(self, who: str, label: str) -> None:
        heard, _ = self.world.find_button(who, label)
        if heard.room.startswith("#") and (heard.thread or heard.reference):
            self.thread = (heard.room, heard.thread or heard.reference)
        self.world.press(who, label)
        self._note_thread()

    def _chooses(self, who: str, label: str, value: str) -> None:
        field = _field(self.world.forms[who], label)
        self.values[field.key] = _values(field, value, self.world.names)

    def _submits(self, who: str) -> None:
        self.world.submit(who, self.values)
        self.values = {}
        self._note_thread()

    def _invites(self, who: str, room: str) -> None:
        self.world.invite(who, room)
        self._note_thread()

    def _bot_in_room(self, room: str, text: str) -> None:
        self._expect(text, [heard for heard in self.world.fresh if heard.room == room and not heard.only_to])

    def _bot_in_thread(self, text: str) -> None:
        self._expect(text, [heard for heard in self.world.fresh if heard.thread])

    def _bot_to(self, who: str, text: str) -> None:
        mine = [heard for heard in self.world.fresh if heard.only_to == who or heard.room == f"@{who}"]
        self._expect(text, mine)

    def _form_for(self, who: str, text: str) -> None:
        _hold(who in self.world.forms, "no form is open")
        said = self.world.form_text(who)
        _hold(_matches(text, said), f"the form says:\n{said}")

    def _silent_in(self, room: str) -> None:
        said = [heard.text for heard in self.world.fresh if heard.room == room and not heard.only_to]
        _hold(not said, "\n".join(said))

    def _silent_for(self, who: str) -> None:
        said = [heard.text for heard in self.world.fresh if heard.only_to == who or heard.room == f"@{who}"]
        _hold(not said, "\n".join(said))

    def _expect(self, text: str, heard: Sequence[Heard]) -> None:
        said = (f"[{one.room} {one.only_to}] {one.text}" for one in self.world.fresh)
        _hold(any(_matches(text, one.text) for one in heard), "what was said:\n" + "\n---\n".join(said))

    def _note_thread(self) -> None:
        posts = [heard for heard in self.world.fresh if heard.room.startswith("#") and not heard.only_to]
        if posts:
            self.thread = (posts[-1].room, posts[-1].thread or posts[-1].reference)


def _hold(holds: bool, otherwise: str) -> None:  # noqa: FBT001  reads as an assertion: what must hold comes first
    if not holds:
        raise StoryFailed(otherwise)


def _field(form: Form, label: str) -> FormField:
    found = [field for field in form.fields if field.label.casefold().startswith(label.casefold())]
    _hold(bool(found), f"no field {label!r} among {[field.label for field in form.fields]}")
    return found[0]


def _values(field: FormField, value: str, names: Mapping[str, str]) -> tuple[str, ...]:
    match field:
        case ChoiceField(options=options):
            labels = {option.label: option.value for option in options}
        case PeopleField():
            labels = {name: slug for slug, name in names.items()}
        case _:
            return (value,)
    wanted = [part.strip() for part in value.split(" + ")] if field.several else [value]
    _hold(all(part in labels for part in wanted), f"{value!r} is not among {list(labels)}")
    return tuple(labels[part] for part in wanted)


def _matches(wanted: str, said: str) -> bool:
    pattern = ".*".join(re.escape(part.strip()) for part in wanted.split("…"))
    return re.search(pattern, said, re.DOTALL) is not None
