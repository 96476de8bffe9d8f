"""The week's summary: made once a week whatever happens, shown on request, and answered."""

import hashlib
from datetime import datetime

from bot.domain.access import may
from bot.domain.notes import week_number
from bot.domain.reports.weekly import WeekSummary
from bot.domain.schedule.due import next_held
from bot.domain.school import Arbetslag, Person, Place, School
from bot.domain.value import ArbetslagId, SchoolId
from bot.messages.model import Message, Response, Say
from bot.messages.phrasing.current_state import phrase_choice
from bot.messages.phrasing.weekly import (
    Standing,
    lead_so_far,
    phrase_back,
    phrase_no_rektor,
    phrase_own,
    phrase_summary,
)
from bot.messages.texts import fill
from bot.messages.tokens import Token
from handlers.notes.raising import mark_read
from handlers.people.deciding import to_tell
from handlers.reports.as_sent import as_it_may_be_read
from handlers.reports.scopes import own_teams, scope_of
from handlers.reports.weekly_facts import gather, own_week
from handlers.scene import Commands, Presses, Scene, say
from prompts.book import Prompts
from storage.asked import plans
from storage.post.outbox import Promised, promise, reference_of
from storage.said import reports, weekly
from storage.said.notes import load_note
from storage.unit import UnitOfWork


def on_due(unit: UnitOfWork, prompts: Prompts, school: SchoolId, planned: datetime, at: datetime) -> None:
    """Make the summary of `school` that was planned for `planned` (wall time), once for its ISO week.

    Without a rektor to send it to nothing is used up: the notes wait for the next one.
    """
    week = week_number(planned)
    gathered = gather(unit, school, at, planned.date())
    summary = gathered.summary
    rektors = [one for one in unit.roster.holders("rektor", school) if one.direct]
    used = bool(plans.plans_of_school(unit, school))
    if summary.is_empty and not used:
        return
    if not rektors:
        _tell_that_nobody_reads(unit, prompts, school, week, at)
        return
    sent = weekly.Sent(week=week, at=at, summary=summary, held=gathered.held)
    digest = digest_of(phrase_summary(summary, prompts.texts))
    if not weekly.keep_summary(unit, school, sent, digest):
        return
    for rektor in rektors:
        key = f"summary:{school}:{week}:{rektor.id}"
        message = phrase_summary(summary, prompts.said_to(rektor))
        _promise(unit, school, message, rektor.direct, key=key, at=at)
    _give_back(unit, prompts, school, sent, rektors)


def digest_of(message: Message) -> str:
    """A summary's mark, in the school's words: made again from what was kept, it is the same."""
    return hashlib.sha256(message.model_dump_json().encode()).hexdigest()


def _give_back(
    unit: UnitOfWork, prompts: Prompts, school: SchoolId, sent: weekly.Sent, rektors: list[Person]
) -> None:
    """Tell each arbetslag whose words the summary holds what became of them."""
    name = prompts.texts.dates.all_of([rektor.name for rektor in rektors])
    for team in sent.summary.teams:
        place = unit.roster.arbetslag[team.arbetslag].place
        if not team.closed:
            message = phrase_back(team, name, prompts.texts)
            _promise(
                unit, school, message, place, key=f"back:{school}:{sent.week}:{team.arbetslag}", at=sent.at
            )


def _tell_that_nobody_reads(
    unit: UnitOfWork, prompts: Prompts, school: SchoolId, week: int, at: datetime
) -> None:
    name = unit.roster.schools[school].name
    for person in to_tell(unit.roster, school):
        message = phrase_no_rektor(name, prompts.said_to(person))
        _promise(unit, school, message, person.direct, key=f"no_rektor:{school}:{week}:{person.id}", at=at)


def _promise(
    unit: UnitOfWork, school: SchoolId, message: Message, place: Place | None, *, key: str, at: datetime
) -> None:
    if place is None or reference_of(unit, key):
        return
    promised = Promised(
        key=key,
        message_class="critical",
        concerns=key,
        place=place,
        message=message,
        not_before=at,
        hours_of=school,
    )
    promise(unit, promised)


def show(scene: Scene, _text: str) -> Response:
    """`/veckan`: the rektor's summary, or an arbetslag's own part of it."""
    if may(scene.me, "read_summary", scene.school) and scene.roster.arbetslag_at(
        scene.where
    ) not in own_teams(scene):
        return _for_rektor(scene)
    match scope_of(scene):
        case Arbetslag() as team if team in own_teams(scene):
            return _own(scene, team)
        case Arbetslag() | School():
            own = own_teams(scene)
            return _chosen_or_asked(scene, own) if own else say(scene.texts.weekly.no_summary)
        case ():
            return say(scene.texts.current_state.no_scope)
        case teams:
            return _chosen_or_asked(scene, teams)


def _chosen_or_asked(scene: Scene, teams: tuple[Arbetslag, ...]) -> Response:
    if len(teams) == 1:
        return _own(scene, teams[0])
    return Say(message=phrase_choice(teams, "show_week", scene.texts))


def show_week(scene: Scene, token: Token) -> Response:
    """One of one's own arbetslag was chosen."""
    team = scene.roster.arbetslag.get(ArbetslagId(token.subject))
    if team is None or team not in own_teams(scene):
        return say(scene.texts.common.not_allowed)
    return _own(scene, team)


def _own(scene: Scene, team: Arbetslag) -> Response:
    today = scene.calendar.local(scene.at).date()
    gathered = own_week(scene.unit, team, scene.at, today)
    standing = Standing(
        due=_local(scene, next_at(scene)),
        sent=_local(scene, gathered.latest.at if gathered.latest else None),
        read=_local(scene, reports.last_read(scene.unit, team.id)),
    )
    closed = team.kind == "elevhalsa"
    return Say(message=phrase_own(gathered.summary, team.name, standing, scene.texts, closed=closed))


def _for_rektor(scene: Scene) -> Response:
    """What the next summary holds so far; when nothing is new, the latest one that was sent."""
    return Say(message=_newest(scene))


def _newest(scene: Scene) -> Message:
    gathered = gather(scene.unit, scene.school.id, scene.at, scene.calendar.local(scene.at).date())
    summary, latest = gathered.summary, gathered.latest
    fresh = summary.teams or summary.new_causes or summary.asked
    if latest and not fresh:
        return _sent(scene, latest)
    _note_read(scene, summary)
    lead = lead_so_far(_local(scene, next_at(scene)), scene.texts)
    return phrase_summary(summary, scene.texts, lead, last_week=latest is not None)


def summary_of(scene: Scene, week: str) -> Message | None:
    """The summary of a week as it was sent, or of this one as it stands; None when there is none."""
    sent = weekly.sent_summaries(scene.unit, scene.school.id)
    if found := next((one for one in sent if str(one.week) == week), None):
        return _sent(scene, found)
    this_week = week == str(week_number(scene.calendar.local(scene.at)))
    return _newest(scene) if this_week else None


def last_week(scene: Scene, _token: Token) -> Response:
    """The rektor wants the latest summary that was sent."""
    if not may(scene.me, "read_summary", scene.school):
        return say(scene.texts.common.not_allowed)
    found = weekly.sent_summaries(scene.unit, scene.school.id, most=1)
    return Say(message=_sent(scene, found[0])) if found else say(scene.texts.weekly.no_latest)


def _sent(scene: Scene, latest: weekly.Sent) -> Message:
    """The sent summary as it was, but for what was removed since and for what waits now."""
    names = {team.id: team.name for team in scene.roster.arbetslag_of(scene.school.id)}
    waiting = weekly.waiting_notes(scene.unit, scene.school.id, names)
    summary = as_it_may_be_read(scene.unit, latest.summary).model_copy(update={"raised": waiting})
    _note_read(scene, summary)
    lead = fill(scene.texts.weekly.sent_at, when=scene.texts.dates.moment(scene.calendar.local(latest.at)))
    return phrase_summary(summary, scene.texts, lead)


def _note_read(scene: Scene, summary: WeekSummary) -> None:
    """Keep that the rektor has the words of these arbetslag in front of them."""
    shown = {team.arbetslag for team in summary.teams if not team.closed}
    shown |= {raised.arbetslag for raised in summary.raised}
    teams = [team for team in scene.roster.arbetslag_of(scene.school.id) if team.id in shown]
    reports.record_read(scene.unit, scene.me.id, teams, scene.at)
    for raised in summary.raised:
        if note := load_note(scene.unit, raised.note):
            mark_read(scene, note)


def next_at(scene: Scene) -> datetime | None:
    """When the next summary comes; None when it is paused."""
    plan = plans.load_summary_plan(scene.unit, scene.school.id)
    if plan is None or plan.state != "active":
        return None
    return next_held(plan.recurrence, scene.calendar, scene.at)


def _local(scene: Scene, moment: datetime | None) -> datetime | None:
    return scene.calendar.local(moment) if moment else None


COMMANDS: Commands = {"veckan": show}
PRESSES: Presses = {"show_week": show_week, "last_week": last_week}
