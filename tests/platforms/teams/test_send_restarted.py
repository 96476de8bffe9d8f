"""A message of several posts, when the bot was restarted meanwhile, or another process said it."""

import json
from collections.abc import Awaitable, Callable

import pytest

from bot.messages.delivery import DeliveryFailed, Unknowable
from bot.messages.model import Message, Paragraph
from tests.platforms.noting import Office, office
from tests.platforms.teams.sending import CHANNEL, LAG79, LONG, OTHER, SHORT, SINCE, Desk, at_desk
from tests.teams.fake_mischief import Fault
from tests.teams.state import Post

LONGER = LONG.but(blocks=(*LONG.blocks, *LONG.blocks, Paragraph(text="Och så slutet.")))

LONG_ENOUGH = 60
"""Seconds until a change need not wait for its turn."""


def at_office(act: Callable[[Desk, Office], Awaitable[None]]) -> None:
    with office() as kept:

        async def playing(desk: Desk) -> None:
            desk.platform = desk.started(kept.kept)
            await act(desk, kept)

        at_desk(playing)


def texts(posts: list[Post]) -> list[str]:
    return [json.dumps(post.card) if post.card else post.text for post in posts]


def restart(desk: Desk, kept: Office) -> None:
    desk.platform = desk.started(kept.kept)


async def said(desk: Desk, kept: Office, message: Message) -> str:
    """The first message, sent and settled."""
    kept.leaving("k", CHANNEL)
    root = await desk.send(message)
    kept.sent(root)
    return root


@pytest.mark.parametrize("changed", [SHORT, LONG, LONGER], ids=["shorter", "as long", "longer"])
def test_a_long_message_that_is_changed_after_a_restart_leaves_nothing_of_the_old(changed: Message) -> None:
    async def act(desk: Desk, kept: Office) -> None:
        root = await said(desk, kept, LONG)
        restart(desk, kept)
        kept.leaving("2", CHANNEL, "k")
        assert await desk.send(changed, key="2", replacing=root) == root
        await desk.started().send(changed, OTHER, key="2")
        assert texts(desk.standing()) == texts(desk.standing(LAG79))

    at_office(act)


def test_a_restart_between_two_parts_posts_only_the_rest() -> None:
    async def act(desk: Desk, kept: Office) -> None:
        kept.leaving("k", CHANNEL)
        desk.teams.mischief.plan(Fault("refuse", "create", after=1))
        with pytest.raises(DeliveryFailed):
            await desk.send(LONG)
        there = [post.id for post in desk.standing()]
        restart(desk, kept)
        assert await desk.platform.find(CHANNEL, key="k", since=SINCE) is Unknowable.UNKNOWABLE
        assert await desk.send(LONG) == there[0]
        there_now = texts(desk.standing())
        assert len(there_now) == len(set(there_now)) > len(there) > 0

    at_office(act)


def test_a_restart_in_the_midst_of_a_change_doubles_nothing() -> None:
    async def act(desk: Desk, kept: Office) -> None:
        root = await said(desk, kept, LONG)
        kept.leaving("2", CHANNEL, "k")
        desk.teams.mischief.plan(Fault("refuse", "create", after=1))
        with pytest.raises(DeliveryFailed):
            await desk.send(LONGER, key="2", replacing=root)
        restart(desk, kept)
        desk.passed += LONG_ENOUGH
        assert await desk.send(LONGER, key="2", replacing=root) == root
        there_now = texts(desk.standing())
        assert len(there_now) == len(set(there_now)) > 3

    at_office(act)


def test_what_all_arrived_before_a_restart_is_found() -> None:
    async def act(desk: Desk, kept: Office) -> None:
        kept.leaving("k", CHANNEL)
        root = await desk.send(LONG)
        restart(desk, kept)
        assert await desk.platform.find(CHANNEL, key="k", since=SINCE) == root

    at_office(act)


def test_what_another_process_changed_is_known_here() -> None:
    async def act(desk: Desk, kept: Office) -> None:
        root = await said(desk, kept, LONG)
        desk.passed += LONG_ENOUGH
        kept.leaving("2", CHANNEL, "k")
        assert await desk.started(kept.kept).send(LONGER, CHANNEL, key="2", replacing=root) == root
        kept.sent(root)
        desk.passed += LONG_ENOUGH
        kept.leaving("3", CHANNEL, "k")
        assert await desk.send(SHORT, key="3", replacing=root) == root
        (post,) = desk.standing()
        assert post.text == SHORT.title

    at_office(act)


def test_a_first_part_that_somebody_removed_is_known_where_it_came_to_be() -> None:
    async def act(desk: Desk, kept: Office) -> None:
        root = await said(desk, kept, LONG)
        (first,) = (post for post in desk.standing() if post.id == root)
        first.deleted = True
        desk.passed += LONG_ENOUGH
        kept.leaving("2", CHANNEL, "k")
        anew = await desk.send(LONGER, key="2", replacing=root)
        kept.sent(anew)
        restart(desk, kept)
        desk.passed += LONG_ENOUGH
        kept.leaving("3", CHANNEL, "k")
        assert await desk.send(SHORT, key="3", replacing=anew) == anew != root
        (post,) = desk.standing()
        assert (post.id, post.text) == (anew, SHORT.title)

    at_office(act)


def test_a_message_of_one_part_costs_no_statement() -> None:
    async def act(desk: Desk, kept: Office) -> None:
        kept.leaving("k", CHANNEL)
        root = await desk.send(SHORT)
        assert kept.statements == []
        kept.sent(root)
        kept.leaving("2", CHANNEL, "k")
        await desk.send(Message(title="Hur gick det?"), key="2", replacing=root)
        assert kept.statements == []

    at_office(act)


def test_while_the_store_is_away_what_stands_is_said_whole_and_noted_later() -> None:
    async def act(desk: Desk, kept: Office) -> None:
        kept.leaving("k", CHANNEL)
        kept.away_after = 2
        root = await desk.send(LONG)
        kept.away_after = None
        kept.sent(root)
        kept.leaving("2", CHANNEL, "k")
        assert await desk.send(SHORT, key="2", replacing=root) == root
        assert len(desk.standing()) == 1

    at_office(act)


def test_what_cannot_be_known_is_not_guessed() -> None:
    async def act(desk: Desk, kept: Office) -> None:
        root = await said(desk, kept, LONG)
        there = len(desk.standing())
        restart(desk, kept)
        kept.away_after = 0
        with pytest.raises(DeliveryFailed) as failed:
            await desk.send(LONGER, key="2", replacing=root)
        assert (failed.value.how, failed.value.retry_after > 0) == ("later", True)
        with pytest.raises(DeliveryFailed):
            await desk.platform.find(CHANNEL, key="k", since=SINCE)
        assert len(desk.standing()) == there

    at_office(act)
