"""Everything the bot can ask and say in the house's language, and the same in the others."""

from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any, Literal, NamedTuple

from pydantic import TypeAdapter, ValidationError

from bot.domain.calendar.year_wheel import Phase, YearWheel
from bot.domain.school import Language, Person, Skolform
from bot.messages.texts import Texts
from prompts.faults import told_by_file
from prompts.loader import HOUSE, Packs, PromptsRefused, load_packs
from prompts.reading import read_folder
from prompts.translating import NotTheSame, wheel_in

HOUSES = ("", HOUSE)
"""How the house's own language is asked for: by its name, or by nobody's choice of another."""


class Prompts(NamedTuple):
    """The question packs, sentences and year wheels of the house's language, and the way to the others.

    What is asked, and when, is the house's, which is Swedish; another language only has other words for it.
    """

    packs: Packs
    texts: Texts
    wheels: tuple[YearWheel, ...]

    def said_in(self, language: Language | Literal[""]) -> Texts:
        """The sentences in a language, the house's for none. Raises PromptsRefused, naming the field."""
        return self.texts if language in HOUSES else _other(language)

    def said_to(self, person: Person) -> Texts:
        """The sentences as one person alone reads them."""
        return self.said_in(person.language)

    def asked_in(self, language: Language | Literal[""]) -> Packs:
        """The questions in a language, the house's for none. Raises PromptsRefused, naming the field."""
        return self.packs if language in HOUSES else self.packs.worded_in(language)

    def asked_of(self, person: Person) -> Packs:
        """The questions as one person alone reads them; what is stored of them is in the house's words."""
        return self.asked_in(person.language)

    def wheel_for(self, skolform: Skolform, language: Language | Literal[""] = "") -> YearWheel:
        """The wheel made for `skolform`, else the common one. Raises PromptsRefused, naming the phase."""
        own = next((wheel for wheel in self.wheels if skolform in wheel.skolformer), None)
        wheel = own or next(wheel for wheel in self.wheels if not wheel.skolformer)
        phases = None if language in HOUSES else _phases(language).get(wheel.key)
        if phases is None:
            return wheel
        try:
            return wheel_in(phases, wheel)
        except NotTheSame as differs:
            raise PromptsRefused([f"prompts/{language}/cycles/{wheel.key}.yaml: {differs}"]) from differs

    def read(self, language: Language) -> None:
        """Read all there is in a language, so that nobody waits for it. Raises PromptsRefused, naming it."""
        self.said_in(language)
        self.asked_in(language)
        for skolform in Skolform:
            self.wheel_for(skolform, language)


def load_texts(language: str = HOUSE, root: Traversable | None = None) -> Texts:
    """Read `<language>/texts/*.yaml` under `root`, else ours. Raises PromptsRefused, naming the field."""
    sections = _documents(language, "texts", root)
    try:
        return Texts.model_validate(sections)
    except ValidationError as wrong:
        raise PromptsRefused(list(told_by_file(wrong, sections, f"prompts/{language}/texts"))) from wrong


def load_wheels(root: Traversable | None = None) -> tuple[YearWheel, ...]:
    """Read the house's `cycles/*.yaml` under `root`, else ours. Raises PromptsRefused, naming the wheel."""
    where = f"prompts/{HOUSE}/cycles"
    found = _documents(HOUSE, "cycles", root)
    try:
        wheels = tuple(TypeAdapter(dict[str, YearWheel]).validate_python(found).values())
    except ValidationError as wrong:
        raise PromptsRefused(list(told_by_file(wrong, found, where))) from wrong
    if all(wheel.skolformer for wheel in wheels):
        raise PromptsRefused([f"{where}: det saknas ett årshjul utan skolformer, för alla"])
    return wheels


def load_prompts() -> Prompts:
    return Prompts(load_packs(), load_texts(), load_wheels())


@cache
def _other(language: str) -> Texts:
    """Another language than the house's, read when the first person wants it: most schools have nobody."""
    return load_texts(language)


@cache
def _phases(language: str) -> dict[str, dict[str, Phase]]:
    """What the phases of each wheel are called in another language, by the wheel's key."""
    found = _documents(language, "cycles")
    try:
        return TypeAdapter(dict[str, dict[str, Phase]]).validate_python(found)
    except ValidationError as wrong:
        raise PromptsRefused(list(told_by_file(wrong, found, f"prompts/{language}/cycles"))) from wrong


def _documents(language: str, folder: str, root: Traversable | None = None) -> dict[str, Any]:
    """Every YAML file of a folder, by name. Raises PromptsRefused, naming what cannot be read."""
    problems: list[str] = []
    read = read_folder(
        (root or files("prompts")).joinpath(language, folder), problems, f"prompts/{language}/{folder}/"
    )
    if problems:
        raise PromptsRefused(problems)
    return read
