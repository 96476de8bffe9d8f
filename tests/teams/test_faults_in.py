"""Teams repeats, delays and reorders, and others play Teams: one effect, nothing lost, nobody let in."""

import asyncio
import sqlite3
from pathlib import Path
from typing import Any
from unicodedata import normalize

import httpx
import pytest

from storage import tables
from tests.chat_stage import HERE
from tests.faults.doors import watch_store
from tests.teams import payloads
from tests.teams.fake_mischief import Fault, reordered, twice, under_new_ids
from tests.teams.school import channel, channel_of, person
from tests.teams.stage import WORDS, staged

MUCH = "Mycket väl"


def test_the_same_activity_three_times_at_once_has_one_effect() -> None:
    with staged() as stage:
        stage.ask()
        words = stage.words()

        async def deliver() -> list[httpx.Response]:
            return await asyncio.gather(*(stage.sender.deliver(words) for _ in range(3)))

        assert [answer.status_code for answer in stage.acts(deliver())] == [200, 200, 200]
        assert stage.notes() == [WORDS]
        assert len(stage.told("lena", "Sparat som anteckning")) == 1


@pytest.mark.parametrize("hours", [0.1, 16, 71])
def test_a_copy_that_comes_late_has_no_effect(hours: float) -> None:
    with staged() as stage:
        stage.ask()
        words = stage.words()
        stage.happens(words)
        stage.after(hours=hours)
        posts = len(stage.cloud.posts)
        stage.happens(words)
        assert stage.notes() == [WORDS]
        assert len(stage.cloud.posts) == posts


def test_words_that_come_again_under_another_id_have_no_effect() -> None:
    with staged() as stage:
        stage.ask()
        for activity in under_new_ids(twice([stage.words()])):
            stage.happens(activity)
            stage.after(seconds=30)
        assert stage.notes() == [WORDS]
        assert len(stage.told("lena", "Sparat som anteckning")) == 1


def test_who_writes_the_same_words_again_has_written_twice() -> None:
    with staged() as stage:
        stage.ask()
        for _ in range(2):
            stage.happens(stage.words())
        assert stage.notes() == [WORDS, WORDS]


@pytest.mark.parametrize("seed", range(3))
def test_what_comes_twice_and_in_any_order_is_each_persons_words_once(seed: int) -> None:
    with staged() as stage:
        stage.ask()
        texts = ["Fler läste högt.", "Grupperna talade mer.", "Halvklass gav ro."]
        said = [stage.words(who, text) for who, text in zip(("lena", "omar", "sara"), texts, strict=True)]
        for activity in reordered(twice(said), seed):
            stage.happens(activity)
        assert stage.notes() == texts


def test_words_that_could_not_be_saved_are_refused_and_saved_the_next_time(tmp_path: Path) -> None:
    with staged(url=f"sqlite:///{tmp_path / 'nulage.sqlite3'}") as stage:
        stage.ask()
        words, broken = stage.words(), [True]

        def door(kind: str) -> None:
            if broken[0] and kind == "commit":
                raise sqlite3.OperationalError("disk I/O error")

        watch_store(stage.store, door)
        assert stage.run(stage.sender.deliver(words)).status_code >= 500
        broken[0] = False
        assert stage.acts(stage.sender.until_taken(words))[-1] == 200
        assert stage.notes() == [WORDS]


def test_words_that_cannot_be_saved_before_the_bot_ends_are_told_of(tmp_path: Path) -> None:
    with staged(url=f"sqlite:///{tmp_path / 'nulage.sqlite3'}") as stage:
        stage.ask()
        words, broken = stage.words(), [True]

        def door(kind: str) -> None:
            if broken[0] and kind == "commit":
                raise sqlite3.OperationalError("disk I/O error")

        async def ending() -> None:
            running = asyncio.create_task(stage.bot.side.run())
            assert (await stage.sender.deliver(words)).status_code == 503
            await stage.bot.side.shut()
            await running
            await stage.bot.side.close()
            assert any("Jag har inte kunnat spara" in str(post.activity) for post in stage.cloud.posts)

        watch_store(stage.store, door)
        stage.run(ending())
        broken[0] = False


def test_words_that_come_before_their_question_is_known_wait_until_it_is() -> None:
    with staged() as stage:
        stage.ask()
        words = stage.words()
        with stage.store.begin() as unit:  # as it is while the call that made the thread is under way
            unit.change(
                tables.outbox.update()
                .where(tables.outbox.c.reference == stage.questions()[0].id)
                .values(state="sending", reference=None, lease_until="2099-01-01T00:00:00+00:00")
            )
        assert stage.run(stage.sender.deliver(words)).status_code == 503
        with stage.store.begin() as unit:
            unit.change(
                tables.outbox.update()
                .where(tables.outbox.c.state == "sending")
                .values(state="sent", reference=stage.questions()[0].id)
            )
        assert stage.acts(stage.sender.until_taken(words))[-1] == 200
        assert stage.notes() == [WORDS]


@pytest.mark.parametrize(
    "words",
    [
        normalize("NFD", "Även läsningen på förmiddagen gick bra."),
        "🙂" * 50,
        "<at>alla</at> & [länk](https://elak.example) läste **högt**",
        "Lång text. " * 360,
        "Läsning \u202eåt andra hållet\u202c och högläsning",
    ],
    ids=["nfd", "emoji", "markup", "long", "rtl"],
)
def test_what_people_write_is_kept_and_is_inert(words: str) -> None:
    with staged() as stage:
        stage.ask()
        stage.happens(stage.words(text=words))
        (note,) = stage.notes()
        assert "läs" in note.casefold() or note.startswith(("🙂", "Lång"))
        for post in stage.cloud.from_bot():
            assert not post.activity.get("entities"), "nobody is mentioned"
            assert "<at>" not in str(post.card)


def test_what_is_too_long_is_told_and_not_cut() -> None:
    with staged() as stage:
        stage.ask()
        stage.happens(stage.words(text="Lång text. " * 1200))
        assert not stage.notes()
        assert stage.told("lena", "Texten är längre än")


FORGED: dict[str, dict[str, Any]] = {
    "another bot": {"aud": "5ca1ab1e-0000-4000-8000-0000000000ff"},
    "another issuer": {"iss": "https://sts.windows.net/x/"},
    "expired": {"exp": 1_700_000_000},
    "another address": {"serviceurl": "https://elak.example/"},
    "no address": {"serviceurl": None},
}


@pytest.mark.parametrize("changes", FORGED.values(), ids=FORGED)
def test_what_teams_has_not_signed_for_us_changes_nothing(changes: dict[str, Any]) -> None:
    with staged() as stage:
        stage.ask()
        token = stage.teams.sign(**changes)
        assert stage.run(stage.sender.deliver(stage.words(), token=token)).status_code == 401
        assert not stage.notes()


def test_what_is_not_signed_at_all_changes_nothing() -> None:
    with staged() as stage:
        stage.ask()
        assert stage.run(stage.sender.deliver(stage.words(), token="")).status_code == 401
        assert not stage.notes()


def test_keys_that_cannot_be_had_let_nobody_in_and_call_nobody_a_forger() -> None:
    with staged() as stage:
        stage.ask()
        words = stage.words()
        stage.bot.side.door.porter.keys._since = None
        stage.bot.side.door.porter.keys._tried = None
        with stage.teams.mischief.while_planned(Fault("http", "keys", times=99)):
            assert stage.run(stage.sender.deliver(words)).status_code == 503
        stage.bot.side.door.porter.keys._tried = None
        stage.happens(words)
        assert stage.notes() == [WORDS]


def test_an_edit_changes_the_note_a_deletion_takes_it_away_and_it_comes_back() -> None:
    with staged() as stage:
        stage.ask()
        words = stage.words()
        stage.happens(words)
        (anchor,) = stage.questions()
        where = channel(HERE, stage.teams.service_url, anchor.id)
        said = person("lena"), where, words["id"]
        stage.after(seconds=5)
        stage.happens(payloads.edited(*said, f"{WORDS} Varje dag.", at=stage.clock.now()))
        assert stage.notes() == [f"{WORDS} Varje dag."]
        stage.after(seconds=5)
        stage.happens(payloads.deleted(*said, at=stage.clock.now()))
        assert not stage.notes()
        stage.after(seconds=5)
        again = payloads.edited(*said, f"{WORDS} Varje dag.", at=stage.clock.now())
        again["channelData"]["eventType"] = "undeleteMessage"
        stage.happens(again)
        assert stage.notes() == [f"{WORDS} Varje dag."]


def test_words_to_colleagues_never_reach_the_bot_nor_its_store() -> None:
    with staged() as stage:
        stage.ask()
        stage.write("lena", "Ska vi ses klockan tre?", room=HERE)
        assert not stage.fresh
        assert channel_of(HERE) in stage.cloud.conversations
        assert not stage.notes()
