"""Many Homes at once: who has theirs before them comes first, and nobody else costs more than a look."""

import asyncio
import json
import zlib
from collections.abc import Iterable

from bot.domain.events import HomeOpened
from bot.messages.model import Quiet, Response
from bot.platforms.slack.listen.homes import MOST_KEPT
from bot.platforms.slack.parse.ids import account, direct
from bot.platforms.slack.parse.values import Heard, Way
from tests.platforms.slack.edge_stage import Stage, played
from tests.platforms.slack.recorded import NOW, TEAM, recorded
from tests.platforms.slack.small_slack import JSON
from tests.platforms.slack.test_homes import counting, knock, opened, page
from tests.waiting import until


def many(number: int) -> list[str]:
    return [f"UHERD{one:04d}" for one in range(number)]


async def told(on: Stage, name: str, user: str, event: str) -> None:
    """Something that Slack tells of somebody; wait for nothing but the acknowledgement."""
    payload = recorded(name) | {"event_id": event}
    payload["event"] |= {"user": user, "ts": f"1700000000.{zlib.crc32(event.encode()) % 10**6:06}"}
    await on.post(json.dumps(payload).encode(), JSON)


async def all_open(on: Stage, users: Iterable[str], event: str = "Ev") -> None:
    on.response = page("Öppnad.")
    await asyncio.gather(*(told(on, "home_opened", user, f"{event}{user}") for user in users))
    on.response = Quiet()


def shown_to(on: Stage) -> list[str]:
    return [call["user_id"] for call in on.slack.made("views.publish")]


def test_a_school_that_opens_home_within_a_second_sees_it() -> None:
    async def story(on: Stage) -> None:
        on.moment = 0.0
        await all_open(on, many(150))
        await on.edge.finish()
        assert sorted(shown_to(on)) == many(150)

    played(story)


def test_who_opens_home_does_not_wait_behind_those_who_are_elsewhere() -> None:
    async def story(on: Stage) -> None:
        await all_open(on, many(95))
        await on.edge.finish()
        on.moment = sum(on.slept) + 3600
        counting(on)
        for user in many(95):
            await told(on, "message_channel", user, f"EvSaid{user}")
        await on.edge.finish()
        assert len({one.who.user for one in on.looked}) == 95
        on.slept.clear()
        await all_open(on, ["ULATE"])
        await on.edge.finish()
        assert shown_to(on)[-1] == "ULATE"
        assert sum(on.slept) < 1

    played(story)


def test_all_that_somebody_does_elsewhere_in_a_while_is_one_look() -> None:
    async def story(on: Stage) -> None:
        counting(on)
        await opened(on)
        on.paused.clear()
        for number in range(30):
            await told(on, "message_channel", "U0LENA001", f"EvSaid{number}")
        assert len(on.events) == 31
        assert not on.looked
        await until(lambda: len(on.edge.homes.showing) == 1)
        on.paused.set()
        await on.edge.finish()
        assert len(on.looked) == 1

    played(story)


def test_who_opens_home_meanwhile_does_not_wait_for_that() -> None:
    async def story(on: Stage) -> None:
        published = counting(on)
        await opened(on)
        on.paused.clear()
        await told(on, "message_channel", "U0LENA001", "EvSaid")
        await knock(on, "button_home", 1)
        await until(lambda: len(published()) == 2)
        on.paused.set()
        await on.edge.finish()
        assert published() == ["", "Sedd 1"]

    played(story)


def test_what_was_done_elsewhere_is_lost_rather_than_waited_for() -> None:
    async def story(on: Stage) -> None:
        published = counting(on)
        await opened(on)
        on.slack.rests = [7]
        await on.play("command_nfc")
        assert published() == ["", "Sedd 1"]
        assert on.slept == []
        on.slept.append(7)
        await on.play("command_nfc", trigger_id="1.2.next")
        assert published() == ["", "Sedd 1", "Sedd 3"]

    played(story)


def test_a_token_that_slack_takes_no_more_is_told_of() -> None:
    async def story(on: Stage) -> None:
        on.slack.refuses["views.publish"] = "token_revoked"
        await opened(on)
        assert on.lost == ["token_revoked"]

    played(story)


def test_a_home_that_is_being_shown_is_not_forgotten() -> None:
    """Else the same person could be shown two at once, and the older last."""

    async def story(on: Stage) -> None:
        counting(on)
        on.slack.gate = asyncio.Event()
        await knock(on, "button_home", 1)
        await on.slack.reached.wait()
        for user in many(MOST_KEPT + 1):
            on.edge.homes.follow(*opening(user))
        await knock(on, "button_home", 2)
        await asyncio.sleep(0)  # what comes after the acknowledgement begins
        assert len(on.looked) == 1
        on.slack.gate.set()
        await on.edge.finish()
        assert len(shown_to(on)) == 2

    played(story)


def opening(user: str) -> tuple[Heard, Response]:
    event = HomeOpened(id=user, at=NOW, who=account(TEAM, user), where=direct(TEAM, user))
    return Heard(event, Way("home", TEAM, user, home=True)), Quiet()


def test_a_slack_that_does_not_answer_is_given_a_while() -> None:
    async def story(on: Stage) -> None:
        async def back_soon() -> None:
            assert len(on.slack.made("views.publish")) == 1
            on.slack.breaks = {}

        on.edge.homes.pause = back_soon
        on.home, on.slack.breaks = page("Ny."), {"views.publish": 502}
        await opened(on)
        assert len(on.slack.made("views.publish")) == 2
        assert not on.slack.breaks

    played(story)
