"""Our own code falls over: Slack tries again what it can, and a person is told what it cannot."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from bot.domain.events import Event
from bot.platforms.slack.listen.edge import Edge
from bot.platforms.slack.listen.homes import TRIES as PUBLISHINGS
from bot.platforms.slack.parse.values import Gone
from bot.platforms.slack.send.client import Web
from bot.runtime.dispatcher import TRIES
from storage import tables
from tests.faults.doors import watch_store
from tests.slack import payloads
from tests.slack.filling import state_of
from tests.slack.mischief import Fault
from tests.slack.stage import Stage, staged
from tests.slack.state import Json

SORRY = "Något gick fel hos mig."
WORDS = "Halvklass gav mer samtal."


@contextmanager
def breakable(tmp_path: Path) -> Iterator[tuple[Stage, Callable[..., None]]]:
    """A stage where the next so many events fall over each time they are tried; the disk is well."""
    with staged(url=f"sqlite:///{tmp_path / 'nulage.sqlite3'}") as stage:
        left = 0

        def fall_over(events: int = 1) -> None:
            nonlocal left
            left = events * TRIES

        def door(kind: str) -> None:
            nonlocal left
            if kind == "commit" and left:
                left -= 1
                raise RuntimeError("a mistake of ours")

        watch_store(stage.store, door)
        yield stage, fall_over


def _words(stage: Stage) -> Json:
    (anchor,) = stage.questions()
    return payloads.message(stage.workspace, stage.workspace.write("ULENA", anchor.channel, WORDS, anchor.ts))


def _thrown_out(stage: Stage) -> Json:
    return payloads.left(stage.workspace, stage.questions()[0].channel)


@pytest.mark.parametrize("happening", [_words, _thrown_out])
def test_what_slack_repeats_is_refused_until_it_has_its_effect(
    tmp_path: Path, happening: Callable[[Stage], Json]
) -> None:
    with breakable(tmp_path) as (stage, fall_over):
        stage.ask()
        event = payloads.event(stage.workspace, happening(stage))
        before = len(stage.rows(tables.inbox))
        fall_over(events=2)
        statuses = [stage.run(stage.sender.event(event, retry=retry)).status_code for retry in (0, 1)]
        assert statuses == [503, 503]
        assert stage.acts(stage.sender.event(event, retry=2)).status_code == 200
        assert len(stage.rows(tables.inbox)) == before + 1
        assert not stage.told("lena", SORRY)


def test_who_presses_or_commands_is_told_with_a_code(tmp_path: Path) -> None:
    with breakable(tmp_path) as (stage, fall_over):
        stage.ask()
        fall_over()
        stage.command("lena", "/nuläge")
        fall_over()
        stage.press("lena", "Svara")
        assert len(stage.told("lena", SORRY)) == 2


def test_a_form_stays_open_with_its_words(tmp_path: Path) -> None:
    with breakable(tmp_path) as (stage, fall_over):
        stage.ask()
        stage.press("lena", "Svara")
        view = stage.workspace.modals["ULENA"]
        went, *_, voice = stage.forms["lena"].fields
        view.state = state_of(view, {went.key: ("delvis",), voice.key: (WORDS,)})
        payload = payloads.submission(stage.workspace, view)
        fall_over()
        answer = stage.run(stage.sender.interactive(payload)).json()
        assert answer["response_action"] == "errors"
        assert SORRY in next(iter(answer["errors"].values()))


def test_after_a_sudden_end_nobody_is_told_that_slack_told_us_twice(tmp_path: Path) -> None:
    """What was taken before the end is in the inbox; the edge of the next process has not heard of it."""
    with staged(url=f"sqlite:///{tmp_path / 'nulage.sqlite3'}") as stage:
        stage.ask()
        (anchor,) = stage.questions()
        posts = [
            stage.workspace.write("ULENA", anchor.channel, text, anchor.ts) for text in (WORDS, "/hjälp")
        ]
        happened = [payloads.message(stage.workspace, post) for post in posts]
        happened.append(payloads.joined(stage.workspace, anchor.channel, "UPIA"))
        events = [payloads.event(stage.workspace, inner) for inner in happened]
        for event in events:
            assert stage.acts(stage.sender.event(event)).status_code == 200
        said, repeated = _said(stage), stage.bot.app.handlers.repeated
        assert stage.acts(_told_again(stage, events)) == [200] * len(events)
        assert stage.bot.app.handlers.repeated - repeated == len(events)
        assert _said(stage) == said


def test_a_home_that_was_opened_just_before_a_sudden_end_is_shown_when_slack_tells_again(
    tmp_path: Path,
) -> None:
    """What should have stood there went with the process that was asked; looking once more costs nothing."""
    with staged(url=f"sqlite:///{tmp_path / 'nulage.sqlite3'}") as stage:
        event = payloads.event(stage.workspace, payloads.home_opened(stage.workspace, "ULENA"))
        stage.slack.mischief.plan(Fault("html", "views.publish", status=502, times=PUBLISHINGS))
        assert stage.acts(stage.sender.event(event)).status_code == 200
        assert "ULENA" not in stage.workspace.homes
        assert stage.acts(_told_again(stage, [event])) == [200]
        assert "ULENA" in stage.workspace.homes


def _said(stage: Stage) -> list[str]:
    """What the bot has done that somebody sees."""
    methods = (call.method for call in stage.slack.calls)
    return [method for method in methods if method.startswith(("chat.", "views."))]


async def _told_again(stage: Stage, events: list[Json]) -> list[int]:
    async def gone(_gone: Gone) -> None:
        """Nobody goes."""

    async def given_up(_event: Event) -> bool:
        raise AssertionError("nothing is sent for the last time")

    async with Web(stage.slack.url) as web:
        edge = Edge(
            dispatch=stage.bot.app.dispatch,
            workspaces=stage.bot.side.workspaces,
            web=web,
            on_gone=gone,
            give_up=given_up,
        )
        statuses = [(await edge.answer(event)).status for event in events]
        await edge.finish()
    return statuses
