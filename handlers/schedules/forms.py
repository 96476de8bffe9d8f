"""`/avstämning`, and the form for a plan: which arbetslag, when, who answers and with what."""

from typing import Any

from bot.domain.access import may
from bot.domain.schedule.ask import AskBack
from bot.domain.schedule.phrase import parse
from bot.domain.schedule.speech import speak
from bot.domain.school import Arbetslag
from bot.domain.value import ArbetslagId
from bot.messages.model import Open, Response
from bot.messages.phrasing.schedule_forms import ROTATION, ScheduleAsked, schedule_form
from bot.messages.texts.base import fill
from bot.messages.tokens import Token
from handlers.scene import Commands, Forms, Presses, Scene, Values, say
from handlers.schedules.wishes import Wish, list_plans, propose, refusal, understand
from storage.asked.plans import load_plan


def on_command(scene: Scene, text: str) -> Response:
    """`/avstämning <fras>` in an arbetslag's channel; elsewhere a form; without words a list."""
    team = scene.roster.arbetslag_at(scene.where)
    if refused := refusal(scene, team):
        return refused
    if not text:
        return list_plans(scene, Token(verb="list_schedules"))
    if team is None:
        return new(scene, when=text)
    return understand(scene, team, text)


def new(scene: Scene, *, when: str = "", team: Arbetslag | None = None) -> Response:
    """Open an empty form, or one with the words already written."""
    if refused := refusal(scene):
        return refused
    return _open(scene, {"when": when, "arbetslag": team.id if team else ""}, replaces="")


def on_new(scene: Scene, token: Token) -> Response:
    known = scene.roster.arbetslag.get(ArbetslagId(token.subject))
    return new(scene, when=token.argument, team=known or scene.roster.arbetslag_at(scene.where))


def on_change(scene: Scene, token: Token) -> Response:
    """`Ändra`: the same form with what stands there now."""
    plan = load_plan(scene.unit, token.subject)
    if plan is None or plan.state == "stopped":
        return say(scene.texts.schedules.plan_gone)
    if refused := refusal(scene, scene.roster.arbetslag[plan.arbetslag]):
        return refused
    now = {
        "arbetslag": plan.arbetslag,
        "when": speak(plan.recurrence),
        "answers": plan.answers,
        "closed_days": plan.closed_days,
        "pack": plan.pack or ROTATION,
    }
    return _open(scene, now, replaces=plan.id)


def _open(
    scene: Scene, values: dict[str, str], replaces: str, ask: AskBack | None = None, wrong: str = ""
) -> Open:
    teams = [team for team in scene.roster.arbetslag_of(scene.school.id) if may(scene.me, "schedule", team)]
    form = ScheduleAsked(
        replaces=replaces,
        values=values,
        teams=tuple((team.id, team.name) for team in teams),
        packs=_packs(scene),
        doubt=ask,
        errors={wrong: scene.texts.schedules.form_pick} if wrong else {},
    )
    return Open(form=schedule_form(form, scene.texts))


def _packs(scene: Scene) -> tuple[tuple[str, str], ...]:
    """The packs to choose from: any that suits an arbetslag of the school, each by a name of its own."""
    here = {team.skolform for team in scene.roster.arbetslag_of(scene.school.id)}
    found = [
        pack
        for pack in scene.packs.values()
        if pack.kind == "uppfoljning" and any(pack.suits(skolform) for skolform in here)
    ]
    said = scene.texts.schedules
    names: list[tuple[str, str]] = []
    for pack in found:
        suits = scene.texts.dates.all_of([said.skolformer[one] for one in pack.skolformer if one in here])
        shared = sum(one.title == pack.title for one in found) > 1
        title = (
            fill(said.form_pack_of, title=pack.title, skolformer=suits) if shared and suits else pack.title
        )
        names.append((pack.key, title))
    return tuple(names)


def on_form(scene: Scene, token: Token, values: Values) -> Response:
    """Read the form; what is doubtful comes back in it, with everything that was filled in."""
    given = {key: (chosen or ("",))[0] for key, chosen in values.items()}
    team = scene.roster.arbetslag.get(ArbetslagId(given.get("arbetslag", "")))
    if team is None:
        return refusal(scene) or _open(scene, given, token.subject, wrong="arbetslag")
    if refused := refusal(scene, team):
        return refused
    if token.subject:
        replaced = load_plan(scene.unit, token.subject)
        if replaced is None or replaced.state == "stopped":
            return say(scene.texts.schedules.plan_gone)
        if refused := refusal(scene, scene.roster.arbetslag[replaced.arbetslag]):
            return refused
    when = given.get("suggestion") or given.get("when", "")
    calendar = scene.calendar
    read = parse(when, today=calendar.local(scene.at).date(), now=scene.at, calendar=calendar)
    if isinstance(read, AskBack):
        return _open(scene, {**given, "when": when}, token.subject, read)
    pack = given.get("pack") or ROTATION
    settings: dict[str, Any] = {
        "answers": "each" if given.get("answers") == "each" else "together",
        "closed_days": "move" if given.get("closed_days") == "move" else "skip",
        "pack": None if pack == ROTATION else pack,
        "replaces": token.subject or None,
    }
    return propose(scene, team, read, Wish(**settings))


COMMANDS: Commands = {"avstämning": on_command}
PRESSES: Presses = {"new_schedule": on_new, "change_schedule": on_change}
FORMS: Forms = {"schedule_form": on_form}
