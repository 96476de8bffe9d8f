"""Which buttons a question may have: those alone that lead to a time that comes.

A button that leads to a yes more ("Menar du 15.00?") takes the yes along: the echo shows it all, and waits
for its own. Where a button is dead, what it would have led to is said at once.
"""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from bot.domain.schedule.ask import AskBack, AskName, Choice, ChoiceName
from bot.domain.schedule.recurrence import Recurrence

Read = Callable[[str], Recurrence | AskBack]
SAYS_YES: frozenset[ChoiceName] = frozenset({"right", "yes_take", "take_workdays"})
NAMES_EACH: frozenset[AskName] = frozenset({"either", "only_or_from"})
"""Questions whose words name every button: without one of them they are no longer true."""
DEEPEST = 4


class Reached(NamedTuple):
    """Where a phrase ends when each question with one yes has had it, and the phrase that gets there."""

    phrase: str
    found: Recurrence | AskBack


def agreed(phrase: str, read: Read) -> Reached:
    """Follow a phrase through all that has one single answer, which is yes."""
    reached = Reached(phrase, read(phrase))
    for _ in range(DEEPEST):
        match reached.found:
            case AskBack(choices=(Choice(label=label, phrase=further),)) if label in SAYS_YES:
                reached = Reached(further, read(further))
            case _:
                break
    return reached


def living(question: AskBack, read: Read, deepest: int = DEEPEST) -> AskBack:
    """The question with its living buttons, or the one that its dead button would have led to."""
    tried = [(choice, agreed(choice.phrase, read)) for choice in question.choices]
    alive = _each_once(
        choice._replace(phrase=reached.phrase)
        for choice, reached in tried
        if isinstance(reached.found, Recurrence)
    )
    dead = [reached.found for _, reached in tried if isinstance(reached.found, AskBack)]
    names_each = question.says[0].name in NAMES_EACH
    if not dead or (alive and not names_each) or not deepest:
        return AskBack(says=question.says, choices=alive)
    instead = living(dead[0], read, deepest - 1)
    if names_each or len(tried) == 1:
        return AskBack(says=instead.says, choices=_each_once([*alive, *instead.choices]))
    # Its buttons would answer the first question too; only what all of them lead to can be said.
    alike = all(other.says == dead[0].says for other in dead)
    return AskBack(says=instead.says if alike else question.says)


def _each_once(choices: Iterable[Choice]) -> tuple[Choice, ...]:
    """The first of those that are labelled alike."""
    return tuple({(choice.label, choice.given): choice for choice in reversed(list(choices))}.values())[::-1]
