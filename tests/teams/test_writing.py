"""Two are at the same message: what one does never takes the form, or the words, out of the other's hands."""

import json
from datetime import timedelta
from pathlib import Path

import pytest

from bot.domain.school import Place
from bot.messages.model import Around, ChoiceField
from bot.platforms.teams.listen.writing import AGAIN, LONGEST, Writing
from storage import tables
from tests.chat_stage import HERE, MONDAY
from tests.teams.bot import bot_on
from tests.teams.school import channel_of
from tests.teams.stage import Stage, staged
from tests.teams.state import TENANT
from tests.teams.test_faults_cards import MUCH, answered

NEW = "#arbetslag-ek"


def both_at_it(stage: Stage) -> int:
    """Lena has the form open, and Omar has sent his: how often the message had been changed before that."""
    stage.ask()
    stage.press("lena", "Svara")
    (anchor,) = stage.questions()
    before = anchor.edits
    stage.acts(stage.sender.deliver(answered(stage, "omar")))
    return before


def edits(stage: Stage) -> int:
    (anchor,) = stage.questions()
    return anchor.edits


def test_a_message_that_somebody_writes_in_is_not_changed_until_they_have_sent() -> None:
    with staged() as stage:
        before = both_at_it(stage)
        stage.after(seconds=60)
        assert edits(stage) == before
        assert "lena" in stage.forms
        required = next(field for field in stage.forms["lena"].fields if isinstance(field, ChoiceField))
        much = next(option.value for option in required.options if option.label == MUCH)
        stage.submit("lena", {required.key: (much,)})
        stage.after(seconds=2 * AGAIN)
        assert edits(stage) > before


def test_what_else_is_for_the_channel_does_not_wait_with_it() -> None:
    with staged() as stage:
        before = both_at_it(stage)
        assert any("Omar" in heard.text and heard.thread for heard in stage.heard if heard.room == HERE)
        stage.happens(stage.words("sara"))
        assert stage.notes()
        assert edits(stage) == before


def test_nor_is_the_introduction_of_a_channel_that_somebody_else_ties_meanwhile() -> None:
    with staged() as stage:
        for who in ("pia", "rut", "omar"):
            stage.write(who, "Hej!", room=NEW)  # each follows the channel
        stage.invite("pia", NEW)
        for who in ("pia", "rut"):
            stage.press(who, "Börja")
        greeting, _ = stage.find_button("omar", "Börja")
        (post,) = (one for one in stage.cloud.from_bot(channel_of(NEW)) if one.id == greeting.reference)
        stage.submit("rut", {"arbetslag": ("new",), "new": ("Arbetslag Ek",), "skolform": ("grundskola",)})
        stage.after(seconds=60)
        assert stage.told("rut", "Den här kanalen hör nu till Arbetslag Ek.")
        assert post.edits == 0
        assert "pia" in stage.forms
        stage.press("pia", Around().close)
        stage.after(seconds=2 * AGAIN)
        assert post.edits == 1
        assert "Kanalen hör till Arbetslag Ek." in stage.find_button("omar", "Börja")[0].text


def test_who_closes_the_form_or_leaves_it_keeps_nobody_waiting_for_long() -> None:
    with staged() as stage:
        before = both_at_it(stage)
        stage.press("lena", Around().close)
        stage.after(seconds=2 * AGAIN)
        assert edits(stage) > before
    with staged() as stage:
        before = both_at_it(stage)
        stage.after(seconds=LONGEST + 2 * AGAIN)
        assert edits(stage) > before
        assert not stage.forms


def test_a_form_that_stands_open_over_a_restart_is_not_taken_from_its_writer(tmp_path: Path) -> None:
    with staged(url=f"sqlite:///{tmp_path / 'nulage.sqlite3'}") as stage:
        stage.ask()
        stage.press("lena", "Svara")
        (anchor,) = stage.questions()
        lena = Place(platform="teams", address=f"{TENANT}/{anchor.conversation}")
        stage.run(stage.bot.side.shut())

        async def in_the_next_process() -> list[float]:
            app = stage.bot.app
            async with bot_on(stage.teams, stage.store, app.prompts, stage.clock, patience=1) as bot:
                waits = [bot.side.edge.writing.wait(lena, anchor.id)]
                stage.clock.offset += timedelta(seconds=LONGEST)
                return [*waits, bot.side.edge.writing.wait(lena, anchor.id)]

        at_first, in_the_end = stage.run(in_the_next_process())
        assert at_first > 0 == in_the_end
        assert [row for row in stage.rows(tables.mark) if row["name"].startswith("teams")] == []


def test_a_bot_that_ends_with_no_form_open_leaves_nothing() -> None:
    with staged() as stage:
        stage.ask()
        stage.run(stage.bot.side.shut())
        assert [row for row in stage.rows(tables.mark) if row["name"].startswith("teams")] == []


@pytest.mark.parametrize("told", ["", "{", "7", "[[1]]", '[["a","b","c","d"]]'])
def test_what_cannot_be_read_of_open_forms_stops_nobody(told: str) -> None:
    writing = Writing(lambda: MONDAY)
    writing.go_on(told)
    assert writing.told() == ""


def test_no_form_is_open_for_longer_than_any_is() -> None:
    writing = Writing(lambda: MONDAY)
    writing.go_on(f'[["t/a","1","lena",{MONDAY.timestamp() + 99 * LONGEST}]]')
    assert writing.told() == json.dumps([["t/a", "1", "lena", MONDAY.timestamp() + LONGEST]])
