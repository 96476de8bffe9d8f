"""When a Home is published anew: for whom, how often, and what happens when Slack does not take it."""

import asyncio
import json
from collections.abc import Callable
from typing import Any

import httpx
from structlog.testing import capture_logs

from bot.domain.events import HomeOpened
from bot.messages.model import Message, Open, Paragraph, Quiet, Response, Say
from tests.each import each
from tests.platforms.slack.edge_stage import FORM, Stage, played
from tests.platforms.slack.recorded import recorded
from tests.platforms.slack.test_edge_out import FORM as A_FORM

FAILED = Say(message=Message(title="Det gick inte."), became="failed")


def page(words: str) -> Say:
    return Say(message=Message(title="Hej, Lena", blocks=(Paragraph(text=words),)))


def counting(on: Stage) -> Callable[[], list[str]]:
    """Let Home say how often it was looked at since it was opened; return what is published, in order."""

    async def look(_event: HomeOpened) -> Response:
        return page(f"Sedd {len(on.looked)} gånger.")

    on.home = look
    return lambda: [_words(call["view"]) for call in on.slack.made("views.publish")]


def _words(view: dict[str, Any]) -> str:
    found = json.dumps(view, ensure_ascii=False)
    return "" if "Sedd " not in found else found[found.index("Sedd ") :].partition(" gånger")[0]


async def opened(on: Stage) -> None:
    on.response = page("Öppnad.")
    await on.play("home_opened")
    on.response = Quiet()


ELSEWHERE = "command_nfc button_direct form_direct message_direct shortcut_start message_saved".split()


@each("name", ELSEWHERE)
def test_whoever_has_had_home_sees_what_they_did_elsewhere(name: str) -> None:
    async def story(on: Stage) -> None:
        published = counting(on)
        await opened(on)
        await on.play(name)
        assert published() == ["", "Sedd 1"]
        (looked,) = on.looked
        assert (looked.who.user, looked.where.address) == ("T061EG9R6/U0LENA001", "T061EG9R6/@U0LENA001")

    played(story)


@each("name", ELSEWHERE)
def test_whoever_has_not_had_it_costs_nothing(name: str) -> None:
    async def story(on: Stage) -> None:
        published = counting(on)
        await on.play(name)
        assert not published()
        assert not on.looked

    played(story)


def test_a_button_on_home_proves_that_somebody_has_it() -> None:
    """So it does after a restart, and in another process."""

    async def story(on: Stage) -> None:
        published = counting(on)
        await on.play("button_home")
        assert published() == ["Sedd 1"]

    played(story)


def test_a_form_that_was_opened_on_home_proves_it_too() -> None:
    async def begin(on: Stage) -> None:
        on.response = A_FORM
        await on.play("button_home")
        (view,) = [call["view"] for call in on.slack.made("views.open")]
        metadata.append(view["private_metadata"])

    async def elsewhere(on: Stage) -> None:
        published = counting(on)
        payload = recorded("form_direct")
        payload["view"]["private_metadata"] = metadata[0]
        await on.send(payload)
        assert published() == ["Sedd 1"]

    metadata: list[str] = []
    played(begin)
    played(elsewhere)


@each("response", [FAILED, "away"])
def test_where_nothing_was_saved_home_is_as_it_was(response: Any) -> None:
    async def story(on: Stage) -> None:
        published = counting(on)
        await opened(on)
        on.away = response == "away"
        on.response = FAILED
        await on.play("command_nfc")
        assert published() == [""]

    played(story)


def test_what_looks_the_same_is_not_published_again() -> None:
    async def story(on: Stage) -> None:
        on.home = page("Öppnad.")
        await opened(on)
        await on.play("command_nfc")
        assert len(on.slack.made("views.publish")) == 1
        on.home = page("Ny.")
        await on.play("command_nfc", trigger_id="1.2.next")
        assert len(on.slack.made("views.publish")) == 2

    played(story)


def test_who_presses_on_home_sees_it_even_if_we_know_no_change() -> None:
    """Another process may have shown something else since."""

    async def story(on: Stage) -> None:
        on.home = page("Öppnad.")
        await opened(on)
        await on.play("button_home")
        assert len(on.slack.made("views.publish")) == 2

    played(story)


async def knock(on: Stage, name: str, number: int) -> httpx.Response:
    """Send what is recorded, and wait for nothing but the acknowledgement."""
    body = httpx.QueryParams({"payload": json.dumps(recorded(name) | {"trigger_id": f"1.2.{number}"})})
    return await on.post(str(body).encode(), FORM)


def test_a_herd_of_presses_is_two_publishings_and_every_one_is_acknowledged_at_once() -> None:
    async def story(on: Stage) -> None:
        published = counting(on)
        on.slack.gate = asyncio.Event()
        for number in range(12):
            assert (await knock(on, "button_home", number)).status_code == 200
        await on.slack.reached.wait()
        for number in range(12, 20):
            assert (await knock(on, "button_home", number)).status_code == 200
        on.slack.gate.set()
        await on.edge.finish()
        assert len(on.events) == 20
        assert len(published()) == 2
        assert published()[-1] == f"Sedd {len(on.looked)}", "the last look came after the last press"

    played(story)


def test_what_another_process_has_published_since_is_not_overwritten_with_something_older() -> None:
    async def story(on: Stage) -> None:
        published = counting(on)
        await opened(on)
        on.slack.hash = "of another process"
        await on.play("command_nfc")
        assert published() == ["", "Sedd 1", "Sedd 2"]
        hashes = [call.get("hash") for call in on.slack.made("views.publish")]
        assert hashes[0] is None
        assert hashes[1]
        assert hashes[2] is None

    played(story)


def test_a_rest_that_slack_asks_for_is_kept_and_then_home_is_as_it_is_by_then() -> None:
    async def story(on: Stage) -> None:
        published = counting(on)
        await opened(on)
        on.slack.rests = [7]
        await on.play("button_home")
        assert published() == ["", "Sedd 1", "Sedd 2"]
        assert on.slept == [7]

    played(story)


def test_what_is_done_while_home_waits_is_seen_when_its_turn_comes() -> None:
    async def story(on: Stage) -> None:
        async def press() -> None:
            await knock(on, "button_home", 1)
            await asyncio.sleep(0)  # what comes after the acknowledgement begins

        published = counting(on)
        await opened(on)
        on.slack.rests = [7]
        on.meanwhile = press
        await on.play("button_home")
        assert published() == ["", "Sedd 1", "Sedd 3"]

    played(story)


def test_a_slack_that_never_takes_it_is_left_alone() -> None:
    async def story(on: Stage) -> None:
        published = counting(on)
        await opened(on)
        on.slack.rests = [1.0] * 20
        await on.play("button_home")
        assert len(published()) == 4
        on.slack.rests = [3600.0]
        await on.play("button_home", trigger_id="1.2.next")
        assert len(published()) == 5
        assert sum(on.slept) < 60

    played(story)


def test_a_store_that_is_away_when_home_is_looked_at_harms_nothing() -> None:
    async def look(_event: HomeOpened) -> Response:
        raise ConnectionError("the store is away")

    async def story(on: Stage) -> None:
        on.home = look
        await opened(on)
        before = len(on.slack.made("views.publish"))
        with capture_logs() as logged:
            assert (await on.play("button_home")).status_code == 200
        assert len(on.slack.made("views.publish")) == before
        assert [line["action"] for line in logged] == ["slack.home_not_seen"]

    played(story)


def test_home_that_is_no_page_is_not_published() -> None:
    async def story(on: Stage) -> None:
        for home in (Quiet(), FAILED, A_FORM):
            assert isinstance(home, Quiet | Say | Open)
            on.home = home
            await on.play("button_home", trigger_id=f"1.2.{home.kind}")
        assert len(on.looked) == 3
        assert not on.slack.made("views.publish")

    played(story)
