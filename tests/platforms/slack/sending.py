"""The bot's way into Slack against the fake one, with a clock that passes only when somebody sleeps."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import TypeVar

from pydantic import SecretStr

from bot.domain.school import Place
from bot.domain.value import PersonId
from bot.messages.model import Message
from bot.platforms.pace import Pace
from bot.platforms.slack.install.workspaces import FixedWorkspace, Workspace, Workspaces
from bot.platforms.slack.send.calls import Calls, Spot
from bot.platforms.slack.send.client import WHOLE_CALL, Web
from bot.platforms.slack.send.errors import SlackRefused
from bot.platforms.slack.send.platform import SlackPlatform
from bot.platforms.trails import Kept
from tests.slack.fake import FakeSlack
from tests.slack.state import BOT, BOT_USER, TEAM, Post

TOKEN = "xoxb-of-the-tests"
SCOPES = frozenset("chat:write im:write im:history channels:history groups:history files:write".split())
CHANNEL, OTHER = Place(platform="slack", address="T1/C1"), Place(platform="slack", address="T1/C2")
LENA = Place(platform="slack", address="T1/@ULENA")
SINCE = datetime(2026, 11, 20, tzinfo=UTC)
SHORT = Message(title="Hur gick veckan?")
Result = TypeVar("Result")


class Clock:
    """Seconds that pass only when somebody lets them."""

    passed = 0.0

    def now(self) -> float:
        return self.passed


class Desk:
    """A platform to send from, the Slack it speaks to, and what happened on the way."""

    def __init__(self, slack: FakeSlack, web: Web, scopes: frozenset[str], clock: Clock) -> None:
        self.slack = slack
        self._clock = clock
        self.told: list[tuple[str, str]] = []
        self._web = web
        self._workspace = Workspace(
            enterprise=None,
            team=TEAM,
            name="Björkskolan",
            token=SecretStr(TOKEN),
            bot_id=BOT,
            bot_user=BOT_USER,
            scopes=scopes,
        )
        self.platform = self.started()

    def started(self, kept: Kept | None = None) -> SlackPlatform:
        """The platform as it is just after a start: it remembers nothing but what is `kept`."""
        self._workspaces = Workspaces(FixedWorkspace(self._workspace))
        return SlackPlatform(
            web=self._web,
            workspaces=self._workspaces,
            account_of=account_of,
            calls=Calls(Pace(self._clock.now, self._pass), self._tell),
            sleep=self._pass,
            kept=kept,
        )

    def standing(self, channel: str = "C1") -> list[Post]:
        return [post for post in self.slack.workspace.from_bot() if post.channel == channel]

    async def send(
        self, message: Message, place: Place = CHANNEL, key: str = "k", replacing: str | None = None
    ) -> str:
        return await self.platform.send(message, place, key=key, replacing=replacing)

    @property
    def passed(self) -> float:
        return self._clock.passed

    @passed.setter
    def passed(self, seconds: float) -> None:
        self._clock.passed = seconds

    async def _pass(self, seconds: float) -> None:
        self.passed += seconds

    async def _tell(self, spot: Spot, refused: SlackRefused) -> None:
        self.told.append((spot.team, refused.code))
        if refused.how == "refused":
            await self._workspaces.mark(spot.workspace, refused=True)


async def account_of(person: PersonId, team: str) -> str | None:
    del team
    return {"lena": "ULENA"}.get(person)


def at_desk(
    act: Callable[[Desk], Awaitable[Result]], *, scopes: frozenset[str] = SCOPES, patience: float = WHOLE_CALL
) -> Result:
    """Run `act` against a fresh Slack; no call may break Slack's own rules."""

    async def run() -> Result:
        clock = Clock()
        async with FakeSlack() as slack, Web(slack.url, whole=patience, clock=clock.now) as web:
            slack.workspace.hire(TOKEN, scopes)
            slack.workspace.person("ULENA", "Lena Berg")
            slack.workspace.channel("C1", "arbetslag-4-6", {"ULENA"})
            slack.workspace.channel("C2", "arbetslag-7-9", set())
            result = await act(Desk(slack, web, scopes, clock))
            assert slack.wrong == []
            return result

    return asyncio.run(run())
