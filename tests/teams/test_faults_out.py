"""Teams refuses, stumbles or falls silent while the bot speaks: one message, nothing lost, others flow."""

import pytest

from tests.chat_stage import HERE, THERE
from tests.chat_world import PATIENCE
from tests.play import prompts
from tests.teams.fake_mischief import Fault
from tests.teams.school import channel_of
from tests.teams.stage import WORDS, staged

SHUT = prompts().texts.trouble.parked.partition("{")[0].strip()
DOUBT = "Jag vet inte om frågan till Arbetslag 4–6 kom fram"
IN_DOUBT = [
    Fault("http", "begin", status=500),
    Fault("http", "begin", status=502),
    Fault("html", "begin", status=504),
    Fault("stall", "begin"),
    Fault("reset", "begin"),
    Fault("garbage", "begin"),
]


def named(fault: object) -> str:
    return f"{fault.how}-{fault.code or fault.status}" if isinstance(fault, Fault) else str(fault)


def patience_for(fault: Fault) -> float:
    """An answer that never comes is waited for; so is one that only takes its time."""
    return 1.5 if fault.how == "stall" else PATIENCE


def here(fault: Fault, **more: float) -> Fault:
    """The same fault, in one channel only."""
    return Fault(**{**vars(fault), "conversation": channel_of(HERE), **more})


@pytest.mark.parametrize("seconds", [0, 1, 20])
def test_a_429_twice_pauses_its_own_channel_only(seconds: int) -> None:
    with staged() as stage:
        stage.teams.mischief.plan(here(Fault("rate", "begin", retry_after=seconds, times=2)))
        stage.ask()
        assert len(stage.questions(THERE)) == 1
        assert not stage.questions(HERE)
        stage.after(minutes=3)
        assert len(stage.questions(HERE)) == 1
        assert set(stage.states()) <= {"sent"}
        assert stage.teams.times("begin", "rate") == 2


@pytest.mark.parametrize("fault", IN_DOUBT, ids=named)
def test_a_question_in_doubt_is_never_said_twice_and_somebody_is_asked(fault: Fault) -> None:
    arrived = fault.how in {"stall", "reset", "garbage"}
    with staged(patience=patience_for(fault)) as stage:
        stage.doubted = int(arrived)
        stage.teams.mischief.plan(here(fault))
        before = stage.teams.times("begin", conversation=channel_of(HERE))
        stage.ask()
        assert len(stage.questions(THERE)) == 1, "the other channel does not wait"
        stage.after(minutes=10)
        tried = stage.teams.times("begin", conversation=channel_of(HERE)) - before
        assert tried == 1, "never sent again blindly"
        assert len(stage.told("pia", DOUBT)) == 1
        assert stage.states().count("uncertain") == 1
        stage.press("pia", "Markera som framme" if arrived else "Skicka ändå")
        stage.after(minutes=10)
        assert len(stage.questions(HERE)) == 1
        assert "uncertain" not in stage.states()


@pytest.mark.parametrize(
    "fault",
    [
        Fault("http", "update", status=500, times=2),
        Fault("http", "update", status=412),
        Fault("html", "update", status=502),
        Fault("stall", "update"),
        Fault("reset", "update"),
        Fault("refuse", "update"),
        Fault("rate", "update", retry_after=20),
    ],
    ids=named,
)
def test_a_change_is_tried_until_it_stands(fault: Fault) -> None:
    with staged(patience=patience_for(fault)) as stage:
        stage.ask()
        stage.teams.mischief.plan(here(fault))
        stage.happens(stage.words())
        stage.after(minutes=5)
        assert len(stage.questions()) == 1
        assert "Arbetslaget har svarat" in stage.find_button("lena", "Svara")[0].text
        assert set(stage.states()) <= {"sent", "replaced"}


@pytest.mark.parametrize("fault", [Fault("http", "begin", status=413), Fault("http", "begin", status=400)])
def test_content_that_teams_refuses_is_said_plainly(fault: Fault) -> None:
    with staged() as stage:
        stage.teams.mischief.plan(here(fault))
        before = len(stage.cloud.from_bot(channel_of(HERE)))
        stage.ask()
        stage.after(minutes=1)
        (plain,) = stage.cloud.from_bot(channel_of(HERE))[before:]
        assert plain.card is None
        assert "Svara" in plain.text
        assert len(stage.questions(THERE)) == 1
        assert set(stage.states()) <= {"sent"}


def test_content_that_teams_never_takes_is_told_and_holds_nobody_up() -> None:
    with staged() as stage:
        stage.teams.mischief.plan(here(Fault("http", "begin", status=413, times=9)))
        stage.ask()
        stage.after(minutes=30)
        assert stage.states().count("quarantined") == 1
        assert len(stage.told("pia", "Jag fick inte i väg frågan till Arbetslag 4–6")) == 1
        assert len(stage.questions(THERE)) == 1


@pytest.mark.parametrize(
    ("status", "code"),
    [
        (403, "BotNotInConversationRoster"),
        (403, "ConversationBlockedByUser"),
        (403, "ForbiddenOperationException"),
        (403, ""),
        (404, "ConversationNotFound"),
        (404, ""),
    ],
)
def test_a_channel_that_is_shut_waits_and_its_processledare_is_told_once(status: int, code: str) -> None:
    with staged() as stage:
        shut = here(Fault("http", "begin", status=status, code=code, times=99))
        stage.teams.mischief.plan(shut)
        stage.ask()
        assert len(stage.questions(THERE)) == 1
        assert len(stage.told("pia", SHUT)) == 1
        assert "19:" not in stage.told("pia", SHUT)[0].text, "an address is not a name"
        stage.after(hours=20)
        assert stage.teams.times("begin", conversation=channel_of(HERE)) <= 3, "no storm"
        assert len(stage.told("pia", SHUT)) == 1
        assert stage.states().count("parked") == 1


def test_a_person_who_shut_the_chat_holds_nobody_up() -> None:
    with staged() as stage:
        for person in stage.cloud.people.values():
            person.blocked = person.name.startswith("Rut")
        stage.write("rut", "/veckan", room=HERE)
        stage.ask()
        assert len(stage.questions(HERE)) == len(stage.questions(THERE)) == 1
        stage.wind(stage.clock.now().replace(day=27, hour=15))
        assert not {"quarantined", "uncertain"} & set(stage.states())


def test_a_question_that_somebody_removed_is_posted_anew_or_given_up() -> None:
    with staged() as stage:
        stage.ask()
        said = stage.words()
        (anchor,) = stage.questions()
        anchor.deleted = True
        stage.happens(said)
        calls = len(stage.teams.calls)
        stage.after(hours=1)
        assert len(stage.teams.calls) - calls < 5, "no storm"
        assert set(stage.states()) <= {"sent", "replaced", "expired"}
        assert stage.notes() == [WORDS]


def test_a_line_for_one_person_goes_to_their_own_chat_where_the_channel_cannot_be_so() -> None:
    with staged() as stage:
        stage.cloud.conversations[channel_of(HERE)].targeted = False
        stage.ask()
        stage.happens(stage.words())
        (told,) = stage.told("lena", "Sparat som anteckning")
        assert told.room == "@lena"


@pytest.mark.parametrize("seconds", [1, 20])
def test_a_private_answer_that_meets_a_429_is_given_once_when_the_rest_is_over(seconds: int) -> None:
    with staged() as stage:
        stage.ask()
        busy = [Fault("rate", call, retry_after=seconds) for call in ("targeted", "create")]
        for fault in busy:
            stage.teams.mischief.plan(fault)
        stage.happens(stage.words())
        assert stage.teams.times("targeted", "rate") == 1
        assert len(stage.told("lena", "Sparat som anteckning")) == 1
