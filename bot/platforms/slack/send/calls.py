"""One call to Slack: in its turn, and with one meaning for whatever comes back."""

from collections.abc import Awaitable, Callable, Hashable, Mapping
from typing import Any, NamedTuple

from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.log import log
from bot.messages.delivery import Why
from bot.platforms.pace import LONGEST_WAIT, Pace, Rate
from bot.platforms.slack.install.workspaces import Workspace
from bot.platforms.slack.send.errors import LOST, SlackRefused, failure
from bot.platforms.slack.send.pace import CHANNEL, RATES, WORKSPACE


class Spot(NamedTuple):
    """Where somebody is spoken to, and as whom. `private`: the chat between the bot and one person."""

    team: str
    channel: str
    thread: str | None
    private: bool
    workspace: Workspace
    client: AsyncWebClient


Call = Callable[..., Awaitable[AsyncSlackResponse]]
"""A method of the SDK's client."""

Lost = Callable[[Spot, SlackRefused], Awaitable[None]]
"""Told when a refusal says that a whole workspace takes nothing from the bot, for a while or for good."""


async def nobody_told(spot: Spot, refused: SlackRefused) -> None:
    """Nobody asked to be told; the log has it."""


class Calls:
    """Makes the calls of one process. What is refused, and what stays in doubt, is a SlackRefused."""

    def __init__(self, pace: Pace, on_lost: Lost = nobody_told) -> None:
        self._pace = pace
        self._on_lost = on_lost

    async def make(
        self,
        spot: Spot,
        method: str,
        call: Call,
        arguments: Mapping[str, object],
        *,
        creates: bool = False,
        lane: str = "",
    ) -> Mapping[str, Any]:
        """Call `method` for a spot. `creates`: no answer leaves a doubt; `lane`: the channel it posts in."""
        await self.turn(spot, method, lane)
        return await self.make_now(spot, method, call, arguments, creates=creates, lane=lane)

    async def turn(self, spot: Spot, method: str, lane: str = "", patience: float = LONGEST_WAIT) -> None:
        """Wait for a call's turn. Raises DeliveryFailed("later")."""
        await self._pace.turn(_turns(spot.team, method, lane), patience)

    async def make_now(
        self,
        spot: Spot,
        method: str,
        call: Call,
        arguments: Mapping[str, object],
        *,
        creates: bool = False,
        lane: str = "",
    ) -> Mapping[str, Any]:
        """The same, for who has had its turn."""
        team = spot.team
        try:
            answer = await call(**arguments)
        except LOST as problem:
            refused = failure(problem, creates=creates)
        else:
            return answer.data if isinstance(answer.data, dict) else {}
        log.info("not_taken", action="slack.not_taken", team=team, method=method, code=refused.code)
        await self._heed(refused, spot, (team, lane) if lane else (team, method))
        raise refused

    def must_be_free(self, spot: Spot, method: str) -> None:
        """Raise DeliveryFailed("later") where this call would have to wait for its turn."""
        self._pace.must_be_free(_turns(spot.team, method))

    async def _heed(self, refused: SlackRefused, spot: Spot, key: Hashable) -> None:
        """Rest where Slack asks for it, and tell when it is more than this call that it does not take."""
        trouble = refused.trouble
        lost = trouble.why is Why.DISCONNECTED
        if trouble.how == "later" and trouble.reach == "tenant":
            lost = self._pace.pause(spot.team, refused.retry_after)
        elif trouble.why is Why.BUSY:
            self._pace.pause(key, refused.retry_after)
        if lost:
            await self._on_lost(spot, refused)


def _turns(team: str, method: str, lane: str = "") -> dict[Hashable, Rate]:
    turns: dict[Hashable, Rate] = {team: WORKSPACE}
    if lane:
        turns[team, lane] = CHANNEL
    if method in RATES:
        turns[team, method] = RATES[method]
    return turns
