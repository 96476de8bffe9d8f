"""A question pack: what to ask, in which order and when, as data that people who write texts can change."""

from functools import cached_property
from typing import Literal, Self

from pydantic import Field, model_validator

from bot.domain.questions.compile import compiled
from bot.domain.questions.kinds import Key, Step
from bot.domain.questions.plan import Plan
from bot.domain.school import Skolform
from bot.domain.value import Value

PackKind = Literal["uppfoljning", "analys"]
Area = Literal["undervisning", "resultat", "forutsattningar"]


class Words(Value):
    """The few words every pack shares.

    `yes`, `no`, `skip` and `dont_know` are read on buttons and understood when typed. `joined` stands
    before the last of several, `unnamed` where a placeholder's question was not answered.
    """

    yes: str
    no: str
    skip: str
    dont_know: str
    joined: str
    unnamed: str


class Rotation(Value):
    """Where the pack stands among the check-ins: its area, its turn, and the months it is kept for."""

    area: Area
    order: int = Field(ge=0)
    months: tuple[int, ...] = ()


class QuestionPack(Value):
    """A pack that cannot work is refused here, by name.

    `skolformer` empty means all. `sentences` holds templates for what is stored, by name.
    """

    key: Key
    version: int = Field(ge=1)
    title: str = Field(min_length=1)
    kind: PackKind
    skolformer: tuple[Skolform, ...] = ()
    minutes: int = Field(ge=1)
    why: str = Field(min_length=1)
    readers: str = Field(min_length=1)
    words: Words
    rotation: Rotation | None = None
    sentences: dict[str, str] = Field(default_factory=dict)
    steps: tuple[Step, ...] = Field(min_length=1)

    @cached_property
    def plan(self) -> Plan:
        """The pack made ready to walk, once."""
        return compiled(self.steps, self.words.yes, self.words.no)

    @model_validator(mode="after")
    def _works(self) -> Self:
        try:
            _ = self.plan
        except ValueError as cannot:
            raise ValueError(f"pack {self.key}: {cannot}") from cannot
        return self

    def suits(self, skolform: Skolform) -> bool:
        return not self.skolformer or skolform in self.skolformer
