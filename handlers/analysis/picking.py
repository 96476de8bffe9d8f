"""`/orsaksanalys`: pick a result, start or go on. The dialogue itself is `handlers.conversations.asking`."""

from bot.domain.access import may
from bot.domain.analysis.agreed import Analysis
from bot.domain.analysis.causes import Finding
from bot.domain.questions.answers import Answer
from bot.domain.questions.kinds import LONGEST_ANSWER
from bot.domain.reports.current_state import Told
from bot.domain.reports.ranker import stems
from bot.domain.school import Arbetslag
from bot.domain.value import ArbetslagId
from bot.messages.model import Open, Quiet, Response, Say
from bot.messages.phrasing import analysis as phrasing
from bot.messages.phrasing.analysis import ALONE, OWN, RESULT, TOGETHER, WHERE, Choosing, Waiting
from bot.messages.texts import fill
from bot.messages.tokens import Token
from handlers.analysis.agreed import on_agreed, on_ready, share
from handlers.analysis.ending import end_analysis
from handlers.conversations.asking import WHEN_DONE, WHEN_READY, Held, start
from handlers.notes.guard import screen
from handlers.scene import Commands, Forms, Presses, Scene, Values, first, say
from storage.asked.conversations import load, load_many
from storage.moments import new_id
from storage.post.outbox import Promised, promise
from storage.said.analyses import analyses_of, recent_results, save_analysis
from storage.said.notes import load_note

MOST_RELATED = 5
MOST_WAITING = 5

WHEN_DONE["analysis"] = on_agreed
WHEN_READY["analysis"] = on_ready


def on_command(scene: Scene, text: str) -> Response:
    """Show what is waiting, or a way to begin; what was written after the command is kept as a start."""
    team = scene.arbetslag_here()
    if team is None:
        return say(scene.texts.analysis.which_team)
    if not may(scene.me, "lead_analysis", team):
        return say(scene.texts.common.not_allowed)
    if text:
        return _open(scene, team, own=text)
    waiting = tuple(_waiting(scene, team))
    results = bool(recent_results(scene.unit, team))
    return Say(message=phrasing.ways_in(team.id, waiting, scene.texts, results=results))


def _waiting(scene: Scene, team: Arbetslag) -> list[Waiting]:
    mine = [
        one
        for one in analyses_of(scene.unit, team.id)
        if one.state == "open" and (one.together or one.started_by == scene.me.id)
    ][:MOST_WAITING]
    load_many(scene.unit, [one.conversation for one in mine])
    found: list[Waiting] = []
    for one in mine:
        dialogue = load(scene.unit, one.conversation)
        if dialogue is not None:
            held = dialogue.conversation
            paused = held.state == "paused"
            found.append(Waiting(one.finding.text, one.conversation, held.version, paused))
    return found


def start_analysis(scene: Scene, token: Token) -> Response:
    """Open the form that starts an analysis in the arbetslag the button names."""
    team = scene.roster.arbetslag.get(ArbetslagId(token.subject)) if token.subject else scene.arbetslag_here()
    if team is None:
        return say(scene.texts.analysis.which_team if not token.subject else scene.texts.common.gone)
    if not may(scene.me, "lead_analysis", team):
        return say(scene.texts.common.not_allowed)
    return _open(scene, team)


def pick_result(scene: Scene, token: Token) -> Response:
    """Start from one note: its author's arbetslag, with the note already chosen."""
    note = load_note(scene.unit, token.subject)
    team = scene.roster.arbetslag.get(note.arbetslag) if note else None
    if note is None or team is None or note.state == "removed":
        return say(scene.texts.common.gone)
    if not may(scene.me, "lead_analysis", team):
        return say(scene.texts.common.not_allowed)
    return _open(scene, team, chosen=note.id, own="" if note.aspect == "resultat" else note.text)


def _open(scene: Scene, team: Arbetslag, *, chosen: str = "", own: str = "") -> Response:
    where = TOGETHER if scene.roster.arbetslag_at(scene.where) else ALONE
    choosing = Choosing(team.id, team.name, recent_results(scene.unit, team), chosen, own, where)
    return Open(form=phrasing.start_form(choosing, scene.texts))


def submit_start(scene: Scene, token: Token, values: Values) -> Response:
    """Begin, if there is a result to explain; else the form comes back and says so."""
    team = scene.roster.arbetslag.get(ArbetslagId(token.subject))
    if team is None:
        return say(scene.texts.common.gone)
    if not may(scene.me, "lead_analysis", team):
        return say(scene.texts.common.not_allowed)
    results = recent_results(scene.unit, team)
    chosen, where = first(values, RESULT), first(values, WHERE)
    screened = screen(scene, values, (OWN,), f"arbetslag:{team.id}")
    own = screened.texts.get(OWN, "")
    told = next((one for one in results if one.note == chosen), None)
    errors = dict(screened.errors)
    if not errors and told is None and not own.strip():
        errors[OWN] = scene.texts.analysis.no_result
    if not errors and len(own) > LONGEST_ANSWER:
        errors[OWN] = fill(scene.texts.common.too_long, longest=LONGEST_ANSWER)
    if errors:
        choosing = Choosing(team.id, team.name, results, chosen, first(values, OWN), where or TOGETHER)
        form = phrasing.start_form(choosing, scene.texts, errors)
        fields = (*form.fields, *screened.extra.get(OWN, ()))
        return Open(form=form.model_copy(update={"fields": fields}))
    analysis = _analysis(scene, team, told, own.strip(), together=where != ALONE and team.place is not None)
    if _begun_already(scene, analysis):
        return say(scene.texts.analysis.begun_already)
    return _begin(scene, team, analysis, results)


def _begun_already(scene: Scene, new: Analysis) -> bool:
    """The form may come twice, under new ids: the same result is not analysed twice at the same time."""
    return any(
        one.state == "open"
        and one.together == new.together
        and (one.together or one.started_by == new.started_by)
        and one.finding.text.casefold() == new.finding.text.casefold()
        for one in analyses_of(scene.unit, new.arbetslag)
    )


def _analysis(scene: Scene, team: Arbetslag, told: Told | None, own: str, *, together: bool) -> Analysis:
    key = new_id(scene.at)
    finding = Finding(
        id=f"{key}-resultat",
        arbetslag=team.id,
        text=own or (told.text if told else ""),
        at=scene.at,
        sign=told.sign if told else "neutral",
        notes=(told.note,) if told else (),
    )
    return Analysis(
        id=key,
        school=team.school,
        arbetslag=team.id,
        finding=finding,
        conversation=new_id(scene.at),
        started_by=scene.me.id,
        together=together,
        shared=together,
        created_at=scene.at,
    )


def _begin(scene: Scene, team: Arbetslag, analysis: Analysis, results: tuple[Told, ...]) -> Response:
    """Promise the opening, then what was written before, then the first question."""
    unit, here = scene.unit, scene.where.model_copy(update={"thread": None, "only_to": scene.me.id})
    direct = scene.me.direct or here
    place = team.place if analysis.together and team.place else direct
    texts = scene.ours if analysis.together else scene.texts
    save_analysis(unit, analysis, was=None)
    root = f"analysis:{analysis.id}"
    opening = Promised(
        key=root,
        message_class="critical",
        concerns=f"conversation:{analysis.conversation}",
        place=place,
        message=phrasing.opening(analysis, scene.me.name, texts),
        not_before=scene.at,
    )
    promise(unit, opening)
    thread_of = root if analysis.together else None
    told = phrasing.related(related(analysis.finding, results), texts)
    promise(unit, opening._replace(key=f"{root}:related", message=told, thread_of=thread_of))
    known = {"resultat": Answer(values=(analysis.finding.text,), at=scene.at, by=scene.me.id)}
    held = Held(
        subject=root,
        respondent=team.id if analysis.together else scene.me.id,
        together=analysis.together,
        place=place,
        thread_of=thread_of,
        known=known,
        id=analysis.conversation,
    )
    packs = scene.prompts.packs if analysis.together else scene.packs
    start(scene, packs.for_analysis(team.skolform), held)
    if scene.where.address == place.address:
        return Quiet()
    return say(scene.texts.analysis.started if analysis.together else scene.texts.analysis.opening_alone)


def related(finding: Finding, results: tuple[Told, ...]) -> tuple[Told, ...]:
    """The notes the finding was seen in, then those that share most of its words, newest first."""
    about = stems(finding.text)
    weighed = [
        (one.note in finding.notes, len(about & stems(one.text)), one.at, one)
        for one in results
        if one.text != finding.text or one.note in finding.notes
    ]
    weighed.sort(key=lambda each: each[:3], reverse=True)
    return tuple(one for _, _, _, one in weighed[:MOST_RELATED])


PRESSES: Presses = {
    "start_analysis": start_analysis,
    "pick_result": pick_result,
    "share_analysis": share,
    "end_analysis": end_analysis,
}
FORMS: Forms = {"analysis_form": submit_start}
COMMANDS: Commands = {"orsaksanalys": on_command}
