"""`/nuläge`: the asker alone gets the picture at once; a button shows it to a channel."""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from bot.domain.access import may
from bot.domain.check_in_round import MOST_MINUTES
from bot.domain.notes import week_number
from bot.domain.reports.current_state import CurrentState, Facts, current_state
from bot.domain.reports.gaps import TeamRound
from bot.domain.schedule.due import is_far, next_held
from bot.domain.school import Arbetslag, School
from bot.domain.value import ArbetslagId, PersonId
from bot.messages.model import Message, Open, Response, Say
from bot.messages.phrasing.current_state import phrase, phrase_choice, phrase_shared, share_form
from bot.messages.texts import fill
from bot.messages.tokens import Token
from handlers.reports.scopes import closed_to, from_outside, leads, nothing_to_see, scope_of
from handlers.scene import Commands, Forms, Presses, Scene, Values, first, say
from storage.asked.plans import plans_of_arbetslag
from storage.post.outbox import reference_of
from storage.said import reports
from storage.said.analyses import open_causes, results_without_causes

WEEKS = 8
"""How far back the signs are counted."""


def show(scene: Scene, _text: str) -> Response:
    """`/nuläge`: a teacher's own arbetslag, or the whole school for its rektor and processledare."""
    scope = scope_of(scene)
    if not scope:
        return _nothing(scene)
    if isinstance(scope, tuple):
        return Say(message=phrase_choice(scope, "show_state", scene.texts))
    return _picture(scene, scope)


def show_state(scene: Scene, token: Token) -> Response:
    """An arbetslag was chosen, or none: the whole school to who leads it, to others what `/nuläge` shows."""
    if not token.subject and not leads(scene):
        return show(scene, "")
    scope = chosen(scene, token)
    return _picture(scene, scope) if scope else say(scene.texts.common.not_allowed)


def chosen(scene: Scene, token: Token) -> Arbetslag | School | None:
    """Whose picture a button asks for; None when it is not this person's to see."""
    scope = _named(scene, token.subject)
    return None if isinstance(scope, School) and not leads(scene) else scope


def share(scene: Scene, token: Token) -> Response:
    """Share in the channel where one stands; elsewhere, ask which channel."""
    scope = _named(scene, token.subject)
    if scope is None or not may(scene.me, "share_state", scope):
        return say(scene.texts.common.not_allowed)
    here = scene.roster.arbetslag_at(scene.where)
    if here and here == scope and not scene.in_own_chat:
        return _share(scene, here, scope)
    whole_school = isinstance(scope, School)
    teams = scene.roster.arbetslag_of(scene.me.school) if isinstance(scope, School) else (scope,)
    with_channel = [team for team in teams if team.place]
    if not with_channel:
        return _no_channel(scene)
    return Open(form=share_form(with_channel, scene.texts, whole_school=whole_school))


def share_chosen(scene: Scene, _token: Token, values: Values) -> Response:
    """Share in the chosen channel: the arbetslag's own picture, or the school's in numbers."""
    team = scene.roster.arbetslag.get(ArbetslagId(first(values, "channel")))
    scope = scene.school if first(values, "what") == "school" else team
    if team is None or scope is None:
        return say(scene.texts.common.not_allowed)
    if not (may(scene.me, "share_state", team) and may(scene.me, "share_state", scope)):
        return say(scene.texts.common.not_allowed)
    return _share(scene, team, scope)


def _share(scene: Scene, team: Arbetslag, scope: Arbetslag | School) -> Response:
    """Promise the picture to an arbetslag's channel, counted anew. The same picture goes once a day."""
    words = scene.texts.current_state
    if team.place is None:
        return _no_channel(scene)
    message = phrase_shared(state_of(scene, scope, shared=True), scene.me.name, scene.ours)
    digest = hashlib.sha256(message.model_dump_json().encode()).hexdigest()[:16]
    key = f"share:{team.id}:{scene.calendar.local(scene.at).date()}:{digest}"
    if reference_of(scene.unit, key):
        return say(fill(words.shared_already, team=team.name))
    scene.tell(message, team.place, key=key, concerns=f"state:{team.id}")
    return say(fill(words.shared_receipt, team=team.name))


def _picture(scene: Scene, scope: Arbetslag | School) -> Response:
    message = picture_of(scene, scope)
    return Say(message=message) if message else _nothing(scene)


def _nothing(scene: Scene) -> Response:
    return say(nothing_to_see(scene, scene.texts.current_state.no_scope))


def _no_channel(scene: Scene) -> Response:
    words = scene.texts.current_state
    mine = may(scene.me, "adopt_channel", scene.school)
    return say(words.share_nowhere_yours if mine else words.share_nowhere)


def picture_of(scene: Scene, scope: Arbetslag | School) -> Message | None:
    """What this person may see of it now; None when that is nothing. Whoever reads it is noted."""
    teams = (scope,) if isinstance(scope, Arbetslag) else scene.roster.arbetslag_of(scope.id)
    if not teams or not all(may(scene.me, "see_completion", team) for team in teams):
        return None
    state = state_of(scene, scope)
    if state.facts.may_read:
        read = [team for team in teams if from_outside(scene, team) and not closed_to(scene, team)]
        reports.record_read(scene.unit, scene.me.id, read, scene.at)
    may_share = may(scene.me, "share_state", scope) and state.facts.may_read
    widen = isinstance(scope, Arbetslag) and leads(scene)
    return phrase(state, scene.texts, share=may_share, widen=widen, keep=True)


def state_of(scene: Scene, scope: Arbetslag | School, *, shared: bool = False) -> CurrentState:
    """Gather what the store knows, within what this person may see, or everybody in a channel."""
    unit, school = scene.unit, scene.school
    whole = isinstance(scope, School)
    teams = (scope,) if isinstance(scope, Arbetslag) else scene.roster.arbetslag_of(scope.id)
    readable = tuple(team for team in teams if may(scene.me, "read_notes", team))
    open_to_me = tuple(team for team in readable if not closed_to(scene, team))
    may_read = bool(open_to_me) and len(readable) == len(teams) and not (whole and shared)
    local = scene.calendar.local(scene.at)
    skolform = teams[0].skolform if teams else scene.school.skolformer[0]
    wheel = scene.prompts.wheel_for(skolform, "" if shared else scene.me.language)
    phase = wheel.at(local.date())
    counted = open_to_me if may_read else tuple(team for team in teams if team.kind != "elevhalsa")
    since = week_number(local - timedelta(weeks=WEEKS))
    rounds = reports.rounds_of(unit, teams)
    coming = _next_check_in(scene, rounds)
    writers = reports.writers_since(unit, school.id, counted, since)
    facts = Facts(
        scope=scope.name,
        scope_id=None if isinstance(scope, School) else scope.id,
        from_outside=isinstance(scope, School) or from_outside(scene, scope),
        may_read=may_read,
        phase=phase.name,
        question=phase.question,
        next_phase=wheel.next_phase(local.date())[1].name,
        next_check_in=coming,
        far=is_far(coming.date() if coming else None, local),
        counts=reports.counts_since(unit, school.id, counted, since),
        writers=len(set[PersonId]().union(*writers.values())),
        writers_in={team: len(people) for team, people in writers.items()},
        latest=reports.latest_notes(unit, open_to_me) if may_read else (),
        teams=tuple(_team_round(scene, team, rounds[team.id]) for team in teams),
        causes=open_causes(unit, open_to_me) if may_read else (),
        results_without_causes=results_without_causes(unit, counted),
        waiting=reports.raised_waiting(unit, school.id, teams),
        minutes=_minutes(scene, teams, local),
        ceiling=MOST_MINUTES,
        named=not (whole and shared),
    )
    return current_state(facts)


def _named(scene: Scene, subject: str) -> Arbetslag | School | None:
    """What a token names: an arbetslag by its id, the school by nothing; None when it is not ours to see."""
    if not subject:
        return scene.school
    team = scene.roster.arbetslag.get(ArbetslagId(subject))
    return team if team and may(scene.me, "see_completion", team) else None


def _team_round(scene: Scene, team: Arbetslag, found: reports.Round) -> TeamRound:
    asked = found.asked_at
    heard = max(filter(None, (found.wrote_at, asked if found.answered else None)), default=asked)
    resting = () if found.next_at else plans_of_arbetslag(scene.unit, team.id)
    shut = team.silenced if team.silenced and resting else None
    return TeamRound(
        arbetslag=team.id,
        name=team.name,
        planned=found.next_at is not None,
        paused=any(plan.state == "paused" for plan in resting),
        shut=scene.calendar.local(shut.since).date() if shut else None,
        asked=asked is not None,
        answered=found.answered,
        weeks_silent=(scene.at - heard).days // 7 if heard else None,
    )


def _next_check_in(scene: Scene, rounds: Mapping[ArbetslagId, reports.Round]) -> datetime | None:
    """When the first of these arbetslag is next asked; what a lov stops is not waited for."""
    calendar = scene.calendar
    coming: list[datetime] = []
    for team, found in rounds.items():
        if found.next_at and calendar.is_open(calendar.local(found.next_at).date()):
            coming.append(found.next_at)
        elif found.next_at:
            planned = plans_of_arbetslag(scene.unit, team)
            held = (next_held(one.recurrence, calendar, scene.at, one.closed_days) for one in planned)
            coming += filter(None, held)
    return calendar.local(min(coming)) if coming else None


def _minutes(scene: Scene, teams: Sequence[Arbetslag], local: datetime) -> int:
    month = local.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    asked = reports.minutes_asked(scene.unit, scene.school.id, month)
    mine = [asked[team.id] for team in teams if team.id in asked]
    return round(sum(mine) / len(mine)) if mine else 0


COMMANDS: Commands = {"nuläge": show}
PRESSES: Presses = {"share": share, "show_state": show_state}
FORMS: Forms = {"share_form": share_chosen}
