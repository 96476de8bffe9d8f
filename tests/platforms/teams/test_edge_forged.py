"""What a client changed, and what comes again: through the whole edge, with the whole bot behind.

Everything in a card is only a claim: what is forged, cut or from somewhere else is refused or asked about
again in words, and nothing is kept of it.
"""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from bot.app import App
from bot.domain.events import FormSubmitted
from bot.messages.tokens import LONGEST_TOKEN, Token
from bot.platforms.teams.listen import words
from bot.rehearsal import example
from bot.runtime.clock import frozen
from storage.store import Store, open_store
from storage.tables import metadata
from tests.platforms.teams.edge_stage import NOW, Stage, card_in, data_of, dialog_in, texts, words_in
from tests.play import prompts
from tests.teams import payloads
from tests.teams.payloads import CHANNEL, LENA, PERSONAL, SAM
from tests.teams.state import TENANT, Json

ROOT = "1795443300000"
SECRET_WORDS = "Det här ska ingen spara."
STRANGER = payloads.Who("99999999-0000-4000-8000-000000000009", "Okänd Person")
Story = Callable[[Stage, Store], Awaitable[None]]


def spelled(name: str) -> str:
    known = {"lena": LENA.aad, "@lena": f"@{LENA.aad}", f"#{example.TEAM_46}": CHANNEL.id, "sam": SAM.aad}
    return f"{TENANT}/{known.get(name, name)}"


def told(story: Story) -> None:
    async def run() -> None:
        store = open_store("sqlite://")
        with store.begin() as unit:
            example.found(unit, "teams", NOW.date(), spelled)
        app = App(store, prompts(), {}, frozen(NOW))
        app.start()
        try:
            async with Stage(behind=app.dispatch).open() as on:
                await story(on, store)
        finally:
            app.stop()

    asyncio.run(run())


def kept(store: Store) -> dict[str, list[Any]]:
    """Everything that is stored, but for the ids of what has come."""
    with store.begin() as unit:
        return {
            table.name: [tuple(row.values()) for row in unit.rows(select(table))]
            for table in metadata.sorted_tables
            if table.name != "inbox"
        }


REAL = Token(verb="answer_form", subject="r48").pack()
FORGED: dict[str, object] = {
    "a round that is not there": REAL,
    "another's note": Token(verb="edit_note", subject="n1").pack(),
    "a form's token on a button": Token(verb="roles_form").pack(),
    "somebody's roles": Token(verb="confirm_person", subject="sam", argument="1").pack(),
    "sharing what is not theirs": Token(verb="share", subject="x|y|z").pack(),
    "a verb that is not there": "drop_tables||",
    "half a token": "answer_form",
    "too many parts": "answer_form|a|b|c",
    "as long as they get": "answer_form|" + "a" * (LONGEST_TOKEN - 13) + "|",
    "percent signs": "answer_form|%00%ff%|%",
    "a longer one": "answer_form|" + "a" * LONGEST_TOKEN + "|",
    "a control sign": "answer_form|\x00|",
    "an empty one": "",
    "a number": 7,
    "an object": {"verb": "answer_form"},
    "a list": ["answer_form||"],
    "nothing": None,
}


def data_with(**changes: Any) -> Json:
    return payloads.filled(REAL, {"voice": SECRET_WORDS}, opened_from=ROOT) | changes


MALFORMED: dict[str, Json] = {
    "no nonce": {"nonce": None},
    "an empty nonce": {"nonce": ""},
    "a nonce in words": {"nonce": "DROP TAB"},
    "a long nonce": {"nonce": "0a1b2c3d0a1b2c3d"},
    "a nonce that is a list": {"nonce": ["0a1b2c3d"]},
    "a nonce with more": {"nonce": "0a1b2c3d\n"},
    "keys that are a word": {"keys": "voice"},
    "keys that are numbers": {"keys": [7]},
    "keys with a control sign": {"keys": ["voice\x00"]},
    "many keys": {"keys": [f"k{number}" for number in range(500)]},
    "keys that are another form's": {"keys": ["school", "members"]},
    "several that is a word": {"several": "f0"},
    "a forged place": {"from": "../../etc"},
    "a place that is an object": {"from": {"a": 1}},
    "a forged thread": {"thread": "x;messageid=1"},
    "another's token": {"form": Token(verb="roles_form").pack()},
    "a token of another version": {"form": "answer|x"},
    "no token": {"form": None},
    "a value that is an object": {"f0": {"a": SECRET_WORDS}},
    "a value that is a number": {"f0": 7},
}


ASKED: dict[str, Callable[[Json], Json]] = {
    "press": lambda data: payloads.execute(LENA, CHANNEL, "press", data, on=ROOT),
    "window": lambda data: payloads.task(LENA, CHANNEL, "fetch", data, on=ROOT),
    "submit": lambda data: payloads.submitted(LENA, CHANNEL, data, on=ROOT),
}


@pytest.mark.parametrize("how", ASKED)
def test_a_forged_button_changes_nothing_and_is_answered(how: str) -> None:
    async def story(on: Stage, store: Store) -> None:
        before = kept(store)
        for name, token in FORGED.items():
            answer = await on.ask(ASKED[how]({"token": token}))
            match how:
                case "press":
                    assert answer["value"], name
                case "window":
                    assert answer["task"]["value"], name
                case _:
                    assert answer is None, name
            assert kept(store) == before, name
        assert "failed" not in on.counts

    told(story)


@pytest.mark.parametrize("how", ["card", "window"])
def test_a_forged_form_is_not_kept_and_loses_no_words(how: str) -> None:
    async def story(on: Stage, store: Store) -> None:
        before = kept(store)
        for name, changes in MALFORMED.items():
            data = data_with(**changes)
            on.events.clear()
            if how == "card":
                said = await on.ask(payloads.execute(LENA, CHANNEL, "send", data, on=ROOT))
                unread = not on.events and data["f0"] == SECRET_WORDS
                assert not unread or words_in(said) == words.in_words(words.UNREAD_FORM), name
                assert said["value"], name
            else:
                said = await on.ask(payloads.task(LENA, CHANNEL, "submit", data))
                unread = not on.events and data["f0"] == SECRET_WORDS
                assert not unread or SECRET_WORDS in texts(dialog_in(said)), name
                assert said["task"]["value"], name
            assert kept(store) == before, name
        assert "failed" not in on.counts
        assert on.counts["ignored_unreadable"] > 10

    told(story)


def test_a_verb_of_nobodys_is_said_to_be_unread() -> None:
    async def story(on: Stage, store: Store) -> None:
        before = kept(store)
        for verb in ("", "PRESS", "press ", "drop", "__class__"):
            sent = payloads.execute(LENA, CHANNEL, verb, {"token": REAL}, on=ROOT)
            assert words_in(await on.ask(sent)) == words.UNREAD
        assert on.events == []
        assert kept(store) == before

    told(story)


def test_who_acted_is_who_the_framework_says_and_nobody_in_the_card() -> None:
    """A card that claims to be somebody else's is pressed by whoever pressed it."""

    async def story(on: Stage, store: Store) -> None:
        before = kept(store)
        data = data_with(
            user=SAM.aad, who={"aadObjectId": SAM.aad}, tenant="another", conversation=PERSONAL.id
        )
        await on.ask(payloads.execute(STRANGER, CHANNEL, "send", data, on=ROOT))
        (event,) = on.events
        assert isinstance(event, FormSubmitted)
        assert event.who.user == f"{TENANT}/{STRANGER.aad}"
        assert SECRET_WORDS not in str(kept(store))
        assert kept(store)["note"] == before["note"]

    told(story)


def test_the_same_words_again_have_one_effect() -> None:
    async def story(on: Stage, store: Store) -> None:
        before = kept(store)
        sent = payloads.message(LENA, PERSONAL, "Fler vågar läsa högt, och två vill börja nästa vecka.")
        assert (await on.send(sent)).status_code == 200
        once, said = kept(store), len(on.said)
        assert once != before
        for _ in range(4):
            assert (await on.send(sent)).status_code == 200
        assert kept(store) == once
        assert len(on.said) == said

    told(story)


def test_the_same_command_again_is_answered_once() -> None:
    async def story(on: Stage, store: Store) -> None:
        sent = payloads.message(LENA, CHANNEL, "/nuläge", targeted=True)
        answers = await asyncio.gather(*(on.send(sent) for _ in range(3)))
        assert [answer.status_code for answer in answers] == [200] * 3
        once = kept(store)
        assert len({said.words for said in on.said}) == len(on.said)
        await on.send(sent | {"timestamp": (NOW + timedelta(seconds=20)).isoformat()})
        assert kept(store) == once

    told(story)


def test_a_real_form_sent_twice_is_kept_once() -> None:
    """The whole way with the bot's own form: opened by a command, wrong at first, then sent two times."""

    async def story(on: Stage, store: Store) -> None:
        await on.send(payloads.message(LENA, CHANNEL, "/frånvaro", targeted=True))
        data = data_of(on.said[0].activity["attachments"][0]["content"])
        empty = kept(store)

        async def sent(until: str) -> str:
            filled = data | {"f0": "lena", "f1": until}
            return texts(card_in(await on.ask(payloads.execute(LENA, CHANNEL, "send", filled, on=ROOT))))

        assert "Jag förstår inte datumet." in await sent("snart")
        assert kept(store) == empty
        first = await sent("2026-12-01")
        once = kept(store)
        assert once["absence"] != empty["absence"]
        assert await sent("2026-12-01") != first
        assert kept(store) == once

    told(story)
