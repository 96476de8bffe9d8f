"""What no story tells: shortcuts, mentions, commands in threads, private channels, closed modals."""

from typing import Literal

import pytest

from bot.domain.notes import Aspect, Note, Sign
from bot.messages.model import ChoiceField
from bot.rehearsal import example
from storage.said.notes import add_note
from storage.tables import metadata
from tests.chat_stage import HERE
from tests.slack import payloads
from tests.slack.fake import posts_with
from tests.slack.school import channel_of
from tests.slack.stage import Stage, staged
from tests.slack.state import BOT_USER

WORDS = "Halvklass gav mer samtal."


def test_the_global_shortcut_tells_in_a_modal() -> None:
    with staged() as stage:
        stage.write("lena", "/nuläge")
        wanted = stage.fresh[-1].text
        shortcut = payloads.global_shortcut(stage.workspace, "ULENA", "nulage_start")
        stage.acts(stage.sender.interactive(shortcut))
        (told,) = stage.fresh
        assert told.only_to == "lena"
        assert told.text == wanted


@pytest.mark.parametrize("words", ["/roller", f"<@{BOT_USER}> /roller"], ids=["words", "mention"])
def test_in_a_thread_a_command_is_written_as_words(words: str) -> None:
    with staged() as stage:
        stage.write("lena", "/roller", room=HERE)
        wanted = stage.fresh[-1].text
        stage.ask()
        (anchor,) = stage.questions()
        post = stage.workspace.write("ULENA", anchor.channel, words, anchor.ts)
        said = payloads.message(stage.workspace, post) | {"text": words}
        stage.happens(said | ({"type": "app_mention"} if BOT_USER in words else {}))
        assert stage.told("lena", wanted)[-1].thread == anchor.ts


def test_words_in_a_thread_are_saved_from_there_and_the_receipt_stands_beside_them() -> None:
    with staged() as stage:
        stage.write("omar", "Ska vi pröva halvklass?", room=HERE)
        root = stage.workspace.posts[-1]
        stage.write("sam", WORDS, room=HERE, thread=root.ts)
        stage.save("lena", WORDS)
        asked = [one for one in stage.forms["lena"].fields if isinstance(one, ChoiceField) and one.required]
        stage.submit("lena", {one.key: (one.options[0].value,) for one in asked})
        (receipt,) = [post for post in stage.workspace.from_bot() if post.text.startswith("Sparat som")]
        assert (receipt.only_to, receipt.thread_ts) == ("ULENA", root.ts)


def test_who_takes_the_only_reply_back_sees_what_became_of_it() -> None:
    with staged() as stage:
        stage.ask()
        (anchor,) = stage.questions()
        stage.write("lena", WORDS, room=HERE, thread=anchor.ts)
        post = next(one for one in stage.workspace.posts if one.text == WORDS)
        post.deleted = True
        stage.happens(payloads.changed(stage.workspace, post, WORDS))
        assert not stage.notes()
        stage.press("lena", "Återställ")
        assert stage.notes() == [WORDS]


def test_a_private_channel_is_like_any_other() -> None:
    with staged() as stage:
        stage.workspace.channels[channel_of(HERE)].kind = "private"
        stage.ask()
        (anchor,) = stage.questions()
        stage.write("lena", WORDS, room=HERE, thread=anchor.ts)
        assert stage.notes() == [WORDS]


@pytest.mark.parametrize("kind", ["private", "public"])
def test_only_an_invitation_is_a_way_in(kind: Literal["private", "public"]) -> None:
    """Slack tells in the press itself that a channel is private; its name alone proves nothing."""
    with staged() as stage:
        stage.workspace.channels[channel_of(HERE)].kind = kind
        if kind == "public":
            stage.workspace.channels[channel_of(HERE)].name = "privategroup"
        stage.write("alva", "/roller", room=HERE)
        stage.press("alva", "Det är jag")
        stage.submit("alva", {})
        invited = kind == "private"
        assert bool(stage.told("alva", "Nu är du med i Arbetslag 4–6, Alva Roth.")) is invited
        assert bool(stage.told("pia", "Alva Roth är nu med i Arbetslag 4–6.")) is invited
        assert bool(stage.told("pia", "Alva Roth vill vara med.")) is not invited


def test_a_receipt_is_seen_by_nobody_else() -> None:
    with staged() as stage:
        stage.ask()
        (anchor,) = stage.questions()
        stage.write("lena", WORDS, room=HERE, thread=anchor.ts)
        assert stage.told("lena", "Sparat som anteckning")
        seen = [post for post in stage.workspace.visible_to("UOMAR") if WORDS in post.text]
        assert not seen


def test_without_the_optional_scopes_the_button_is_the_way_to_answer() -> None:
    with staged(without=frozenset({"channels:history", "groups:history"})) as stage:
        stage.ask()
        (anchor,) = stage.questions()
        stage.write("lena", WORDS, room=HERE, thread=anchor.ts)
        assert not stage.notes(), "Slack tells nobody of words the bot may not read"
        stage.press("lena", "Svara")
        assert "lena" in stage.forms


def open_form(stage: Stage) -> None:
    stage.ask()
    stage.press("lena", "Svara")


def every_row(stage: Stage) -> list[str]:
    """All that is stored."""
    return [str(row) for table in metadata.sorted_tables for row in stage.rows(table)]


@pytest.mark.parametrize("told", ["untold", "told", "all told"])
def test_a_modal_that_is_closed_leaves_nothing_to_let_go_of(told: str) -> None:
    """Nothing is remembered of an open one, so that Slack need not tell; were it to, it would do no harm."""
    with staged() as stage:
        open_form(stage)
        view, before = stage.workspace.modals["ULENA"], every_row(stage)
        stage.close("lena")
        if told != "untold":
            closed = payloads.closed(stage.workspace, view, all_of_them=told == "all told")
            assert stage.acts(stage.sender.interactive(closed)).status_code == 200
        assert not stage.fresh
        assert every_row(stage) == before
        stage.press("lena", "Svara")
        assert "lena" in stage.forms


def test_a_form_holds_no_word_of_the_one_before() -> None:
    with staged() as stage:
        open_form(stage)
        first = {
            block["block_id"]
            for block in stage.workspace.modals["ULENA"].body["blocks"]
            if "block_id" in block
        }
        stage.press("lena", "Svara")
        second = {
            block["block_id"]
            for block in stage.workspace.modals["ULENA"].body["blocks"]
            if "block_id" in block
        }
        assert first
        assert not first & second


def test_every_post_carries_a_key_that_says_nothing() -> None:
    with staged() as stage:
        stage.ask()
        posts = [post for post in stage.workspace.from_bot() if not post.only_to]
        assert {post.ts for post in stage.questions()} <= {post.ts for post in posts}
        assert stage.questions()
        for post in posts:
            assert post.metadata
            assert post.metadata["event_type"] == "nulage_out"
            assert len(post.metadata["event_payload"]["k"]) == 32


SIGNS: tuple[tuple[Aspect, Sign], ...] = (
    ("process", "fungerar"),
    ("process", "bekymrar"),
    ("resultat", "fungerar"),
)


def share_a_chart(stage: Stage) -> list[str]:
    """Let Lena share how things stand, and return what kinds of block her channel then sees."""
    with stage.store.begin() as unit:
        for number, (aspect, sign) in enumerate(SIGNS):
            where = {"school": example.SCHOOL, "arbetslag": example.TEAM_46, "author": "lena", "week": 202647}
            told = {"id": str(number), "text": WORDS, "aspect": aspect, "sign": sign}
            add_note(unit, Note.model_validate({**where, **told, "created_at": stage.clock.now()}))
    stage.write("lena", "/nuläge", room=HERE)
    stage.press("lena", "Dela i kanalen")
    (shared,) = [post for post in posts_with(stage.slack, "Lena Berg delar") if not post.only_to]
    return [block["type"] for block in shared.blocks]


def test_a_chart_is_uploaded_and_shown_where_the_token_has_the_permission() -> None:
    with staged() as stage:
        assert "image" in share_a_chart(stage)
        (file,) = stage.workspace.files.values()
        assert file["content"].startswith(b"\x89PNG")


def test_without_the_permission_a_chart_is_drawn_by_slack_itself() -> None:
    with staged(without=frozenset({"files:write"})) as stage:
        kinds = share_a_chart(stage)
        assert "data_visualization" in kinds
        assert "image" not in kinds
        assert not stage.workspace.files
