"""`/kalender`: lov, studiedagar and terms from a file, and what they change for the check-ins."""

from collections import Counter
from datetime import date
from typing import TypeVar

from bot.domain.access import may
from bot.domain.calendar.files import CalendarDays, Unreadable, read_calendar
from bot.domain.calendar.school_year import CalendarDay, Term
from bot.domain.check_in import CheckInPlan, anchor_key
from bot.domain.effects.schedule import NewDates, PlanShown
from bot.domain.privacy.guard import inspect, mask
from bot.domain.schedule.due import next_due
from bot.domain.school import Person
from bot.messages.model import Open, Response, Say
from bot.messages.phrasing.schedules import phrase as phrase_schedule
from bot.messages.phrasing.school_calendar import CalendarAdded, calendar_form, phrase, unreadable
from bot.messages.tokens import Token
from handlers.asking.due import look_again
from handlers.people.deciding import to_tell
from handlers.scene import Commands, Forms, Scene, Values, say
from handlers.schedules.dates import shown
from storage.asked.check_ins import open_rounds, save_check_in
from storage.asked.plans import (
    load_summary_plan,
    move_watermark,
    plans_of_school,
    revise_occurrence,
    watermark_of,
)
from storage.people.founding import set_days, set_terms
from storage.post.settling import take_back

MOST_TOLD = 20
Named = TypeVar("Named", CalendarDay, Term)


def on_command(scene: Scene, _text: str) -> Response:
    if not may(scene.me, "import_calendar", scene.school):
        return say(scene.texts.school_calendar.not_yours)
    return Open(form=calendar_form("", "", scene.texts))


def on_form(scene: Scene, _token: Token, values: Values) -> Response:
    """Read the file whole or not at all; then say what it changes."""
    if not may(scene.me, "import_calendar", scene.school):
        return say(scene.texts.school_calendar.not_yours)
    text = "\n".join(values.get("calendar", ()))
    read = read_calendar(text)
    if isinstance(read, Unreadable):
        return Open(form=calendar_form(text, unreadable(read, scene.texts), scene.texts))
    calendar = scene.calendar
    sent_on = calendar.local(calendar.next_open(scene.at)).date()
    before = {one.plan.id: one for one in _plans(scene)}
    set_days(scene.unit, scene.school.id, [_about_nobody(day) for day in read.days])
    set_terms(scene.unit, scene.school.id, [_about_nobody(term) for term in read.terms])
    withdrawn = _withdraw(scene, [one.plan for one in before.values()], sent_on)
    _look_again(scene)
    changed = tuple(one for one in _plans(scene) if one.coming != before[one.plan.id].coming)
    told: tuple[Person, ...] = ()
    if changed or withdrawn:
        told = _tell(scene, NewDates(plans=changed[:MOST_TOLD], withdrawn=withdrawn))
    news = {"changed": len(changed), "withdrawn": withdrawn, "told": scene.named(told)}
    return Say(message=phrase(_added(scene, read).model_copy(update=news), scene.texts))


def _about_nobody(named: Named) -> Named:
    """Mask numbers and addresses in what a day or a term is called; names of days ("Lucia") stay."""
    found = [one for one in inspect(named.name) if one.kind not in {"namn", "initialer", "kansligt"}]
    return named.model_copy(update={"name": mask(named.name, found)}) if found else named


def _plans(scene: Scene) -> tuple[PlanShown, ...]:
    plans = plans_of_school(scene.unit, scene.school.id)
    return tuple(
        shown(scene.unit, scene.packs, one, scene.at, scene.texts) for one in plans if one.part_of is None
    )


def _added(scene: Scene, read: CalendarDays) -> CalendarAdded:
    kinds = Counter(day.kind for day in read.days)
    return CalendarAdded(
        lov=kinds["lov"],
        study=kinds["studiedag"],
        planning=kinds["planeringsdag"],
        terms=len(read.terms),
        passed_over=len(read.passed_over),
        covered=scene.calendar.covered_until(),
    )


def _withdraw(scene: Scene, plans: list[CheckInPlan], sent_on: date) -> int:
    """Take back questions that wait for a day that is now closed; their occasion was never asked."""
    if scene.calendar.is_open(sent_on):
        return 0
    withdrawn = 0
    for check_in in (one for plan in plans for one in open_rounds(scene.unit, plan.arbetslag, plan.id)):
        if take_back(scene.unit, anchor_key(check_in.id), "closed day"):
            closed = check_in.model_copy(update={"state": "closed", "version": check_in.version + 1})
            save_check_in(scene.unit, closed, was=check_in.version)
            reason = scene.calendar.why_closed(sent_on) or ""
            revise_occurrence(scene.unit, str(check_in.plan), check_in.planned, "skipped", reason)
            withdrawn += 1
    return withdrawn


def _look_again(scene: Scene) -> None:
    """When each schedule is looked at next follows from the calendar: work it out anew."""
    for plan in plans_of_school(scene.unit, scene.school.id):
        if plan.state == "active":
            mark = watermark_of(scene.unit, plan.id)
            move_watermark(scene.unit, plan.id, mark, look_again(scene.unit, plan, scene.calendar, mark))
    summary = load_summary_plan(scene.unit, scene.school.id)
    if summary is not None and summary.state == "active":
        mark = watermark_of(scene.unit, summary.id)
        move_watermark(
            scene.unit, summary.id, mark, next_due(summary.recurrence, scene.calendar, mark, "skip")
        )


def _tell(scene: Scene, news: NewDates) -> tuple[Person, ...]:
    """Send the new dates to those who plan, and return who they are."""
    heard = to_tell(scene.roster, scene.school.id)
    for person in heard:
        if person.direct:
            key = f"calendar:{scene.event_id}:{person.id}"
            message = phrase_schedule(news, scene.texts_for(person))
            scene.inform(message, person.direct, key=key, concerns=f"calendar:{scene.school.id}")
    return heard


COMMANDS: Commands = {"kalender": on_command}
FORMS: Forms = {"calendar_form": on_form}
