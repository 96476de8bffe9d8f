"""Groups, changing, going back, two people, and the end."""

from bot.domain.conversation.interpreter import (
    Closed,
    Confirmed,
    Paused,
    Resumed,
    TookPen,
    Turn,
    WentBack,
    advance,
)
from bot.domain.effects.conversation import (
    AlreadyClosed,
    Ask,
    AskMore,
    Changed,
    ClosedNow,
    Completed,
    MovedOn,
    PausedNow,
    PenMoved,
    ReadyToConfirm,
    WroteAtOnce,
)
from tests.domain.conversation_pack import ANNA, AT, BO, PACK, after, gave, only, skipped, start

TO_GROUP = (gave("gick", "mycket"), skipped("hinder"))
ONE_CAUSE = (*TO_GROUP, gave("orsak.1", "Schemat."), gave("orsak.1.gar_det", "Nej"))
TWO_CAUSES = (*ONE_CAUSE, gave("orsak.1.more", "ja"), gave("orsak.2", "Lokalen"), skipped("orsak.2.gar_det"))


def test_a_group_asks_for_one_more() -> None:
    asked = only(after(*ONE_CAUSE))
    assert isinstance(asked, AskMore)
    assert (asked.path, asked.text, asked.rounds, asked.at_most) == (
        "orsak.1.more",
        "En till efter Schemat?",
        1,
        2,
    )
    assert after(*ONE_CAUSE, gave("orsak.1.more", "nej")).conversation.at == "dag"


def test_the_last_round_does_not_ask_for_more_and_its_choices_come_from_the_group() -> None:
    asked = only(after(*TWO_CAUSES))
    assert isinstance(asked, Ask)
    assert [(option.key, option.label) for option in asked.options] == [
        ("orsak.1", "Schemat"),
        ("orsak.2", "Lokalen"),
    ]
    assert after(*TWO_CAUSES, gave("forst", "lokalen")).conversation.answers["forst"].values == ("orsak.2",)


def test_a_round_without_a_name_is_the_last() -> None:
    assert after(*TO_GROUP, skipped("orsak.1")).conversation.at == "dag"


DONE = (
    *ONE_CAUSE,
    gave("orsak.1.more", "nej"),
    skipped("dag"),
    skipped("lank"),
    Confirmed(at=AT, by=ANNA),
)


def test_the_summary_comes_before_the_end() -> None:
    ready = only(after(*DONE[:-1]))
    assert isinstance(ready, ReadyToConfirm)
    assert [(line.path, line.texts) for line in ready.summary] == [
        ("gick", ("Mycket väl",)),
        ("hinder", ()),
        ("orsak.1", ("Schemat.",)),
        ("orsak.1.gar_det", ("Nej",)),
        ("dag", ()),
        ("lank", ()),
    ]
    done = after(*DONE)
    assert done.conversation.state == "done"
    assert isinstance(only(done), Completed)
    assert advance(done.conversation, Confirmed(at=AT, by=BO), PACK) == Turn(done.conversation, ())


def test_confirming_too_early_asks_what_waits() -> None:
    turn = after(Confirmed(at=AT, by=ANNA))
    assert turn.conversation == start()
    moved_on = only(turn)
    assert isinstance(moved_on, MovedOn), "it is asked already: nothing is asked twice"
    assert isinstance(moved_on.waits, Ask)
    assert moved_on.waits.path == "gick"


def test_a_change_keeps_what_no_longer_applies_and_it_comes_back() -> None:
    low = after(gave("gick", "inte"), gave("svart", "Att hinna."), skipped("hinder"), gave("hur", "Stök."))
    high = after(gave("gick", "mycket"), conversation=low.conversation)
    changed = only(high)
    assert isinstance(changed, Changed)
    assert (changed.before.values, changed.now.version, changed.no_longer) == (("inte",), 2, ("svart", "hur"))
    assert high.conversation.answers["svart"].values == ("Att hinna.",)
    assert high.conversation.at == low.conversation.at, "the question being asked is not asked again"
    back = after(gave("gick", "inte"), conversation=high.conversation)
    assert back.conversation.answers["svart"].version == 1


def test_a_change_after_the_end_reopens_only_when_something_new_is_asked() -> None:
    done = after(*DONE).conversation
    still = after(gave("orsak.1", "Gruppen"), conversation=done)
    assert still.conversation.state == "done"
    assert isinstance(only(still), Changed)
    reopened = after(gave("gick", "inte"), conversation=done)
    assert (reopened.conversation.state, reopened.conversation.at) == ("open", "svart")


def test_the_same_answer_twice_is_nothing() -> None:
    once = after(gave("gick", "mycket"))
    assert advance(once.conversation, gave("gick", "mycket", by=BO), PACK) == Turn(once.conversation, ())


def test_going_back_and_on_again() -> None:
    here = after(
        gave("gick", "mycket"), skipped("hinder"), WentBack(at=AT, by=ANNA), WentBack(at=AT, by=ANNA)
    )
    asked = only(here)
    assert isinstance(asked, Ask)
    assert asked.path == "gick"
    assert asked.before is not None
    assert asked.before.values == ("mycket",)
    on = after(gave("gick", "mycket"), conversation=here.conversation)
    assert on.conversation.at == "orsak.1"
    assert after(WentBack(at=AT, by=ANNA)).conversation == start()


def test_skipping_something_answered_keeps_it() -> None:
    asked_again = after(gave("gick", "mycket"), gave("hinder", "tid"), WentBack(at=AT, by=ANNA))
    on = after(skipped("hinder"), conversation=asked_again.conversation)
    assert on.conversation.answers["hinder"].values == ("tid",)
    assert on.conversation.at == "orsak.1"


def test_pause_and_resume() -> None:
    paused = after(Paused(at=AT, by=ANNA))
    assert only(paused) == PausedNow("gick", paused.conversation.version)
    assert after(Paused(at=AT, by=ANNA), conversation=paused.conversation).conversation == paused.conversation
    resumed = after(Resumed(at=AT, by=ANNA), conversation=paused.conversation)
    assert isinstance(only(resumed), Ask)
    answered = after(gave("gick", "mycket"), conversation=paused.conversation)
    assert answered.conversation.state == resumed.conversation.state == "open"


def test_a_button_from_before_says_what_waits_and_changes_nothing() -> None:
    here = after(gave("gick", "mycket"), skipped("hinder")).conversation
    assert here.at == "orsak.1"
    for step in (
        WentBack(at=AT, by=ANNA, seen="hinder"),
        Resumed(at=AT, by=ANNA, seen=here.version - 1),
    ):
        turn = advance(here, step, PACK)
        moved_on = only(turn)
        assert turn.conversation is here
        assert isinstance(moved_on, MovedOn)
        assert isinstance(moved_on.waits, Ask)
        assert moved_on.waits.path == "orsak.1"
    assert after(WentBack(at=AT, by=ANNA, seen="orsak.1"), conversation=here).conversation.at == "hinder"
    again = advance(here, Resumed(at=AT, by=ANNA, seen=here.version), PACK)
    assert isinstance(only(again), Ask), "shown as it stands now: it is asked once more"


def test_a_pause_ends_by_any_of_its_buttons() -> None:
    paused = after(gave("gick", "mycket"), Paused(at=AT, by=ANNA)).conversation
    assert after(Resumed(at=AT, by=ANNA, seen=1), conversation=paused).conversation.state == "open"


def test_a_button_from_before_says_how_it_ended() -> None:
    paused = after(gave("gick", "mycket"), Paused(at=AT, by=ANNA)).conversation
    old = WentBack(at=AT, by=ANNA, seen="gick")
    assert only(advance(paused, old, PACK)) == PausedNow("hinder", paused.version)
    done = after(*DONE).conversation
    assert advance(done, old, PACK) == Turn(done, ())


def test_the_pen_moves_and_never_blocks() -> None:
    first = after(gave("gick", "inte"))
    assert first.conversation.scribe == ANNA
    second = after(gave("svart", "Att hinna.", by=BO), conversation=first.conversation)
    assert second.conversation.scribe == second.conversation.answers["svart"].by == BO
    assert not any(isinstance(effect, PenMoved) for effect in second.effects)
    assert only(after(TookPen(at=AT, by=ANNA), conversation=second.conversation)) == PenMoved(BO, ANNA)
    alone = after(gave("gick", "inte"), conversation=start(together=False, respondent=ANNA))
    assert alone.conversation.scribe is None


def test_two_who_write_at_once_see_both_texts() -> None:
    first = after(gave("gick", "inte"), gave("svart", "Annas ord", seen=0)).conversation
    second = advance(first, gave("svart", "Bos ord", by=BO, seen=0), PACK)
    assert second == Turn(first, (WroteAtOnce("svart", first.answers["svart"], ("Bos ord",)),))
    chosen = advance(first, gave("svart", "Båda orden", by=BO, seen=1), PACK)
    assert chosen.conversation.answers["svart"].version == 2


def test_what_is_closed_stays_closed() -> None:
    closed = after(gave("gick", "mycket"), Closed(at=AT, by=ANNA))
    effect = only(closed)
    assert isinstance(effect, ClosedNow)
    assert (list(effect.answers), effect.complete) == (["gick"], False)
    assert advance(closed.conversation, gave("hinder", "tid"), PACK) == Turn(
        closed.conversation, (AlreadyClosed(),)
    )
