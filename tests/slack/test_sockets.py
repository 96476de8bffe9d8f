"""The same stories by Socket Mode: nothing reaches the bot but through the lines it has opened itself."""

import asyncio
from pathlib import Path

import pytest

from bot.platforms.slack.listen.socket import LINES, PACE, Sockets
from tests.chat_stage import FRIDAY
from tests.play import play
from tests.slack.school import APP_TOKEN
from tests.slack.wire import SocketSender
from tests.slack.world import SlackWorld
from tests.waiting import DEADLINE, until

STORIES = Path(__file__).parent.parent / "stories"
TOLD = ("svar_formular", "orsaksanalys_samtidigt", "home")
SWIFT = PACE._replace(look=0.05, again=(0.05,))
"""As in the program, but for the rests between one line and the next."""


class SocketWorld(SlackWorld):
    """Björkskolan behind a firewall."""

    async def _open(self) -> None:
        await super()._open()
        self.sockets = Sockets(self.bot.side.edge.bolt, self._address, pace=SWIFT)
        running = asyncio.create_task(self.sockets.run())
        self._stack.push_async_callback(asyncio.wait_for, running, DEADLINE)
        self._stack.callback(self.sockets.stop)
        await until(lambda: self.sockets.open == LINES)
        self.sender = SocketSender(self.slack.sockets, self.door)

    async def _address(self) -> str:
        return str(
            (await self.bot.side.web.client(APP_TOKEN).apps_connections_open(app_token=APP_TOKEN))["url"]
        )


@pytest.mark.parametrize("name", TOLD)
def test_story(name: str) -> None:
    world = play(STORIES / f"{name}.txt", SocketWorld)
    assert world.slack.sockets.opened == LINES


def test_nothing_is_lost_while_slack_renews_the_lines() -> None:
    with SocketWorld(FRIDAY) as world:

        async def renewed() -> None:
            before = world.slack.sockets.opened
            await world.slack.sockets.refresh()
            await until(lambda: world.slack.sockets.opened >= before + LINES)

        world.write("lena", "/roller")
        wanted = world.fresh[-1].text
        for _ in range(2):
            world.run(renewed())
            world.write("lena", "/roller")
            assert world.fresh[-1].text == wanted
