import asyncio
import os
import signal
import subprocess
import sys
import threading
from datetime import timedelta
from pathlib import Path

import pytest

from bot.domain.school import Place
from bot.domain.value import PersonId
from bot.messages.delivery import DeliveryFailed
from bot.messages.model import Message, Paragraph
from bot.platforms.web.chat import ChatLog
from bot.platforms.web.lines import Draft
from bot.platforms.web.send import WebPlatform
from tests.platforms.web_stage import CHANNEL, QUESTION, STAGE, START, SUMMARY

HERE = Place(platform="web", address=CHANNEL)


def draft(key: str, **more: object) -> Draft:
    return Draft.model_validate(
        {"address": CHANNEL, "at": START, "key": key, "author": "lena", "text": key, **more}
    )


def platform(chat: ChatLog) -> WebPlatform:
    return WebPlatform(chat, STAGE, lambda: START)


def test_references_sort_by_time() -> None:
    chat = ChatLog()
    references = [chat.post(draft(f"{number}")).reference for number in range(12)]
    assert references == sorted(references)
    assert len(set(references)) == 12


def test_one_key_is_one_line() -> None:
    chat = ChatLog()
    first, again = chat.post(draft("a")), chat.post(draft("a", text="something else"))
    assert first == again
    assert len(chat.lines(CHANNEL)) == 1


def test_everything_is_there_after_a_restart(tmp_path: Path) -> None:
    chat = ChatLog(tmp_path / "chat.sqlite3")
    root = asyncio.run(platform(chat).send(SUMMARY, HERE, key="summary"))
    chat.post(draft("reply", thread=root))
    chat.set_meta("clock", "3600")
    chat.close()
    again = ChatLog(tmp_path / "chat.sqlite3")
    assert again.find("summary") == root
    assert again.lines(CHANNEL)[0].message == SUMMARY
    assert [line.text for line in again.lines(CHANNEL, root)] == ["reply"]
    assert again.get_meta("clock") == "3600"
    assert again.position() == chat_position(tmp_path)


def chat_position(folder: Path) -> tuple[int, int]:
    return ChatLog(folder / "chat.sqlite3").position()


def test_what_was_posted_survives_a_kill(tmp_path: Path) -> None:
    program = (
        "import sys, time\n"
        "from tests.platforms.test_web_chat import ChatLog, draft\n"
        "chat = ChatLog(sys.argv[1])\n"
        "for number in range(1000000):\n"
        "    chat.post(draft(f'k{number}'))\n"
        "    print(number, flush=True)\n"
    )
    path = str(tmp_path / "chat.sqlite3")
    with subprocess.Popen([sys.executable, "-c", program, path], stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        told = [int(child.stdout.readline()) for _ in range(20)]
        os.kill(child.pid, signal.SIGKILL)
    chat = ChatLog(path)
    assert [chat.find(f"k{number}") is not None for number in told] == [True] * 20


def test_updating_keeps_the_reference_and_takes_its_own_key() -> None:
    chat = ChatLog()
    web = platform(chat)
    first = asyncio.run(web.send(QUESTION, HERE, key="ask"))
    before = chat.position()
    for _ in range(2):
        assert asyncio.run(web.send(SUMMARY, HERE, key="tell", replacing=first)) == first
    assert asyncio.run(web.find(HERE, key="tell", since=START)) == first
    assert chat.position() == (before[0], before[1] + 1)
    line = chat.line(first)
    assert line is not None
    assert line.message == SUMMARY


@pytest.mark.parametrize(
    "place",
    [
        Place(platform="web", address="#nowhere"),
        Place(platform="web", address="@nobody"),
        Place(platform="web", address=CHANNEL, only_to=PersonId("p-nobody")),
    ],
)
def test_the_bot_is_told_where_nobody_listens(place: Place) -> None:
    with pytest.raises(DeliveryFailed) as failed:
        asyncio.run(platform(ChatLog()).send(QUESTION, place, key="k"))
    assert failed.value.how == "refused"


def test_replacing_what_is_gone_is_refused() -> None:
    with pytest.raises(DeliveryFailed) as failed:
        asyncio.run(platform(ChatLog()).send(QUESTION, HERE, key="k", replacing="0000000099"))
    assert failed.value.how == "refused"


def test_an_answer_to_a_reply_joins_its_thread() -> None:
    chat = ChatLog()
    root = chat.post(draft("root")).reference
    reply = chat.post(draft("reply", thread=root)).reference
    asyncio.run(platform(chat).send(QUESTION, HERE.model_copy(update={"thread": reply}), key="k"))
    assert len(chat.lines(CHANNEL, root)) == 2


def test_a_thread_that_is_gone_is_refused() -> None:
    with pytest.raises(DeliveryFailed) as failed:
        asyncio.run(
            platform(ChatLog()).send(QUESTION, HERE.model_copy(update={"thread": "0000000009"}), key="k")
        )
    assert failed.value.how == "refused"


def test_half_a_surrogate_pair_is_a_matter_of_content() -> None:
    broken = Message(title="a", blocks=(Paragraph.model_construct(kind="paragraph", text="\ud800"),))
    with pytest.raises(DeliveryFailed) as failed:
        asyncio.run(platform(ChatLog()).send(broken, HERE, key="k"))
    assert failed.value.how == "content"


def test_find_knows_what_was_never_sent() -> None:
    assert asyncio.run(platform(ChatLog()).find(HERE, key="never", since=START)) is None


def test_a_removed_line_stays_removed() -> None:
    chat = ChatLog()
    line = chat.post(draft("a"))
    chat.update(line.reference, START, None)
    chat.update(line.reference, START, "back again")
    removed = chat.line(line.reference)
    assert removed is not None
    assert (removed.removed, removed.text) == (True, "")


def test_a_reply_touches_its_root() -> None:
    chat = ChatLog()
    root = chat.post(draft("root"))
    after = chat.position()[1]
    chat.post(draft("reply", thread=root.reference))
    assert {line.text for line in chat.changes(after, 10)} == {"root", "reply"}
    assert chat.replies(CHANNEL, PersonId("p-omar")) == {root.reference: 1}


def test_unread_counts_what_others_said_since_last_time() -> None:
    chat = ChatLog()
    chat.post(draft("mine"))
    chat.post(draft("theirs", author="omar"))
    chat.post(draft("secret", author="", only_to="p-rut"))
    assert chat.unread("lena", PersonId("p-lena"), CHANNEL) == 1
    chat.mark_seen("lena", CHANNEL)
    assert chat.unread("lena", PersonId("p-lena"), CHANNEL) == 0


def test_start_over_forgets_lines_but_not_the_count_or_meta() -> None:
    chat = ChatLog()
    chat.set_meta("clock", "60")
    old = chat.post(draft("a"))
    before = chat.position()
    chat.clear()
    assert chat.lines(CHANNEL) == ()
    assert chat.find("a") is None
    assert chat.get_meta("clock") == "60"
    assert chat.position() > before
    assert chat.post(draft("a")).reference > old.reference


def test_many_threads_at_once() -> None:
    chat = ChatLog()
    woken: list[int] = []

    def work(name: int) -> None:
        for number in range(25):
            chat.post(draft(f"{name}-{number}", at=START + timedelta(seconds=number)))

    with chat.watching(lambda: woken.append(1)):
        threads = [threading.Thread(target=work, args=(name,)) for name in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    changes = [line.change for line in chat.changes(0, 1000)]
    assert len(set(changes)) == 200
    assert len(woken) == 200
