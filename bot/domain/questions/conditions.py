"""Whether a condition can be asked of an earlier step, and what to say when it cannot."""

from typing import assert_never

from bot.domain.questions.kinds import Condition, Group, ScaleQuestion, SeveralQuestion, Step
from bot.domain.questions.plan import GateTest, Reference, Rounds


def test_of(condition: Condition) -> GateTest:
    """The one thing it tests."""
    if condition.chosen:
        return "chosen"
    if condition.at_most is not None:
        return "at_most"
    if condition.at_least is not None:
        return "at_least"
    return "answered" if condition.changed is None else "changed"


def mismatch(test: GateTest, condition: Condition, found: Reference | Rounds, step: Step) -> str:
    """Why this test cannot be made of that step; empty when it can."""
    match test:
        case "chosen":
            labels = found.labels if isinstance(found, Reference) else {}
            missing = [value for value in condition.chosen if value not in labels]
            return f"efter {missing[0]}, som inte går att välja där" if missing else ""
        case "at_most" | "at_least":
            return _out_of_reach(test, condition, step)
        case "changed":
            suggests = isinstance(found, Reference) and found.suggestion is not None
            return "" if suggests else "om svaret är ändrat, men inget föreslås där"
        case "answered":
            if not isinstance(found, Reference):
                return "om den är besvarad, men den är en grupp"
            never = condition.answered is False and _always_answered(step)
            return "om den är obesvarad, men den måste besvaras" if never else ""
        case _:
            assert_never(test)


def _always_answered(step: Step) -> bool:
    return not isinstance(step, Group) and step.required and not step.dont_know and step.only_if is None


def _out_of_reach(test: GateTest, condition: Condition, step: Step) -> str:
    """Why a bound can never be met by counting there; empty when it can."""
    match step:
        case ScaleQuestion(steps=counted):
            fewest, most = 1, len(counted)
        case SeveralQuestion(options=counted, at_most=most_chosen):
            fewest, most = 1, min(len(counted), most_chosen or len(counted))
        case Group(at_most=most):
            always = step.only_if is None and _always_answered(step.steps[0])
            fewest = step.at_least if always else 0
        case _:
            return f"efter {test}, som bara en skala, flera val eller en grupp har"
    bound = condition.at_least if condition.at_most is None else condition.at_most
    within = bound is None or fewest <= bound <= most
    return "" if within else f"efter {test}: {bound}, men där går det bara från {fewest} till {most}"
