"""Anything in any order, against a simple model of what must always hold."""

from datetime import timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from bot.domain.conversation.form import form_page
from bot.domain.conversation.interpreter import (
    Closed,
    Confirmed,
    ConversationStep,
    DidNotKnow,
    Gave,
    Paused,
    Resumed,
    SkippedQuestion,
    TookPen,
    WentBack,
    advance,
)
from bot.domain.conversation.path import is_dealt_with
from bot.domain.effects.conversation import AlreadyClosed, Ask, AskMore, Effect, NotUnderstood, ReadyToConfirm
from bot.domain.value import PersonId
from tests.domain.conversation_pack import ANNA, AT, BO, FIELDS, PACK, start


class AnyOrder(RuleBasedStateMachine):
    """Two people do anything in any order; `model` holds the last answer to each question."""

    def __init__(self) -> None:
        super().__init__()
        self.conversation = start()
        self.model: dict[str, tuple[str, ...]] = {}
        self.effects: tuple[Effect, ...] = ()
        self.now = AT

    def take(self, step: ConversationStep) -> None:
        before = self.conversation
        self.conversation, self.effects = advance(before, step, PACK)
        self.now += timedelta(seconds=1)
        changed = self.conversation.model_copy(update={"version": 0}) != before.model_copy(
            update={"version": 0}
        )
        assert self.conversation.version == before.version + changed
        assert changed or self.conversation is before
        for path, answer in before.answers.items():
            now = self.conversation.answers[path]
            assert now == answer or now.version == answer.version + 1

    def holding(self) -> list[str]:
        return [spot.path for spot in PACK.plan.walk(self.conversation.answers).spots]

    @rule(data=st.data(), by=st.sampled_from([ANNA, BO]))
    def answer(self, data: st.DataObject, by: PersonId) -> None:
        path = data.draw(st.sampled_from(sorted(FIELDS)))
        value = data.draw(st.sampled_from(FIELDS[path]))
        may = path in self.holding() and self.conversation.state != "closed"
        if path == "forst" and may:
            options = {
                option.key
                for each in form_page(PACK, self.conversation.answers)
                if each.path == path
                for option in each.options
            }
            may = value in options
        self.take(Gave(at=self.now, by=by, path=path, values=(value,)))
        if may:
            self.model[path] = (value,)
        else:
            assert isinstance(self.effects[0], NotUnderstood | AlreadyClosed)

    @precondition(lambda self: self.conversation.at is not None)
    @rule(by=st.sampled_from([ANNA, BO]), data=st.data())
    def answer_what_is_asked(self, by: PersonId, data: st.DataObject) -> None:
        path = self.conversation.at or ""
        value = data.draw(st.sampled_from(FIELDS[path]))
        self.take(Gave(at=self.now, by=by, path=path, values=(value,)))
        assert not any(isinstance(effect, NotUnderstood) for effect in self.effects)
        self.model[path] = (value,)

    @rule(data=st.data())
    def skip(self, data: st.DataObject) -> None:
        path = data.draw(st.sampled_from(sorted(FIELDS)))
        self.take(SkippedQuestion(at=self.now, by=ANNA, path=path))

    @rule()
    def not_know(self) -> None:
        may = self.conversation.state != "closed"
        self.take(DidNotKnow(at=self.now, by=ANNA, path="gick"))
        if may:
            self.model["gick"] = ()

    @rule(values=st.sampled_from(["", "¿", "x" * 11_000]))
    def answer_nonsense(self, values: str) -> None:
        before = self.conversation
        self.take(Gave(at=self.now, by=BO, path="gick", values=(values,)))
        assert self.conversation is before

    @rule(
        kind=st.sampled_from([WentBack, Paused, Resumed, TookPen, Confirmed]), by=st.sampled_from([ANNA, BO])
    )
    def move(self, kind: type[WentBack | Paused | Resumed | TookPen | Confirmed], by: PersonId) -> None:
        answers = self.conversation.answers
        self.take(kind(at=self.now, by=by))
        assert self.conversation.answers == answers

    @precondition(lambda self: len(self.model) > 4)
    @rule()
    def close(self) -> None:
        self.take(Closed(at=self.now, by=ANNA))
        assert self.conversation.state == "closed"

    @invariant()
    def no_answer_is_lost(self) -> None:
        for path, values in self.model.items():
            assert self.conversation.answers[path].values == values

    @invariant()
    def what_is_asked_holds(self) -> None:
        if self.conversation.state in {"open", "paused"} and self.conversation.at is not None:
            assert self.conversation.at in self.holding()

    @invariant()
    def nothing_waits_when_it_is_done(self) -> None:
        way = PACK.plan.walk(self.conversation.answers)
        waiting = [spot.path for spot in way.spots if not is_dealt_with(spot, way.live)]
        ended = self.conversation.state in {"open", "done"} and self.conversation.at is None
        assert not (ended and waiting)
        assert ended or self.conversation.state != "done"

    @invariant()
    def a_question_is_told_at_most_once_a_turn(self) -> None:
        asked = [effect for effect in self.effects if isinstance(effect, Ask | AskMore | ReadyToConfirm)]
        assert len(asked) <= 1
        if asked and isinstance(asked[0], Ask | AskMore):
            assert asked[0].path == self.conversation.at


TestAnyOrder = AnyOrder.TestCase
TestAnyOrder.settings = settings(max_examples=60, stateful_step_count=40, deadline=None)
