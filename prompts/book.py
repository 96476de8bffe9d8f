"""Everything the bot can ask and say in one language, read and checked when the bot starts."""

from importlib.resources import files
from typing import Any, NamedTuple

import yaml
from pydantic import ValidationError

from bot.domain.calendar.year_wheel import YearWheel
from bot.domain.school import Skolform
from bot.messages.texts import Texts
from prompts.loader import Packs, PromptsRefused, load_packs


class Prompts(NamedTuple):
    """The question packs, the sentences and the year wheels of one language."""

    packs: Packs
    texts: Texts
    wheels: tuple[YearWheel, ...]

    def wheel_for(self, skolform: Skolform) -> YearWheel:
        """The wheel made for `skolform`, else the common one."""
        own = next((wheel for wheel in self.wheels if skolform in wheel.skolformer), None)
        return own or next(wheel for wheel in self.wheels if not wheel.skolformer)


def load_texts(language: str = "sv") -> Texts:
    """Read `prompts/<language>/texts/*.yaml`. Raises PromptsRefused, naming the field."""
    sections = _documents(language, "texts")
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


def load_prompts(language: str = "sv") -> Prompts:
    return Prompts(load_packs(language), load_texts(language), load_wheels(language))


def _documents(language: str, folder: str) -> dict[str, Any]:
    """Every YAML file of a folder, by name."""
    entries = sorted(files("prompts").joinpath(language, folder).iterdir(), key=lambda entry: entry.name)
    return {
        entry.name.removesuffix(".yaml"): yaml.safe_load(entry.read_text(encoding="utf-8"))
        for entry in entries
        if entry.name.endswith(".yaml")
    }
