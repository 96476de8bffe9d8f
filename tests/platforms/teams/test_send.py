import pytest

from bot.domain.school import Place
from bot.messages.delivery import DeliveryFailed, Why
from bot.messages.model import Message
from tests.platforms.teams.sending import (
    CARD,
    CHANNEL,
    GROUP,
    LAG46,
    LEDNING,
    LENA,
    SHORT,
    WITH_LENA,
    Desk,
    alone,
    at_desk,
)
from tests.teams.fake_mischief import Calls, Fault
from tests.teams.state import BOT, TENANT

CHAT = f"a:{LENA}"
OTHER_TENANT = "07e4abcd-0000-4000-8000-0000000000bb"


def test_a_message_in_a_channel_begins_a_thread_of_its_own() -> None:
    async def act(desk: Desk) -> None:
        root = await desk.send(CARD)
        (post,) = desk.standing()
        assert (post.id, post.thread) == (root, root)
        assert post.card is not None
        assert post.activity["summary"] == "Hur gick veckan?"
        assert post.activity["from"] == {"id": BOT}
        assert desk.teams.times("begin", "ok") == 1

    at_desk(act)


def test_a_reply_hangs_under_its_root() -> None:
    async def act(desk: Desk) -> None:
        root = await desk.send(SHORT)
        reply = await desk.send(SHORT, CHANNEL.model_copy(update={"thread": root}), key="2")
        assert [(post.id, post.thread) for post in desk.standing()] == [(root, root), (reply, root)]

    at_desk(act)


def test_a_reply_to_what_is_gone_stands_by_itself() -> None:
    async def act(desk: Desk) -> None:
        root = await desk.send(SHORT)
        desk.standing()[0].deleted = True
        again = await desk.send(SHORT, CHANNEL.model_copy(update={"thread": root}), key="2")
        assert [(post.id, post.thread) for post in desk.standing()] == [(again, again)]

    at_desk(act)


def test_a_group_chat_has_no_threads_whatever_the_place_says() -> None:
    async def act(desk: Desk) -> None:
        await desk.send(SHORT, GROUP.model_copy(update={"thread": "1"}))
        (post,) = desk.standing(LEDNING)
        assert post.thread == ""

    at_desk(act)


def test_a_chat_is_begun_once_and_remembered() -> None:
    async def act(desk: Desk) -> None:
        desk.knows(LENA)
        await desk.send(SHORT, WITH_LENA, key="1")
        await desk.send(SHORT, alone(WITH_LENA), key="2")
        desk.platform = desk.started()
        await desk.send(SHORT, WITH_LENA, key="3")
        assert len(desk.standing(CHAT)) == 3
        assert desk.teams.times("chat") == 1
        assert desk.references.kept[TENANT, f"@{LENA}"].conversation == CHAT

    at_desk(act)


@pytest.mark.parametrize(
    ("place", "why"),
    [
        (Place(platform="teams", address=f"{TENANT}/19:okand@thread.tacv2"), Why.REMOVED),
        (Place(platform="teams", address=f"{OTHER_TENANT}/@{LENA}"), Why.UNREACHABLE),
    ],
)
def test_a_place_nothing_was_heard_from_is_told_without_a_call(place: Place, why: Why) -> None:
    async def act(desk: Desk) -> None:
        with pytest.raises(DeliveryFailed) as failed:
            await desk.send(SHORT, place)
        assert (failed.value.how, str(failed.value)) == ("refused", why)
        assert not desk.teams.calls

    at_desk(act)


def test_what_is_replaced_stands_where_it_stood() -> None:
    async def act(desk: Desk) -> None:
        root = await desk.send(SHORT)
        assert await desk.send(CARD, key="2", replacing=root) == root
        (post,) = desk.standing()
        assert (post.id, post.edits, post.card is not None) == (root, 1, True)

    at_desk(act)


def test_what_is_replaced_after_a_restart_stands_where_it_stood() -> None:
    async def act(desk: Desk) -> None:
        root = await desk.send(SHORT)
        desk.platform = desk.started()
        assert await desk.send(CARD, key="2", replacing=root) == root
        assert [post.edits for post in desk.standing()] == [1]

    at_desk(act)


def test_what_was_to_be_replaced_and_is_gone_is_posted_anew() -> None:
    async def act(desk: Desk) -> None:
        root = await desk.send(SHORT)
        desk.standing()[0].deleted = True
        again = await desk.send(CARD, key="2", replacing=root)
        assert [post.id for post in desk.standing()] == [again]
        assert again != root
        assert await desk.send(SHORT, key="3", replacing=root) == again, "the old reference leads to it"
        assert len(desk.standing()) == 1

    at_desk(act)


def test_the_same_words_are_not_said_again() -> None:
    async def act(desk: Desk) -> None:
        root = await desk.send(SHORT)
        assert await desk.send(SHORT) == root
        assert len(desk.teams.calls) == 1

    at_desk(act)


@pytest.mark.parametrize(
    ("place", "kind"),
    [(CHANNEL, "begin"), (GROUP, "create"), (WITH_LENA, "create")],
    ids=["channel", "group", "person"],
)
def test_what_teams_does_not_take_is_said_in_plain_words(place: Place, kind: Calls) -> None:
    async def act(desk: Desk) -> None:
        desk.knows(LENA)
        desk.teams.mischief.plan(Fault("http", kind, status=413, code="MessageSizeTooBig"))
        await desk.send(CARD, place)
        (post,) = desk.teams.cloud.from_bot()
        assert post.card is None
        assert "Skriv en rad." in post.text

    at_desk(act)


def test_what_teams_never_takes_is_the_outboxs_to_tell() -> None:
    async def act(desk: Desk) -> None:
        desk.teams.mischief.plan(Fault("http", "begin", status=400, code="BadSyntax", times=9))
        with pytest.raises(DeliveryFailed) as failed:
            await desk.send(CARD)
        assert failed.value.how == "content"
        assert len(desk.teams.calls) == 2

    at_desk(act)


def test_the_newest_address_is_used() -> None:
    async def act(desk: Desk) -> None:
        desk.heard_from(LAG46, kind="channel", service_url="https://smba.trafficmanager.net/nowhere")
        desk.heard_from(LAG46, kind="channel")
        await desk.send(SHORT)
        assert len(desk.standing()) == 1

    at_desk(act)


def test_words_that_look_like_markup_are_only_words() -> None:
    async def act(desk: Desk) -> None:
        await desk.send(Message(title="<at>Lena</at> **fet** [x](javascript:1)"))
        (post,) = desk.standing()
        assert post.activity["textFormat"] == "plain"
        assert "entities" not in post.activity

    at_desk(act)
