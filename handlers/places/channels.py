"""Where the bot may speak: a channel goes, comes back or moves, and its arbetslag with it."""

from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple

from bot.domain.check_in import CheckInPlan, WhyNotAsked
from bot.domain.events import BotRemoved, PlaceMoved
from bot.domain.schedule.due import Skipped, due
from bot.domain.school import Arbetslag, Place, Silenced
from bot.domain.value import PersonId
from bot.messages.model import Message, Quiet, Response
from bot.messages.phrasing import places as said
from bot.messages.texts import Texts
from handlers.asking.due import look_again
from handlers.informing import News, inform
from handlers.people.deciding import to_tell
from prompts.book import Prompts
from storage.asked.plans import claim_occurrence, load_plan, plans_of_arbetslag, save_plan, watermark_of
from storage.people.founding import change_arbetslag
from storage.post.lanes import move, park
from storage.unit import UnitOfWork

NO_CHANNEL: WhyNotAsked = "no_channel"


def on_removed(event: BotRemoved, unit: UnitOfWork, prompts: Prompts) -> Response:
    """The plans rest, what waits is parked, and those who plan hear once what happened and what mends it."""
    team = unit.roster.arbetslag_at(event.where)
    if team is None or team.silenced or (team.added_at and event.at < team.added_at):
        return Quiet()  # it is known already, or over: the bot was let in since
    awake = [plan for plan in plans_of_arbetslag(unit, team.id) if plan.state == "active"]
    for plan in awake:
        _rest(unit, plan)
    silenced = Silenced(since=event.at, plans=tuple(plan.id for plan in awake))
    change_arbetslag(unit, team.model_copy(update={"silenced": silenced}))
    park(unit, event.where, event.why)
    local = unit.roster.calendars[team.school].local(event.at)
    tell_planners(
        Told(unit, prompts, team, event.at),
        lambda texts: said.gone(team.name, event.why, local.date(), texts),
        f"gone:{team.id}:{event.id}",
    )
    return Quiet()


def _rest(unit: UnitOfWork, plan: CheckInPlan) -> None:
    paused = plan.model_copy(update={"state": "paused", "paused_until": None, "version": plan.version + 1})
    save_plan(unit, paused, watermark=watermark_of(unit, plan.id), next_at=None, was=plan.version)


def come_back(unit: UnitOfWork, prompts: Prompts, team: Arbetslag, at: datetime) -> Arbetslag:
    """The bot may speak to an arbetslag again: its plans go on, and it is said what was not asked."""
    if team.silenced is None:
        return added(unit, team, at)
    away, missed = team.silenced, 0
    for key in away.plans:
        plan = load_plan(unit, key)
        if plan and plan.state == "paused" and plan.paused_until is None:
            missed += _wake(unit, plan, away.since, at)
    back = added(unit, team.model_copy(update={"silenced": None}), at)
    local = unit.roster.calendars[team.school].local(away.since)
    told = Told(unit, prompts, team, at)

    def message(texts: Texts) -> Message:
        return said.back(team.name, local.date(), missed, texts)

    key = f"back:{team.id}:{away.since.isoformat()}"
    tell(told, message(prompts.texts), team.place, key)
    tell_planners(told, message, key)
    return back


def added(unit: UnitOfWork, team: Arbetslag, at: datetime) -> Arbetslag:
    """Keep when the bot was let in: a removal from before that comes too late."""
    there = team.model_copy(update={"added_at": max(at, team.added_at or at)})
    change_arbetslag(unit, there)
    return there


def _wake(unit: UnitOfWork, plan: CheckInPlan, since: datetime, at: datetime) -> int:
    """Let a plan go on from now, and give what was missed its verdict. Returns how many were missed."""
    calendar, missed = unit.roster.calendars[plan.school], 0
    for one in due(plan.recurrence, calendar, since, at, plan.closed_days, plan.created_at):
        closed = one.reason if isinstance(one, Skipped) and one.because == "closed" else ""
        reason = closed or NO_CHANNEL
        claim_occurrence(unit, plan.id, one.planned_local, one.planned_utc, "skipped", reason)
        missed += not closed
    ahead = look_again(unit, plan, calendar, at)
    awake = plan.model_copy(update={"state": "active" if ahead else "stopped", "version": plan.version + 1})
    save_plan(unit, awake, watermark=at, next_at=ahead, was=plan.version)
    return missed


def on_moved(event: PlaceMoved, unit: UnitOfWork) -> Response:
    """The arbetslag follows its channel, with every thread in it; a new name changes nothing of ours."""
    team = unit.roster.arbetslag_at(event.where)
    if team is None or team.place is None or event.to.address == event.where.address:
        return Quiet()
    move(unit, event.where, event.to)
    place = team.place.model_copy(update={"address": event.to.address})
    change_arbetslag(unit, team.model_copy(update={"place": place}))
    return Quiet()


class Told(NamedTuple):
    """The arbetslag that something is told about, and when."""

    unit: UnitOfWork
    prompts: Prompts
    team: Arbetslag
    at: datetime


def tell_planners(
    about: Told, message: Callable[[Texts], Message], key: str, *, but: PersonId | None = None
) -> None:
    """Tell those who plan, each in their language; `but` is whom it is about."""
    for person in to_tell(about.unit.roster, about.team.school, but=but):
        tell(about, message(about.prompts.said_to(person)), person.direct, f"{key}:{person.id}")


def tell(about: Told, message: Message, place: Place | None, key: str) -> None:
    """Promise a message about an arbetslag; it keeps to the school's hours."""
    news = News(key, f"arbetslag:{about.team.id}", message)
    inform(about.unit, about.team.school, about.at, place, news)
