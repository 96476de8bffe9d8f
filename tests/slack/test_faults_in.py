"""Slack repeats, delays and reorders, and others play Slack: one effect, nothing lost, nobody let in."""

import asyncio
import sqlite3
import time
from collections.abc import Callable
from pathlib import Path
from typing import Literal
from unicodedata import normalize

import httpx
import pytest

from bot.messages.model import ChoiceField
from storage import tables
from tests.chat_stage import HERE
from tests.faults.doors import watch_store
from tests.slack import payloads
from tests.slack.mischief import Fault
from tests.slack.school import channel_of
from tests.slack.sender import FORM, PATH, signed
from tests.slack.stage import Stage, staged
from tests.slack.state import Json

WORDS = "Halvklass gav mer samtal."


def answer_of(stage: Stage, words: str = WORDS) -> Json:
    """Lena's answer in the thread, as an event that can be delivered again."""
    stage.ask()
    (anchor,) = stage.questions()
    post = stage.workspace.write("ULENA", anchor.channel, words, anchor.ts)
    return payloads.event(stage.workspace, payloads.message(stage.workspace, post))


def test_the_same_event_three_times_at_once_has_one_effect() -> None:
    with staged() as stage:
        event = answer_of(stage)

        async def deliver() -> list[httpx.Response]:
            return await asyncio.gather(*(stage.sender.event(event, retry=number) for number in range(3)))

        statuses = [answer.status_code for answer in stage.acts(deliver())]
        assert statuses == [200, 200, 200]
        assert stage.notes() == [WORDS]
        assert len(stage.told("lena", "Sparat som anteckning")) == 1


@pytest.mark.parametrize("hours", [0.1, 16, 71])
def test_a_copy_that_comes_late_has_no_effect(hours: float) -> None:
    with staged() as stage:
        event = answer_of(stage)
        stage.acts(stage.sender.event(event))
        stage.after(hours=hours)
        posts = len(stage.workspace.posts)
        assert stage.acts(stage.sender.event(event, retry=3)).status_code == 200
        assert stage.notes() == [WORDS]
        assert len(stage.workspace.posts) == posts


def test_the_words_and_the_mention_of_the_bot_are_one() -> None:
    with staged() as stage:
        event = answer_of(stage)
        mention = {**event, "event_id": "Ev999", "event": {**event["event"], "type": "app_mention"}}
        stage.acts(stage.sender.event(event))
        stage.acts(stage.sender.event(mention))
        assert stage.notes() == [WORDS]


def test_an_event_that_could_not_be_saved_is_refused_and_saved_the_next_time(tmp_path: Path) -> None:
    with staged(url=f"sqlite:///{tmp_path / 'nulage.sqlite3'}") as stage:
        event = answer_of(stage)
        broken = [True]

        def door(kind: str) -> None:
            if broken[0] and kind == "commit":
                raise sqlite3.OperationalError("disk I/O error")

        watch_store(stage.store, door)
        assert stage.run(stage.sender.event(event)).status_code >= 500
        broken[0] = False
        assert stage.acts(stage.sender.until_taken(event))[-1] == 200
        assert stage.notes() == [WORDS]


def test_an_answer_that_comes_before_its_question_is_known_waits_until_it_is() -> None:
    with staged() as stage:
        stage.slack.mischief.plan(Fault("reset", "chat.postMessage", channel_of(HERE)))
        early = answer_of(stage)
        post = stage.workspace.write("UOMAR", stage.workspace.im("UOMAR").id, "Hej")
        other = payloads.event(stage.workspace, payloads.message(stage.workspace, post))

        async def deliver() -> list[httpx.Response]:
            return list(await asyncio.gather(stage.sender.event(early), stage.sender.event(other)))

        assert [answer.status_code for answer in stage.run(deliver())] == [503, 200]
        assert stage.acts(stage.sender.until_taken(early))[-1] == 200
        assert stage.notes() == [WORDS]
        assert len(stage.questions()) == 1


@pytest.mark.parametrize(
    "command", ["/nuläge", normalize("NFD", "/nuläge"), "/nulage", "/NULÄGE", "/Nulage", "/nuläge-dev"]
)
def test_a_command_is_understood_however_it_is_spelled(command: str) -> None:
    with staged() as stage:
        stage.write("lena", "/nuläge")
        wanted = stage.fresh[-1].text
        stage.command("lena", command)
        assert stage.fresh[-1].text == wanted


@pytest.mark.parametrize(
    "words",
    [
        normalize("NFD", "Även läsningen på förmiddagen gick bra."),
        "🙂" * 50,
        "<!channel> & <@U1> läste *högt* :tada:",
        "Lång text. " * 360,
        "Rad\n" * 1000,
        "Läsning \u202eåt andra hållet\u202c och högläsning",
    ],
    ids=["nfd", "emoji", "markup", "long", "lines", "rtl"],
)
def test_what_people_write_is_kept_as_they_saw_it_and_is_inert(words: str) -> None:
    with staged() as stage:
        stage.acts(stage.sender.event(answer_of(stage, words)))
        (note,) = stage.notes()
        assert note == normalize("NFC", words).strip()
        for post in stage.workspace.from_bot():
            assert "<!channel>" not in post.text
            assert "<@U1>" not in post.text


def test_what_is_too_long_is_told_and_not_cut() -> None:
    with staged() as stage:
        stage.acts(stage.sender.event(answer_of(stage, "Lång text. " * 1200)))
        assert not stage.notes()
        assert stage.told("lena", "Texten är längre än")


def test_an_expired_trigger_gives_a_fresh_button() -> None:
    with staged() as stage:
        stage.ask()
        stage.workspace.lag = 4
        stage.press("lena", "Svara")
        assert "lena" not in stage.forms
        stage.workspace.lag = 0
        stage.press("lena", "Öppna formuläret")
        assert "lena" in stage.forms


@pytest.mark.parametrize("how", ["reset", "garbage"])
def test_a_form_that_may_stand_open_is_not_said_to_be_shut(how: Literal["reset", "garbage"]) -> None:
    with staged() as stage:
        stage.ask()
        stage.slack.mischief.plan(Fault(how, "views.open"))
        stage.press("lena", "Svara")
        assert "lena" in stage.forms
        (told,) = stage.fresh
        assert told.message.title.endswith("?")
        assert "Försök igen med knappen här." in told.text


def test_a_form_that_was_refused_is_refused_again_and_not_called_done() -> None:
    with staged() as stage:
        stage.ask()
        stage.press("lena", "Svara")
        field = next(field for field in stage.forms["lena"].fields if "Vad säger" in field.label)
        values: dict[str, tuple[str, ...]] = {field.key: ("Ring 070-174 06 05.",)}
        choice = next(field for field in stage.forms["lena"].fields if field.required)
        values[choice.key] = (choice.options[0].value,) if isinstance(choice, ChoiceField) else ("x",)
        for _ in range(2):
            stage.submit("lena", values)
            assert "telefonnummer" in stage.form_text("lena")
        assert not stage.notes()


def test_a_form_sent_twice_at_once_is_one_answer() -> None:
    with staged() as stage:
        stage.ask()
        stage.press("lena", "Svara")
        view = stage.workspace.modals["ULENA"]
        choice = next(field for field in stage.forms["lena"].fields if field.required)
        given: dict[str, tuple[str, ...]] = {}
        if isinstance(choice, ChoiceField):
            given[choice.key] = tuple(one.value for one in choice.options if one.label == "Mycket väl")
        payload = stage.submission(view, given)

        async def deliver() -> None:
            await asyncio.gather(*(stage.sender.interactive(payload) for _ in range(3)))

        stage.acts(deliver())
        assert len(stage.rows(tables.participation)) == 1


def test_an_edit_that_comes_before_its_words_wins() -> None:
    with staged() as stage:
        first = answer_of(stage)
        post = stage.workspace.posts[-1]
        post.text = "Halvklass gav mycket mer samtal."
        edited = payloads.event(stage.workspace, payloads.changed(stage.workspace, post, WORDS))
        stage.acts(stage.sender.event(edited))
        stage.acts(stage.sender.event(first))
        assert stage.notes() == ["Halvklass gav mycket mer samtal."]


def test_words_that_are_taken_back_are_no_note() -> None:
    with staged() as stage:
        stage.acts(stage.sender.event(answer_of(stage)))
        post = next(one for one in stage.workspace.posts if one.text == WORDS)
        post.deleted = True
        stage.happens(payloads.changed(stage.workspace, post, WORDS))
        assert not stage.notes()


Headers = dict[str, str]
FORGED: dict[str, tuple[bytes, Callable[[], Headers], int]] = {
    "unsigned": (b"{}", dict, 401),
    "wrong secret": (b"{}", lambda: signed(b"{}", secret="annan"), 401),
    "old": (b"{}", lambda: signed(b"{}", at=int(time.time()) - 301), 401),
    "no number": (b"{}", lambda: {**signed(b"{}"), "X-Slack-Request-Timestamp": "NaN"}, 401),
    "another body": (b'{"a":1}', lambda: signed(b"{}"), 401),
    "not utf-8": (b"\xff", lambda: signed(b"\xff"), 400),
    "not json": (b"{", lambda: {**signed(b"{"), "Content-Type": "application/json"}, 400),
    "too large": (b"x" * (2**20 + 1), lambda: signed(b"x"), 413),
}
"""What is knocked with, and how it is answered. Signed when sent: it is good for five minutes."""


@pytest.mark.parametrize("name", FORGED)
def test_what_slack_did_not_send_is_refused_and_leaves_nothing(name: str) -> None:
    body, sign, status = FORGED[name]
    with staged() as stage:
        headers = sign()
        before = len(stage.rows(tables.inbox))
        answer = stage.acts(stage.knock("POST", PATH, body, {"Content-Type": FORM, **headers}))
        assert answer.status_code == status
        assert "Traceback" not in answer.text
        assert len(stage.rows(tables.inbox)) == before


def test_an_unknown_workspace_is_told_kindly_and_leaves_nothing() -> None:
    with staged() as stage:
        event = {**answer_of(stage), "team_id": "T9", "authorizations": []}
        inbox = len(stage.rows(tables.inbox))
        assert stage.acts(stage.sender.event(event)).status_code == 200
        assert len(stage.rows(tables.inbox)) == inbox
        assert not stage.notes()
