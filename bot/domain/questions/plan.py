"""A pack made ready to walk: references resolved once, so that a turn costs microseconds."""

from dataclasses import dataclass, field
from typing import Literal, NamedTuple, assert_never

from bot.domain.analysis.strength import Strength, suggest_strength
from bot.domain.questions.answers import Answer, Answers, Prefixes, values_at
from bot.domain.questions.kinds import YES, Group, Option, Question


@dataclass(frozen=True, slots=True)
class Reference:
    """Where the answer to an earlier question stands, seen from a later one.

    An empty `suffix` means the group's own question, which stands at the round itself.
    """

    depth: int
    suffix: str
    labels: dict[str, str]
    suggestion: "Suggestion | None" = None

    def path(self, prefixes: Prefixes) -> str:
        prefix = prefixes[self.depth]
        return prefix + self.suffix if self.suffix else prefix[:-1]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Where a scale that suggests a step finds what it builds on."""

    kinds: Reference
    perspectives: Reference
    against: Reference

    def step(self, prefixes: Prefixes, live: Answers) -> Strength:
        return suggest_strength(
            values_at(live, self.kinds.path(prefixes)),
            values_at(live, self.perspectives.path(prefixes)),
            countered=bool(values_at(live, self.against.path(prefixes))),
        )


@dataclass(frozen=True, slots=True)
class Rounds:
    """A group seen from a later step: how many things were named."""

    depth: int
    key: str
    at_most: int

    def paths(self, prefixes: Prefixes, live: Answers) -> tuple[str, ...]:
        base = f"{prefixes[self.depth]}{self.key}."
        named: list[str] = []
        for number in range(1, self.at_most + 1):
            if not values_at(live, path := f"{base}{number}"):
                break
            named.append(path)
        return tuple(named)


GateTest = Literal["chosen", "at_most", "at_least", "answered", "changed"]


@dataclass(frozen=True, slots=True)
class Gate:
    """A condition, resolved. `ranks` holds the steps of a scale; empty means: count the choices."""

    test: GateTest
    reference: Reference | Rounds
    chosen: frozenset[str]
    bound: int
    wanted: bool
    ranks: dict[str, int]

    def holds(self, prefixes: Prefixes, live: Answers) -> bool:
        reference = self.reference
        if isinstance(reference, Rounds):
            return self._within(len(reference.paths(prefixes, live)))
        values = values_at(live, reference.path(prefixes))
        match self.test:
            case "chosen":
                return not self.chosen.isdisjoint(values)
            case "answered":
                return bool(values) is self.wanted
            case "at_most" | "at_least":
                return bool(values) and self._within(self.ranks.get(values[0], 0) or len(values))
            case "changed":
                return _changed(reference, prefixes, live) is self.wanted
            case _:
                assert_never(self.test)

    def _within(self, amount: int) -> bool:
        return amount <= self.bound if self.test == "at_most" else amount >= self.bound


def _changed(reference: Reference, prefixes: Prefixes, live: Answers) -> bool:
    values = values_at(live, reference.path(prefixes))
    suggestion = reference.suggestion
    return bool(values) and suggestion is not None and suggestion.step(prefixes, live) != values[0]


@dataclass(frozen=True, slots=True, eq=False)
class Leaf:
    """One question. `parts` is its text with the placeholders resolved; `options` what may be chosen.

    `spots` is where it has stood. A leaf is the same only as itself.
    """

    question: Question
    suffix: str
    gate: Gate | None
    parts: tuple[str | Reference, ...]
    options: tuple[Option, ...]
    options_from: Rounds | None = None
    suggestion: Suggestion | None = None
    more_of: Group | None = None
    spots: "dict[Prefixes, Spot]" = field(default_factory=dict, repr=False)

    def spot(self, prefixes: Prefixes) -> "Spot":
        """Say where it stands in these rounds, and keep that: every turn walks past them all."""
        path = prefixes[-1] + self.suffix if self.suffix else prefixes[-1][:-1]
        return self.spots.setdefault(prefixes, Spot(path, self, prefixes))


@dataclass(frozen=True, slots=True)
class Branch:
    """A group. `more` asks for one more round."""

    group: Group
    gate: Gate | None
    own: bool
    steps: "tuple[Leaf | Branch, ...]"
    more: Leaf


class Spot(NamedTuple):
    """A question where it stands now."""

    path: str
    leaf: Leaf
    prefixes: Prefixes


class Way(NamedTuple):
    """The questions that hold with these answers, in order, and the answers that apply."""

    spots: list[Spot]
    live: dict[str, Answer]


@dataclass(frozen=True, slots=True)
class Plan:
    """A whole pack. `leaves` finds a question by its path without numbers: `orsak.*.varfor.*`."""

    steps: tuple[Leaf | Branch, ...]
    leaves: dict[str, Leaf]

    def walk(self, answers: Answers) -> Way:
        """Which questions hold now.

        1. In the pack's order; a question whose condition fails is passed by, with its answer.
        2. Conditions see only answers that apply themselves.
        3. A group's round ends it when its own question was answered without words, when its last
           round is reached, or when "one more?" is not yet answered with yes.
        """
        way = Way([], {})
        _walk(self.steps, ("",), answers, way)
        return way

    def leaf_at(self, path: str) -> Leaf | None:
        found = self.leaves.get(path)
        return found or self.leaves.get(".".join("*" if part.isdigit() else part for part in path.split(".")))


def _walk(steps: tuple[Leaf | Branch, ...], prefixes: Prefixes, answers: Answers, way: Way) -> None:
    spots, live = way
    for step in steps:
        if step.gate is not None and not step.gate.holds(prefixes, live):
            continue
        if isinstance(step, Branch):
            _walk_rounds(step, prefixes, answers, way)
            continue
        spot = step.spots.get(prefixes) or step.spot(prefixes)
        spots.append(spot)
        path = spot.path
        answer = answers.get(path)
        if answer is not None:
            live[path] = answer


def _walk_rounds(branch: Branch, prefixes: Prefixes, answers: Answers, way: Way) -> None:
    group = branch.group
    for number in range(1, group.at_most + 1):
        path = f"{prefixes[-1]}{group.key}.{number}"
        inner = (*prefixes, path + ".")
        steps = branch.steps
        if branch.own:
            _walk(steps[:1], inner, answers, way)
            named = answers.get(path)
            if named is not None and not named.values:
                return
            steps = steps[1:]
        _walk(steps, inner, answers, way)
        if number < group.at_least:
            continue
        if number == group.at_most:
            return
        _walk((branch.more,), inner, answers, way)
        if values_at(way.live, inner[-1] + branch.more.suffix) != (YES,):
            return
