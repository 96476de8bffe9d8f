"""A document in Slack: words first, then the file; where no file can be sent, what would have stood in it."""

from datetime import UTC, datetime, timedelta
from io import BytesIO

import docx
import pytest

from bot.domain.school import Place
from bot.domain.value import PersonId
from bot.messages.delivery import DeliveryFailed, Unknowable
from bot.messages.model import Document, Fact, Message, Paragraph, Quote
from bot.platforms.slack.render.blocks import NO_FILE
from tests.platforms.slack.sending import CHANNEL, LENA, SCOPES, SINCE, Desk, at_desk
from tests.slack.mischief import Fault, How
from tests.slack.state import Post

ASK, DONE = "files.getUploadURLExternal", "files.completeUploadExternal"
WORDS = "Halvklass gav mer samtal."
INSIDE = Message(title="Veckan på Björkskolan, v. 48", blocks=(Quote(text=WORDS),))
FILE = Document(
    title=INSIDE.title,
    filename="Veckan på Björkskolan v 48.docx",
    about=(Fact(label="Läsår", value="2026/27"),),
    message=INSIDE,
)
LONG_AGO = datetime(2026, 11, 20, 8, tzinfo=UTC)
A_MINUTE = 61.0
"""Slack lets some apps look once a minute."""
MESSAGE = Message(title="Här är filen", blocks=(Paragraph(text="Bara du får den."), FILE))


def chat(desk: Desk) -> list[Post]:
    """What stands in Lena's own chat."""
    return desk.standing(desk.slack.workspace.im("ULENA").id)


def whole(desk: Desk) -> list[tuple[bool, bool]]:
    """Each post: whether it holds files, and whether it says what stands in the file."""
    return [(bool(post.files), WORDS in post.text) for post in chat(desk)]


def test_the_words_come_first_and_the_file_right_after() -> None:
    async def act(desk: Desk) -> None:
        reference = await desk.send(MESSAGE, LENA)
        words, file = chat(desk)
        assert reference == words.ts
        assert FILE.filename in words.text
        assert WORDS not in words.text
        (key,) = file.files
        kept = desk.slack.workspace.files[key]
        assert (kept["name"], kept["title"]) == (FILE.filename, FILE.title)
        page = docx.Document(BytesIO(kept["content"]))
        assert [line.text for line in page.paragraphs] == [FILE.title, "Läsår: 2026/27", f"”{WORDS}”"]

    at_desk(act)


def test_in_a_thread_the_file_stands_there_too() -> None:
    async def act(desk: Desk) -> None:
        root = await desk.send(Message(title="Rot"), CHANNEL)
        await desk.send(MESSAGE, Place(platform="slack", address="T1/C1", thread=root), key="2")
        assert [post.thread_ts for post in desk.standing()] == ["", root, root]

    at_desk(act)


def test_sent_again_what_stands_is_not_sent_anew() -> None:
    async def act(desk: Desk) -> None:
        await desk.send(MESSAGE, LENA)
        await desk.send(MESSAGE, LENA)
        assert whole(desk) == [(False, False), (True, False)]

    at_desk(act)


def test_what_replaces_something_is_words_and_whole_at_once() -> None:
    """A file cannot be changed, and to take one away before the new one has come may leave none."""

    async def act(desk: Desk) -> None:
        first = await desk.send(MESSAGE.but(blocks=()), LENA)
        again = MESSAGE.but(blocks=(FILE, FILE.but(filename="Två.docx")))
        desk.passed += A_MINUTE
        assert await desk.send(again, LENA, key="2", replacing=first) == first
        assert whole(desk) == [(False, True)]
        assert desk.slack.times(ASK) == 0

    at_desk(act)


def test_without_the_permission_the_words_are_said_and_what_is_lacking() -> None:
    async def act(desk: Desk) -> None:
        await desk.send(MESSAGE, LENA)
        (post,) = chat(desk)
        assert NO_FILE in post.text
        assert "Läsår: 2026/27" in post.text
        assert WORDS in post.text
        assert desk.slack.times(ASK) == 0

    at_desk(act, scopes=SCOPES - {"files:write"})


def test_a_line_that_one_person_sees_takes_no_file() -> None:
    async def act(desk: Desk) -> None:
        place = CHANNEL.model_copy(update={"only_to": PersonId("lena")})
        await desk.send(MESSAGE, place)
        (post,) = desk.standing()
        assert WORDS in post.text
        assert desk.slack.times(ASK) == 0

    at_desk(act)


@pytest.mark.parametrize("method", [ASK, DONE])
@pytest.mark.parametrize("code", ["missing_scope", "file_uploads_disabled", "storage_limit_reached"])
def test_a_file_that_slack_will_not_have_becomes_words(method: str, code: str) -> None:
    async def act(desk: Desk) -> None:
        desk.slack.mischief.plan(Fault("error", method, code=code, times=9))
        await desk.send(MESSAGE, LENA)
        assert whole(desk) == [(False, True)]
        assert NO_FILE in chat(desk)[0].text

    at_desk(act)


@pytest.mark.parametrize("fault", [Fault("rate", ASK, retry_after=7), Fault("http", ASK, status=503)])
def test_a_file_that_has_to_wait_comes_alone_when_it_may(fault: Fault) -> None:
    async def act(desk: Desk) -> None:
        desk.slack.mischief.plan(fault)
        with pytest.raises(DeliveryFailed) as failed:
            await desk.send(MESSAGE, LENA)
        assert failed.value.how == "later"
        assert whole(desk) == [(False, False)]
        desk.passed += failed.value.retry_after
        await desk.send(MESSAGE, LENA)
        assert whole(desk) == [(False, False), (True, False)]

    at_desk(act)


async def doubt(desk: Desk, fault: Fault, place: Place = LENA) -> None:
    """Send, get no answer to the file, and forget it all."""
    desk.slack.mischief.plan(fault)
    with pytest.raises(DeliveryFailed) as failed:
        await desk.send(MESSAGE, place)
    assert failed.value.how == "doubt"
    desk.platform = desk.started()
    desk.passed += A_MINUTE


@pytest.mark.parametrize("how", ["garbage", "reset"])
@pytest.mark.parametrize("unnamed", [False, True])
def test_a_file_that_came_without_an_answer_does_not_come_again(how: How, *, unnamed: bool) -> None:
    async def act(desk: Desk) -> None:
        desk.slack.workspace.tells_no_names = unnamed
        await doubt(desk, Fault(how, DONE))
        assert await desk.platform.find(LENA, key="k", since=SINCE) is None
        desk.passed += A_MINUTE
        reference = await desk.send(MESSAGE, LENA)
        assert whole(desk) == [(False, False), (True, False)]
        assert reference == chat(desk)[0].ts

    at_desk(act)


def test_a_file_that_never_came_is_sent_after_the_doubt() -> None:
    async def act(desk: Desk) -> None:
        await doubt(desk, Fault("refuse", DONE))
        assert await desk.platform.find(LENA, key="k", since=SINCE) is None
        desk.passed += A_MINUTE
        await desk.send(MESSAGE, LENA)
        assert whole(desk) == [(False, False), (True, False)]

    at_desk(act)


def test_what_is_asked_for_again_comes_again() -> None:
    async def act(desk: Desk) -> None:
        await desk.send(MESSAGE, LENA)
        await desk.send(MESSAGE, LENA, key="2")
        assert [files for files, _ in whole(desk)] == [False, True, False, True]

    at_desk(act)


def test_in_a_thread_it_is_looked_for_there() -> None:
    async def act(desk: Desk) -> None:
        root = await desk.send(Message(title="Rot"), CHANNEL, key="1")
        thread = Place(platform="slack", address="T1/C1", thread=root)
        await doubt(desk, Fault("reset", DONE), thread)
        assert await desk.platform.find(thread, key="k", since=SINCE) is None
        desk.passed += A_MINUTE
        await desk.send(MESSAGE, thread)
        assert [bool(post.files) for post in desk.standing()] == [False, False, True]

    at_desk(act)


def test_in_a_long_thread_it_is_looked_for_where_the_words_stand() -> None:
    """Slack tells a thread from its beginning, and some apps of fifteen messages."""

    async def act(desk: Desk) -> None:
        slack = desk.slack.workspace
        slack.longest_look, slack.clock = 15, lambda: LONG_AGO
        root = await desk.send(Message(title="Rot"), CHANNEL, key="1")
        for number in range(20):
            slack.write("ULENA", "C1", f"Svar {number}", root)
        slack.clock = lambda: LONG_AGO + timedelta(hours=1)
        thread = Place(platform="slack", address="T1/C1", thread=root)
        await doubt(desk, Fault("reset", DONE), thread)
        assert await desk.platform.find(thread, key="k", since=slack.clock()) is None
        desk.passed += A_MINUTE
        await desk.send(MESSAGE, thread)
        assert [bool(post.files) for post in desk.standing()] == [False, False, True]

    at_desk(act)


def test_where_nobody_may_look_it_is_asked_about_and_not_sent_blindly() -> None:
    async def act(desk: Desk) -> None:
        await doubt(desk, Fault("reset", DONE), CHANNEL)
        assert await desk.platform.find(CHANNEL, key="k", since=SINCE) is Unknowable.UNKNOWABLE

    at_desk(act, scopes=SCOPES - {"channels:history", "groups:history"})
