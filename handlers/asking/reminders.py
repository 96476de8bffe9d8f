"""One private nudge to who has not answered: kindly, once, and never about anyone else."""

from datetime import datetime
from typing import cast, get_args

from bot.domain import check_in_round as rules
from bot.domain.access import may
from bot.domain.check_in import CheckIn, anchor_key
from bot.domain.check_in_round import Snooze
from bot.domain.effects.check_in import Nudged, SnoozeAsked, TimeDoesNotSuit, asking
from bot.domain.value import PersonId
from bot.log import log
from bot.messages.model import Response, Say
from bot.messages.phrasing.check_ins import phrase
from bot.messages.texts.base import fill
from bot.messages.tokens import Token
from handlers.asking.rounds import away_on
from handlers.people.deciding import to_tell
from handlers.scene import Presses, Scene, say
from prompts.book import Prompts
from storage.asked.check_ins import (
    Reminder,
    clear_reminder,
    load_check_in,
    participations,
    reminders_due,
    rounds_of_plan,
    set_reminder,
)
from storage.moments import to_text
from storage.post.outbox import Promised, promise, reference_of
from storage.unit import UnitOfWork


def on_time(unit: UnitOfWork, prompts: Prompts, now: datetime) -> None:
    """Remind those whose time has come; one that fails is let go of and stops nobody else's."""
    for due in reminders_due(unit, now):
        try:
            with unit.apart():
                _settle(unit, prompts, due, now)
        except Exception:
            log.exception("reminder_failed", action="reminders.failed", key=due.check_in)
            clear_reminder(unit, due.check_in, due.person)


def _settle(unit: UnitOfWork, prompts: Prompts, due: Reminder, now: datetime) -> None:
    check_in = load_check_in(unit, due.check_in)
    helps = check_in is not None and _helps(unit, check_in, due, now)
    if check_in is not None and helps:
        _remind(unit, prompts, check_in, due, now)
    clear_reminder(unit, due.check_in, due.person, "sent" if helps else "cleared")


def _helps(unit: UnitOfWork, check_in: CheckIn, due: Reminder, now: datetime) -> bool:
    """Tell whether a nudge is still of use: in time, still open, not answered and not away."""
    if now - due.due_at > rules.GRACE:
        return False
    day = unit.roster.calendars[check_in.school].local(now).date()
    leaders = rules.leaders_of(check_in, unit.roster.members(check_in.arbetslag))
    away = away_on(unit, check_in, day)
    return due.person in rules.to_remind(check_in, participations(unit, check_in.id), away, leaders)


def _remind(unit: UnitOfWork, prompts: Prompts, check_in: CheckIn, due: Reminder, now: datetime) -> None:
    person = unit.roster.persons.get(due.person)
    pack = None if person is None else prompts.asked_of(person).get(check_in.pack)
    if person is None or person.direct is None or pack is None:
        return
    nudge = Nudged(
        check_in=check_in,
        asking=asking(pack),
        arbetslag=unit.roster.arbetslag[check_in.arbetslag].name,
        missed=_missed(unit, check_in, due.person),
    )
    promise(
        unit,
        Promised(
            key=f"reminder:{check_in.id}:{due.person}:{to_text(due.due_at)}",
            message_class="reminder",
            concerns=anchor_key(check_in.id),
            place=person.direct,
            message=phrase(nudge, prompts.said_to(person)),
            not_before=now,
            expires_at=due.due_at + rules.GRACE,
            hours_of=check_in.school,
        ),
    )


def _missed(unit: UnitOfWork, check_in: CheckIn, person: PersonId) -> bool:
    if check_in.plan is None:
        return False
    before = [one for one in rounds_of_plan(unit, check_in.arbetslag, check_in.plan) if one.id < check_in.id]
    return rules.has_missed([(one, participations(unit, one.id)) for one in before], person)


def snooze(scene: Scene, token: Token) -> Response:
    """`Påminn mig senare`: first asks until when, then keeps it; never in quiet hours."""
    texts = scene.texts.check_ins
    check_in = load_check_in(scene.unit, token.subject)
    if check_in is None or check_in.state == "closed":
        return say(texts.round_gone if check_in is None else texts.closed)
    if not _is_asked(scene, check_in):
        return say(texts.not_yours)
    if any(one.person == scene.me.id for one in participations(scene.unit, check_in.id)):
        return say(texts.already_done)
    morning = rules.snooze_until("morning", scene.calendar, scene.at)
    if token.argument not in get_args(Snooze) and morning is not None:
        local = scene.calendar.local(morning).replace(tzinfo=None)
        tomorrow = (local.date() - scene.calendar.local(scene.at).date()).days == 1
        return Say(
            message=phrase(SnoozeAsked(check_in=check_in.id, morning=local, tomorrow=tomorrow), scene.texts)
        )
    until = rules.snooze_until(cast("Snooze", token.argument), scene.calendar, scene.at)
    if until is None:
        clear_reminder(scene.unit, check_in.id, scene.me.id)
        return say(texts.snoozed_next)
    set_reminder(scene.unit, check_in.id, scene.me.id, until)
    return say(fill(texts.snoozed, moment=scene.texts.dates.moment(scene.calendar.local(until))))


def _is_asked(scene: Scene, check_in: CheckIn) -> bool:
    """Whether the round was meant for this person, and still is."""
    team = scene.roster.arbetslag.get(check_in.arbetslag)
    return scene.me.id in check_in.expected and team is not None and may(scene.me, "answer", team)


def time_is_wrong(scene: Scene, token: Token) -> Response:
    """Somebody says that the time does not suit; the others who plan hear it once, without a name."""
    texts = scene.texts.check_ins
    check_in = load_check_in(scene.unit, token.subject)
    if check_in is None or check_in.plan is None:
        return say(texts.round_gone)
    if not _is_asked(scene, check_in):
        return say(texts.not_yours)
    team = scene.roster.arbetslag[check_in.arbetslag]
    told = TimeDoesNotSuit(plan=check_in.plan, arbetslag=team.name)
    heard = to_tell(scene.roster, check_in.school, but=scene.me.id)
    for person in heard:
        key = f"time_is_wrong:{check_in.id}:{person.id}"
        if person.direct and reference_of(scene.unit, key) is None:
            message = phrase(told, scene.texts_for(person))
            scene.inform(message, person.direct, key=key, concerns=f"schedule:{check_in.plan}")
    if not heard and may(scene.me, "schedule", team):
        return say(texts.told_yourself)
    if not heard:
        return say(fill(texts.told_nobody, who=scene.who_plans()))
    return say(fill(texts.told_does_not_suit, who=scene.texts.dates.all_of(scene.named(heard))))


PRESSES: Presses = {"snooze": snooze, "time_is_wrong": time_is_wrong}
