"""The same stories by Socket Mode: nothing reaches the bot but through the lines it has opened itself."""

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.platforms.slack.listen.socket import LINES, Sockets
from bot.rehearsal.teller import Teller, moment, steps_of
from tests.slack.school import APP_TOKEN
from tests.slack.stage import FRIDAY
from tests.slack.wire import SocketSender
from tests.slack.world import SlackWorld

STORIES = Path(__file__).parent.parent / "stories"
TOLD = ("svar_formular", "orsaksanalys_samtidigt", "home")
DEADLINE = 30


class SocketWorld(SlackWorld):
    """Björkskolan behind a firewall."""

    async def _open(self) -> None:
        await super()._open()
        self.sockets = Sockets(self.bot.edge.bolt, self._address)
        running = asyncio.create_task(self.sockets.run())
        self._stack.push_async_callback(asyncio.wait_for, running, DEADLINE)
        self._stack.callback(self.sockets.stop)
        await self.until(lambda: self.sockets.open == LINES)
        self.sender = SocketSender(self.slack.sockets, self.door)

    async def _address(self) -> str:
        return str((await self.bot.web.client(APP_TOKEN).apps_connections_open(app_token=APP_TOKEN))["url"])

    async def until(self, holds: Callable[[], bool]) -> None:
        async with asyncio.timeout(DEADLINE):
            while not holds():  # noqa: ASYNC110  it happens in another task
                await asyncio.sleep(0.01)


@pytest.mark.parametrize("name", TOLD)
def test_story(name: str) -> None:
    told = steps_of((STORIES / f"{name}.txt").read_text(encoding="utf-8"))
    with SocketWorld(moment(told[0][1].removeprefix("klockan är "))) as world:
        teller = Teller(world)
        for number, line in told[1:]:
            teller.tell(number, line)
        assert world.slack.sockets.opened == LINES


def test_nothing_is_lost_while_slack_renews_the_lines() -> None:
    with SocketWorld(FRIDAY) as world:

        async def renewed() -> None:
            before = world.slack.sockets.opened
            await world.slack.sockets.refresh()
            await world.until(lambda: world.slack.sockets.opened >= before + LINES)

        world.write("lena", "/roller")
        wanted = world.fresh[-1].text
        for _ in range(2):
            world.run(renewed())
            world.write("lena", "/roller")
            assert world.fresh[-1].text == wanted
