"""A story played by people who have all chosen one language; what each of them sees is kept."""

from datetime import datetime
from pathlib import Path

from sqlalchemy import select

from bot.domain.events import Event
from bot.domain.school import Language
from bot.messages.model import Button, ChoiceField, Form
from bot.messages.plain import form_lines
from bot.rehearsal.teller import Teller, moment, steps_of
from bot.rehearsal.world import StoryFailed
from storage import tables
from storage.people.founding import change_person
from tests.play import Heard, World, buttons_of
from tests.stories.translating import swedish

TOLD = ("bot ", "formulär ")
"""How the lines begin that quote what the bot says, in Swedish."""


class Twin(World):
    """A world whose people have chosen a language, also those who come later, from their next act on."""

    def __init__(self, start: datetime, language: Language) -> None:
        super().__init__(start)
        self.language = language
        self.channels: list[str] = []
        self.alone: list[str] = []
        """What a channel showed, act by act, and what people who had chosen read alone."""
        self.stored: list[str] = []
        self.known: frozenset[str] = frozenset()
        self.called: set[str] = set()
        """Names of people, arbetslag, schools and lov, whatever language they are in."""
        self._choose()

    def act(self, event: Event) -> None:
        self._choose()
        self.forms_before = dict(self.forms)
        super().act(event)
        self._look()

    def wind(self, to: datetime) -> None:
        self._choose()
        self.forms_before = dict(self.forms)
        super().wind(to)
        self._look()

    def kept(self) -> list[str]:
        """The words that are stored: notes with what they answer, and answers."""
        with self.store.begin() as unit:
            notes = unit.rows(select(tables.note.c.text, tables.note.c.question, tables.note.c.group_label))
            answers = unit.rows(select(tables.answer.c.value))
        return sorted("|".join(map(str, row.values())) for row in (*notes, *answers))

    def find_button(self, who: str, label: str) -> tuple[Heard, Button]:
        """The newest button with this label in Swedish, whatever it is called in the chat."""
        for heard in reversed(self.heard):
            shared = heard.room.startswith("#") and not heard.only_to
            if shared or heard.only_to == who or heard.room == f"@{who}":
                for button in buttons_of(heard.message):
                    if label == button.label or (not shared and label in swedish(button.label)):
                        return heard, button
        raise StoryFailed(f"{who} sees no button {label!r}")

    def _choose(self) -> None:
        with self.store.begin() as unit:
            people = unit.roster.persons.values()
            for person in people:
                if person.language != self.language:
                    change_person(unit, person.model_copy(update={"language": self.language}))
            self.known = frozenset(person.id for person in people if person.roles)
            held = (unit.roster.persons, unit.roster.arbetslag, unit.roster.schools)
            self.called |= {one.name for kind in held for one in kind.values()}
            self.called |= {
                day.name for one in unit.roster.calendars.values() for day in one.days if day.name
            }

    def _look(self) -> None:
        for heard in self.fresh:
            reader = heard.only_to or heard.room.removeprefix("@")
            if heard.room.startswith("#") and not heard.only_to:
                self.channels.append(f"{heard.room} {heard.text}")
            elif reader in self.known:
                self.alone.append(heard.text)
        for who, form in self.forms.items():
            if self.forms_before.get(who) is not form and who in self.known:
                self.alone.append("\n".join(form_lines(form)))


class TwinTeller(Teller):
    """Lets people do what the story says, in whatever language they see it; it checks no words."""

    def tell(self, number: int, line: str) -> None:
        if not line.startswith(TOLD):
            super().tell(number, line)

    def _presses(self, who: str, label: str) -> None:
        heard, button = self.world.find_button(who, label)
        super()._presses(who, button.label if _is_alone(heard) else label)

    def _chooses(self, who: str, label: str, value: str) -> None:
        form = self.world.forms[who]
        field, named = _in_swedish(form, label)
        if isinstance(field, ChoiceField):
            wanted = [part.strip() for part in value.split(" + ")] if field.several else [value]
            value = " + ".join(_label(field, one) for one in wanted)
        super()._chooses(who, named, value)


def _is_alone(heard: Heard) -> bool:
    return bool(heard.only_to) or heard.room.startswith("@")


def _in_swedish(form: Form, label: str) -> tuple[object, str]:
    """The field whose Swedish label begins so, and what it is called in the form."""
    for field in form.fields:
        if any(one.casefold().startswith(label.casefold()) for one in swedish(field.label)):
            return field, field.label
    raise StoryFailed(f"no field {label!r} among {[field.label for field in form.fields]}")


def _label(field: ChoiceField, value: str) -> str:
    found = (option.label for option in field.options if value in swedish(option.label))
    return next(found, value)


def play_in(language: Language, story: Path) -> Twin:
    """Play a whole story with everybody speaking `language`."""
    told = steps_of(story.read_text(encoding="utf-8"))
    with Twin(moment(told[0][1].removeprefix("klockan är ")), language) as world:
        teller = TwinTeller(world)
        for number, line in told[1:]:
            teller.tell(number, line)
        world.stored = world.kept()
    return world
