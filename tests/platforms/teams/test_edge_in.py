"""Through the whole edge: what is let in is on disk before 200, of our tenants only, and never in silence."""

import asyncio
from collections.abc import Callable
from typing import cast

import pytest
from structlog.testing import capture_logs

from bot.domain.events import (
    BotAdded,
    Commanded,
    Event,
    FormSubmitted,
    MessageSaved,
    Pressed,
    Replied,
)
from bot.messages.model import Message, Response, Say
from bot.platforms.teams.listen import words
from bot.platforms.unsaved import CANNOT_SAVE
from tests.platforms.teams.edge_stage import (
    Stage,
    dialog_in,
    played,
    popup_in,
    texts,
    words_in,
)
from tests.teams import payloads
from tests.teams.payloads import CHANNEL, GROUP, LENA, PERSONAL, SAM
from tests.teams.state import TENANT, Json

ROOT = "1795443300000"
ANOTHER = "99999999-0000-4000-8000-000000000000"
FORM = payloads.filled("answer_form|r48|", {"voice": "Fler vågar läsa högt."}, opened_from=ROOT)

EVERYTHING: dict[str, tuple[Callable[[], Json], type[Event]]] = {
    "words in a channel": (lambda: payloads.message(LENA, CHANNEL, "Hej", to_bot=True), Replied),
    "words in a group": (lambda: payloads.message(LENA, GROUP, "Hej", to_bot=True), Replied),
    "words to the bot": (lambda: payloads.message(LENA, PERSONAL, "Hej"), Replied),
    "a command": (lambda: payloads.message(LENA, CHANNEL, "/nuläge", targeted=True), Commanded),
    "a press": (lambda: payloads.pressed(LENA, CHANNEL, "begin||", on=ROOT), Pressed),
    "a submit": (lambda: payloads.submitted(LENA, CHANNEL, {"token": "begin||"}, on=ROOT), Pressed),
    "a form": (lambda: payloads.execute(LENA, CHANNEL, "send", FORM, on=ROOT), FormSubmitted),
    "a dialog": (lambda: payloads.task(LENA, CHANNEL, "submit", FORM), FormSubmitted),
    "a window": (lambda: payloads.task(LENA, CHANNEL, "fetch", {"token": "begin||"}, on=ROOT), Pressed),
    "words to keep": (
        lambda: payloads.message_saved(LENA, CHANNEL, SAM, "<p>Hej</p>", kept=ROOT),
        MessageSaved,
    ),
    "an installation": (lambda: payloads.installation(LENA, CHANNEL), BotAdded),
}


@pytest.mark.parametrize("name", EVERYTHING)
def test_it_is_dispatched_once_and_taken(name: str) -> None:
    sent, kind = EVERYTHING[name]

    async def story(on: Stage) -> None:
        answer = await on.send(sent())
        assert answer.status_code == 200
        (event,) = on.events
        assert isinstance(event, kind)
        assert not on.counts

    played(story)


@pytest.mark.parametrize("name", EVERYTHING)
def test_nothing_is_kept_of_other_tenants_and_who_spoke_is_told(name: str) -> None:
    async def story(on: Stage) -> None:
        sent = EVERYTHING[name][0]()
        sent["conversation"]["tenantId"] = sent["channelData"]["tenant"]["id"] = ANOTHER
        answer = await on.send(sent)
        assert answer.status_code == 200
        assert on.events == []
        assert on.references.kept == {}
        spoke = sent["type"] == "message"
        assert [said.activity["text"] for said in on.said] == [words.UNKNOWN_TENANT] * spoke
        assert on.counts == {"unknown_tenant": 1}
        told = answer.json() if answer.content else None
        match sent.get("name", ""):
            case "adaptiveCard/action":
                assert words_in(told) == words.UNKNOWN_TENANT
            case "":
                assert told is None
            case _:
                assert popup_in(told) == words.UNKNOWN_TENANT

    played(story)


@pytest.mark.parametrize(
    "mixed",
    [{"conversation": ANOTHER}, {"channelData": ANOTHER}, {"conversation": None, "channelData": None}],
    ids=["conversation", "channel", "neither"],
)
def test_an_activity_of_two_tenants_or_none_is_nobodys(mixed: dict[str, str | None]) -> None:
    async def story(on: Stage) -> None:
        sent = payloads.message(LENA, CHANNEL, "Hej", to_bot=True)
        if "conversation" in mixed:
            sent["conversation"]["tenantId"] = mixed["conversation"]
        if "channelData" in mixed:
            sent["channelData"]["tenant"]["id"] = mixed["channelData"]
        assert (await on.send(sent)).status_code == 200
        assert on.events == []
        assert on.said == []
        assert on.counts == {"unknown_tenant": 1}

    played(story)


def test_one_of_the_two_is_enough_in_any_case() -> None:
    async def story(on: Stage) -> None:
        first, second = (payloads.message(LENA, CHANNEL, text, to_bot=True) for text in ("Hej", "Hejdå"))
        del first["conversation"]["tenantId"]
        second["channelData"]["tenant"]["id"] = TENANT.upper()
        assert [(await on.send(sent)).status_code for sent in (first, second)] == [200, 200]
        assert len(on.events) == 2

    played(story)


def test_where_they_are_is_kept_before_it_is_dispatched() -> None:
    async def story(on: Stage) -> None:
        known: list[int] = []

        async def look() -> None:
            known.append(len(on.references.kept))

        on.before = look
        await on.send(payloads.message(LENA, CHANNEL, "Hej", to_bot=True))
        assert known == [2]
        assert {one.kind for one in on.references.kept.values()} == {"channel", "personal"}

    played(story)


def test_a_message_that_was_not_saved_is_sent_again() -> None:
    async def story(on: Stage) -> None:
        for name in ("words in a channel", "words to the bot", "a command", "a submit", "an installation"):
            on.away = True
            sent = EVERYTHING[name][0]()
            assert (await on.send(sent)).status_code == 503
            on.away = False
            assert (await on.send(sent)).status_code == 200
        assert on.counts == {"not_saved": 5}
        assert len(on.events) == 5
        assert on.said == []

    played(story)


def test_a_place_that_was_not_kept_is_not_forgotten() -> None:
    async def story(on: Stage) -> None:
        on.references.away = ConnectionError("the store is away")
        sent = payloads.message(LENA, CHANNEL, "Hej", to_bot=True)
        assert (await on.send(sent)).status_code == 503
        assert on.events == []
        on.references.away = None
        assert (await on.send(sent)).status_code == 200

    played(story)


def test_who_waits_hears_that_nothing_was_lost() -> None:
    async def story(on: Stage) -> None:
        on.away = True
        sorry = words.in_words(CANNOT_SAVE)
        assert words_in(await on.ask(EVERYTHING["a press"][0]())) == sorry
        assert words_in(await on.ask(EVERYTHING["a form"][0]())) == sorry
        assert popup_in(await on.ask(EVERYTHING["a window"][0]())) == sorry
        assert popup_in(await on.ask(EVERYTHING["words to keep"][0]())) == sorry
        assert on.events == []
        assert on.said == []

    played(story)


def test_a_dialog_that_was_not_saved_keeps_its_words() -> None:
    async def story(on: Stage) -> None:
        on.away = True
        card = dialog_in(await on.ask(EVERYTHING["a dialog"][0]()))
        assert CANNOT_SAVE.title in texts(card)
        assert words.NOT_SAVED in texts(card)
        assert "Fler vågar läsa högt." in texts(card)

    played(story)


def test_what_takes_too_long_is_said_and_done_all_the_same() -> None:
    async def story(on: Stage) -> None:
        on.before = asyncio.Event().wait
        assert words_in(await on.ask(EVERYTHING["a press"][0]())) == words.in_words(words.SLOW)
        assert on.counts == {"slow": 1}

    played(story, patience=0.0)


SORRY = Say(message=Message(title="Något gick fel hos mig. Koden är 4F1B9C."), became="failed")


def test_what_fell_over_is_told_to_who_did_it_on_purpose() -> None:
    async def story(on: Stage) -> None:
        on.response = SORRY
        assert (await on.send(EVERYTHING["a command"][0]())).status_code == 200
        (said,) = on.said
        assert "4F1B9C" in said.words

    played(story)


def test_words_that_fell_over_come_again_before_anybody_is_told() -> None:
    async def story(on: Stage) -> None:
        on.response, sent = SORRY, payloads.message(LENA, CHANNEL, "Hej", to_bot=True)
        assert (await on.send(sent)).status_code == 503
        assert on.said == []
        assert (await on.send(sent)).status_code == 200
        (said,) = on.said
        assert "4F1B9C" in said.words
        gone = payloads.members(LENA, payloads.general(CHANNEL), went=[SAM])
        assert [(await on.send(gone)).status_code for _ in range(3)] == [503] * 3

    played(story)


def test_nobody_is_told_twice() -> None:
    async def story(on: Stage) -> None:
        on.response = Say(message=Message(title="Det är redan gjort."), became="already")
        on.stands = {ROOT: Message(title="Nu gäller det här.")}
        for name in EVERYTHING:
            assert (await on.send(EVERYTHING[name][0]())).status_code == 200
        assert on.said == []

    played(story)


def test_what_falls_out_of_the_edge_is_answered_and_quotes_nobody() -> None:
    async def story(on: Stage) -> None:
        on.response = cast("Response", 7)  # no Response at all
        with capture_logs() as log:
            assert words_in(await on.ask(EVERYTHING["a press"][0]())) == words.in_words(CANNOT_SAVE)
        assert on.counts["failed"] == 1
        assert "Lena" not in str(log)

    played(story)
