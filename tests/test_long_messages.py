"""A message too long for one post, through the whole bot: its parts are noted beside it, in each chat."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any, NamedTuple

import pytest

from bot.messages.model import Message, Paragraph
from storage import tables
from storage.post.outbox import Promised, promise
from tests.slack import mischief as slack_mischief
from tests.slack import stage as slack
from tests.teams import fake_mischief as teams_mischief
from tests.teams import stage as teams

LONG = Message(
    title="Veckan", blocks=tuple(Paragraph(text=f"{number} " + "ord och " * 300) for number in range(9))
)


class Chat(NamedTuple):
    """`refuse` leaves the second post in doubt; `said` is what stands of the long message."""

    staged: Callable[[], AbstractContextManager[Any]]
    refuse: Callable[[Any], None]
    said: Callable[[Any], list[str]]


def _in_slack(stage: Any) -> list[str]:
    return [post.text for post in stage.workspace.from_bot() if "Del " in post.text]


def _in_teams(stage: Any) -> list[str]:
    return [str(post.card) for post in stage.cloud.from_bot() if "ord och" in str(post.card)]


CHATS = {
    "slack": Chat(
        slack.staged,
        lambda stage: stage.slack.mischief.plan(slack_mischief.Fault("refuse", "chat.postMessage", after=1)),
        _in_slack,
    ),
    "teams": Chat(
        teams.staged,
        lambda stage: stage.teams.mischief.plan(teams_mischief.Fault("refuse", "create")),
        _in_teams,
    ),
}


def say(stage: Any) -> None:
    """Promise the long message where one arbetslag is, and carry it."""
    with stage.store.begin() as unit:
        here = next(one.place for one in unit.roster.arbetslag.values() if one.place)
        promise(unit, Promised("long", "critical", "", here, LONG, stage.clock.now()))
    stage.after(seconds=1)


@pytest.mark.parametrize("chat", CHATS)
def test_a_long_message_has_its_parts_noted_and_no_other_has(chat: str) -> None:
    with CHATS[chat].staged() as stage:
        stage.ask()
        say(stage)
        noted = {row["key"]: row["parts"] for row in stage.rows(tables.outbox) if row["state"] == "sent"}
        assert noted.pop("long")
        assert noted
        assert set(noted.values()) == {None}


@pytest.mark.parametrize("chat", CHATS)
def test_a_bot_that_begins_anew_in_the_midst_of_one_goes_on_where_it_was(chat: str) -> None:
    with CHATS[chat].staged() as stage:
        stage.ask()
        CHATS[chat].refuse(stage)
        say(stage)
        begun = CHATS[chat].said(stage)
        assert len(begun) == 1
        stage.bot.side.platform._trails._known.clear()  # as in a process that has just begun
        stage.after(minutes=5)
        if stage.states().count("uncertain"):  # a doubt that nobody can look into is a person's
            stage.press("pia", "Skicka ändå")
            stage.after(seconds=1)
        whole = CHATS[chat].said(stage)
        assert whole[0] == begun[0]
        assert len(whole) == len(set(whole)) > 1
        (row,) = (row for row in stage.rows(tables.outbox) if row["key"] == "long")
        assert row["state"] == "sent"
