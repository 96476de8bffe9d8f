"""Through the whole edge: what is taken is on disk before it is acknowledged, once, and nothing else is."""

import asyncio

import pytest

from bot.domain.events import BotAdded, Commanded, FormSubmitted, Replied
from bot.messages.model import Message, Quiet, Say
from bot.platforms.slack.listen.edge import UNKNOWN_WORKSPACE
from bot.platforms.slack.parse.values import Heard
from bot.platforms.unsaved import CANNOT_SAVE, CANNOT_SAVE_FIELD
from tests.platforms.slack.edge_stage import Stage, played, workspaces
from tests.platforms.slack.recorded import NAMES, read, recorded

OWN = {"message_by_us", "message_edited_by_us"}
"""What Bolt itself keeps back: we wrote it."""


def test_every_recorded_payload_is_taken_and_acknowledged() -> None:
    async def story(on: Stage) -> None:
        for name in NAMES:
            answer = await on.play(name)
            assert answer.status_code == 200, name
        expected = [parsed.event for name in NAMES if isinstance(parsed := read(recorded(name)), Heard)]
        assert {event.id for event in on.events} == {event.id for event in expected}

    played(story, workspaces(everywhere=True))


def test_slack_may_ask_whether_we_are_there() -> None:
    async def story(on: Stage) -> None:
        answer = await on.play("url_verification")
        assert answer.json() == {"challenge": recorded("url_verification")["challenge"]}
        assert (await on.play("rate_limited")).status_code == 200
        assert on.edge.counts["ignored_rate_limited"] == 1
        assert (await on.play("options_asked")).json() == {"options": []}
        assert not on.events

    played(story)


def test_a_copy_is_acknowledged_and_nobody_hears_of_it() -> None:
    async def story(on: Stage) -> None:
        on.response = Say(message=Message(title="Det är sparat."))
        names = ("mention_thread", "mention_thread", "mention_thread")
        answers = await asyncio.gather(*(on.play(name) for name in names))
        answers += [await on.play("mention_thread")]
        assert [answer.status_code for answer in answers] == [200, 200, 200, 200]
        assert len(on.events) == 1
        assert len(on.slack.made("chat.postEphemeral")) == 1

    played(story)


def test_a_copy_of_what_could_not_be_saved_is_saved() -> None:
    async def story(on: Stage) -> None:
        on.away = True
        answers = await asyncio.gather(*(on.play("message_thread") for _ in range(3)))
        assert [answer.status_code for answer in answers] == [503, 503, 503]
        on.away = False
        assert (await on.play("message_thread")).status_code == 200
        assert len(on.events) == 1

    played(story)


def test_a_command_that_comes_again_has_the_same_id() -> None:
    async def story(on: Stage) -> None:
        await on.play("command_nfc")
        await on.play("command_nfc")
        assert len({event.id for event in on.events}) == 1
        assert len(on.events) == 2

    played(story)


def test_another_workspace_is_refused_and_nothing_is_stored() -> None:
    async def story(on: Stage) -> None:
        assert (await on.play("message_channel")).status_code == 200
        assert (await on.play("command_nfc")).json()["text"] == UNKNOWN_WORKSPACE
        assert (await on.play("form_every_field")).status_code == 403
        assert (await on.play("button_channel")).status_code == 403
        assert on.edge.counts["unknown_workspace"] == 4
        assert not on.events
        assert not on.slack.calls

    played(story, workspaces("T0ANOTHER"))


def test_what_cannot_be_saved_is_sent_again_by_slack_or_said_to_the_person() -> None:
    async def story(on: Stage) -> None:
        on.away = True
        events = "message_channel mention_thread message_edited joined_us channel_archived home_opened"
        for name in events.split():
            assert (await on.play(name)).status_code == 503, name
        assert (await on.play("command_nfc")).json()["text"].startswith(CANNOT_SAVE.title)
        form = (await on.play("form_direct")).json()
        assert form == {"response_action": "errors", "errors": {"4f1b9c2e.voice": CANNOT_SAVE_FIELD}}
        assert (await on.play("button_channel")).status_code == 200
        (told,) = on.slack.made("hook")
        assert told["text"].startswith(CANNOT_SAVE.title)
        assert on.edge.counts["not_saved"] == 9
        assert not on.events

    played(story)


def test_nothing_is_acknowledged_before_it_is_on_disk() -> None:
    async def story(on: Stage) -> None:
        asked, saved = asyncio.Event(), asyncio.Event()

        async def slowly() -> None:
            asked.set()
            await saved.wait()

        on.before = slowly
        sending = asyncio.create_task(on.play("message_channel"))
        await asked.wait()
        assert not sending.done()
        saved.set()
        assert (await sending).status_code == 200

    played(story)


def test_names_are_looked_up_once() -> None:
    async def story(on: Stage) -> None:
        await on.play("form_every_field")
        await on.play("form_every_field")
        await on.play("message_markup")
        form, _, words = on.events
        assert isinstance(form, FormSubmitted)
        assert form.people == {"T061EG9R6/U0SAM0001": "Sam Ek", "T061EG9R6/U0OMAR001": "Omar Ali"}
        assert form.who.name == "Lena Lind"
        assert isinstance(words, Replied)
        assert words.text.startswith("@Sam Ek och @kim")
        asked = [call["user"] for call in on.slack.made("users.info")]
        assert sorted(asked) == ["U0LENA001", "U0OKAND01", "U0OMAR001", "U0SAM0001"]

    played(story)


@pytest.mark.parametrize("how", ["refuses", "breaks"])
def test_a_name_that_cannot_be_had_stops_nothing(how: str) -> None:
    async def story(on: Stage) -> None:
        if how == "refuses":
            on.slack.refuses = {"users.info": "ratelimited", "conversations.info": "missing_scope"}
        else:
            on.slack.breaks = {"users.info": 502, "conversations.info": 502}
        await on.play("form_every_field")
        await on.play("joined_us")
        form, added = on.events
        assert isinstance(form, FormSubmitted)
        assert (form.people, form.who.name) == ({}, "lena.lind")
        assert isinstance(added, BotAdded)
        assert added.name == ""

    played(story)


def test_the_channel_the_bot_comes_to_has_its_name() -> None:
    async def story(on: Stage) -> None:
        await on.play("joined_us")
        (added,) = on.events
        assert isinstance(added, BotAdded)
        assert (added.name, added.who.name) == ("arbetslag-4-6", "Pia Berg")

    played(story)


def test_who_throws_the_bot_out_is_told_of_even_when_nobody_knows_them() -> None:
    async def story(on: Stage) -> None:
        for name in (
            "uninstalled",
            "tokens_revoked",
            "uninstalled",
            "tokens_revoked_of_user",
        ):
            assert (await on.play(name)).status_code == 200
        assert [(gone.enterprise, gone.team, gone.kind) for gone in on.gone] == [
            (None, "T061EG9R6", "uninstalled"),
            (None, "T061EG9R6", "revoked"),
            (None, "T061EG9R6", "uninstalled"),
        ]

    played(story, workspaces("T0ANOTHER"))


def test_what_falls_over_is_a_503_without_a_trace() -> None:
    async def story(on: Stage) -> None:
        on.broken = True
        answer = await on.play("uninstalled")
        assert (answer.status_code, answer.text) == (503, "")
        assert on.edge.counts["failed"] == 1

    played(story)


def test_our_own_words_never_come_back() -> None:
    async def story(on: Stage) -> None:
        on.response = lambda event: (
            Say(message=Message(title="Hej")) if isinstance(event, Commanded) else Quiet()
        )
        for name in OWN:
            await on.play(name)
        assert not on.events

    played(story)
