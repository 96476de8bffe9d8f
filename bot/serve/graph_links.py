"""Check-ins in a calendar without anybody's consent: links, and a file at our own address."""

import hashlib
import hmac
from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from bot.domain.check_in import CheckInPlan
from bot.domain.errands import refused_users
from bot.domain.errands_meetings import FILE_AHEAD, deep_link, held, ics_of
from bot.messages.phrasing.errands import links
from bot.messages.texts import Texts
from bot.runtime.clock import Clock
from bot.serve.graph_wanted import Calendar, Here, Planned, planned, words_of
from bot.serve.in_store import Run
from storage.asked.plans import claimed, first_time, load_plan
from storage.errands.kept import kept
from storage.post.outbox import Promised, promise
from storage.unit import UnitOfWork

SHOWN = 4
SIGN_CHARACTERS = 32
NOT_HERE = PlainTextResponse("Filen finns inte.", 404)


class Files(NamedTuple):
    """Where a plan's file is. Without a public address, or a key to sign with, there are none.

    The first of `keys` signs, and any is taken: an address that was sent once is in use for years.
    """

    public_url: str
    keys: tuple[str, ...]

    def address(self, plan: str) -> str:
        return f"{self.public_url}/kalender/{plan}/{self.sign(plan)}.ics" if self.on else ""

    @property
    def on(self) -> bool:
        return bool(self.public_url and self.keys)

    def sign(self, plan: str) -> str:
        """Nobody finds a file by guessing; it holds a name of an arbetslag and times, and no more."""
        return _signed(self.keys[0], plan)

    def takes(self, plan: str, sign: str) -> bool:
        return any(hmac.compare_digest(sign.encode(), _signed(key, plan).encode()) for key in self.keys)


def _signed(key: str, plan: str) -> str:
    signed = hmac.new(key.encode(), f"kalender {plan}".encode(), hashlib.sha256)
    return signed.hexdigest()[:SIGN_CHARACTERS]


def lacking(unit: UnitOfWork, now: datetime, *, stopped: bool) -> Callable[[str], bool]:
    """Who gets nothing in their calendar: who was refused, and, when Graph is shut, who has none yet."""
    known = tuple(kept(unit, "meeting").values())
    refused = refused_users(known)
    has = {one.user for one in known if one.state == "done" and one.ends > now}
    return lambda user: user in refused or (stopped and user not in has)


def offer(here: Here, files: Files, whose: Calendar, lacks: Callable[[str], bool]) -> None:
    """Send those who lack a plan's times in their calendar the times, once for each plan and person."""
    for one in planned(here, "samtalsledare" if whose == "links" else whose):
        if not (one.coming and one.person.direct and lacks(one.user)):
            continue
        if first_time(here.unit, f"links:{one.plan.id}", one.person.id):
            _promise(here, one, files)


def _promise(here: Here, one: Planned, files: Files) -> None:
    texts = here.prompts.said_to(one.person)
    calendar, words = here.unit.roster.calendars[one.plan.school], words_of(one.team, texts)
    times = [
        (texts.dates.moment(calendar.local(held.due)), deep_link(held, one.plan, calendar, words))
        for held in one.coming[:SHOWN]
    ]
    if one.person.direct is None:
        return
    promise(
        here.unit,
        Promised(
            key=f"links:{one.plan.id}:{one.person.id}:{here.now.isoformat()}",
            message_class="receipt",
            concerns=f"schedule:{one.plan.id}",
            place=one.person.direct,
            message=links(one.team.name, times, files.address(one.plan.id), texts),
            not_before=here.now,
            hours_of=one.plan.school,
        ),
    )


def routes(files: Files, run: Run, texts: Texts, clock: Clock) -> list[BaseRoute]:
    """`/kalender/PLAN/SIGN.ics`, when there is an address to put it at."""

    async def give(request: Request) -> Response:
        plan, sign = request.path_params["plan"], request.path_params["sign"]
        if not files.takes(plan, sign):
            return NOT_HERE
        now = clock.now()
        written = await run(lambda unit: _file(unit, plan, texts, now))
        if written is None:
            return NOT_HERE
        headers = {"Cache-Control": "private, max-age=3600", "X-Content-Type-Options": "nosniff"}
        return Response(written, media_type="text/calendar; charset=utf-8", headers=headers)

    return [Route("/kalender/{plan}/{sign}.ics", give)] if files.on else []


def _file(unit: UnitOfWork, key: str, texts: Texts, now: datetime) -> str | None:
    plan = load_plan(unit, key)
    team = unit.roster.arbetslag.get(plan.arbetslag) if plan else None
    if plan is None or team is None or not _is_agreed(plan):
        return None
    calendar = unit.roster.calendars[plan.school]
    decided = claimed(unit, [plan.id], now)
    coming = held(plan, calendar, now, FILE_AHEAD, decided)
    return ics_of(coming, plan, words_of(team, texts), now)


def _is_agreed(plan: CheckInPlan) -> bool:
    return plan.state in {"active", "paused"}
