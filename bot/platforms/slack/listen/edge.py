"""Slack's one door: what Bolt has let in is read, has its effect on disk, and is acknowledged.

`Edge` is the door; `slack_asgi` puts the guard before it (HTTP), and Socket Mode uses `Edge.bolt` itself.
"""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from datetime import UTC, datetime
from functools import partial
from time import monotonic
from typing import Any

from pydantic import SecretStr
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse

from bot.domain.events import Event, FormSubmitted, HomeOpened
from bot.log import log
from bot.messages.model import Quiet, Response, Say
from bot.platforms.copies import Copies
from bot.platforms.door import Counts, Dispatch
from bot.platforms.pace import Pace
from bot.platforms.payloads import Payload, part
from bot.platforms.slack.install.workspaces import Workspaces
from bot.platforms.slack.listen.answers import (
    HOOKS,
    NOT_SAVED,
    Answers,
    acknowledgement,
    not_read,
    not_saved,
)
from bot.platforms.slack.listen.bolt import RETRY, UnknownWorkspace, bolt_app
from bot.platforms.slack.listen.guard import Guard, Reply
from bot.platforms.slack.listen.homes import Homes
from bot.platforms.slack.listen.members import NOT_IN_IT, Members, not_private
from bot.platforms.slack.listen.names import Names
from bot.platforms.slack.parse import payload as parse
from bot.platforms.slack.parse.values import (
    OPTIONS,
    RATE_LIMITED,
    UNREADABLE,
    Around,
    Gone,
    Heard,
    Ignored,
    Regained,
)
from bot.platforms.slack.send.calls import Calls
from bot.platforms.slack.send.client import Web
from bot.platforms.slack.send.spots import Spots
from bot.platforms.spoken import Speaks, everybody_swedish, read_by, told
from bot.platforms.unsaved import CANNOT_SAVE, GiveUp, Unsaved, given_up, is_for_us

UNKNOWN_WORKSPACE = (
    "Jag är inte kopplad till den här arbetsytan. Be den som sköter Slack att installera mig igen. "
    "Det ni har sparat finns kvar."
)
PATIENCE = 1.5
"""Seconds that Slack's own answers may take in all: half of what it gives us to acknowledge."""
LAST = 3
"""Slack's last copy: at once, after a minute, after five (Slack, Events API, retries)."""

REPEATED = frozenset({"words", "none"})
"""What Slack sends again when it was not taken; what a person did in a view or with a button it does not."""

OnGone = Callable[[Gone], Awaitable[None]]
OnRegained = Callable[[tuple[str, ...]], Awaitable[None]]


class Edge:
    """Everything between Slack and `dispatch`, whichever way it comes in."""

    def __init__(  # noqa: PLR0913  the composition hands each piece over by name
        self,
        *,
        dispatch: Dispatch,
        workspaces: Workspaces,
        web: Web,
        on_gone: OnGone,
        give_up: GiveUp,
        on_regained: OnRegained | None = None,
        hooks: tuple[str, ...] = (HOOKS,),
        speaks: Speaks = everybody_swedish,
        commands: frozenset[str] = frozenset(),
        patience: float = PATIENCE,
        calls: Calls | None = None,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self.counts = Counts()
        self._dispatch = dispatch
        self._workspaces = workspaces
        self._names = Names(web)
        self._members = Members(web)
        self._answers = Answers(web, hooks, speaks)
        self.homes = Homes(dispatch, Spots(web, workspaces, calls or Calls(Pace(monotonic))), speaks, now)
        self._speaks = speaks
        self._commands = commands
        self._give_up = give_up
        self.unsaved = Unsaved("slack")
        self._on_gone = on_gone
        self._on_regained = on_regained
        self._patience = patience
        self._now = now
        self._after: set[asyncio.Task[None]] = set()
        self._copies = Copies()
        self.bolt = bolt_app(self.take, self.trouble, workspaces)

    async def answer(self, payload: dict[str, Any], tries: int = 0) -> Reply:
        """Let Bolt take a payload that the guard has verified and read: to Bolt, that is a socket's."""
        headers: dict[str, str | Sequence[str]] | None = {RETRY: str(tries)} if tries else None
        try:
            request = AsyncBoltRequest(body=payload, mode="socket_mode", headers=headers)
            response = await self.bolt.async_dispatch(request)
        except Exception:  # noqa: BLE001  Bolt cannot read it (or Malformed); our own faults end in `trouble`
            self.counts["malformed"] += 1
            return Reply(400)
        return Reply(
            response.status, response.body, response.first_headers().get("content-type", "text/plain")
        )

    async def finish(self) -> None:
        """Wait for the answers that are still being given."""
        while after := self._after | self.homes.showing:
            await asyncio.wait(after)

    async def take(self, payload: Payload, bot: AuthorizeResult, tries: int = 0) -> BoltResponse:
        """Read, have it on disk, acknowledge; then say what is left to say. `tries`: copies before this."""
        token, user = bot.bot_token or "", bot.bot_user_id or ""
        asked, by = parse.strangers(payload, user), asyncio.get_running_loop().time() + self._patience
        names, apart = await self._names.of(token, asked, by) if asked else ({}, {})
        match parse.read(payload, Around(user, self._now(), names, apart, self._commands)):
            case Heard() as heard:
                return await self._hear(heard, token, by, last=tries >= LAST)
            case Gone() as gone:
                await self._on_gone(gone)
            case Regained(teams=teams):
                self._workspaces.forget(*teams)
                if self._on_regained:
                    await self._on_regained(teams)
            case Ignored(why=why):
                return self._ignore(why, payload)
        return BoltResponse(status=200)

    def _ignore(self, why: str, payload: Payload) -> BoltResponse:
        self.counts[f"ignored_{why}"] += 1
        if why == RATE_LIMITED:
            log.error("rate_limited", action="slack.rate_limited")
        if why == UNREADABLE and payload.get("type") == "view_submission":
            who = parse.sender(payload)
            language = self._speaks(who) if who else "sv"
            return BoltResponse(status=200, body=not_read(part(payload, "view"), language))
        return BoltResponse(status=200, body={"options": []} if why == OPTIONS else "")

    async def _hear(self, heard: Heard, token: str, by: float, *, last: bool) -> BoltResponse:
        if heard.way.surface in REPEATED or isinstance(heard.event, HomeOpened):
            saved = await self._hear_repeated(heard, token, last=last)
            if last and not saved:
                take = partial(self._hear_repeated, heard, token, last=True)
                self.unsaved.keep(heard.event.id, take, partial(self._lose, heard, token))
            return BoltResponse(status=200 if saved else 503)
        language = read_by(heard.event, self._speaks)
        if isinstance(heard.event, FormSubmitted) and heard.event.where.private:
            still_in = await self._members.has(token, heard.way.channel, heard.way.user, by)
            if still_in is False:
                return BoltResponse(status=200, body=not_saved(heard, NOT_IN_IT, language))
            if still_in is None:
                heard = heard._replace(event=not_private(heard.event))
        response = await self._on_disk(heard.event) or Say(message=CANNOT_SAVE, became="failed")
        match response:
            case Say(became="failed", message=message) if isinstance(heard.event, FormSubmitted):
                return BoltResponse(status=200, body=not_saved(heard, message, language))
            case Say(became="failed", message=message):
                response = Say(message=told(message, language), became="failed")
            case _:
                pass
        self._follow(heard, response, token)
        return BoltResponse(status=200, body=acknowledgement(heard, response, language) or "")

    async def _hear_repeated(self, heard: Heard, token: str, *, last: bool) -> bool:
        """Take what Slack sends again when it was not taken, unless this is the `last` time."""
        event = heard.event
        saved, response = await self._copies.first(event.id, lambda: self._effect(event, last=last))
        if response is not None:
            self._follow(heard, response, token)
        return saved

    async def _effect(self, event: Event, *, last: bool) -> Response | None:
        """What Slack will repeat came to: None when it should, and no word when it already has."""
        match await self._on_disk(event):
            case Say(became="failed") as sorry:
                return await given_up(self._give_up, event, sorry, "slack") if last else None
            case Say(became="already"):
                return Quiet()
            case response:
                return response

    def _lose(self, heard: Heard, token: str) -> None:
        """It is kept no longer, and Slack sends it no more."""
        if is_for_us(heard.event, private=heard.way.channel.startswith("D")):
            lost = told(NOT_SAVED, read_by(heard.event, self._speaks))
            self._follow(heard, Say(message=lost, became="failed"), token)

    def _follow(self, heard: Heard, response: Response, token: str) -> None:
        is_home = isinstance(heard.event, HomeOpened) and isinstance(response, Say)
        if not is_home and not isinstance(response, Quiet):
            self._later(self._answers.follow(heard, response, token))
        self.homes.follow(heard, response)

    async def _on_disk(self, event: Event) -> Response | None:
        """None when it could not be saved; the dispatcher has said why."""
        try:
            return await self._dispatch(event)
        except Exception:
            self.counts["not_saved"] += 1
            log.warning("not_saved", action="slack.not_saved", exc_info=True)
            return None

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
        if isinstance(error, UnknownWorkspace):
            self.counts["unknown_workspace"] += 1
            return _unknown(payload)
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
