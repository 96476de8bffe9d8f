"""Slack sends something for the last time: it has its effect or its writer hears why not, never both."""

import asyncio
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy.exc import OperationalError

from bot.platforms.copies import Copies
from bot.runtime.dispatcher import TRIES
from tests.faults.doors import watch_store
from tests.slack import payloads
from tests.slack.stage import Stage, staged
from tests.slack.state import BOT_USER, Json

SORRY, SAVED = "Något gick fel hos mig.", "Sparat som anteckning"
LOST = "Jag har inte kunnat spara det du skickade."
WORDS = "Halvklass gav mer samtal."


@contextmanager
def breakable(tmp_path: Path) -> Iterator[tuple[Stage, Callable[..., None]]]:
    """A stage whose next commits go wrong: by a mistake of ours, or since the disk is away."""
    with staged(url=f"sqlite:///{tmp_path / 'nulage.sqlite3'}") as stage:
        left: list[Exception] = []
        kinds = [""]

        def go_wrong(problem: Exception, *, commits: int = TRIES, at: str = "commit") -> None:
            left[:] = [problem] * commits
            kinds[:] = [at]

        def door(kind: str) -> None:
            if kind in kinds and left:
                raise left.pop()

        watch_store(stage.store, door)
        yield stage, go_wrong


MISTAKE = RuntimeError("a mistake of ours")
AWAY = OperationalError("COMMIT", None, sqlite3.OperationalError("disk I/O error"))


def in_thread(stage: Stage, words: str = WORDS) -> Json:
    """Lena's words under the question, as Slack delivers them."""
    stage.ask()
    (anchor,) = stage.questions()
    post = stage.workspace.write("ULENA", anchor.channel, words, anchor.ts)
    return payloads.event(stage.workspace, payloads.message(stage.workspace, post))


def directly(stage: Stage) -> Json:
    post = stage.workspace.write("ULENA", stage.workspace.im("ULENA").id, WORDS)
    return payloads.event(stage.workspace, payloads.message(stage.workspace, post))


def by_name(stage: Stage) -> Json:
    """Lena names the bot in the channel, beside its question."""
    stage.ask()
    (anchor,) = stage.questions()
    post = stage.workspace.write("ULENA", anchor.channel, WORDS)
    said = payloads.message(stage.workspace, post) | {"text": f"<@{BOT_USER}> {WORDS}"}
    return payloads.event(stage.workspace, said)


def delivered(stage: Stage, event: Json, retry: int) -> int:
    return int(stage.acts(stage.sender.event(event, retry=retry)).status_code)


def forget_copies(stage: Stage) -> None:
    """As after a restart: only the inbox knows what was taken."""
    stage.bot.side.edge._copies = Copies()


@pytest.mark.parametrize("said", [in_thread, directly, by_name])
def test_a_lasting_mistake_of_ours_is_told_once_and_nothing_is_saved(
    tmp_path: Path, said: Callable[[Stage], Json]
) -> None:
    with breakable(tmp_path) as (stage, go_wrong):
        event = said(stage)
        for retry, status in ((0, 503), (1, 503), (2, 503), (3, 200)):
            go_wrong(MISTAKE)
            assert delivered(stage, event, retry) == status
        assert len(stage.told("lena", SORRY)) == 1
        forget_copies(stage)
        assert delivered(stage, event, 3) == 200, "a copy that comes late, to a process that knows nothing"
        assert not stage.notes()
        assert len(stage.told("lena", SORRY)) == 1
        assert not stage.told("lena", SAVED)


def test_what_people_write_to_each_other_is_not_spoken_of(tmp_path: Path) -> None:
    with breakable(tmp_path) as (stage, go_wrong):
        stage.ask()
        channel = stage.questions()[0].channel
        root = stage.workspace.write("UOMAR", channel, "Vem har nyckeln?")
        for thread in ("", root.ts):
            post = stage.workspace.write("ULENA", channel, "Den hänger vid dörren.", thread)
            go_wrong(MISTAKE)
            event = payloads.event(stage.workspace, payloads.message(stage.workspace, post))
            assert delivered(stage, event, 3) == 200
        assert not stage.told("lena", SORRY)


def test_an_effect_that_was_had_is_never_apologised_for(tmp_path: Path) -> None:
    """Slack missed our answer; meanwhile our code has gone wrong for good."""
    with breakable(tmp_path) as (stage, go_wrong):
        event = in_thread(stage)
        assert delivered(stage, event, 0) == 200
        forget_copies(stage)
        go_wrong(MISTAKE)
        assert delivered(stage, event, 3) == 200
        assert stage.notes() == [WORDS]
        assert not stage.told("lena", SORRY)


def test_what_the_store_could_not_take_has_its_effect_when_it_is_back(tmp_path: Path) -> None:
    with breakable(tmp_path) as (stage, go_wrong):
        event = in_thread(stage)
        go_wrong(AWAY)
        assert delivered(stage, event, 3) == 503
        assert not stage.told("lena", "")
        stage.acts(stage.bot.side.edge.unsaved.try_again())
        assert stage.notes() == [WORDS]
        assert len(stage.told("lena", SAVED)) == 1
        stage.acts(stage.bot.side.edge.unsaved.try_again())
        assert stage.notes() == [WORDS]


def test_who_left_while_the_store_was_away_has_left_when_it_is_back(tmp_path: Path) -> None:
    with breakable(tmp_path) as (stage, go_wrong):
        stage.ask()
        gone = payloads.left(stage.workspace, stage.questions()[0].channel, "ULENA")
        event = payloads.event(stage.workspace, gone)
        go_wrong(AWAY)
        assert delivered(stage, event, 3) == 503
        stage.acts(stage.bot.side.edge.unsaved.try_again())
        assert stage.told("pia", "Lena Berg har lämnat kanalen för Arbetslag 4–6")


@pytest.mark.parametrize(("said", "heard"), [(directly, 1), (by_name, 1), (in_thread, 0)])
def test_who_wrote_what_could_not_be_saved_before_the_end_is_told(
    tmp_path: Path, said: Callable[[Stage], Json], heard: int
) -> None:
    """In a thread people also write to each other: only what was surely said to the bot is spoken of."""
    with breakable(tmp_path) as (stage, go_wrong):
        event = said(stage)

        async def ending() -> None:
            running = asyncio.create_task(stage.bot.side.run())
            assert (await stage.sender.event(event, retry=3)).status_code == 503
            await stage.bot.side.shut()
            await running
            await stage.bot.side.close()
            assert len(stage.told("lena", LOST)) == heard

        go_wrong(AWAY, commits=100)
        stage.run(ending())
        post = event["event"]
        stage.apologised.append(f"slack:{event['team_id']}:{post['channel']}:{post['ts']}")
        go_wrong(AWAY, commits=0)
        assert not stage.notes()


def test_a_commit_that_gave_no_answer_and_had_its_effect_is_had_once(tmp_path: Path) -> None:
    with breakable(tmp_path) as (stage, go_wrong):
        event = in_thread(stage)
        assert delivered(stage, event, 0) == 200
        forget_copies(stage)
        go_wrong(AWAY, at="read")  # what is done already writes nothing
        assert delivered(stage, event, 3) == 503
        stage.acts(stage.bot.side.edge.unsaved.try_again())
        assert stage.notes() == [WORDS]
        assert len(stage.told("lena", SAVED)) == 1
