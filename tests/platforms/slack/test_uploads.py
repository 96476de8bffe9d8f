"""Where files go is another address than all else of Slack's: what happens when nobody can get there."""

import pytest

from bot.domain.school import Place
from bot.messages.delivery import DeliveryFailed
from bot.platforms.slack.render.blocks import NO_FILE
from bot.platforms.slack.send.files import MOST_TRIES
from tests.platforms.slack.sending import LENA, Desk, at_desk
from tests.platforms.slack.test_files import A_MINUTE, MESSAGE, chat, whole
from tests.slack.fake import UPLOAD
from tests.slack.mischief import Fault


async def patiently(desk: Desk, place: Place = LENA) -> int:
    """Send as the courier does, as long as it is only to wait; return how often it was tried."""
    for tries in range(1, 20):
        try:
            await desk.send(MESSAGE, place)
        except DeliveryFailed as failed:
            if failed.how != "later":
                raise
            desk.passed += max(failed.retry_after, A_MINUTE)
        else:
            return tries
    raise AssertionError("it waits for ever")


@pytest.mark.parametrize("status", [400, 403, 413])
def test_a_file_that_is_not_let_through_becomes_words_at_once(status: int) -> None:
    """A firewall may know slack.com, and not where Slack wants its files."""

    async def act(desk: Desk) -> None:
        desk.slack.mischief.plan(Fault("html", UPLOAD, status=status, times=99))
        assert await patiently(desk) == 1
        assert whole(desk) == [(False, True)]
        assert NO_FILE in chat(desk)[0].text

    at_desk(act)


@pytest.mark.parametrize(
    "fault", [Fault("refuse", UPLOAD, times=99), Fault("http", UPLOAD, status=503, times=99)]
)
def test_where_files_go_nowhere_the_place_does_not_wait_for_ever(fault: Fault) -> None:
    async def act(desk: Desk) -> None:
        desk.slack.mischief.plan(fault)
        assert await patiently(desk) == MOST_TRIES
        assert whole(desk) == [(False, True)]

    at_desk(act)


PASSING = [Fault("refuse", UPLOAD), Fault("html", UPLOAD, status=502, times=2), Fault("rate", UPLOAD)]


@pytest.mark.parametrize("fault", PASSING)
def test_where_files_go_nowhere_for_a_moment_the_file_comes_later(fault: Fault) -> None:
    async def act(desk: Desk) -> None:
        desk.slack.mischief.plan(fault)
        await patiently(desk)
        assert whole(desk) == [(False, False), (True, False)]

    at_desk(act)
