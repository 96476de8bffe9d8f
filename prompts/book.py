"""Everything the bot can ask and say in the house's language, and its sentences in the others."""

from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any, Literal, NamedTuple

import yaml
from pydantic import ValidationError

from bot.domain.calendar.year_wheel import YearWheel
from bot.domain.school import Language, Person, Skolform
from bot.messages.texts import Texts
from prompts.loader import Packs, PromptsRefused, load_packs


class Prompts(NamedTuple):
    """The question packs, the sentences and the year wheels of the house's language.

    Questions and wheels are the school's own and have no other; the bot's sentences do.
    """

    packs: Packs
    texts: Texts
    wheels: tuple[YearWheel, ...]
    language: Language = "sv"

    def said_in(self, language: Language | Literal[""]) -> Texts:
        """The sentences in a language, the house's for none. Raises PromptsRefused, naming the field."""
        return self.texts if language in {"", self.language} else _other(language)

    def said_to(self, person: Person) -> Texts:
        """The sentences as one person alone reads them."""
        return self.said_in(person.language)

    def wheel_for(self, skolform: Skolform) -> YearWheel:
        """The wheel made for `skolform`, else the common one."""
        own = next((wheel for wheel in self.wheels if skolform in wheel.skolformer), None)
        return own or next(wheel for wheel in self.wheels if not wheel.skolformer)


def load_texts(language: str = "sv", root: Traversable | None = None) -> Texts:
    """Read `<language>/texts/*.yaml` under `root`, else ours. Raises PromptsRefused, naming the field."""
    sections = _documents(language, "texts", root)
    try:
        return Texts.model_validate(sections)
    except ValidationError as problem:
        raise PromptsRefused([f"prompts/{language}/texts: {problem}"]) from problem


def load_wheels(language: str = "sv") -> tuple[YearWheel, ...]:
    """Read `prompts/<language>/cycles/*.yaml`. Raises PromptsRefused, naming the wheel."""
    try:
        wheels = tuple(YearWheel.model_validate(given) for given in _documents(language, "cycles").values())
    except ValidationError as problem:
        raise PromptsRefused([f"prompts/{language}/cycles: {problem}"]) from problem
    if not any(not wheel.skolformer for wheel in wheels):
        raise PromptsRefused([f"prompts/{language}/cycles: no wheel is common to all skolformer"])
    return wheels


def load_prompts(language: Language = "sv") -> Prompts:
    return Prompts(load_packs(language), load_texts(language), load_wheels(language), language)


@cache
def _other(language: str) -> Texts:
    """Another language than the house's, read when the first person wants it: most schools have nobody."""
    return load_texts(language)


def _documents(language: str, folder: str, root: Traversable | None = None) -> dict[str, Any]:
    """Every YAML file of a folder, by name."""
    found = (root or files("prompts")).joinpath(language, folder)
    entries = sorted(found.iterdir(), key=lambda entry: entry.name)
    return {
        entry.name.removesuffix(".yaml"): _read(entry.read_text(encoding="utf-8"))
        for entry in entries
        if entry.name.endswith(".yaml")
    }


def _read(text: str) -> Any:
    """Read YAML by libyaml: ten times as fast as Python's own reader, and felt at every start."""
    return yaml.load(text, Loader=yaml.CSafeLoader)
