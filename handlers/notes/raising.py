"""A note is raised to the rektor: exactly the text that was shown, and back again until it is read."""

from bot.domain.access import may
from bot.domain.effects.notes import RaiseAsked, RaisedForRektor, RaiseTakenBack, RaiseTold
from bot.domain.notes import Note
from bot.domain.school import Person
from bot.messages.model import Open, Response, Say
from bot.messages.phrasing.notes import phrase
from bot.messages.phrasing.raising import which_form
from bot.messages.texts import fill
from bot.messages.tokens import Token
from handlers.scene import Forms, Presses, Scene, Values, say
from storage.asked.answering import record, recorded
from storage.post.outbox import Promised, promise
from storage.post.settling import withdraw
from storage.said.notes import change_note, load_note, notes_of_check_in, versions_of


def ask(scene: Scene, token: Token) -> Response:
    """`raise_note`: show the exact text first; of a whole answer, ask which part of it."""
    kind, _, check_in = token.subject.partition(":")
    if kind == "answer" and check_in:
        return _ask_which(scene, check_in)
    return _ask_one(scene, load_note(scene.unit, token.subject))


def _ask_which(scene: Scene, check_in: str) -> Response:
    notes = tuple(
        note
        for note in notes_of_check_in(scene.unit, check_in)
        if note.author == scene.me.id and note.state == "shared" and not _wrong(scene, note)
    )
    if not notes:
        return say(scene.texts.notes.nothing_to_raise)
    if len(notes) == 1:
        return _ask_one(scene, notes[0])
    return Open(form=which_form(notes, check_in, scene.texts))


def chose(scene: Scene, token: Token, values: Values) -> Response:
    """The form of `raise_note`: one part of an answer was chosen."""
    del token
    return _ask_one(scene, load_note(scene.unit, "".join(values.get("note", ()))))


def _ask_one(scene: Scene, note: Note | None) -> Response:
    wrong = _wrong(scene, note)
    if note is None or wrong:
        return wrong or say(scene.texts.notes.gone)
    if note.state != "shared":
        return say(scene.texts.notes.already_raised)
    return Say(message=phrase(RaiseAsked(note=note, arbetslag=_team(scene, note)), scene.texts))


def sure(scene: Scene, token: Token) -> Response:
    """`raise_sure`: it goes to the rektor when the school may be disturbed."""
    note = load_note(scene.unit, token.subject)
    wrong = _wrong(scene, note)
    if note is None or wrong:
        return wrong or say(scene.texts.notes.gone)
    if note.state != "shared":
        return say(scene.texts.notes.already_raised)
    if token.argument != str(note.version):
        asked = phrase(RaiseAsked(note=note, arbetslag=_team(scene, note)), scene.texts)
        return Say(message=asked.model_copy(update={"title": scene.texts.notes.raise_changed}))
    rektors = _rektors(scene, note)
    if not rektors:
        return say(scene.texts.notes.no_rektor)
    raised = change_note(scene.unit, note, scene.me.id, scene.at, state="raised")
    record(scene.unit, scene.me.id, "note_raised", note.id, scene.at)
    shown = RaisedForRektor(note=raised, arbetslag=_team(scene, raised))
    for rektor in rektors:
        _tell(scene, shown, rektor, raised, key=_key(scene, raised, rektor), first=True)
    return Say(message=phrase(RaiseTold(note=raised), scene.texts))


def take_back(scene: Scene, token: Token) -> Response:
    """`unraise_note`: until the rektor has read it."""
    note = load_note(scene.unit, token.subject)
    wrong = _wrong(scene, note)
    if note is None or wrong:
        return wrong or say(scene.texts.notes.gone)
    if note.state == "raised_read":
        read_at = recorded(scene.unit, "note_read", note.id) or scene.at
        day = scene.texts.dates.day(scene.calendar.local(read_at).date())
        return say(fill(scene.texts.notes.read_already, day=day))
    if note.state != "raised":
        return say(scene.texts.notes.not_raised)
    withdraw_if_raised(scene, note)
    change_note(scene.unit, note, scene.me.id, scene.at, state="shared")
    return say(scene.texts.notes.taken_back)


def read(scene: Scene, token: Token) -> Response:
    """`read_raised`: the rektor says so; from now on it cannot be taken back."""
    note = load_note(scene.unit, token.subject)
    if note is None or note.state not in {"raised", "raised_read"}:
        return say(scene.texts.notes.gone)
    if not may(scene.me, "reply_arbetslag", note.written):
        return say(scene.texts.common.not_allowed)
    mark_read(scene, note)
    return say(scene.texts.notes.marked_read)


def mark_read(scene: Scene, note: Note) -> Note:
    """Note that the rektor has read what was raised; also for whoever answers the arbetslag."""
    if note.state != "raised":
        return note
    seen = change_note(scene.unit, note, scene.me.id, scene.at, state="raised_read")
    record(scene.unit, scene.me.id, "note_read", note.id, scene.at)
    refresh_if_raised(scene, seen, changed=False)
    return seen


def refresh_if_raised(scene: Scene, note: Note, *, changed: bool = True) -> None:
    """Let the rektor's message say what the note says now, and that it was changed."""
    if note.state not in {"raised", "raised_read"}:
        return
    local = scene.calendar.local(scene.at)
    shown = RaisedForRektor(
        note=note,
        arbetslag=_team(scene, note),
        changed_at=f"{local.hour}.{local.minute:02}" if changed else "",
        read=note.state == "raised_read",
    )
    _replace(scene, note, shown)


def withdraw_if_raised(scene: Scene, note: Note) -> None:
    """Take back what the rektor has not read: unsent it never goes, sent it says so."""
    if note.state != "raised":
        return
    withdraw(scene.unit, f"raised:{note.id}", "taken back")
    _replace(scene, note, RaiseTakenBack(arbetslag=_team(scene, note)))


def _replace(scene: Scene, note: Note, told: RaisedForRektor | RaiseTakenBack) -> None:
    for rektor in _rektors(scene, note):
        _tell(scene, told, rektor, note, key=f"{_key(scene, note, rektor)}:{scene.event_id}")


def _tell(
    scene: Scene,
    told: RaisedForRektor | RaiseTakenBack,
    rektor: Person,
    note: Note,
    *,
    key: str,
    first: bool = False,
) -> None:
    if rektor.direct is None:
        return
    promise(
        scene.unit,
        Promised(
            key=key,
            message_class="critical" if first else "replaceable",
            concerns=f"raised:{note.id}",
            place=rektor.direct,
            message=phrase(told, scene.texts_for(rektor)),
            replacing=None if first else _key(scene, note, rektor),
            not_before=scene.at,
            hours_of=note.school if first else None,
        ),
    )


def _key(scene: Scene, note: Note, rektor: Person) -> str:
    """The key of the rektor's message: one each time the note is raised anew."""
    raised_in = note.version
    for version in reversed(versions_of(scene.unit, note.id)):
        if version.state not in {"raised", "raised_read"}:
            break
        raised_in = version.version
    return f"raised:{note.id}:{raised_in}:{rektor.id}"


def _rektors(scene: Scene, note: Note) -> tuple[Person, ...]:
    return tuple(one for one in scene.roster.holders("rektor", note.school) if one.direct is not None)


def _wrong(scene: Scene, note: Note | None) -> Response | None:
    if note is None or note.state == "removed":
        return say(scene.texts.notes.gone)
    return None if may(scene.me, "raise_note", note.written) else say(scene.texts.common.not_allowed)


def _team(scene: Scene, note: Note) -> str:
    team = scene.roster.arbetslag.get(note.arbetslag)
    return team.name if team else ""


PRESSES: Presses = {"raise_note": ask, "raise_sure": sure, "unraise_note": take_back, "read_raised": read}
FORMS: Forms = {"raise_note": chose}
