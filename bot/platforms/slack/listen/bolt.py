"""Bolt, for what it does well: whose installation it is, what is our own doing, Slack's own questions.

Everything else goes to one taker.
"""

import logging
from collections.abc import Awaitable, Callable
from copy import copy
from typing import Any

from slack_bolt.app.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.authorization.async_authorize import AsyncAuthorize
from slack_bolt.middleware.async_middleware import AsyncMiddleware
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse
from slack_sdk.web.async_client import AsyncWebClient

from bot.platforms.slack.install.workspaces import Workspaces

NOBODY = AuthorizeResult(enterprise_id=None, team_id=None)
"""Who we are to a workspace that has just thrown us out: Bolt does not ask."""

RETRY = "x-slack-retry-num"
"""Where Slack counts its tries; Bolt puts Socket Mode's `retry_attempt` there too."""

IDS = ("enterprise_id", "team_id", "user_id")
"""What Bolt has found in a payload, wherever that kind has it."""

Payload = dict[str, Any]
Take = Callable[[Payload, AuthorizeResult, int], Awaitable[BoltResponse]]
"""Takes a payload, as whom, and how often Slack has sent it before."""
Trouble = Callable[[Exception, Payload], BoltResponse]


class Malformed(Exception):
    """Signed by Slack, and yet not as its payloads are."""


class UnknownWorkspace(Exception):
    """Signed by Slack, for a workspace where the bot is not installed."""


def bolt_app(take: Take, trouble: Trouble, workspaces: Workspaces) -> AsyncApp:
    """An app without listeners: its last middleware takes everything, and `trouble` answers for the rest."""
    quiet = logging.getLogger("nulage.slack")
    quiet.disabled = True  # Bolt's own log quotes payloads
    app = _Bolt(
        name="nulage",
        logger=quiet,
        client=AsyncWebClient(retry_handlers=[]),
        authorize=_Installed(workspaces),
        process_before_response=True,
        request_verification_enabled=False,  # the guard has done it, or it came by a socket
        attaching_function_token_enabled=False,
        attaching_conversation_kwargs_enabled=False,
    )

    async def answer(error: Exception, body: Payload) -> BoltResponse:
        return trouble(error, body)

    app.use(_Last(take))
    app.error(answer)
    return app


class _Bolt(AsyncApp):
    """Bolt makes a Web API client anew for every request, to write the token on it: a copy does as well."""

    def _init_context(self, req: AsyncBoltRequest) -> None:
        """Begin a request. Raises Malformed where Bolt, and we, would take something for what it is not."""
        ids = (req.context.get(name) for name in IDS)
        if not all(isinstance(one, str | None) for one in ids) or not isinstance(
            req.body.get("event", {}), dict
        ):
            raise Malformed
        req.context["logger"] = self.logger
        req.context["token"] = None
        req.context["client"] = copy(self.client)
        req.context["listener_runner"] = self.listener_runner


class _Installed(AsyncAuthorize):
    """Bolt apologises in English to workspaces it does not know, at any address; we refuse them ourselves."""

    def __init__(self, workspaces: Workspaces) -> None:
        self._workspaces = workspaces

    async def __call__(self, **asked: Any) -> AuthorizeResult:
        found: AuthorizeResult | None = await self._workspaces.authorize(**asked)
        if found is None:
            raise UnknownWorkspace
        return found


class _Last(AsyncMiddleware):
    """Searching a list of listeners, and preparing their arguments, costs as much as all the rest."""

    def __init__(self, take: Take) -> None:
        self._take = take

    async def async_process(
        self,
        *,
        req: AsyncBoltRequest,
        resp: BoltResponse,
        next: Callable[[], Awaitable[BoltResponse]],  # noqa: A002  Bolt's own signature
    ) -> BoltResponse:
        del resp, next
        tries = "".join(req.headers.get(RETRY, ()))
        bot = req.context.authorize_result or NOBODY
        return await self._take(req.body, bot, int(tries) if tries.isdecimal() else 0)
