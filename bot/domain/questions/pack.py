"""A question pack: what to ask, in which order and when, as data that people who write texts can change."""

from functools import cached_property
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, model_validator

from bot.domain.calendar.year_wheel import Month
from bot.domain.questions.compile import PLACEHOLDER, Buttons, compiled
from bot.domain.questions.kinds import Key, Said, Step
from bot.domain.questions.plan import Plan
from bot.domain.school import Skolform
from bot.domain.value import Value

PackKind = Literal["uppfoljning", "analys"]
Area = Literal["undervisning", "resultat", "forutsattningar"]


LONGEST_MINUTES = 60
"""A pack that takes longer is no talk in passing."""


def _template(sentence: str) -> str:
    """A sentence whose every brace belongs to a placeholder, so that it can always be filled in."""
    if "{" in (rest := PLACEHOLDER.sub("", sentence)) or "}" in rest:
        raise ValueError("en klammer hör inte till någon {platshållare}")
    return sentence


class Words(Value):
    """The few words every pack shares.

    `yes`, `no`, `skip` and `dont_know` are read on buttons and understood when typed. `joined` stands
    before the last of several, `unnamed` where a placeholder's question was not answered. The `also_`
    are understood too: people change language, and write in the one they like.
    """

    yes: Said
    no: Said
    skip: Said
    dont_know: Said
    joined: Said
    unnamed: Said
    also_yes: tuple[str, ...] = ()
    also_skip: tuple[str, ...] = ()
    also_dont_know: tuple[str, ...] = ()


class Rotation(Value):
    """Where the pack stands among the check-ins: its area, its turn, and the months it is kept for."""

    area: Area
    order: int = Field(ge=0)
    months: tuple[Month, ...] = ()


class QuestionPack(Value):
    """A pack that cannot work is refused here, by name.

    `skolformer` empty means all. `sentences` holds templates for what is stored, by name.
    """

    key: Key
    version: int = Field(ge=1)
    title: Said
    kind: PackKind
    skolformer: tuple[Skolform, ...] = ()
    minutes: int = Field(ge=1, le=LONGEST_MINUTES)
    why: Said
    readers: Said
    words: Words
    rotation: Rotation | None = None
    sentences: dict[str, Annotated[Said, AfterValidator(_template)]] = Field(default_factory=dict)
    steps: tuple[Step, ...] = Field(min_length=1)

    @cached_property
    def plan(self) -> Plan:
        """The pack made ready to walk, once."""
        words = self.words
        others = (words.skip, words.dont_know, *words.also_skip, *words.also_dont_know)
        return compiled(self.steps, Buttons(words.yes, words.no, others))

    @model_validator(mode="after")
    def _works(self) -> Self:
        _ = self.plan
        return self

    def suits(self, skolform: Skolform) -> bool:
        return not self.skolformer or skolform in self.skolformer
