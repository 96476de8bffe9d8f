"""Slack's one door: what Bolt has let in is read, has its effect on disk, and is acknowledged.

`Edge` is the door; `slack_asgi` puts the guard before it (HTTP), and Socket Mode uses `Edge.bolt` itself.
"""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from datetime import UTC, datetime
from typing import Any

import structlog
from pydantic import SecretStr
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse

from bot.domain.events import Event, FormSubmitted, HomeOpened
from bot.messages.model import Open, Quiet, Response, Say
from bot.platforms.slack.install.workspaces import Workspaces
from bot.platforms.slack.listen.answers import AWAY, HOOKS, Answers, acknowledgement, not_saved
from bot.platforms.slack.listen.bolt import UnknownWorkspace, bolt_app
from bot.platforms.slack.listen.copies import Copies
from bot.platforms.slack.listen.guard import Counts, Guard, Reply
from bot.platforms.slack.listen.names import Names
from bot.platforms.slack.parse import payload as parse
from bot.platforms.slack.parse.values import (
    OPTIONS,
    RATE_LIMITED,
    Around,
    Gone,
    GoneKind,
    Heard,
    Ignored,
    Regained,
)
from bot.platforms.slack.send.client import Web

UNKNOWN_WORKSPACE = (
    "Jag är inte kopplad till den här arbetsytan. Be den som sköter Slack att installera mig igen. "
    "Det ni har sparat finns kvar."
)
REPEATED = frozenset({"words", "none"})
"""What Slack sends again when it was not taken; what a person did in a view or with a button it does not."""
MOST_REFUSED = 1000

Payload = dict[str, Any]
Dispatch = Callable[[Event], Awaitable[Response]]
OnGone = Callable[[str | None, str | None, GoneKind], Awaitable[None]]
OnRegained = Callable[[tuple[str, ...]], Awaitable[None]]
log = structlog.get_logger()


class Edge:
    """Everything between Slack and `dispatch`, whichever way it comes in."""

    def __init__(  # noqa: PLR0913  the composition hands each piece over by name
        self,
        dispatch: Dispatch,
        workspaces: Workspaces,
        web: Web,
        *,
        on_gone: OnGone,
        on_regained: OnRegained | None = None,
        counts: Counts | None = None,
        hooks: tuple[str, ...] = (HOOKS,),
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self.counts = Counts() if counts is None else counts
        self._dispatch = dispatch
        self._workspaces = workspaces
        self._names = Names(web)
        self._answers = Answers(web, hooks)
        self._on_gone = on_gone
        self._on_regained = on_regained
        self._now = now
        self._after: set[asyncio.Task[None]] = set()
        self._copies = Copies()
        self._refused: dict[str, int] = {}
        self.bolt = bolt_app(self.take, self.trouble, workspaces)

    async def answer(self, payload: Payload) -> Reply:
        """Let Bolt take a payload that the guard has verified and read: to Bolt, that is a socket's."""
        try:
            response = await self.bolt.async_dispatch(AsyncBoltRequest(body=payload, mode="socket_mode"))
        except Exception:  # noqa: BLE001  Bolt looks for what such a payload always has, and falls over
            self.counts["malformed"] += 1
            return Reply(400)
        return Reply(
            response.status, response.body, response.first_headers().get("content-type", "text/plain")
        )

    async def finish(self) -> None:
        """Wait for the answers that are still being given."""
        while self._after:
            await asyncio.wait(self._after)

    async def take(self, payload: Payload, bot: AuthorizeResult) -> BoltResponse:
        """Read, have it on disk, acknowledge; then say what is left to say."""
        token, user = bot.bot_token or "", bot.bot_user_id or ""
        strangers = parse.strangers(payload, user)
        names = await self._names.of(token, bot.team_id or "", strangers) if strangers else {}
        match parse.read(payload, Around(user, self._now(), names)):
            case Heard() as heard:
                return await self._hear(heard, token)
            case Gone(enterprise=enterprise, teams=teams, kind=kind):
                for team in teams:
                    await self._on_gone(enterprise, team, kind)
                    self._workspaces.forget(enterprise, team)
            case Regained(teams=teams):
                self._workspaces.forget(*teams)
                if self._on_regained:
                    await self._on_regained(teams)
            case Ignored(why=why):
                return self._ignore(why)
        return BoltResponse(status=200)

    def _ignore(self, why: str) -> BoltResponse:
        self.counts[f"ignored_{why}"] += 1
        if why == RATE_LIMITED:
            log.error("rate_limited", action="slack.rate_limited")
        return BoltResponse(status=200, body={"options": []} if why == OPTIONS else "")

    async def _hear(self, heard: Heard, token: str) -> BoltResponse:
        if heard.way.surface in REPEATED or isinstance(heard.event, HomeOpened):
            saved, response = await self._copies.first(heard.event.id, lambda: self._on_disk(heard.event))
            if response is not None:
                self._follow(heard, response, token)
            return BoltResponse(status=200 if saved else 503)
        response = await self._on_disk(self._once_more(heard))
        if response is None and isinstance(heard.event, FormSubmitted):
            return BoltResponse(status=200, body=not_saved(heard.event, heard.way))
        response = response or Say(message=AWAY)
        self._remember(heard, response)
        self._follow(heard, response, token)
        return BoltResponse(status=200, body=acknowledgement(heard, response) or "")

    def _follow(self, heard: Heard, response: Response, token: str) -> None:
        if not isinstance(response, Quiet):
            self._later(self._answers.follow(heard, response, token))

    async def _on_disk(self, event: Event) -> Response | None:
        """None when it could not be saved; the dispatcher has said why."""
        try:
            return await self._dispatch(event)
        except Exception:
            self.counts["not_saved"] += 1
            log.warning("not_saved", action="slack.not_saved", exc_info=True)
            return None

    def _once_more(self, heard: Heard) -> Event:
        """A form that came back with mistakes had no effect; sent again as it was, it is tried again."""
        times = self._refused.get(heard.event.id, 0)
        return heard.event.model_copy(update={"id": f"{heard.event.id}:{times}"}) if times else heard.event

    def _remember(self, heard: Heard, response: Response) -> None:
        if heard.way.surface == "form" and isinstance(response, Open) and response.form.errors:
            if len(self._refused) >= MOST_REFUSED:
                self._refused.pop(next(iter(self._refused)))
            self._refused[heard.event.id] = self._refused.get(heard.event.id, 0) + 1

    def _later(self, saying: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(saying)
        self._after.add(task)
        task.add_done_callback(self._said)

    def _said(self, task: asyncio.Task[None]) -> None:
        self._after.discard(task)
        if not task.cancelled() and (problem := task.exception()):
            log.error("answer_failed", action="slack.answer_failed", exc_info=problem)

    def trouble(self, error: Exception, payload: Payload) -> BoltResponse:
        """What did not reach `take`, or fell out of it: never a stack trace, never silence."""
        match error:
            case UnknownWorkspace():
                self.counts["unknown_workspace"] += 1
                return _unknown(payload)
            case _:
                self.counts["failed"] += 1
                log.error("edge_failed", action="slack.failed", exc_info=error)
                return BoltResponse(status=503)


def slack_asgi(edge: Edge, signing_secret: SecretStr) -> Guard:
    """The ASGI application for `POST /slack/events`."""
    return Guard(edge.answer, signing_secret, edge.counts)


def _unknown(payload: Payload) -> BoltResponse:
    """Refuse: an event quietly, a command in words, and a form so that it stays open."""
    if "command" in payload:
        return BoltResponse(status=200, body={"response_type": "ephemeral", "text": UNKNOWN_WORKSPACE})
    return BoltResponse(status=200 if payload.get("type") == "event_callback" else 403)
