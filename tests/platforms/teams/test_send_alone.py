"""What one person is to see: alone where it is said, else in their own chat."""

from functools import partial

import pytest

from bot.messages.delivery import DeliveryFailed, Why
from tests.platforms.teams.sending import (
    CARD,
    CHANNEL,
    GROUP,
    LAG46,
    LEDNING,
    LENA,
    LONG,
    SHORT,
    WITH_LENA,
    Desk,
    alone,
    at_desk,
)
from tests.teams.fake_mischief import Fault
from tests.teams.state import TENANT

CHAT = f"a:{LENA}"


def test_a_line_for_one_person_is_seen_by_her_alone() -> None:
    async def act(desk: Desk) -> None:
        desk.knows(LENA)
        await desk.send(SHORT, alone(CHANNEL))
        (post,) = desk.standing()
        assert post.only_to == LENA
        assert post.activity["recipient"] == {"id": "29:0001", "isTargeted": True}
        assert desk.teams.times("chat") == 0

    at_desk(act)


def test_a_line_for_one_person_in_a_thread_hangs_there() -> None:
    async def act(desk: Desk) -> None:
        desk.knows(LENA)
        root = await desk.send(SHORT)
        await desk.send(SHORT, alone(CHANNEL).model_copy(update={"thread": root}), key="2")
        assert [(post.thread, post.only_to) for post in desk.standing()] == [(root, ""), (root, LENA)]

    at_desk(act)


def test_where_nobody_can_be_spoken_to_alone_it_is_said_in_their_own_chat_and_asked_again_after_an_hour() -> (
    None
):
    async def act(desk: Desk) -> None:
        desk.knows(LENA)
        desk.teams.cloud.conversations[LAG46].targeted = False
        for key in "12":
            await desk.send(SHORT, alone(CHANNEL), key=key)
        assert len(desk.standing(CHAT)) == 2
        assert desk.teams.times("targeted") == 1, "what it refused is remembered"
        desk.passed += 3601
        desk.teams.cloud.conversations[LAG46].targeted = True
        await desk.send(SHORT, alone(CHANNEL), key="3")
        assert [post.only_to for post in desk.standing()] == [LENA]

    at_desk(act)


def test_another_conversation_is_still_asked() -> None:
    async def act(desk: Desk) -> None:
        desk.knows(LENA)
        desk.teams.cloud.conversations[LAG46].targeted = False
        await desk.send(SHORT, alone(CHANNEL), key="1")
        await desk.send(SHORT, alone(GROUP), key="2")
        assert [post.only_to for post in desk.standing(LEDNING)] == [LENA]

    at_desk(act)


def test_who_was_never_heard_is_found_among_who_is_there() -> None:
    async def act(desk: Desk) -> None:
        await desk.send(SHORT, alone(CHANNEL, "sam"))
        assert [post.only_to[-1] for post in desk.standing()] == ["2"]
        assert desk.teams.times("members") == 1

    at_desk(act)


def test_who_has_no_account_is_out_of_reach() -> None:
    async def act(desk: Desk) -> None:
        with pytest.raises(DeliveryFailed) as failed:
            await desk.send(SHORT, alone(CHANNEL, "okänd"))
        assert (failed.value.how, str(failed.value)) == ("refused", Why.UNREACHABLE)
        assert not desk.teams.calls

    at_desk(act)


CONTENT = partial(Fault, "http", "targeted", status=400, code="BadSyntax")


def test_what_is_wrong_with_a_message_says_nothing_of_where_it_was_to_be_seen() -> None:
    """A 400 may be about the card: the same in plain words, to them alone, tells which it was."""

    async def act(desk: Desk) -> None:
        desk.knows(LENA)
        desk.teams.mischief.plan(CONTENT())
        await desk.send(CARD, alone(CHANNEL), key="1")
        await desk.send(SHORT, alone(CHANNEL), key="2")
        assert [post.only_to for post in desk.standing()] == [LENA, LENA]
        assert "attachments" not in desk.standing()[0].activity
        assert desk.teams.times("chat") == 0

    at_desk(act)


def test_where_a_part_stands_the_rest_is_not_begun_anew_in_another_place() -> None:
    async def act(desk: Desk) -> None:
        desk.knows(LENA)
        await desk.send(SHORT, alone(CHANNEL), key="1")
        desk.teams.mischief.plan(CONTENT(after=1))
        await desk.send(LONG, alone(CHANNEL), key="2")
        said = [post for post in desk.standing() if post.only_to == LENA]
        assert desk.teams.times("chat") == 0
        whole = "".join(post.activity.get("text", "") for post in said)
        assert [f"{number} ord" in whole for number in range(9)] == [True] * 9, "in plain words"

    at_desk(act)


def test_what_is_said_around_a_message_is_in_the_language_of_its_only_reader() -> None:
    async def act(desk: Desk) -> None:
        desk.platform._speaks = lambda who: "en" if who.user == f"{TENANT}/{LENA}" else "sv"
        desk.knows(LENA)
        await desk.send(LONG, alone(CHANNEL), key="1")
        await desk.send(LONG, WITH_LENA, key="2")
        seen = [*desk.standing(), *desk.standing(CHAT)]
        assert {post.card["lang"] for post in seen if post.card} == {"en"}
        assert "Part 1 of" in str([post.card for post in seen])
        await desk.send(LONG, GROUP, key="3")
        assert {post.card["lang"] for post in desk.standing(LEDNING) if post.card} == {"sv"}

    at_desk(act)
