"""After a doubt: is it there? In memory, in the channel, or nobody can tell."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.school import Place
from bot.domain.value import PersonId
from bot.messages.delivery import DeliveryFailed, Unknowable
from bot.messages.model import Message, Paragraph
from bot.platforms.slack.send.trails import mark
from tests.platforms.slack.sending import CHANNEL, LENA, SCOPES, SHORT, Desk, at_desk
from tests.slack.mischief import Fault
from tests.slack.state import Post

LONG = Message(title="Veckan", blocks=tuple(Paragraph(text=f"{n} " + "ord och " * 300) for n in range(9)))
NO_HISTORY = SCOPES - {"channels:history", "groups:history"}
LOOKS = "conversations.history"


async def look(desk: Desk, key: str = "k", place: Place = CHANNEL) -> str | Unknowable | None:
    return await desk.started().find(place, key=key, since=datetime.now(UTC))


def test_what_arrived_is_found_by_its_key_after_a_restart() -> None:
    async def act(desk: Desk) -> None:
        desk.slack.mischief.plan(Fault("reset", "chat.postMessage"))
        with pytest.raises(DeliveryFailed):
            await desk.send(SHORT)
        assert await look(desk) == desk.standing()[0].ts
        assert await look(desk, key="another") is None

    at_desk(act)


def test_what_this_process_knows_is_not_asked_for() -> None:
    async def act(desk: Desk) -> None:
        ts = await desk.send(SHORT)
        assert await desk.platform.find(CHANNEL, key="k", since=datetime.now(UTC)) == ts
        assert desk.slack.times(LOOKS) == 0

    at_desk(act)


def test_a_reply_is_looked_for_in_its_thread() -> None:
    async def act(desk: Desk) -> None:
        root = await desk.send(SHORT, key="root")
        reply = await desk.send(SHORT, CHANNEL.model_copy(update={"thread": root}))
        assert await look(desk, place=CHANNEL.model_copy(update={"thread": root})) == reply

    at_desk(act)


def test_the_same_words_by_somebody_else_are_not_ours() -> None:
    async def act(desk: Desk) -> None:
        forged = Post("C1", desk.slack.workspace.ts(), "ULENA", "", [], metadata=mark("k", 1, 1))
        desk.slack.workspace.posts.append(forged)
        assert await look(desk) is None

    at_desk(act)


@pytest.mark.parametrize("more", [{}, {"only_to": PersonId("lena")}])
def test_where_nobody_may_look_nobody_can_tell(more: dict[str, object]) -> None:
    async def act(desk: Desk) -> None:
        assert await look(desk, place=CHANNEL.model_copy(update=more)) is Unknowable.UNKNOWABLE
        assert desk.slack.times(LOOKS) == 0

    at_desk(act, scopes=SCOPES if more else NO_HISTORY)


def test_a_chat_with_one_person_may_always_be_read() -> None:
    async def act(desk: Desk) -> None:
        assert await desk.platform.find(LENA, key="k", since=datetime.now(UTC)) is None

    at_desk(act, scopes=NO_HISTORY)


def test_a_channel_with_more_than_one_look_shows_leaves_it_open() -> None:
    async def act(desk: Desk) -> None:
        for _ in range(16):
            desk.slack.workspace.write("ULENA", "C1", "hej")
        assert await look(desk) is Unknowable.UNKNOWABLE

    at_desk(act)


def test_a_channel_that_refuses_leaves_it_open() -> None:
    async def act(desk: Desk) -> None:
        desk.slack.mischief.plan(Fault("error", LOOKS, code="missing_scope"))
        assert await look(desk) is Unknowable.UNKNOWABLE

    at_desk(act)


def test_one_look_a_minute_the_next_waits() -> None:
    async def act(desk: Desk) -> None:
        since = datetime.now(UTC) - timedelta(minutes=1)
        assert await desk.platform.find(CHANNEL, key="1", since=since) is None
        with pytest.raises(DeliveryFailed) as failed:
            await desk.platform.find(CHANNEL, key="2", since=since)
        assert (failed.value.how, failed.value.retry_after) == ("later", 60)
        desk.passed += 60
        assert await desk.platform.find(CHANNEL, key="2", since=since) is None

    at_desk(act)


def test_parts_that_stand_are_found_and_only_the_rest_is_posted() -> None:
    async def act(desk: Desk) -> None:
        desk.slack.mischief.plan(Fault("refuse", "chat.postMessage", after=2))
        with pytest.raises(DeliveryFailed):
            await desk.send(LONG)
        desk.platform = desk.started()
        assert await desk.platform.find(CHANNEL, key="k", since=datetime.now(UTC)) is None
        assert await desk.send(LONG) == desk.standing()[0].ts
        said = [post.text.splitlines()[-1] for post in desk.standing()]
        assert said == ["Del 1 av 3", "Del 2 av 3", "Del 3 av 3"]

    at_desk(act)
