"""`/avstämning`: a time said in Swedish, echoed with its dates, and saved only after a yes."""

from datetime import date
from typing import Any, Literal

from bot.domain import check_in_round as rules
from bot.domain.access import may
from bot.domain.calendar.swedish_dates import capital
from bot.domain.check_in import CheckInPlan
from bot.domain.effects.schedule import PhraseAskedBack, PlanChanged, PlansListed, Proposed, TooMuch
from bot.domain.schedule.ask import AskBack
from bot.domain.schedule.due import next_due
from bot.domain.schedule.phrase import parse
from bot.domain.schedule.recurrence import Recurrence
from bot.domain.school import Arbetslag
from bot.domain.value import ArbetslagId, Value
from bot.messages.model import Response, Say
from bot.messages.phrasing.schedules import for_channel, phrase
from bot.messages.phrasing.times import because
from bot.messages.texts.base import fill
from bot.messages.tokens import Token
from handlers.asking.due import new_plan_id
from handlers.scene import Presses, Scene, say
from handlers.schedules.dates import minutes_of, preview_of, questions_of, shown
from storage.asked.plans import (
    drafts_of,
    drop_draft,
    load_plan,
    plans_of_arbetslag,
    plans_of_school,
    save_plan,
    watermark_of,
)

Change = Literal["agreed", "paused", "started", "unstopped", "moved"]


class Wish(Value):
    """How an arbetslag shall be asked, beside when."""

    answers: Literal["each", "together"] = "together"
    closed_days: Literal["skip", "move"] = "skip"
    pack: str | None = None
    replaces: str | None = None


def refusal(scene: Scene, team: Arbetslag | None = None) -> Say | None:
    """Who may not plan is told kindly who does."""
    if may(scene.me, "schedule", team or scene.school):
        return None
    return say(fill(scene.texts.schedules.not_yours, who=scene.who_plans()))


def understand(scene: Scene, team: Arbetslag, text: str) -> Response:
    """Understand a phrase for an arbetslag: echo it, or ask one question back."""
    calendar = scene.calendar
    read = parse(text, today=calendar.local(scene.at).date(), now=scene.at, calendar=calendar)
    if isinstance(read, AskBack):
        return Say(message=phrase(PhraseAskedBack(arbetslag=team.id, ask=read, wanted=text), scene.texts))
    return propose(scene, team, read, Wish())


def propose(scene: Scene, team: Arbetslag, recurrence: Recurrence, wish: Wish) -> Response:
    """Keep a draft and show what was understood; refuse kindly what is too much or impossible."""
    minutes = minutes_of(scene.prompts, wish.pack, team)
    if team.place is None:
        return say(fill(scene.texts.schedules.no_channel, arbetslag=team.name))
    if not minutes:
        return say(fill(scene.texts.schedules.no_pack, arbetslag=team.name))
    earlier = load_plan(scene.unit, wish.replaces) if wish.replaces else None
    if earlier is not None and earlier.state == "draft":
        wish = wish.model_copy(update={"replaces": earlier.replaces})
    draft = CheckInPlan(
        id=new_plan_id(scene.at),
        school=team.school,
        arbetslag=team.id,
        owners=(scene.me.id,),
        recurrence=recurrence,
        **wish.model_dump(),
        state="draft",
        minutes=minutes,
        created_at=scene.at,
    )
    if too_much := over_budget(scene, draft):
        return too_much
    same = next((one for one in drafts_of(scene.unit, team.id) if _is_same(one, draft)), None)
    if earlier is not None and earlier != same:
        drop_draft(scene.unit, earlier.id)
    if same is None:
        save_plan(scene.unit, draft, watermark=scene.at, next_at=None, was=None)
    draft = same or draft
    proposed = Proposed(
        draft=draft,
        arbetslag=team.name,
        questions=questions_of(scene.packs, wish.pack, scene.texts),
        preview=preview_of(draft, scene.calendar, scene.at),
        minutes=_minutes_with(scene, draft),
    )
    return Say(message=phrase(proposed, scene.texts))


def _is_same(one: CheckInPlan, new: CheckInPlan) -> bool:
    """Whether the same person asked for the same before: asked twice, it is still one draft."""
    return one == new.model_copy(update={"id": one.id, "created_at": one.created_at})


def _minutes_with(scene: Scene, draft: CheckInPlan) -> int:
    others = [
        one
        for one in plans_of_arbetslag(scene.unit, draft.arbetslag)
        if one.id not in {draft.id, draft.replaces}
    ]
    return rules.fullest_week([*others, draft], scene.calendar, scene.at)


def over_budget(scene: Scene, draft: CheckInPlan) -> Say | None:
    """Refuse what would take more of the arbetslag's week than the ceiling."""
    minutes = _minutes_with(scene, draft)
    if minutes <= rules.MOST_MINUTES:
        return None
    name = scene.roster.arbetslag[draft.arbetslag].name
    return Say(message=phrase(TooMuch(arbetslag=name, minutes=minutes, most=rules.MOST_MINUTES), scene.texts))


def take_phrase(scene: Scene, token: Token) -> Response:
    """One of the readings that were offered."""
    team = scene.roster.arbetslag.get(ArbetslagId(token.subject))
    if team is None:
        return say(scene.texts.common.gone)
    return refusal(scene, team) or understand(scene, team, token.argument)


def save(scene: Scene, token: Token) -> Response:
    """`Ja, spara`: only now is anything planned."""
    return _agree(scene, token.subject, None)


def only_once(scene: Scene, token: Token) -> Response:
    """`Ta bara 26 november`: the first date alone."""
    try:
        day = date.fromisoformat(token.argument)
    except ValueError:
        return say(scene.texts.common.forged)
    return _agree(scene, token.subject, day)


def _agree(scene: Scene, key: str, only: date | None) -> Response:
    texts = scene.texts.schedules
    draft = load_plan(scene.unit, key)
    if draft is None:
        return say(texts.draft_gone)
    if refused := refusal(scene, scene.roster.arbetslag[draft.arbetslag]):
        return refused
    if draft.state != "draft":
        return say(texts.saved_already)
    recurrence = draft.recurrence if only is None else Recurrence(once=only, at=draft.recurrence.at)
    ahead = next_due(recurrence, scene.calendar, scene.at, draft.closed_days)
    if ahead is None:
        return say(texts.has_been)
    if recurrence.once and draft.closed_days == "skip" and (shut := closed(scene, recurrence.once)):
        return say(shut)
    old = load_plan(scene.unit, draft.replaces) if draft.replaces else None
    if old is not None and old.state == "stopped":  # somebody changed or stopped it meanwhile
        return say(texts.plan_gone)
    agreed = draft.model_copy(
        update={
            "recurrence": recurrence,
            "state": "active",
            "rounds": old.rounds if old else 0,
            "created_at": scene.at,
            "version": draft.version + 1,
        }
    )
    if too_much := over_budget(scene, agreed):
        return too_much
    if old is not None:
        _stop(scene, old)
    save_plan(scene.unit, agreed, watermark=scene.at, next_at=ahead, was=draft.version)
    return changed(scene, agreed, "agreed")


def closed(scene: Scene, day: date) -> str:
    """Say why nothing can be asked that day, "" when it can: a lov may have been added just now."""
    reason = scene.calendar.why_closed(day)
    if not reason:
        return ""
    said, why = capital(scene.texts.dates.day(day)), because(reason, scene.texts)
    return fill(scene.texts.schedules.day_closed, day=said, reason=why)


def _stop(scene: Scene, old: CheckInPlan) -> None:
    """The plan that the new one takes the place of."""
    stopped = old.model_copy(update={"state": "stopped", "version": old.version + 1})
    mark = watermark_of(scene.unit, old.id)
    save_plan(scene.unit, stopped, watermark=mark, next_at=None, was=old.version)


def news_of(scene: Scene, plan: CheckInPlan, how: Change, **more: Any) -> PlanChanged:
    """What became of a plan, with when it next asks."""
    name = scene.roster.arbetslag[plan.arbetslag].name
    ahead = shown(scene.unit, scene.packs, plan, scene.at, scene.texts)
    first = next(iter(ahead.coming), None)
    return PlanChanged(how=how, plan=plan, arbetslag=name, first=first, far=ahead.far, **more)


def changed(scene: Scene, plan: CheckInPlan, how: Change, **more: Any) -> Response:
    """Tell who did it, and promise the arbetslag one line in its channel."""
    team = scene.roster.arbetslag[plan.arbetslag]
    news = news_of(scene, plan, how, **more)
    if team.place is not None:
        key = f"schedule:{plan.id}:{how}:{scene.event_id}"
        scene.inform(for_channel(news, scene.ours), team.place, key=key, concerns=f"schedule:{plan.id}")
    return Say(message=phrase(news, scene.texts))


def list_plans(scene: Scene, token: Token) -> Response:
    """The plans one may look after: the channel's arbetslag's, or the whole school's; or one of them."""
    if token.subject:
        plan = load_plan(scene.unit, token.subject)
        if plan is None or plan.state in {"draft", "stopped"}:
            return say(scene.texts.schedules.plan_gone)
        refused = refusal(scene, scene.roster.arbetslag[plan.arbetslag])
        return refused or Say(
            message=phrase(shown(scene.unit, scene.packs, plan, scene.at, scene.texts), scene.texts)
        )
    team = scene.roster.arbetslag_at(scene.where)
    if refused := refusal(scene, team):
        return refused
    found = plans_of_arbetslag(scene.unit, team.id) if team else plans_of_school(scene.unit, scene.school.id)
    plans = [
        shown(scene.unit, scene.packs, one, scene.at, scene.texts) for one in found if one.part_of is None
    ]
    if len(plans) == 1:
        return Say(message=phrase(plans[0], scene.texts))
    return Say(message=phrase(PlansListed(plans=tuple(plans)), scene.texts))


PRESSES: Presses = {
    "take_phrase": take_phrase,
    "save_schedule": save,
    "only_once": only_once,
    "list_schedules": list_plans,
}
