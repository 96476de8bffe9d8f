"""A Bolt app that keeps what it is told, and two lines between it and a Slack of ours."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

from slack_bolt.app.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.response import BoltResponse

from bot.platforms.slack.listen.socket import Pace, Sockets
from tests.platforms.slack.socket_server import SocketServer, serving
from tests.waiting import until

NEVER = 1e9
BRISK = Pace(
    ping=0.05, look=0.02, silent=NEVER, opening=5.0, deaf=NEVER, old=NEVER, linger=0.1, again=(0.02,)
)


async def authorize() -> AuthorizeResult:
    return AuthorizeResult(
        enterprise_id=None, team_id="T1", bot_token="xoxb-1", bot_id="B1", bot_user_id="U9"
    )


class Bot:
    """A Bolt app that keeps what it is told: `commit` is what an event waits for, `status` what it gets."""

    def __init__(self) -> None:
        self.kept: list[str] = []
        self.commit = asyncio.Event()
        self.commit.set()
        self.status = 200
        self.bolt = AsyncApp(signing_secret="s", authorize=authorize, process_before_response=True)
        self.bolt.event("app_mention")(self._keep)
        self.bolt.command("/nulage")(self._command)

    async def _keep(self, body: dict[str, Any]) -> BoltResponse:
        await self.commit.wait()
        self.kept.append(body["event_id"])
        return BoltResponse(status=self.status)

    async def _command(self, ack: Callable[..., Awaitable[BoltResponse]]) -> None:
        await ack(text="Här står ni.")


@asynccontextmanager
async def talking(pace: Pace = BRISK) -> AsyncIterator[tuple[SocketServer, Bot, Sockets]]:
    """Slack, the bot, and two lines between them."""
    async with serving() as slack:
        bot = Bot()
        sockets = Sockets(bot.bolt, slack.address, pace=pace)
        running = asyncio.create_task(sockets.run())
        try:
            await until(lambda: sockets.open == 2)
            yield slack, bot, sockets
        finally:
            sockets.stop()
            async with asyncio.timeout(30):
                await running
