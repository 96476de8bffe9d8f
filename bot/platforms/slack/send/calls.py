"""One call to Slack: in its turn, and with one meaning for whatever comes back."""

from collections.abc import Awaitable, Callable, Hashable, Mapping
from typing import Any

import structlog
from aiohttp import ClientConnectorError, ClientError, ConnectionTimeoutError
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.messages.delivery import Why
from bot.platforms.slack.send.errors import SlackRefused, answered, refusal
from bot.platforms.slack.send.pace import CHANNEL, RATES, WORKSPACE, Pace, Rate

Disconnected = Callable[[str, str], Awaitable[None]]
"""Told once, with the team and Slack's code, when a workspace no longer takes the bot's token."""

log = structlog.get_logger()


async def nobody_told(team: str, code: str) -> None:
    """Nobody asked to be told; the log has it."""


class Calls:
    """Makes the calls of one process. What is refused, and what stays in doubt, is a SlackRefused."""

    def __init__(self, pace: Pace, on_disconnected: Disconnected = nobody_told) -> None:
        self._pace = pace
        self._on_disconnected = on_disconnected
        self._cut_off: set[str] = set()

    async def make(
        self,
        team: str,
        method: str,
        call: Callable[..., Awaitable[AsyncSlackResponse]],
        arguments: Mapping[str, object],
        *,
        creates: bool = False,
        lane: str = "",
    ) -> Mapping[str, Any]:
        """Call `method` for a team. `creates`: no answer leaves a doubt; `lane`: the channel it posts in."""
        turns: dict[Hashable, Rate] = {team: WORKSPACE}
        if lane:
            turns[team, lane] = CHANNEL
        if method in RATES:
            turns[team, method] = RATES[method]
        await self._pace.turn(turns)
        try:
            answer = await call(**arguments)
        except SlackApiError as problem:
            failure = _understood(problem, creates=creates)
        except (ClientConnectorError, ConnectionTimeoutError):  # nothing left this machine
            failure = SlackRefused("no_connection", refusal("request_timeout", creates=False).trouble)
        except (ClientError, OSError, ValueError, AttributeError) as problem:  # cut, late, or not JSON
            failure = refusal("request_timeout", creates=creates)
            failure.code = type(problem).__name__
        else:
            self._cut_off.discard(team)
            return answer.data if isinstance(answer.data, dict) else {}
        await self._note(team, method, failure, (team, lane) if lane else (team, method))
        raise failure

    async def _note(self, team: str, method: str, failure: SlackRefused, key: Hashable) -> None:
        log.info("not_taken", action="slack.not_taken", team=team, method=method, code=failure.code)
        if failure.how == "later" and failure.trouble.why is Why.BUSY:
            whole = failure.trouble.reach == "workspace"
            self._pace.pause(team if whole else key, failure.retry_after)
        if failure.trouble.why is Why.DISCONNECTED and team not in self._cut_off:
            self._cut_off.add(team)
            await self._on_disconnected(team, failure.code)


def _understood(problem: SlackApiError, *, creates: bool) -> SlackRefused:
    """Read a refusal. The SDK hands over its own answer, or aiohttp's where the body was no JSON."""
    response = problem.response
    status = int(getattr(response, "status_code", 0) or getattr(response, "status", 0))
    body = getattr(response, "data", None)
    headers = getattr(response, "headers", None) or {}
    return answered(status, body, creates=creates, retry_after=_seconds(headers.get("Retry-After")))


def _seconds(header: object) -> float:
    """What Slack asks us to wait; 0 when it does not say."""
    try:
        return max(float(str(header)), 1.0)
    except ValueError:
        return 0.0
