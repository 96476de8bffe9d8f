"""The Home tab stays true for whoever has it before them: what they do shows there at once."""

import asyncio
from collections.abc import Callable

import pytest
from structlog.testing import capture_logs

from bot.domain.events import HomeOpened
from bot.messages.model import ChoiceField, Form, Quiet
from bot.platforms.slack.listen.homes import TRIES
from bot.platforms.slack.parse.ids import account, direct
from bot.platforms.slack.parse.values import Heard, Way
from tests.chat_stage import HERE
from tests.slack.mischief import Fault, How
from tests.slack.stage import Stage, staged
from tests.slack.state import TEAM

PUBLISH = "views.publish"


def home(stage: Stage, who: str) -> str:
    """What stands on somebody's Home now."""
    return stage.eyes.heard(stage.workspace.homes[f"U{who.upper()}"]).text


def publishings(stage: Stage) -> int:
    return stage.slack.times(PUBLISH)


def test_a_language_that_was_pressed_on_home_holds_there_at_once() -> None:
    with staged() as stage:
        stage.open_home("lena")
        stage.press("lena", "English")
        assert "I write to you in English." in home(stage, "lena")
        assert stage.workspace.modals["ULENA"].body["close"]["text"] == "Close"
        stage.press("lena", "Svenska")
        assert "Jag skriver på svenska till dig." in home(stage, "lena")


def test_a_language_that_was_written_elsewhere_holds_there_too() -> None:
    with staged() as stage:
        stage.open_home("lena")
        stage.write("lena", "/språk english", room=HERE)
        assert "I write to you in English." in home(stage, "lena")


def set_away(stage: Stage) -> None:
    stage.press("lena", "Säg att du är borta")
    stage.submit("lena", {"until": ("2026-11-27",)})


def end_away(stage: Stage) -> None:
    set_away(stage)
    stage.workspace.modals.pop("ULENA", None)
    stage.press("lena", "Avsluta frånvaron")


def away_by_command(stage: Stage) -> None:
    stage.write("lena", "/frånvaro", room=HERE)
    stage.submit("lena", {"until": ("2026-11-27",)})


@pytest.mark.parametrize(
    ("act", "before", "after"),
    [
        (set_away, "Säg att du är borta", "Du är borta till och med fredag 27 november"),
        (end_away, "Säg att du är borta", "Säg att du är borta"),
        (away_by_command, "Säg att du är borta", "Du är borta till och med fredag 27 november"),
    ],
    ids=["in a form", "by a button", "in a form of a command"],
)
def test_absence_shows_on_home(act: Callable[[Stage], None], before: str, after: str) -> None:
    with staged() as stage:
        stage.open_home("lena")
        assert before in home(stage, "lena")
        act(stage)
        assert after in home(stage, "lena")


def first_answers(form: Form) -> dict[str, tuple[str, ...]]:
    """The first choice for each question that must be answered, and some words."""
    asked = [field for field in form.fields if field.required]
    return {
        one.key: (one.options[0].value if isinstance(one, ChoiceField) else "Vi provar.",) for one in asked
    }


@pytest.mark.parametrize("button", ["Svara i Arbetslag 4–6", "Svara"], ids=["on home", "in the channel"])
def test_a_question_that_was_answered_waits_no_more_on_home(button: str) -> None:
    with staged() as stage:
        stage.ask()
        stage.open_home("lena")
        assert "Svara i Arbetslag 4–6" in home(stage, "lena")
        stage.press("lena", button)
        while "lena" in stage.forms:
            stage.submit("lena", first_answers(stage.forms["lena"]))
        assert "Inga frågor väntar på dig just nu." in home(stage, "lena")


def test_a_schedule_that_was_paused_is_paused_on_home() -> None:
    with staged() as stage:
        stage.open_home("pia")
        assert "Pausad." not in home(stage, "pia")
        stage.write("pia", "/avstämning", room=HERE)
        stage.press("pia", "Pausa")
        stage.submit("pia", {"until": ("2026-12-11",)})
        assert "Pausad." in home(stage, "pia")


@pytest.mark.parametrize("how", ["html", "reset", "refuse", "garbage"])
def test_a_publishing_that_slack_did_not_answer_is_made_again(how: How) -> None:
    """The page says the wrong thing in front of somebody until then, and publishing twice does no harm."""
    with staged() as stage:
        stage.open_home("lena")
        stage.slack.mischief.plan(Fault(how, PUBLISH, status=502, times=TRIES - 1))
        stage.press("lena", "English")
        assert "I write to you in English." in home(stage, "lena")


def test_the_bot_closes_though_a_home_is_to_be_looked_at() -> None:
    async def close(stage: Stage) -> None:
        side, waited = stage.bot.side, asyncio.Event()
        side.edge.homes.pause = waited.wait
        opened = HomeOpened(
            id="h", at=stage.clock.now(), who=account(TEAM, "ULENA"), where=direct(TEAM, "ULENA")
        )
        side.edge.homes.follow(Heard(opened, Way("command", TEAM, "ULENA")), Quiet())
        assert side.edge.homes.showing
        with capture_logs() as logged:
            await side.close()
        waited.set()
        assert not logged

    with staged() as stage:
        stage.open_home("lena")
        stage.acts(close(stage))


def test_whoever_never_had_home_is_given_none() -> None:
    with staged() as stage:
        stage.open_home("omar")
        before = publishings(stage)
        stage.write("lena", "/språk english", room=HERE)
        assert publishings(stage) == before
        assert "ULENA" not in stage.workspace.homes


def test_what_changes_nothing_on_home_publishes_nothing() -> None:
    with staged() as stage:
        stage.open_home("lena")
        before = publishings(stage)
        stage.write("lena", "/roller", room=HERE)
        assert publishings(stage) == before
