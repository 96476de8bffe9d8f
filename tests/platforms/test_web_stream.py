import asyncio
import json
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime, timedelta

from structlog.testing import capture_logs

from bot.domain.school import Place
from bot.domain.value import PersonId
from bot.messages.model import Message, Progress
from bot.platforms.web import render
from bot.platforms.web.lines import Draft
from bot.platforms.web.stream import BEHIND, Event, Window
from bot.platforms.web.view import Shown, Viewer
from bot.platforms.web.windows import Provrum as Room
from tests.platforms.web_stage import CHANNEL, NOTHING, QUESTION, STAGE, STATUS, Provrum


def window(provrum: Provrum, after: str, who: int = 1, address: str = CHANNEL) -> AsyncIterator[Event]:
    room = Room(STAGE, provrum.chat, provrum.engine)
    return Window(room, Viewer(STAGE.personas[who], STAGE), address, after).events()


def heard(events: AsyncIterator[Event], many: int, act: Callable[[], object] = lambda: None) -> list[Event]:
    """Listen for so many events; `act` happens when the first (the clock) has come."""

    async def listen() -> list[Event]:
        got: list[Event] = []
        async for event in events:
            got.append(event)
            if len(got) == 1:
                await asyncio.to_thread(act)
            if len(got) == many or event["event"] == "om":
                break
        return got

    return asyncio.run(asyncio.wait_for(listen(), 10))


def lines(events: list[Event]) -> list[str]:
    return [json.loads(event["data"])["html"] for event in events if event["event"] == "rad"]


def test_a_line_reaches_the_other_window() -> None:
    provrum = Provrum()
    got = heard(window(provrum, "0-0"), 2, lambda: provrum.write("Hej Omar"))
    assert got[0]["event"] == "klocka"
    assert "Hej Omar" in lines(got)[0]


def test_what_was_missed_is_replayed_from_the_last_id() -> None:
    provrum = Provrum()
    provrum.write("först")
    last = heard(window(provrum, "0-0"), 1)[0]["id"]
    provrum.write("sedan")
    again = lines(heard(window(provrum, last), 1))
    assert len(again) == 1
    assert "sedan" in again[0]


def test_a_change_comes_as_the_same_line_again() -> None:
    provrum = Provrum()
    reference = provrum.say(QUESTION)
    after = "-".join(map(str, provrum.chat.position()))
    got = heard(
        window(provrum, after), 2, lambda: provrum.post("/som/lena/tryck", rad=reference, svar=NOTHING)
    )
    data = json.loads(got[1]["data"])
    assert data["rad"] == reference
    assert "Inget nytt den här veckan." in data["html"]


def test_a_reply_renews_the_count_under_its_root() -> None:
    provrum = Provrum()
    root = provrum.say(QUESTION)
    after = "-".join(map(str, provrum.chat.position()))
    got = lines(heard(window(provrum, after), 3, lambda: provrum.write("Ja", trad=root)))
    assert any("1 svar" in html for html in got)


def test_what_breaks_a_line_is_said_in_its_place() -> None:
    provrum = Provrum()
    said = provrum.chat.line(provrum.say(Message(title="trasigt")))
    assert said is not None
    broken = Message(title="trasigt", blocks=(Progress(text="mycket", done=10**5000, of=3),))
    shown = Shown(said.model_copy(update={"message": broken}), Viewer(STAGE.personas[1], STAGE))
    with capture_logs() as logged:
        html = render.line(shown)
    assert f'id="rad-{said.reference}"' in html
    assert "Det här meddelandet går inte att visa längre." in html
    assert [line["action"] for line in logged] == ["web.line_broke"]


def test_a_line_that_cannot_be_shown_at_all_is_left_out_and_the_stream_goes_on() -> None:
    provrum = Provrum()
    last = datetime.max.replace(tzinfo=UTC)  # there is no such time on the school's clock

    def act() -> None:
        provrum.chat.post(Draft(address=CHANNEL, at=last, key="k", author="omar", text="aldrig"))
        provrum.write("sedan")

    with capture_logs() as logged:
        (after,) = lines(heard(window(provrum, "0-0"), 2, act))
    assert "sedan" in after
    assert [line["action"] for line in logged] == ["web.line_broke", "web.line_left_out"]


def test_private_lines_reach_nobody_else() -> None:
    provrum = Provrum()
    place = Place(platform="web", address=CHANNEL, only_to=PersonId("p-lena"))

    def act() -> None:
        asyncio.run(provrum.engine.platform.send(STATUS, place, key="k"))
        provrum.write("för alla")

    got = lines(heard(window(provrum, "0-0"), 2, act))
    assert len(got) == 1
    assert "för alla" in got[0]


def test_another_place_only_counts() -> None:
    provrum = Provrum()
    got = heard(window(provrum, "0-0", address="@omar"), 2, lambda: provrum.write("hej"))
    assert json.loads(got[1]["data"]) == {"plats": CHANNEL, "antal": 1}


def test_the_clock_is_told_when_it_moves() -> None:
    provrum = Provrum()

    def act() -> None:
        provrum.engine.clock += timedelta(days=1)
        provrum.chat.nudge()

    got = heard(window(provrum, "0-0"), 2, act)
    assert "fredag 27 november" in json.loads(got[1]["data"])["html"]


def test_a_window_too_far_behind_reloads() -> None:
    provrum = Provrum()
    for number in range(BEHIND + 1):
        provrum.say(Message(title=f"{number}"))
    assert [event["event"] for event in heard(window(provrum, "0-0"), 5)] == ["om"]


def test_a_window_from_before_the_start_over_reloads() -> None:
    provrum = Provrum()
    provrum.write("hej")
    before = "-".join(map(str, provrum.chat.position()))
    provrum.chat.clear()
    assert [event["event"] for event in heard(window(provrum, before), 5)] == ["om"]


def test_a_window_that_makes_no_sense_reloads() -> None:
    for after in ("", "x", "1-2-3", "0-99", "٣-١", "-1-0"):
        assert [event["event"] for event in heard(window(Provrum(), after), 5)] == ["om"]


def test_a_closed_window_leaves_nothing_behind() -> None:
    provrum = Provrum()

    async def listen() -> None:
        events = window(provrum, "0-0")
        await anext(events)
        assert len(provrum.chat._watchers) == 1
        await events.aclose()  # type: ignore[attr-defined]  # it is a generator

    asyncio.run(listen())
    assert provrum.chat._watchers == {}
