"""One respondent's way through one pack: `advance` is the only way it moves."""

from typing import assert_never

from bot.domain.conversation.answering import (
    answered,
    changed,
    filled_in,
    moved_on,
    pen_moved,
    standing,
)
from bot.domain.conversation.path import first_waiting, spot_at
from bot.domain.conversation.steps import (
    Closed,
    Confirmed,
    Conversation,
    ConversationStep,
    DidNotKnow,
    FilledIn,
    Gave,
    Paused,
    Resumed,
    SkippedQuestion,
    State,
    TookPen,
    Turn,
    WentBack,
)
from bot.domain.effects.conversation import AlreadyClosed, ClosedNow, Completed, PausedNow
from bot.domain.questions.pack import QuestionPack

__all__ = [
    "Closed",
    "Confirmed",
    "Conversation",
    "ConversationStep",
    "DidNotKnow",
    "FilledIn",
    "Gave",
    "Paused",
    "Resumed",
    "SkippedQuestion",
    "State",
    "TookPen",
    "Turn",
    "WentBack",
    "advance",
    "begin",
]


def begin(conversation: Conversation, pack: QuestionPack) -> Turn:
    """Ask the first question that is not known already (`answers` may hold what is)."""
    way = pack.plan.walk(conversation.answers)
    waiting = first_waiting(way)
    at = None if waiting is None else waiting.path
    return Turn(conversation.model_copy(update={"at": at}), (standing(waiting, way, pack),))


def advance(conversation: Conversation, step: ConversationStep, pack: QuestionPack) -> Turn:
    """What this step leads to. Anyone in the arbetslag may answer: the pen moves, it never blocks."""
    if conversation.state == "closed":
        return Turn(conversation, (AlreadyClosed(),))
    match step:
        case Gave() | SkippedQuestion() | DidNotKnow():
            turn = answered(conversation, step, pack)
        case FilledIn():
            turn = filled_in(conversation, step, pack)
        case WentBack():
            turn = _went_back(conversation, step, pack)
        case Paused():
            turn = _paused(conversation)
        case Resumed():
            turn = _resumed(conversation, step, pack)
        case TookPen():
            turn = changed(conversation, *pen_moved(conversation, step.by))
        case Confirmed():
            turn = _confirmed(conversation, pack)
        case Closed():
            way = pack.plan.walk(conversation.answers)
            closed = ClosedNow(way.live, first_waiting(way) is None)
            turn = changed(conversation, {"state": "closed", "at": None}, (closed,))
        case _:
            assert_never(step)
    return turn


def _went_back(conversation: Conversation, step: WentBack, pack: QuestionPack) -> Turn:
    """To the question before, also from the summary. At the first question it is asked again."""
    if step.seen not in {None, conversation.at}:
        return moved_on(conversation, pack)
    way = pack.plan.walk(conversation.answers)
    paths = [spot.path for spot in way.spots]
    here = paths.index(conversation.at) if conversation.at in paths else len(paths)
    back = way.spots[max(here - 1, 0)]
    moved: dict[str, object] = {} if here == 0 else {"at": back.path, "state": "open"}
    return changed(conversation, moved, (standing(back, way, pack),))


def _paused(conversation: Conversation) -> Turn:
    changes: dict[str, object] = {"state": "paused"} if conversation.state == "open" else {}
    version = conversation.version + bool(changes)
    effects = () if conversation.state == "done" else (PausedNow(conversation.at, version),)
    return changed(conversation, changes, effects)


def _resumed(conversation: Conversation, step: Resumed, pack: QuestionPack) -> Turn:
    """Ask what waits. A pause always ends; where there is none, a button from before asks nothing again."""
    if conversation.state == "done":
        return Turn(conversation, ())
    if conversation.state == "open" and step.seen not in {None, conversation.version}:
        return moved_on(conversation, pack)
    changes: dict[str, object] = {"state": "open"} if conversation.state == "paused" else {}
    way = pack.plan.walk(conversation.answers)
    waits = spot_at(way, conversation.at) or first_waiting(way)  # a newer pack may no longer ask this
    at = None if waits is None else waits.path
    if at != conversation.at:
        changes["at"] = at
    return changed(conversation, changes, (standing(waits, way, pack),))


def _confirmed(conversation: Conversation, pack: QuestionPack) -> Turn:
    """Done, when every question that holds is dealt with; else the first that waits is asked."""
    if conversation.state == "done":
        return Turn(conversation, ())
    way = pack.plan.walk(conversation.answers)
    waiting = first_waiting(way)
    if waiting is None:
        return changed(conversation, {"state": "done", "at": None}, (Completed(way.live),))
    if (conversation.at, conversation.state) == (waiting.path, "open"):
        return moved_on(conversation, pack)
    return changed(conversation, {"at": waiting.path, "state": "open"}, (standing(waiting, way, pack),))
