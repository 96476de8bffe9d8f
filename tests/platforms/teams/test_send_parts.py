"""A message of several posts."""

import pytest

from bot.messages.delivery import DeliveryFailed
from tests.platforms.teams.sending import (
    LENA,
    LONG,
    SHORT,
    Desk,
    at_desk,
)
from tests.teams.fake_mischief import Fault

CHAT = f"a:{LENA}"


def test_a_long_message_is_several_posts_under_the_first() -> None:
    async def act(desk: Desk) -> None:
        root = await desk.send(LONG)
        posts = desk.standing()
        assert len(posts) > 1
        assert {post.thread for post in posts} == {root}

    at_desk(act)


def test_a_shorter_version_takes_the_surplus_away() -> None:
    async def act(desk: Desk) -> None:
        root = await desk.send(LONG)
        assert await desk.send(SHORT, key="2", replacing=root) == root
        (post,) = desk.standing()
        assert (post.id, post.text) == (root, "Hur gick veckan?")

    at_desk(act)


@pytest.mark.parametrize("status", [404, 405, 501])
def test_a_surplus_part_that_cannot_be_taken_away_says_that_it_is_out_of_date(status: int) -> None:
    async def act(desk: Desk) -> None:
        root = await desk.send(LONG)
        parts = len(desk.standing())
        gone = "ActivityNotFoundInConversation" if status == 404 else "DeleteActivityAPINotImplemented"
        desk.teams.mischief.plan(Fault("http", "delete", status=status, code=gone, times=9))
        assert await desk.send(SHORT, key="2", replacing=root) == root
        told = [post for post in desk.standing() if "gäller inte längre" in post.text]
        assert len(told) == (0 if status == 404 else parts - 1)

    at_desk(act)


def test_a_part_that_arrived_is_not_posted_again() -> None:
    async def act(desk: Desk) -> None:
        desk.teams.mischief.plan(Fault("refuse", "create"))
        with pytest.raises(DeliveryFailed):
            await desk.send(LONG)
        assert len(desk.standing()) == 1
        root = await desk.send(LONG)
        texts = [str(post.card) for post in desk.standing()]
        assert len(texts) == len(set(texts)) > 1
        assert {post.thread for post in desk.standing()} == {root}

    at_desk(act)
