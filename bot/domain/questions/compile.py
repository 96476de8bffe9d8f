"""From a pack's steps to its plan; what cannot work is refused here, naming the question."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, NoReturn, assert_never

from bot.domain.analysis.strength import STRENGTHS
from bot.domain.conversation.reading import folded
from bot.domain.questions.conditions import mismatch, test_of
from bot.domain.questions.kinds import (
    MORE,
    NO,
    YES,
    ChoiceQuestion,
    Condition,
    DateQuestion,
    Group,
    LinkQuestion,
    Option,
    PersonQuestion,
    Question,
    ScaleQuestion,
    SeveralQuestion,
    Step,
    StrengthSuggestion,
    TextQuestion,
    YesNoQuestion,
)
from bot.domain.questions.plan import Branch, Gate, Leaf, Plan, Reference, Rounds, Suggestion

DEEPEST = 2
MOST_ROUNDS = 10
_FEWEST_OPTIONS = 2
PLACEHOLDER = re.compile(r"\{([a-z][a-z0-9_]*)\}")

Seen = dict[str, tuple[Reference | Rounds, Step]]


class Buttons(NamedTuple):
    """What stands beside a pack's own choices; `others` are those for no answer at all."""

    yes: str
    no: str
    others: tuple[str, ...]


def compiled(steps: Sequence[Step], buttons: Buttons) -> Plan:
    """The plan of a pack with these buttons. Raises `ValueError`, in words for those who write packs."""
    yes_no = (Option(key=YES, label=buttons.yes), Option(key=NO, label=buttons.no))
    _refuse_unclear("_words", yes_no, buttons.others)
    return _Compiler(yes_no, buttons.others).plan(steps)


def _refuse(key: str, why: str) -> NoReturn:
    raise ValueError(f"{key}: {why}")


def _refuse_unclear(key: str, options: Sequence[Option], others: Sequence[str]) -> None:
    """Two buttons that read the same: nobody knows which was meant, least of all when it is typed."""
    taken = {folded(other) for other in others}
    for option in options:
        if (label := folded(option.label)) in taken:
            _refuse(key, f"två knappar heter {option.label}")
        taken.add(label)


@dataclass
class _Compiler:
    """Walks the steps in order and remembers what a later one may refer to."""

    yes_no: tuple[Option, ...]
    others: tuple[str, ...]
    scopes: list[Seen] = field(default_factory=lambda: [{}])
    keys: set[str] = field(default_factory=set)
    leaves: dict[str, Leaf] = field(default_factory=dict)

    def plan(self, steps: Sequence[Step]) -> Plan:
        return Plan(self._steps(steps, "", None), self.leaves)

    def _steps(self, steps: Sequence[Step], prefix: str, group: Group | None) -> tuple[Leaf | Branch, ...]:
        done: list[Leaf | Branch] = []
        for number, step in enumerate(steps):
            own = group is not None and step.key == group.key and not isinstance(step, Group)
            if own and number:
                _refuse(step.key, "frågan med gruppens namn ska stå först i gruppen")
            if step.key == MORE:
                _refuse(step.key, "nyckeln är upptagen av frågan om ett varv till")
            if step.key in self.keys and not own:
                _refuse(step.key, "nyckeln används två gånger")
            self.keys.add(step.key)
            done.append(
                self._branch(step, prefix) if isinstance(step, Group) else self._leaf(step, prefix, own=own)
            )
        return tuple(done)

    def _leaf(self, question: Question, prefix: str, *, own: bool) -> Leaf:
        rounds = self._rounds(question)
        options = self._options(question)
        suggest = question.suggest if isinstance(question, ScaleQuestion) else None
        leaf = Leaf(
            question=question,
            suffix="" if own else question.key,
            gate=self._gate(question.key, question.only_if),
            parts=self._parts(question.key, question.text),
            options=options,
            options_from=rounds,
            suggestion=None if suggest is None else self._suggestion(question, suggest),
        )
        labels = {option.key: option.label for option in options}
        reference = Reference(len(self.scopes) - 1, leaf.suffix, labels, leaf.suggestion)
        self.scopes[-1][question.key] = (reference, question)
        self.leaves[prefix[:-1] if own else prefix + question.key] = leaf
        return leaf

    def _branch(self, group: Group, prefix: str) -> Branch:
        depth = len(self.scopes)
        if depth > DEEPEST:
            _refuse(group.key, f"grupper får stå högst {DEEPEST} i varandra")
        if not 1 <= group.at_least <= group.at_most <= MOST_ROUNDS:
            _refuse(
                group.key, f"at_least ska vara minst 1, och at_most minst lika stort och högst {MOST_ROUNDS}"
            )
        if not group.steps:
            _refuse(group.key, "gruppen har inga frågor under steps")
        gate = self._gate(group.key, group.only_if)
        inner = f"{prefix}{group.key}.*."
        self.scopes.append({})
        steps = self._steps(group.steps, inner, group)
        more = self._more(group, inner)
        self.scopes.pop()
        self.scopes[-1][group.key] = (Rounds(depth - 1, group.key, group.at_most), group)
        return Branch(group, gate, group.steps[0].key == group.key, steps, more)

    def _more(self, group: Group, inner: str) -> Leaf:
        """One more round is a question like the others; passing it by means no."""
        question = YesNoQuestion(key=MORE, text=group.more, help=group.more_help)
        parts = self._parts(group.key, group.more)
        leaf = Leaf(question, MORE, None, parts, self.yes_no, more_of=group)
        self.leaves[inner + MORE] = leaf
        return leaf

    def _find(self, key: str, name: str, what: str) -> tuple[Reference | Rounds, Step]:
        for scope in reversed(self.scopes):
            if name in scope:
                return scope[name]
        return _refuse(key, f"{what} syftar på {name}, men ingen tidigare fråga här heter så")

    def _parts(self, key: str, text: str) -> tuple[str | Reference, ...]:
        parts: list[str | Reference] = []
        for number, part in enumerate(PLACEHOLDER.split(text)):
            if number % 2:
                found, _ = self._find(key, part, f"{{{part}}}")
                if isinstance(found, Rounds):
                    _refuse(key, f"{{{part}}} syftar på en grupp, inte på en fråga")
                parts.append(found)
            elif "{" in part or "}" in part:
                _refuse(key, "en klammer i texten hör inte till någon {platshållare}")
            elif part:
                parts.append(part)
        return tuple(parts)

    def _options(self, question: Question) -> tuple[Option, ...]:
        match question:
            case ScaleQuestion(steps=options):
                what = "steps"
            case ChoiceQuestion(options=options) | SeveralQuestion(options=options):
                what = "options"
            case YesNoQuestion():
                return self.yes_no
            case TextQuestion() | DateQuestion() | PersonQuestion() | LinkQuestion():
                return ()
            case _:
                assert_never(question)
        if isinstance(question, ChoiceQuestion) and question.options_from:
            if options:
                _refuse(question.key, "välj options eller options_from, inte båda")
            return ()
        if len(options) < _FEWEST_OPTIONS:
            _refuse(question.key, f"minst {_FEWEST_OPTIONS} val behövs under {what}")
        if isinstance(question, SeveralQuestion) and (question.at_most or 0) > len(options):
            _refuse(question.key, f"at_most: {question.at_most}, men det finns bara {len(options)} val")
        if len({option.key for option in options}) < len(options):
            _refuse(question.key, f"två val under {what} har samma nyckel")
        _refuse_unclear(question.key, options, self.others)
        return options

    def _rounds(self, question: Question) -> Rounds | None:
        if not isinstance(question, ChoiceQuestion) or question.options_from is None:
            return None
        rounds = self._named(question.key, question.options_from, "options_from")
        if rounds.at_most < _FEWEST_OPTIONS:
            _refuse(question.key, f"options_from syftar på {question.options_from}, som bara har ett varv")
        return rounds

    def _named(self, key: str, name: str, what: str) -> Rounds:
        found, step = self._find(key, name, what)
        if not isinstance(found, Rounds) or not isinstance(step, Group):
            _refuse(key, f"{what} syftar på {name}, som inte är en grupp")
        if step.steps[0].key != step.key:
            _refuse(key, f"{what} syftar på {name}, en grupp utan en fråga med gruppens namn")
        return found

    def _suggestion(self, question: Question, suggest: StrengthSuggestion) -> Suggestion:
        if tuple(option.key for option in self._options(question)) != STRENGTHS:
            _refuse(question.key, f"en skala med suggest ska ha stegen {', '.join(STRENGTHS)}")
        found = [
            self._find(question.key, name, "suggest")[0]
            for name in (suggest.kinds, suggest.perspectives, suggest.against)
        ]
        answers = [each for each in found if isinstance(each, Reference)]
        if len(answers) < len(found):
            _refuse(question.key, "suggest syftar på en grupp, inte på en fråga")
        kinds, perspectives, against = answers
        return Suggestion(kinds, perspectives, against)

    def _gate(self, key: str, condition: Condition | None) -> Gate | None:
        if condition is None:
            return None
        found, step = self._find(key, condition.question, "only_if")
        bound = condition.at_least if condition.at_most is None else condition.at_most
        wanted = condition.answered if condition.changed is None else condition.changed
        test = test_of(condition)
        if isinstance(found, Rounds):
            self._named(key, condition.question, "only_if")
        why = mismatch(test, condition, found, step)
        if why:
            _refuse(key, f"only_if frågar {condition.question} {why}")
        ranked = step.steps if isinstance(step, ScaleQuestion) else ()
        ranks = {option.key: number for number, option in enumerate(ranked, 1)}
        return Gate(test, found, frozenset(condition.chosen), bound or 0, wanted is not False, ranks)
