"""The kinds of question a pack may ask, and when one is asked: all of it data, never an expression."""

from typing import Annotated, Literal, Self

from pydantic import BeforeValidator, ConfigDict, Field, model_validator

from bot.domain.notes import Aspect, Perspective, Sign
from bot.domain.value import Value

LONGEST_QUESTION = 140
LONGEST_ANSWER = 10_000
MORE = "more"
"""The reserved key under which "one more?" is answered: `orsak.1.more`."""
YES = "yes"
NO = "no"

WORDS_PATTERN = r"\S"
"""Something must be said: blanks alone are no words."""

Key = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
Said = Annotated[str, Field(pattern=WORDS_PATTERN)]
QuestionText = Annotated[str, Field(pattern=WORDS_PATTERN, max_length=LONGEST_QUESTION)]


class Option(Value):
    """One answer to choose: `key` is stored, `label` is read, and `also` is understood when typed."""

    key: Key
    label: Said
    also: str = ""


def _from_mapping(given: object) -> object:
    """`{key: label}`, as people write it in YAML."""
    if isinstance(given, dict):
        return [{"key": key, "label": label} for key, label in given.items()]
    return given


Options = Annotated[tuple[Option, ...], BeforeValidator(_from_mapping)]


class Condition(Value):
    """When a question is asked: exactly one test of an earlier answer.

    `is` and `one_of` look at what was chosen (for several: whether it is among them), `at_most` and
    `at_least` at the step of a scale, the number of choices or the number of rounds of a group,
    `answered` at whether something was given, `changed` at whether the answer differs from what the
    bot suggested.
    """

    model_config = ConfigDict(validate_by_name=True, validate_by_alias=True)

    question: Key
    equals: str | None = Field(default=None, alias="is")
    one_of: tuple[str, ...] = ()
    at_most: int | None = None
    at_least: int | None = None
    answered: bool | None = None
    changed: bool | None = None

    @model_validator(mode="after")
    def _tests_one_thing(self) -> Self:
        tests = (self.equals, self.at_most, self.at_least, self.answered, self.changed)
        if sum(test is not None for test in tests) + bool(self.one_of) != 1:
            raise ValueError("ska ha en enda av is, one_of, at_most, at_least, answered och changed")
        return self

    @property
    def chosen(self) -> tuple[str, ...]:
        return self.one_of if self.equals is None else (self.equals,)


class NoteSign(Value):
    """The answer becomes a Note with these marks."""

    aspect: Aspect
    sign: Sign
    perspective: Perspective = "personal"


class StrengthSuggestion(Value):
    """The bot suggests a step from the answers to these questions (`bot.domain.analysis.strength`)."""

    kinds: Key
    perspectives: Key
    against: Key


class _Asked(Value):
    """What all questions have. Empty `why` and `readers` mean the pack's own."""

    key: Key
    text: QuestionText
    help: str = ""
    why: str = ""
    readers: str = ""
    required: bool = False
    dont_know: bool = False
    only_if: Condition | None = None
    note: NoteSign | None = None

    @property
    def skippable(self) -> bool:
        """Whether "Hoppa över" is offered: always, when the question is not required."""
        return not self.required


class TextQuestion(_Asked):
    """Free text, kept as written."""

    kind: Literal["text"] = "text"
    longest: int = Field(default=LONGEST_ANSWER, ge=1, le=LONGEST_ANSWER)
    lines: int = Field(default=3, ge=1)


class ChoiceQuestion(_Asked):
    """One of `options`, or one of the rounds of an earlier group (`options_from`)."""

    kind: Literal["choice"] = "choice"
    options: Options = ()
    options_from: Key | None = None


class SeveralQuestion(_Asked):
    """Some of `options`, at most `at_most` of them when it is set."""

    kind: Literal["several"] = "several"
    options: Options = ()
    at_most: int | None = Field(default=None, ge=1)


class ScaleQuestion(_Asked):
    """One of the labelled `steps`, in rising order: the first is step 1."""

    kind: Literal["scale"] = "scale"
    steps: Options = ()
    suggest: StrengthSuggestion | None = None


class YesNoQuestion(_Asked):
    """Stored as `yes` or `no`; the pack's words are what people read."""

    kind: Literal["yes_no"] = "yes_no"


class DateQuestion(_Asked):
    """A day, stored as `YYYY-MM-DD`."""

    kind: Literal["date"] = "date"


class PersonQuestion(_Asked):
    """An adult in the organisation, stored as a `PersonId`."""

    kind: Literal["person"] = "person"


class LinkQuestion(_Asked):
    """A web address."""

    kind: Literal["link"] = "link"


Question = Annotated[
    TextQuestion
    | ChoiceQuestion
    | SeveralQuestion
    | ScaleQuestion
    | YesNoQuestion
    | DateQuestion
    | PersonQuestion
    | LinkQuestion,
    Field(discriminator="kind"),
]


class Group(Value):
    """Questions asked again for each of several things, from `at_least` to `at_most` rounds.

    The first question may have the group's own key. Then it names the thing (`orsak.1`), and a round
    where it is skipped, or not known, is the last.
    """

    kind: Literal["group"] = "group"
    key: Key
    at_least: int = 1
    at_most: int = 3
    more: QuestionText
    more_help: str = ""
    only_if: Condition | None = None
    steps: tuple["Step", ...]


Step = Annotated[
    TextQuestion
    | ChoiceQuestion
    | SeveralQuestion
    | ScaleQuestion
    | YesNoQuestion
    | DateQuestion
    | PersonQuestion
    | LinkQuestion
    | Group,
    Field(discriminator="kind"),
]
Group.model_rebuild()
