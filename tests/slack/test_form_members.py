"""A form that was opened in a private channel: whoever is not in it any more is not let in by it."""

from collections.abc import Iterator

import pytest

from bot.platforms.slack.listen.members import NOT_IN_IT
from tests.chat_stage import HERE
from tests.slack.mischief import Fault
from tests.slack.school import channel_of
from tests.slack.stage import Stage, staged

ASKED = "conversations.members"


@pytest.fixture
def stage() -> Iterator[Stage]:
    """Alva stands in the arbetslag's private channel, and is asked who she is."""
    with staged() as stage:
        stage.workspace.channels[channel_of(HERE)].kind = "private"
        stage.write("alva", "/roller", room=HERE)
        stage.press("alva", "Det är jag")
        yield stage


def take_out(stage: Stage) -> None:
    """Somebody removes her while the form is open; what Slack tells of it is still on its way."""
    stage.workspace.channels[channel_of(HERE)].members.discard("UALVA")


def let_in(stage: Stage) -> bool:
    return bool(stage.told("pia", "Alva Roth är nu med i Arbetslag 4–6."))


def test_who_was_taken_out_is_refused_and_her_words_stay(stage: Stage) -> None:
    take_out(stage)
    stage.submit("alva", {})
    assert not let_in(stage)
    assert not stage.told("pia", "Alva Roth vill vara med.")
    assert NOT_IN_IT.title in stage.workspace.modals["UALVA"].errors.values()


def test_who_is_in_it_still_is_let_in(stage: Stage) -> None:
    stage.submit("alva", {})
    assert let_in(stage)
    assert stage.slack.times(ASKED) == 1


@pytest.mark.parametrize(
    "fault",
    [
        Fault("rate", ASKED),
        Fault("error", ASKED, code="channel_not_found"),
        Fault("html", ASKED, status=502),
        Fault("reset", ASKED, times=2),  # a question that changes nothing is asked again by the client
        Fault("garbage", ASKED),
    ],
    ids=lambda fault: fault.how,
)
def test_when_slack_does_not_say_a_processledare_decides(stage: Stage, fault: Fault) -> None:
    stage.slack.mischief.plan(fault)
    stage.submit("alva", {})
    assert not let_in(stage)
    assert stage.told("pia", "Alva Roth vill vara med.")


def test_a_form_from_a_public_channel_asks_nothing(stage: Stage) -> None:
    stage.workspace.channels[channel_of(HERE)].kind = "public"
    stage.press("alva", "Det är jag")
    stage.submit("alva", {})
    assert stage.slack.times(ASKED) == 0
