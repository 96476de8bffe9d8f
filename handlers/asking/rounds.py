"""A round of asking: opened, counted, shown anew, closed."""

from datetime import date, datetime
from typing import NamedTuple

from bot.domain import check_in_round as rules
from bot.domain.check_in import CheckIn, CheckInPlan, Standing, WhyNotAsked, anchor_key
from bot.domain.effects.check_in import RoundShown, asking
from bot.domain.questions.pack import QuestionPack
from bot.domain.school import Arbetslag
from bot.domain.value import PersonId
from bot.messages.phrasing.check_ins import phrase
from prompts.book import Prompts
from storage.asked.check_ins import (
    open_rounds,
    participations,
    save_check_in,
    set_reminder,
)
from storage.asked.plans import load_plan
from storage.moments import new_id
from storage.post.outbox import Promised, promise
from storage.post.settling import take_back
from storage.unit import UnitOfWork


class Occasion(NamedTuple):
    """One planned time that is asked now."""

    planned: datetime
    late: bool


def standing_of(unit: UnitOfWork, check_in: CheckIn, day: date) -> Standing:
    """Count a round as of a day on the school's wall; those who are away are outside."""
    return rules.standing(check_in, participations(unit, check_in.id), away_on(unit, check_in, day))


def away_on(unit: UnitOfWork, check_in: CheckIn, day: date) -> frozenset[PersonId]:
    """Who of those asked is outside the count that day: away, or no longer in the arbetslag."""
    roster = unit.roster
    here = {person.id for person in roster.members(check_in.arbetslag) if not roster.is_away(person.id, day)}
    return frozenset(check_in.expected) - here


def refresh_anchor(
    unit: UnitOfWork, prompts: Prompts, check_in: CheckIn, at: datetime, *, by_clock: bool = False
) -> None:
    """Promise that the round's message says what is true now; what the clock does keeps its hours."""
    team = unit.roster.arbetslag.get(check_in.arbetslag)
    pack = prompts.packs.get(check_in.pack)
    place = check_in.place or (team.place if team else None)
    if place is None or pack is None:
        return
    local = unit.roster.calendars[check_in.school].local(at)
    shown = RoundShown(
        check_in=check_in, asking=asking(pack), standing=standing_of(unit, check_in, local.date())
    )
    promise(
        unit,
        Promised(
            key=f"{anchor_key(check_in.id)}:{new_id(at)}",
            message_class="replaceable",
            concerns=anchor_key(check_in.id),
            place=place,
            message=phrase(shown, prompts.texts),
            replacing=anchor_key(check_in.id),
            not_before=at,
            hours_of=check_in.school if by_clock else None,
        ),
    )


def pack_for(prompts: Prompts, plan: CheckInPlan, team: Arbetslag, month: int) -> QuestionPack | None:
    """The plan's own pack, or the one whose turn it is; None when none suits the arbetslag."""
    if plan.pack is not None:
        return prompts.packs.get(plan.pack)
    try:
        return prompts.packs.for_check_in(team.skolform, plan.rounds, month)
    except KeyError:
        return None


def why_not_ask(unit: UnitOfWork, prompts: Prompts, plan: CheckInPlan, at: datetime) -> WhyNotAsked | None:
    """Say why a round cannot be opened now, None when it can."""
    roster = unit.roster
    team = roster.arbetslag[plan.arbetslag]
    local = roster.calendars[plan.school].local(at)
    here = [person for person in roster.members(team.id) if not roster.is_away(person.id, local.date())]
    if team.place is None:
        return "no_channel"
    if pack_for(prompts, plan, team, local.month) is None:
        return "no_pack"
    return None if here else "away"


def new_round(
    unit: UnitOfWork, plan: CheckInPlan, pack: QuestionPack, occasion: Occasion, at: datetime
) -> CheckIn:
    """The round that a plan asks at a moment; nothing is kept of it here."""
    team = unit.roster.arbetslag[plan.arbetslag]
    return CheckIn(
        id=new_id(at),
        plan=plan.id,
        school=plan.school,
        arbetslag=team.id,
        pack=pack.key,
        answers=plan.answers,
        place=team.place,
        planned=occasion.planned,
        opened_at=at,
        late=occasion.late,
        expected=tuple(person.id for person in unit.roster.members(team.id)),
        minutes=pack.minutes,
    )


def open_round(
    unit: UnitOfWork, prompts: Prompts, plan: CheckInPlan, occasion: Occasion, at: datetime
) -> CheckIn | None:
    """Close the plan's earlier round and ask anew; None when there is nobody or nothing to ask."""
    team = unit.roster.arbetslag[plan.arbetslag]
    calendar = unit.roster.calendars[plan.school]
    local = calendar.local(at)
    pack = pack_for(prompts, plan, team, local.month)
    if why_not_ask(unit, prompts, plan, at) or pack is None or team.place is None:
        return None
    replaced = load_plan(unit, plan.replaces) if plan.replaces else None
    for over in filter(None, (plan, replaced)):
        close_rounds(unit, prompts, over, at)
    check_in = new_round(unit, plan, pack, occasion, at)
    save_check_in(unit, check_in, was=None)
    for person in check_in.expected:
        set_reminder(unit, check_in.id, person, rules.remind_at(calendar, at))
    _post(unit, prompts, check_in, pack)
    return check_in


def _post(unit: UnitOfWork, prompts: Prompts, check_in: CheckIn, pack: QuestionPack) -> None:
    """Promise the round's one message in the channel; everything later is an update of it."""
    if check_in.place is None:
        return
    day = unit.roster.calendars[check_in.school].local(check_in.opened_at).date()
    shown = RoundShown(check_in=check_in, asking=asking(pack), standing=standing_of(unit, check_in, day))
    promise(
        unit,
        Promised(
            key=anchor_key(check_in.id),
            message_class="critical",
            concerns=anchor_key(check_in.id),
            place=check_in.place,
            message=phrase(shown, prompts.texts),
            not_before=check_in.opened_at,
            hours_of=check_in.school,
        ),
    )


def close_rounds(unit: UnitOfWork, prompts: Prompts, plan: CheckInPlan, at: datetime) -> None:
    """Close what is open of a plan. What never left us is taken back; the rest is shown as closed."""
    for check_in in open_rounds(unit, plan.arbetslag, plan.id):
        closed = check_in.model_copy(update={"state": "closed", "version": check_in.version + 1})
        save_check_in(unit, closed, was=check_in.version)
        take_back(unit, anchor_key(check_in.id), "closed")
        refresh_anchor(unit, prompts, closed, at, by_clock=True)
