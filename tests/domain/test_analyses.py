"""What all agreed on, compared with what was agreed before."""

from datetime import UTC, datetime

import pytest

from bot.domain.analysis.agreed import Analysis, agreed, all_of
from bot.domain.analysis.causes import Cause, Finding
from bot.domain.conversation.back import ask_again
from bot.domain.conversation.interpreter import Conversation
from bot.domain.effects.conversation import AlreadyClosed, Ask, NotUnderstood, ReadyToConfirm
from bot.domain.value import ArbetslagId, PersonId, SchoolId
from bot.messages.gallery.conversation import ANSWERS, PACK

AT = datetime(2026, 11, 26, 14, 0, tzinfo=UTC)
TEAM = ArbetslagId("arbetslag-4-6")
ANALYSIS = Analysis(
    id="1",
    school=SchoolId("bjorkskolan"),
    arbetslag=TEAM,
    finding=Finding(id="f", arbetslag=TEAM, text="Läsningen sjönk", at=AT, sign="bekymrar"),
    conversation="c",
    started_by=PersonId("sam"),
    created_at=AT,
)
OURS = Cause(path="orsak.1", result="Läsningen sjönk", text="För lite högläsning", to_find_out="Hur mycket?")
THEIRS = Cause(path="orsak.2", result="Läsningen sjönk", text="Biblioteket är stängt", influence="inte")


def test_the_first_time_everything_is_new() -> None:
    now = agreed(ANALYSIS, (THEIRS, OURS), {})
    assert (now.analysis.state, now.analysis.version, now.analysis.ranked) == ("done", 1, (2, 1))
    assert (now.changed, now.lifted, now.to_find_out) == ((2, 1), (2,), (1,))


def test_nothing_new_changes_and_lifts_nothing() -> None:
    first = agreed(ANALYSIS, (OURS, THEIRS), {})
    again = agreed(first.analysis, (OURS, THEIRS), first.causes)
    assert (again.changed, again.lifted, again.to_find_out) == ((), (), ())
    assert again.analysis.version == 2


@pytest.mark.parametrize(
    ("change", "lifted"),
    [
        ({"against": "Åk 4 har det lika"}, ()),
        ({"text": "Biblioteket saknar personal"}, (2,)),
        ({"influence": "delvis"}, ()),
    ],
)
def test_a_changed_cause_gets_a_version_and_is_lifted_only_when_it_says_something_else(
    change: dict[str, object], lifted: tuple[int, ...]
) -> None:
    first = agreed(ANALYSIS, (OURS, THEIRS), {})
    again = agreed(first.analysis, (OURS, THEIRS.model_copy(update=change)), first.causes)
    assert again.changed == (2,)
    assert (again.causes[1].version, again.causes[2].version) == (1, 2)
    assert again.lifted == lifted


def test_what_comes_to_lie_outside_the_arbetslag_is_lifted_then() -> None:
    first = agreed(ANALYSIS, (OURS,), {})
    again = agreed(first.analysis, (OURS.model_copy(update={"influence": "inte"}),), first.causes)
    assert again.lifted == (1,)
    assert again.to_find_out == ()


def test_a_shared_draft_says_everything_once() -> None:
    first = agreed(ANALYSIS.model_copy(update={"shared": False}), (OURS, THEIRS), {})
    now = all_of(first.analysis, first.causes)
    assert now.analysis.shared
    assert (now.changed, now.lifted, now.to_find_out) == ((), (2,), (1,))


def _conversation(state: str) -> Conversation:
    return Conversation.model_validate(
        {
            "id": "c",
            "pack": PACK.key,
            "pack_version": 1,
            "respondent": TEAM,
            "together": True,
            "answers": {path: answer.model_dump() for path, answer in ANSWERS.items()},
            "state": state,
        }
    )


@pytest.mark.parametrize("state", ["open", "paused", "done"])
def test_any_answer_can_be_asked_for_again(state: str) -> None:
    turn = ask_again(_conversation(state), "orsak.1.paverkbar", PACK)
    assert (turn.conversation.at, turn.conversation.state) == ("orsak.1.paverkbar", "open")
    [ask] = turn.effects
    assert isinstance(ask, Ask)
    assert ask.before == ANSWERS["orsak.1.paverkbar"]


@pytest.mark.parametrize(("state", "effect"), [("closed", AlreadyClosed), ("open", NotUnderstood)])
def test_what_is_closed_or_does_not_hold_is_not_asked(state: str, effect: type) -> None:
    before = _conversation(state)
    turn = ask_again(before, "orsak.3.styrka", PACK)
    assert turn.conversation is before
    assert isinstance(turn.effects[0], effect)
    assert not isinstance(turn.effects[0], ReadyToConfirm)
