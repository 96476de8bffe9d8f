"""What may become of a plan: paused, started again, one occasion moved, stopped, looked at beforehand."""

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.domain import check_in_round as rules
from bot.domain.calendar.swedish_dates import say_day
from bot.domain.check_in import CheckInPlan
from bot.domain.effects.schedule import PlanChanged
from bot.domain.schedule.ask import AskBack
from bot.domain.schedule.due import next_due
from bot.domain.schedule.phrase import parse
from bot.domain.schedule.recurrence import Recurrence
from bot.messages.model import Open, Response, Say
from bot.messages.phrasing.schedule_forms import MoveAsked, move_form, pause_form
from bot.messages.phrasing.schedules import for_channel, phrase
from bot.messages.phrasing.times import asked
from bot.messages.texts.base import fill
from bot.messages.tokens import Token
from handlers.asking.due import look_again, new_plan_id
from handlers.informing import News, inform
from handlers.scene import Forms, Presses, Scene, Values, say
from handlers.schedules.dates import Coming, coming, shown
from handlers.schedules.wishes import changed, closed, news_of, over_budget, refusal
from storage.asked.plans import claim_occurrence, load_plan, save_plan, watermark_of
from storage.post.settling import take_back


def mine(scene: Scene, key: str) -> CheckInPlan | Say:
    """The plan, if it is there and this person may change it; else what to say."""
    plan = load_plan(scene.unit, key)
    if plan is None or plan.state == "draft":
        return say(scene.texts.schedules.plan_gone)
    return refusal(scene, scene.roster.arbetslag[plan.arbetslag]) or plan


def _keep(scene: Scene, plan: CheckInPlan, watermark: datetime, **changes: Any) -> CheckInPlan:
    """Save a changed plan, with the moment when it is next looked at."""
    new = plan.model_copy(update={**changes, "version": plan.version + 1})
    at = None
    if new.state == "active":
        at = look_again(scene.unit, new, scene.calendar, watermark)
    elif new.state == "paused":
        at = new.paused_until
    save_plan(scene.unit, new, watermark=watermark, next_at=at, was=plan.version)
    return new


def _as_it_is(scene: Scene, plan: CheckInPlan) -> Say:
    """Somebody was quicker, or the button is old: show how the plan stands now."""
    if plan.state == "stopped":
        return say(scene.texts.schedules.plan_gone)
    return Say(message=phrase(shown(scene.unit, scene.packs, plan, scene.at, scene.texts), scene.texts))


def on_pause(scene: Scene, token: Token) -> Response:
    """`Pausa` asks until when."""
    plan = mine(scene, token.subject)
    if isinstance(plan, Say):
        return plan
    if plan.state != "active":
        return _as_it_is(scene, plan)
    return Open(form=pause_form(plan.id, "", "", scene.texts))


def on_pause_form(scene: Scene, token: Token, values: Values) -> Response:
    """Pause until a day, or until further notice."""
    plan = mine(scene, token.subject)
    if isinstance(plan, Say):
        return plan
    if plan.state != "active":
        return _as_it_is(scene, plan)
    texts = scene.texts.schedules
    given = (values.get("until") or ("",))[0].strip()
    try:
        last = date.fromisoformat(given) if given else None
    except ValueError:
        return Open(form=pause_form(plan.id, given, texts.bad_date, scene.texts))
    if last is not None and last < scene.calendar.local(scene.at).date():
        return Open(form=pause_form(plan.id, given, texts.pause_past, scene.texts))
    until = _day_after(last, scene.calendar.zone) if last else None
    paused = _keep(scene, plan, watermark_of(scene.unit, plan.id), state="paused", paused_until=until)
    return changed(scene, paused, "paused", until=last)


def _day_after(day: date, zone: str) -> datetime:
    return datetime.combine(day + timedelta(days=1), datetime.min.time(), ZoneInfo(zone))


def on_start(scene: Scene, token: Token) -> Response:
    """`Starta igen` after a pause; `Ångra` within ten minutes of a stop."""
    plan = mine(scene, token.subject)
    if isinstance(plan, Say):
        return plan
    texts = scene.texts.schedules
    if plan.state == "paused":
        if look_again(scene.unit, plan, scene.calendar, scene.at) is None:
            return say(texts.has_been)
        started = _keep(scene, plan, scene.at, state="active", paused_until=None)
        return changed(scene, started, "started")
    if plan.state != "stopped" or token.argument != str(plan.version) or plan.stopped_at is None:
        return _as_it_is(scene, plan)
    if scene.at > plan.stopped_at + rules.UNDO_FOR:
        return say(texts.undo_late)
    if too_much := over_budget(scene, plan):
        return too_much
    take_back(scene.unit, _stop_key(plan), "undone")
    mark = watermark_of(scene.unit, plan.id)
    again = _keep(scene, plan, mark, state=plan.stopped_from, stopped_at=None, stopped_from=None)
    return Say(message=phrase(news_of(scene, again, "unstopped"), scene.texts))


def on_stop(scene: Scene, token: Token) -> Response:
    """`Stoppa`: at once, with ten minutes to undo; the channel hears of it after that."""
    plan = mine(scene, token.subject)
    if isinstance(plan, Say):
        return plan
    if plan.state == "stopped":
        return say(scene.texts.schedules.plan_gone)
    mark = watermark_of(scene.unit, plan.id)
    stopped = _keep(scene, plan, mark, state="stopped", stopped_at=scene.at, stopped_from=plan.state)
    team = scene.roster.arbetslag[plan.arbetslag]
    news = PlanChanged(how="stopped", plan=stopped, arbetslag=team.name)
    told = News(_stop_key(stopped), f"schedule:{plan.id}", for_channel(news, scene.ours))
    inform(scene.unit, plan.school, scene.at + rules.UNDO_FOR, team.place, told)
    return Say(message=phrase(news, scene.texts))


def _stop_key(stopped: CheckInPlan) -> str:
    return f"schedule:{stopped.id}:stopped:{stopped.version}"


def on_move(scene: Scene, token: Token) -> Response:
    """`Flytta en gång` asks which, and to when."""
    plan = mine(scene, token.subject)
    return plan if isinstance(plan, Say) else _ask_move(scene, plan, {}, {})


def _ask_move(scene: Scene, plan: CheckInPlan, values: dict[str, str], errors: dict[str, str]) -> Response:
    ahead = coming(scene.unit, plan, scene.calendar, scene.at)
    if not ahead:
        return say(scene.texts.schedules.cannot_move)
    pairs = tuple((one.key, one.due) for one in ahead)
    asked = MoveAsked(plan=plan.id, coming=pairs, values=values, errors=errors)
    return Open(form=move_form(asked, scene.texts))


def on_move_form(scene: Scene, token: Token, values: Values) -> Response:
    """Move one occasion: it gets its verdict now, and a date of its own instead."""
    plan = mine(scene, token.subject)
    if isinstance(plan, Say):
        return plan
    given = {key: (chosen or ("",))[0].strip() for key, chosen in values.items()}
    ahead = coming(scene.unit, plan, scene.calendar, scene.at)
    which = next((one for one in ahead if one.key == given.get("which")), None)
    if which is None:
        return say(scene.texts.schedules.cannot_move)
    if wrong := _wrong_day(scene, plan, given.get("day", "")):
        return _ask_move(scene, plan, given, {"day": wrong})
    read = _new_time(scene, which, given)
    if isinstance(read, AskBack):
        return _ask_move(scene, plan, given, {"time": asked(read, scene.texts)})
    to = str(read.once)
    if not claim_occurrence(scene.unit, which.plan, which.planned, which.planned_utc, "moved", to):
        return say(scene.texts.schedules.cannot_move)
    once = plan.model_copy(
        update={
            "id": new_plan_id(scene.at),
            "part_of": plan.id,
            "state": "active",
            "paused_until": None,
            "recurrence": read,
            "created_at": scene.at,
            "version": 1,
        }
    )
    at = next_due(read, scene.calendar, scene.at, once.closed_days)
    save_plan(scene.unit, once, watermark=scene.at, next_at=at, was=None)
    last = plan.recurrence.last
    ended = last if last and read.once and read.once > last else None
    return changed(scene, once, "moved", moved_from=which.due, ended=ended)


def _wrong_day(scene: Scene, plan: CheckInPlan, given: str) -> str:
    """Say what is wrong with a new day, "" when nothing is."""
    texts = scene.texts.schedules
    try:
        day = date.fromisoformat(given)
    except ValueError:
        return texts.bad_date
    if day < scene.calendar.local(scene.at).date():
        return texts.pause_past
    if plan.paused_until and day < (awake := scene.calendar.local(plan.paused_until).date()):
        return fill(texts.move_paused, date=scene.texts.dates.date(awake - timedelta(days=1)))
    return closed(scene, day)


def _new_time(scene: Scene, which: Coming, given: dict[str, str]) -> Recurrence | AskBack:
    """Read the new time as any other phrase, on the day that was chosen."""
    day = date.fromisoformat(given["day"])
    clock = given.get("time") or f"{which.due:%H.%M}"
    for word in ("klockan", "kl.", "kl"):
        clock = clock.removeprefix(word).strip()
    said = f"{say_day(day)} {day.year} kl. {clock}"  # a phrase is Swedish, whoever reads it
    today = scene.calendar.local(scene.at).date()
    return parse(said, today=today, now=scene.at, calendar=scene.calendar)


PRESSES: Presses = {
    "pause_schedule": on_pause,
    "start_schedule": on_start,
    "stop_schedule": on_stop,
    "move_schedule": on_move,
}
FORMS: Forms = {"pause_form": on_pause_form, "move_form": on_move_form}
