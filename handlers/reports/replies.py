"""The rektor answers an arbetslag, and says when the summary comes."""

import hashlib

from bot.domain.access import may
from bot.domain.calendar.swedish_dates import capital
from bot.domain.check_in import SummaryPlan
from bot.domain.reports.week_facts import Raised
from bot.domain.schedule.ask import AskBack
from bot.domain.schedule.due import is_far, next_due, next_held
from bot.domain.schedule.phrase import parse
from bot.domain.schedule.recurrence import Recurrence
from bot.domain.schedule.speech import speak
from bot.domain.school import Arbetslag
from bot.domain.value import ArbetslagId
from bot.messages.model import Open, Option, Response
from bot.messages.phrasing.replies import (
    LONGEST_REPLY,
    Team,
    phrase_reply,
    reply_form,
    reply_options,
    time_form,
)
from bot.messages.phrasing.times import asked, pattern
from bot.messages.texts import fill
from bot.messages.tokens import Token
from handlers.asking.due import ensure_summary_plan
from handlers.notes.guard import Screened, screen
from handlers.notes.raising import mark_read
from handlers.scene import Forms, Presses, Scene, Values, first, say
from storage.asked import plans
from storage.post.outbox import reference_of
from storage.said import weekly
from storage.said.notes import load_note
from storage.said.replies import Reply, add_reply
from storage.said.reports import links_to, record_read


def ask(scene: Scene, token: Token) -> Response:
    """`Svara arbetslaget`: a form, with what the button stood by chosen, else what waits first."""
    if not may(scene.me, "reply_arbetslag", scene.school):
        return say(scene.texts.common.not_allowed)
    options = _options(scene, f"note:{token.subject}")
    if not options:
        return say(scene.texts.weekly.reply_nobody)
    meant = {f"{kind}:{token.subject}" for kind in ("note", "team")}
    about = next((option.value for option in options if option.value in meant), "")
    return Open(form=reply_form(options, scene.texts, about=about))


def answer(scene: Scene, _token: Token, values: Values) -> Response:
    """Keep the reply and promise it to the arbetslag's channel; what is wrong is said in the form."""
    words = scene.texts.weekly
    if not may(scene.me, "reply_arbetslag", scene.school):
        return say(scene.texts.common.not_allowed)
    about = first(values, "about")
    team, note = _subject(scene, about)
    if team is None or not may(scene.me, "reply_arbetslag", team):
        return _again(scene, values, {"about": words.reply_gone})
    screened = screen(scene, values, ("text",), f"reply:{team.id}")
    if screened.errors:
        return _again(scene, values, screened.errors, screened)
    text = screened.texts["text"]
    if wrong := _wrong(scene, text, team):
        return _again(scene, values, {"text": wrong}, screened)
    return _send(scene, team, note, text)


def _wrong(scene: Scene, text: str, team: Arbetslag) -> str:
    words = scene.texts.weekly
    if not text.strip():
        return words.reply_empty
    if len(text) > LONGEST_REPLY:
        return fill(words.reply_too_long, longest=LONGEST_REPLY)
    return "" if team.place else fill(words.reply_no_channel, team=team.name)


def _send(scene: Scene, team: Arbetslag, about: Raised | None, text: str) -> Response:
    words = scene.texts.weekly
    day = scene.calendar.local(scene.at).date()
    said = "|".join((team.id, about.note if about else "", scene.me.id, day.isoformat(), text))
    key = f"reply:{hashlib.sha256(said.encode()).hexdigest()[:32]}"
    if team.place is None or reference_of(scene.unit, key):
        return say(fill(words.reply_already, team=team.name))
    note = about.note if about else None
    add_reply(scene.unit, Reply(key, team.school, team.id, note, scene.me.id, text), scene.at)
    if about and (raised := load_note(scene.unit, about.note)):
        mark_read(scene, raised)
    record_read(scene.unit, scene.me.id, [team], scene.at)
    message = phrase_reply(team.name, text, scene.me.name, scene.ours, week=day, about=about)
    scene.tell(message, team.place, key=key, concerns=key)
    return say(fill(words.reply_sent, team=team.name))


def _options(scene: Scene, meant: str) -> tuple[Option, ...]:
    """What waits, each arbetslag's week, and what is `meant` even if it has been answered already."""
    teams = [team for team in scene.roster.arbetslag_of(scene.school.id) if team.place]
    waiting = weekly.waiting_notes(scene.unit, scene.school.id, {team.id: team.name for team in teams})
    team, answered = _subject(scene, meant)
    if team in teams and answered and answered.note not in {raised.note for raised in waiting}:
        waiting = (answered, *waiting)
    first = {raised.arbetslag for raised in waiting}
    teams.sort(key=lambda team: team.id not in first)
    return reply_options(waiting, [Team(team.id, team.name) for team in teams], scene.texts)


def _subject(scene: Scene, about: str) -> tuple[Arbetslag | None, Raised | None]:
    """What a reply is about, as the store has it now; (None, None) when that is not there any more."""
    kind, _, key = about.partition(":")
    if kind == "team":
        return scene.roster.arbetslag.get(ArbetslagId(key)), None
    note = load_note(scene.unit, key) if kind == "note" else None
    if note is None or note.state not in {"raised", "raised_read"}:
        return None, None
    team = scene.roster.arbetslag.get(note.arbetslag)
    links = links_to(scene.unit, [note.check_in] if note.check_in else [])
    raised = Raised(
        note=note.id,
        arbetslag=note.arbetslag,
        name=team.name if team else "",
        text=note.text,
        at=note.created_at,
        link=f"#{note.source}" if note.source else links.get(note.check_in or ""),
    )
    return team, raised


def _again(
    scene: Scene, values: Values, errors: dict[str, str], screened: Screened | None = None
) -> Response:
    """Show the form again with what was written in it, and what to do about it."""
    options = _options(scene, first(values, "about"))
    if not options:
        return say(scene.texts.weekly.reply_nobody)
    extra = [field for fields in (screened.extra.values() if screened else ()) for field in fields]
    form = reply_form(
        options,
        scene.texts,
        about=first(values, "about"),
        text="\n".join(values.get("text", ())),
        extra=extra,
        errors=errors,
    )
    return Open(form=form)


def ask_time(scene: Scene, _token: Token) -> Response:
    """`Ändra tid`: a form with the time that holds now."""
    if not may(scene.me, "set_summary_time", scene.school):
        return say(scene.texts.common.not_allowed)
    plan = _plan(scene)
    return Open(form=time_form(capital(speak(plan.recurrence)), plan.version, scene.texts))


def set_time(scene: Scene, token: Token, values: Values) -> Response:
    """Understand the phrase, or ask in the form; nothing in the past is ever summed up again."""
    words = scene.texts.weekly
    if not may(scene.me, "set_summary_time", scene.school):
        return say(scene.texts.common.not_allowed)
    plan, phrase = _plan(scene), first(values, "phrase")
    if token.argument != str(plan.version):
        stale = fill(words.time_stale, pattern=pattern(plan.recurrence, scene.texts))
        return Open(form=time_form(phrase, plan.version, scene.texts, stale))
    today = scene.calendar.local(scene.at).date()
    found = parse(phrase, today=today, now=scene.at, calendar=scene.calendar)
    if isinstance(found, AskBack) or not _once_a_week(found):
        error = asked(found, scene.texts) if isinstance(found, AskBack) else words.time_more
        return Open(form=time_form(phrase, plan.version, scene.texts, error))
    changed = plan.model_copy(update={"recurrence": found, "state": "active", "version": plan.version + 1})
    coming = next_due(found, scene.calendar, scene.at, "skip")
    plans.save_summary_plan(scene.unit, changed, watermark=scene.at, next_at=coming, was=plan.version)
    when = pattern(found, scene.texts)
    if held := next_held(found, scene.calendar, scene.at):
        first_one = scene.calendar.local(held)
        when = scene.texts.dates.moment(first_one, year=is_far(first_one.date(), scene.at))
    return say(fill(words.time_saved, pattern=pattern(found, scene.texts), when=when))


def _once_a_week(found: Recurrence) -> bool:
    """Every week, without end: of a week that is passed over nobody would hear."""
    return len(found.days) == 1 and found == Recurrence(days=found.days, at=found.at, anchor=found.anchor)


def _plan(scene: Scene) -> SummaryPlan:
    school = scene.school.id
    known = plans.load_summary_plan(scene.unit, school)
    return known or ensure_summary_plan(scene.unit, school, scene.calendar, scene.at)


PRESSES: Presses = {"reply_arbetslag": ask, "summary_time": ask_time}
FORMS: Forms = {"reply_form": answer, "summary_form": set_time}
