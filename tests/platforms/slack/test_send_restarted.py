"""A message of several posts where no channel may be read, when the bot was restarted meanwhile."""

from collections.abc import Awaitable, Callable

import pytest

from bot.messages.delivery import DeliveryFailed, Unknowable
from tests.platforms.noting import Office, office
from tests.platforms.slack.sending import CHANNEL, SHORT, SINCE, Desk, at_desk
from tests.platforms.slack.test_send_finding import LONG, NO_HISTORY
from tests.slack.mischief import Fault


def at_office(act: Callable[[Desk, Office], Awaitable[None]]) -> None:
    with office() as kept:

        async def playing(desk: Desk) -> None:
            desk.platform = desk.started(kept.kept)
            await act(desk, kept)

        at_desk(playing, scopes=NO_HISTORY)


def restart(desk: Desk, kept: Office) -> None:
    desk.platform = desk.started(kept.kept)


def numbers(desk: Desk) -> list[str]:
    return [post.text.splitlines()[-1] for post in desk.standing()]


def test_a_restart_between_two_parts_posts_only_the_rest() -> None:
    async def act(desk: Desk, kept: Office) -> None:
        kept.leaving("k", CHANNEL)
        desk.slack.mischief.plan(Fault("refuse", "chat.postMessage", after=2))
        with pytest.raises(DeliveryFailed):
            await desk.send(LONG)
        restart(desk, kept)
        assert await desk.platform.find(CHANNEL, key="k", since=SINCE) is Unknowable.UNKNOWABLE
        assert await desk.send(LONG) == desk.standing()[0].ts
        assert numbers(desk) == ["Del 1 av 3", "Del 2 av 3", "Del 3 av 3"]

    at_office(act)


def test_what_all_arrived_before_a_restart_is_found() -> None:
    async def act(desk: Desk, kept: Office) -> None:
        kept.leaving("k", CHANNEL)
        ts = await desk.send(LONG)
        restart(desk, kept)
        assert await desk.platform.find(CHANNEL, key="k", since=SINCE) == ts

    at_office(act)


def test_a_shorter_version_after_a_restart_takes_the_surplus_away() -> None:
    async def act(desk: Desk, kept: Office) -> None:
        kept.leaving("k", CHANNEL)
        ts = await desk.send(LONG)
        kept.sent(ts)
        restart(desk, kept)
        kept.leaving("2", CHANNEL, "k")
        assert await desk.send(SHORT, key="2", replacing=ts) == ts
        (post,) = desk.standing()
        assert post.ts == ts

    at_office(act)


def test_a_message_of_one_part_costs_no_statement() -> None:
    async def act(desk: Desk, kept: Office) -> None:
        kept.leaving("k", CHANNEL)
        ts = await desk.send(SHORT)
        await desk.send(SHORT.but(title="Hur gick det?"), key="2", replacing=ts)
        assert kept.statements == []

    at_office(act)
