"""What comes late, again, or not as it was meant: nobody loses a team, a question or a secret."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from storage import tables
from tests.chat_stage import HERE, THERE
from tests.teams import payloads
from tests.teams.fake_mischief import Fault
from tests.teams.school import aad_of, channel, person
from tests.teams.stage import Stage, staged
from tests.teams.state import TENANT, Post

PHONE = "Ring mig på 070-174 06 58 om det här."
NEXT = "Hur mycket kan ni själva påverka"


def channels(stage: Stage) -> set[str]:
    """Where the bot believes that it is, but for people's own chats."""
    known = stage.run(stage.bot.side.references.of_tenant(TENANT))
    return {one.key for one in known if one.kind == "channel"}


def newest(stage: Stage) -> dict[str, Any]:
    return next(row for row in reversed(stage.rows(tables.outbox)) if row["replacing"])


def analysis(stage: Stage) -> str:
    """A conversation with a question that has buttons; return its thread."""
    stage.write("sam", "/orsaksanalys Läsningen sjönk", room=HERE)
    stage.submit("sam", {})
    thread = next(one.thread for one in stage.fresh if one.thread)
    stage.write("lena", "För lite högläsning", room=HERE, thread=thread)
    return thread


@pytest.mark.parametrize("who", ["lena", "omar"])
def test_a_line_for_one_person_is_shown_to_nobody_else(who: str) -> None:
    with staged() as stage:
        stage.ask()
        stage.happens(stage.words("lena", PHONE))
        [line] = [row for row in stage.rows(tables.outbox) if '"only_to":"lena"' in row["place"]]
        (anchor,) = stage.questions()
        where = channel(HERE, stage.teams.service_url, anchor.id)
        claim, at = {"from": line["reference"]}, stage.clock.now()
        asked = payloads.execute(person(who), where, "show", claim, on=line["reference"], at=at)
        shown = stage.acts(stage.sender.deliver(asked)).text
        assert ("telefonnummer" in shown) is (who == "lena")


@pytest.mark.parametrize("again", [True, False])
def test_a_removal_that_is_told_when_the_bot_is_back_takes_nothing(*, again: bool) -> None:
    """Word for word again, or what Teams tells beside it."""
    with staged() as stage:
        general, at = channel("#", stage.teams.service_url), stage.clock.now()
        gone = payloads.installation(person("pia"), general, "remove", at=at)
        stage.happens(gone)
        assert channels(stage) == set()
        stage.after(seconds=40)
        stage.invite("pia", HERE)
        known = channels(stage)
        stage.happens(gone if again else payloads.members(person("pia"), general, bot="went", at=at))
        assert channels(stage) == known != set()
        stage.ask()
        assert len(stage.questions(HERE)) == len(stage.questions(THERE)) == 1


def test_a_closed_channels_removal_that_is_told_when_the_bot_is_back_takes_nothing() -> None:
    with staged() as stage:
        known, at = channels(stage), stage.clock.now()
        closed = replace(channel(HERE, stage.teams.service_url), channel_type="private")
        stage.after(minutes=10)
        for bot, minutes in (("came", 5), ("went", 2)):
            when = at + timedelta(minutes=minutes)
            stage.happens(payloads.members(person("pia"), closed, bot=bot, at=when))
        assert channels(stage) == known
        stage.ask()
        assert len(stage.questions(HERE)) == 1


def test_a_channel_that_comes_back_unnamed_takes_no_other_with_it() -> None:
    """It is told of in General then, whose conversation is the whole team's."""
    with staged() as stage:
        known = channels(stage)
        stage.after(minutes=10)
        back = payloads.members(
            person("pia"), channel("#", stage.teams.service_url), bot="came", at=stage.clock.now()
        )
        back["channelData"] |= {"eventType": "channelMemberAdded", "channel": {}}
        stage.happens(back)
        assert channels(stage) >= known


def test_words_from_before_a_removal_do_not_keep_the_team() -> None:
    with staged() as stage:
        stage.ask()
        words = stage.words()
        stage.after(seconds=1)
        stage.remove(HERE)
        stage.after(seconds=1)
        stage.happens(words)
        assert channels(stage) == set()
        rows = [row for row in stage.rows(tables.reference) if row["kind"] == "channel"]
        assert all(row["gone_at"] for row in rows)


def test_a_question_that_cannot_take_the_last_ones_place_is_told_of_and_still_found() -> None:
    with staged() as stage:
        analysis(stage)
        stage.teams.mischief.plan(Fault("http", "update", status=403, code="NotEnoughPermissions", times=5))
        stage.press("lena", "Undervisningen")
        assert newest(stage)["state"] == "parked"
        assert stage.rows(tables.outbox)[-1]["key"].startswith("trouble:parked:")
        stage.press("omar", "Undervisningen")
        assert any(NEXT in heard.text for heard in stage.fresh)


def test_a_question_whose_place_somebody_removed_comes_back_in_its_thread() -> None:
    with staged() as stage:
        thread = analysis(stage)
        source, button = stage.eyes.button(aad_of("lena"), "Undervisningen")
        pressed = stage.hands.press("lena", source, button)
        assert isinstance(source, Post)
        source.deleted = True
        stage.acts(stage.sender.deliver(pressed.activity))
        assert stage.cloud.from_bot()[-1].thread == thread
        assert newest(stage)["state"] == "sent"
