"""Slack refuses, stumbles or falls silent while the bot speaks: one message, nothing lost, others flow."""

from datetime import timedelta

import pytest

from tests.chat_stage import HERE, THERE
from tests.chat_world import PATIENCE
from tests.slack.fake import posts_with
from tests.slack.mischief import Fault
from tests.slack.school import channel_of
from tests.slack.stage import staged

CREATE = "chat.postMessage"
IN_DOUBT = [
    Fault("http", CREATE, status=500),
    Fault("html", CREATE, status=502),
    Fault("http", CREATE, status=503, code="service_unavailable"),
    Fault("error", CREATE, code="internal_error"),
    Fault("error", CREATE, code="fatal_error"),
    Fault("stall", CREATE),
    Fault("reset", CREATE),
    Fault("garbage", CREATE),
    Fault("refuse", CREATE),
]
NO_HISTORY = frozenset({"channels:history", "groups:history"})


def named(fault: object) -> str:
    return f"{fault.how}-{fault.code or fault.status}" if isinstance(fault, Fault) else str(fault)


def patience_for(fault: Fault) -> float:
    """An answer that never comes is waited for; so is one that only takes its time."""
    return 1.5 if fault.how == "stall" else PATIENCE


def here(fault: Fault, **more: float) -> Fault:
    """The same fault, in one channel only."""
    return Fault(**{**vars(fault), "channel": channel_of(HERE), **more})


@pytest.mark.parametrize("seconds", [1, 30])
def test_a_429_twice_pauses_its_own_channel_only(seconds: int) -> None:
    with staged() as stage:
        stage.slack.mischief.plan(
            Fault("rate", CREATE, channel_of(HERE), retry_after=seconds, times=2),
        )
        stage.ask()
        assert len(stage.questions(THERE)) == 1
        assert not stage.questions(HERE)
        stage.after(seconds=seconds * 0.9)
        assert not stage.questions(HERE), "Slack said how long to wait"
        stage.after(seconds=seconds * 2.5)
        assert len(stage.questions(HERE)) == 1
        assert set(stage.states()) <= {"sent"}
        assert stage.slack.times(CREATE, "rate") == 2


@pytest.mark.parametrize("fault", IN_DOUBT, ids=named)
def test_a_create_in_doubt_is_looked_for_and_becomes_one_message(fault: Fault) -> None:
    with staged(patience=patience_for(fault)) as stage:
        stage.slack.mischief.plan(here(fault))
        stage.ask()
        assert len(stage.questions(THERE)) == 1, "the other channel does not wait"
        stage.after(minutes=3)
        assert len(stage.questions(HERE)) == 1
        assert stage.slack.times("conversations.history", "ok") >= 1
        assert set(stage.states()) <= {"sent"}
        assert not stage.told("pia", "Jag vet inte om")


@pytest.mark.parametrize("arrived", [True, False], ids=["arrived", "lost"])
def test_a_doubt_that_cannot_be_looked_up_goes_to_the_processledare(*, arrived: bool) -> None:
    with staged(without=NO_HISTORY) as stage:
        stage.slack.mischief.plan(here(Fault("reset" if arrived else "refuse", CREATE)))
        stage.ask()
        stage.after(minutes=10)
        assert len(stage.questions(HERE)) == arrived, "never sent again blindly"
        assert len(stage.told("pia", "Jag vet inte om frågan till Arbetslag 4–6 kom fram")) == 1
        assert stage.states().count("uncertain") == 1
        stage.press("pia", "Markera som framme" if arrived else "Skicka ändå")
        stage.after(minutes=10)
        assert len(stage.questions(HERE)) == 1
        assert len(stage.told("pia", "Jag vet inte om")) <= 1
        assert "uncertain" not in stage.states()


def test_send_anyway_sends_exactly_once_more() -> None:
    with staged(without=NO_HISTORY) as stage:
        stage.slack.mischief.plan(here(Fault("reset", CREATE)))
        stage.ask()
        stage.after(minutes=10)
        stage.press("pia", "Skicka ändå")
        stage.approved += 1
        stage.after(minutes=10)
        assert len(stage.questions(HERE)) == 2, "the one nobody was sure of, and the one she asked for"
        assert stage.slack.times(CREATE) == stage.slack.times(CREATE, "ok") + 1


@pytest.mark.parametrize(
    "fault",
    [
        Fault("http", "chat.update", status=500, times=2),
        Fault("html", "chat.update", status=502),
        Fault("stall", "chat.update"),
        Fault("reset", "chat.update"),
        Fault("refuse", "chat.update"),
        Fault("rate", "chat.update", retry_after=30),
        Fault("error", "chat.update", code="internal_error"),
    ],
    ids=named,
)
def test_an_update_is_tried_until_it_stands(fault: Fault) -> None:
    with staged(patience=patience_for(fault)) as stage:
        stage.ask()
        (anchor,) = stage.questions()
        stage.slack.mischief.plan(here(fault))
        stage.write("lena", "Halvklass gav mer samtal.", room=HERE, thread=anchor.ts)
        stage.after(minutes=5)
        assert len(stage.questions()) == 1
        assert "Arbetslaget har svarat" in stage.find_button("lena", "Svara")[0].text
        assert set(stage.states()) <= {"sent", "replaced"}


@pytest.mark.parametrize(
    "code", ["invalid_blocks", "msg_blocks_too_long", "invalid_blocks_format", "method_deprecated"]
)
def test_content_that_slack_refuses_is_said_plainly(code: str) -> None:
    with staged() as stage:
        stage.slack.mischief.plan(here(Fault("error", CREATE, code=code)))
        stage.ask()
        stage.after(minutes=1)
        assert len(stage.questions(HERE)) == 1
        assert len(stage.questions(THERE)) == 1
        assert set(stage.states()) <= {"sent"}


def test_content_that_slack_never_takes_is_told_and_holds_nobody_up() -> None:
    with staged() as stage:
        stage.slack.mischief.plan(here(Fault("error", CREATE, code="invalid_blocks", times=9)))
        stage.ask()
        stage.after(minutes=30)
        assert stage.states().count("quarantined") == 1
        assert len(stage.told("pia", "Jag fick inte i väg frågan till Arbetslag 4–6")) == 1
        assert len(stage.questions(THERE)) == 1


def test_an_anchor_that_somebody_removed_is_posted_anew_or_given_up() -> None:
    with staged() as stage:
        stage.ask()
        (anchor,) = stage.questions()
        anchor.deleted = True
        stage.write("lena", "Halvklass gav mer samtal.", room=HERE, thread=anchor.ts)
        calls = len(stage.slack.calls)
        stage.after(hours=1)
        assert len(stage.slack.calls) - calls < 5, "no storm"
        assert set(stage.states()) <= {"sent", "replaced", "expired"}
        assert stage.notes() == ["Halvklass gav mer samtal."]


def test_who_acts_in_a_rest_hears_when_it_is_over() -> None:
    with staged() as stage:
        stage.ask()
        (anchor,) = stage.questions(HERE)
        for way in ("chat.postEphemeral", "conversations.open", "response_url", "views.publish"):
            stage.slack.mischief.plan(Fault("rate", way, retry_after=3))
        before = stage.clock.now()
        stage.write("lena", "Halvklass gav mer samtal.", room=HERE, thread=anchor.ts)
        (receipt,) = posts_with(stage.slack, "Sparat som anteckning")
        assert (receipt.only_to, receipt.thread_ts) == ("ULENA", anchor.ts)
        assert stage.clock.now() - before >= timedelta(seconds=3)
        stage.open_home("lena")
        assert "ULENA" in stage.workspace.homes
        assert stage.slack.times("views.publish") == 2
