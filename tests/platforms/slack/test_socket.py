"""Socket Mode against a Slack that goes silent, deaf or hard."""

import asyncio

import pytest

from bot.platforms.slack.listen.socket import PACE, Sockets
from tests.platforms.slack.socket_bot import BRISK, Bot, talking
from tests.platforms.slack.socket_server import serving
from tests.waiting import until


def test_an_envelope_is_acknowledged_only_when_it_is_kept() -> None:
    async def story() -> None:
        async with talking() as (slack, bot, _):
            bot.commit.clear()
            slow = await slack.envelope(slack.lines[0], "Ev1")
            quick = await slack.envelope(
                slack.lines[1], "", "slash_commands", command="/nulage", text="", user_id="U1", team_id="T1"
            )
            await until(lambda: quick in slack.acked())
            assert slow not in slack.acked()
            bot.commit.set()
            await until(lambda: slow in slack.acked())
            assert bot.kept == ["Ev1"]
            assert next(ack for ack in slack.acks if ack["envelope_id"] == quick)["payload"] == {
                "text": "Här står ni."
            }

    asyncio.run(story())


def test_what_could_not_be_kept_is_not_acknowledged() -> None:
    async def story() -> None:
        async with talking() as (slack, bot, _):
            bot.status = 503
            await slack.envelope(slack.lines[0], "Ev1")
            await until(lambda: bot.kept == ["Ev1"])
            bot.status = 200
            again = await slack.envelope(slack.lines[0], "Ev1")
            await until(lambda: again in slack.acked())
            assert slack.acked() == [again]

    asyncio.run(story())


def test_a_refresh_has_a_new_line_before_the_old_one_is_left_and_loses_nothing() -> None:
    async def story() -> None:
        async with talking() as (slack, bot, sockets):
            old = slack.lines[0]
            await old.say(type="disconnect", reason="refresh_requested")
            late = await slack.envelope(old, "Ev1")
            await until(lambda: not old.usable)
            assert slack.most_at_once == 3
            assert late in slack.acked()
            assert bot.kept == ["Ev1"]
            assert sockets.replaced["ended"] == 1

    asyncio.run(story())


def test_a_hard_close_in_the_middle_of_a_turn_still_gets_its_acknowledgement() -> None:
    async def story() -> None:
        async with talking() as (slack, bot, sockets):
            bot.commit.clear()
            one = await slack.envelope(slack.lines[0], "Ev1")
            await until(lambda: sockets._busy)
            slack.lines[0].cut()
            await until(lambda: len(slack.lines) == 3)
            bot.commit.set()
            await until(lambda: one in slack.acked())
            await until(lambda: sockets.open == 2)

    asyncio.run(story())


@pytest.mark.parametrize("sign", ["no pong", "frozen without a word"])
def test_a_silent_line_is_replaced(sign: str) -> None:
    async def story() -> None:
        async with talking(BRISK._replace(silent=0.5)) as (slack, bot, sockets):
            silent = slack.lines[0]
            silent.pongs, silent.frozen = False, sign != "no pong"
            await until(lambda: sockets.replaced["silent"] >= 1)
            await until(lambda: sockets.open == 2)
            fresh = slack.lines[-1]
            one = await slack.envelope(fresh, "Ev1")
            await until(lambda: one in slack.acked())
            assert bot.kept == ["Ev1"]

    asyncio.run(story())


def test_a_line_that_answers_pings_but_delivers_nothing_is_found_by_its_age() -> None:
    async def story() -> None:
        async with talking(BRISK._replace(deaf=0.5)) as (slack, _, sockets):
            await until(lambda: sockets.replaced["deaf"] >= 2)
            assert 3 <= slack.most_at_once <= 4

    asyncio.run(story())


def test_a_deaf_line_is_found_by_what_its_sister_is_given() -> None:
    async def story() -> None:
        async with talking(BRISK._replace(passed_by=5)) as (slack, bot, sockets):
            for number in range(5):
                assert sockets.replaced["deaf"] == 0
                await slack.envelope(slack.lines[0], f"Ev{number}")
            await until(lambda: sockets.replaced["deaf"] == 1)
            await until(lambda: not slack.lines[1].usable)
            assert slack.lines[0].usable
            assert len(bot.kept) == 5

    asyncio.run(story())


def test_an_old_line_is_renewed() -> None:
    async def story() -> None:
        async with talking(BRISK._replace(old=0.3)) as (_, _, sockets):
            await until(lambda: sockets.replaced["old"] >= 2)

    asyncio.run(story())


def test_what_is_taken_is_done_and_acknowledged_before_it_stops() -> None:
    async def story() -> None:
        async with serving() as slack:
            bot = Bot()
            sockets = Sockets(bot.bolt, slack.address, pace=BRISK)
            running = asyncio.create_task(sockets.run())
            await until(lambda: sockets.open == 2)
            bot.commit.clear()
            one = await slack.envelope(slack.lines[0], "Ev1")
            await until(lambda: sockets._busy)
            sockets.stop()
            bot.commit.set()
            await running
            await until(lambda: not slack.open)
            assert slack.acked() == [one]

    asyncio.run(story())


def test_words_that_are_no_envelope_are_heard_and_left() -> None:
    async def story() -> None:
        async with talking() as (slack, bot, sockets):
            for words in ("no json", "[]", '{"type":"events_api"}', '{"type":"hello"}'):
                await slack.lines[0].socket.send_str(words)
            one = await slack.envelope(slack.lines[0], "Ev1")
            await until(lambda: one in slack.acked())
            assert sockets.open == 2
            assert bot.kept == ["Ev1"]

    asyncio.run(story())


def test_the_pace_mends_silence_within_thirty_seconds() -> None:
    found = PACE.silent + PACE.look
    assert found + 2 * PACE.opening < 30
    assert PACE.silent >= 3 * PACE.ping
