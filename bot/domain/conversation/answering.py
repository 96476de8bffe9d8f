"""Answers taken into a conversation: what is kept, what holds then, and what is asked next."""

from collections.abc import Sequence
from typing import assert_never

from bot.domain.conversation.form import SKIPPED, UNKNOWN, PageRefused, validate_page, written
from bot.domain.conversation.path import asking, first_waiting, spot_at, summary
from bot.domain.conversation.steps import (
    Conversation,
    DidNotKnow,
    FilledIn,
    Gave,
    SkippedQuestion,
    State,
    Turn,
)
from bot.domain.effects.conversation import (
    AlreadyClosed,
    Ask,
    AskMore,
    Changed,
    Effect,
    MovedOn,
    NotUnderstood,
    PausedNow,
    PenMoved,
    ReadyToConfirm,
    WroteAtOnce,
)
from bot.domain.questions.answers import Answer, Answers
from bot.domain.questions.pack import QuestionPack
from bot.domain.questions.plan import Spot, Way
from bot.domain.value import PersonId


def answered(
    conversation: Conversation, step: Gave | SkippedQuestion | DidNotKnow, pack: QuestionPack
) -> Turn:
    way = pack.plan.walk(conversation.answers)
    spot = spot_at(way, step.path)
    if spot is None:
        return Turn(conversation, (NotUnderstood(step.path, "other_question"),))
    question = spot.leaf.question
    before = conversation.answers.get(step.path)
    match step:
        case Gave():
            got = written(spot, step.values, way, pack)
        case DidNotKnow() if question.dont_know:
            got = UNKNOWN
        case SkippedQuestion() | DidNotKnow():
            got = SKIPPED if question.skippable else "required"
        case _:
            assert_never(step)
    if isinstance(got, str):
        return Turn(conversation, (NotUnderstood(step.path, got),))
    answer = got.at(step.at, step.by, before)
    if before is not None and (before.same_as(answer) or (got.skipped and not before.skipped)):
        return _moved_on(conversation, step.path, way, pack)
    if isinstance(step, Gave) and before is not None and step.seen not in {None, before.version}:
        return Turn(conversation, (WroteAtOnce(step.path, before, answer.values),))
    return _stored(conversation, {**conversation.answers, step.path: answer}, (step.path,), step.by, pack)


def filled_in(conversation: Conversation, step: FilledIn, pack: QuestionPack) -> Turn:
    before = conversation.answers
    page = validate_page(pack, before, step.values, step.at, step.by)
    if isinstance(page, PageRefused):
        return Turn(conversation, tuple(NotUnderstood(path, why) for path, why in page.errors.items()))
    seen = step.seen
    at_once = tuple(
        WroteAtOnce(path, before[path], page.answers[path].values)
        for path in page.changed
        if seen is not None and path in before and seen.get(path, 0) != before[path].version
    )
    if at_once:
        return Turn(conversation, at_once)
    if not page.changed:
        return _moved_on(conversation, conversation.at or "", pack.plan.walk(before), pack)
    return _stored(conversation, page.answers, page.changed, step.by, pack)


def _moved_on(conversation: Conversation, path: str, way: Way, pack: QuestionPack) -> Turn:
    """Nothing new was said. At the question being asked, go on; elsewhere nothing happens."""
    waiting = first_waiting(way)
    at = None if waiting is None else waiting.path
    if path != conversation.at or at == path:
        return Turn(conversation, ())
    return changed(conversation, {"at": at, "state": "open"}, (standing(waiting, way, pack),))


def _stored(
    conversation: Conversation,
    answers: dict[str, Answer],
    paths: Sequence[str],
    by: PersonId,
    pack: QuestionPack,
) -> Turn:
    """Keep the answers, see what holds now, and go on from there.

    A question that is being asked and still holds stays the one asked: no message is sent twice.
    """
    after = pack.plan.walk(answers)
    asked = None if conversation.at in paths else spot_at(after, conversation.at)
    waiting = asked or first_waiting(after)
    at = None if waiting is None else waiting.path
    state = _state_after(conversation, at, paths)
    pen, _ = pen_moved(conversation, by)  # who answered stands beside the answer: nothing more is told
    effects: tuple[Effect, ...] = _rewritten(conversation.answers, answers, paths, after, pack)
    if state == "open" and asked is None:
        effects = (*effects, standing(waiting, after, pack))
    return changed(conversation, {**pen, "answers": answers, "at": at, "state": state}, effects)


def _state_after(conversation: Conversation, at: str | None, paths: Sequence[str]) -> State:
    """Answering what is asked ends a pause; a new question reopens what was done."""
    match conversation.state:
        case "done":
            return "done" if at is None else "open"
        case "paused":
            return "open" if conversation.at in paths else "paused"
        case "open" | "closed":
            return conversation.state
        case _:
            assert_never(conversation.state)


def _rewritten(
    before: Answers, now: Answers, paths: Sequence[str], after: Way, pack: QuestionPack
) -> tuple[Changed, ...]:
    rewritten = [path for path in paths if path in before]
    if not rewritten:
        return ()
    no_longer = tuple(path for path in pack.plan.walk(before).live if path not in after.live)
    return tuple(Changed(path, before[path], now[path], no_longer) for path in rewritten)


def changed(conversation: Conversation, changes: dict[str, object], effects: tuple[Effect, ...]) -> Turn:
    if not changes:
        return Turn(conversation, effects)
    changes["version"] = conversation.version + 1
    return Turn(conversation.but(**changes), effects)


def standing(spot: Spot | None, way: Way, pack: QuestionPack) -> Ask | AskMore | ReadyToConfirm:
    """What is asked here; without a spot all is answered."""
    return ReadyToConfirm(summary(way, pack)) if spot is None else asking(spot, way, pack)


def moved_on(conversation: Conversation, pack: QuestionPack) -> Turn:
    """Nothing happens; say where the conversation stands instead."""
    match conversation.state:
        case "done":
            effects: tuple[Effect, ...] = ()
        case "closed":
            effects = (AlreadyClosed(),)
        case "paused":
            effects = (PausedNow(conversation.at, conversation.version),)
        case "open":
            way = pack.plan.walk(conversation.answers)
            effects = (MovedOn(standing(spot_at(way, conversation.at), way, pack)),)
        case _:
            assert_never(conversation.state)
    return Turn(conversation, effects)


def pen_moved(conversation: Conversation, by: PersonId) -> tuple[dict[str, object], tuple[Effect, ...]]:
    before = conversation.scribe
    if not conversation.together or before == by:
        return {}, ()
    return {"scribe": by}, () if before is None else (PenMoved(before, by),)
