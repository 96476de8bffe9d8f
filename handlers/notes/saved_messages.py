"""*Spara som uppföljning*: a message of the chat becomes a note of the arbetslag's.

One's own words are saved as one's own. Somebody else's are saved word for word only when they are
in the same arbetslag, and then as the arbetslag's: a note is seen with its author there (DOMAIN C2,
L4), and they did not choose to be one. Who saved it looks after it; who wrote it hears of it and may
take the words back. Of anybody else's message only the saver's own words about it are kept.
"""

from bot.domain.access import may
from bot.domain.effects.notes import NoteSaved
from bot.domain.events import MessageSaved
from bot.domain.notes import Note, week_number
from bot.domain.privacy.free_text import clean
from bot.domain.school import Arbetslag, Person
from bot.domain.value import ArbetslagId, PersonId
from bot.messages.model import Open, Response, Say
from bot.messages.phrasing import saved as said
from bot.messages.phrasing.note_form import NotePage
from bot.messages.phrasing.notes import phrase
from bot.messages.tokens import Token
from handlers.notes import guard, raising
from handlers.notes.editing import MARKS, too_long
from handlers.people import strangers
from handlers.reports.scopes import own_teams
from handlers.scene import Forms, Presses, Scene, Values, say, scene_of
from prompts.book import Prompts
from storage.asked.answering import record, recorded
from storage.moments import new_id
from storage.said.notes import add_note, load_note, notes_from, remove_note, was_taken_back
from storage.unit import UnitOfWork

THEIRS = "words_saved"
"""The audit's action when somebody's words were saved by another."""


def on_saved(event: MessageSaved, unit: UnitOfWork, prompts: Prompts) -> Response:
    """Propose the words as a note, with the arbetslag of the channel first."""
    scene = scene_of(event, unit, prompts)
    if scene is None:
        return strangers.turn_away(strangers.stranger_of(event, unit, prompts), "words")
    writer = scene.roster.person_of(event.author) if event.author else None
    teams = _teams(scene, writer)
    whose: said.Whose = "mine" if event.author == event.who else "theirs" if teams else "own_words"
    teams = teams or _teams(scene, scene.me)
    if not teams:
        return say(scene.texts.saved.no_team)
    if any(notes_from(unit, event.reference, team.id) for team in teams):
        return say(scene.texts.saved.already)
    by = writer.id if writer and whose == "theirs" else ""
    token = Token(verb="save_message", subject=event.reference, argument=by)
    text = "" if whose == "own_words" else event.text
    page = NotePage(note=_note(scene, token, teams[0], text))
    return Open(form=said.saved_form(page, token, whose, teams, scene.texts))


def _teams(scene: Scene, writer: Person | None) -> tuple[Arbetslag, ...]:
    """The arbetslag that I share with who wrote, the channel's own first."""
    here = scene.roster.arbetslag_at(scene.where)
    shared = [team for team in own_teams(scene) if writer and team.id in writer.arbetslag]
    return tuple(sorted(shared, key=lambda team: team != here))


def _note(scene: Scene, token: Token, team: Arbetslag, text: str) -> Note:
    return Note(
        id=new_id(scene.at),
        school=team.school,
        arbetslag=team.id,
        author=scene.me.id,
        week=week_number(scene.calendar.local(scene.at)),
        text=text,
        question=scene.ours.saved.heading if token.argument else "",
        source=token.subject,
        created_at=scene.at,
    )


def submitted(scene: Scene, token: Token, values: Values) -> Response:
    """`save_message`: guarded before anything is kept; saved once for each message and arbetslag."""
    writer = scene.roster.persons.get(PersonId(token.argument)) if token.argument else scene.me
    teams = _teams(scene, writer)
    chosen = ArbetslagId("".join(values.get("team", ())[:1]))
    team = next((one for one in teams if chosen in {"", one.id}), None)
    if writer is None or team is None or not may(scene.me, "answer", team):
        return say(scene.texts.common.not_allowed)
    given = {key: tuple(map(clean, value)) for key, value in values.items()}
    if before := notes_from(scene.unit, token.subject, team.id):
        if any((one.text,) == given.get("text") for one in before):
            return say(scene.texts.saved.already)
        # Somebody was first: these words are not saved, and are not taken from who wrote them.
        page = NotePage(
            note=_note(scene, token, team, ""), values=given, errors={"text": scene.texts.saved.already}
        )
        return Open(form=said.saved_form(page, token, _whose(token), teams, scene.texts))
    screened = guard.screen(scene, values, ("text", "group"), f"message:{team.id}")
    errors = too_long(given, scene.texts) | screened.errors
    if not any(given.get("text", ())):
        errors["text"] = scene.texts.notes.empty
    if errors:
        page = NotePage(note=_note(scene, token, team, ""), values=given, errors=errors, extra=screened.extra)
        return Open(form=said.saved_form(page, token, _whose(token), teams, scene.texts))
    return _keep(scene, _note(scene, token, team, screened.texts["text"]), given, screened, writer)


def _whose(token: Token) -> said.Whose:
    return "theirs" if token.argument else "mine"


def _keep(scene: Scene, note: Note, given: Values, screened: guard.Screened, writer: Person) -> Response:
    marks = {key: value for key in MARKS if (value := "".join(given.get(key, ()))) in MARKS[key]}
    kept = "; ".join(screened.reasons.values())
    note = Note.model_validate(
        {**note.model_dump(), **marks, "group": screened.texts["group"], "kept_reason": kept}
    )
    add_note(scene.unit, note)
    if writer.id != scene.me.id:
        record(scene.unit, scene.me.id, THEIRS, _words(note.id, writer.id), scene.at)
        if writer.direct:
            team = scene.roster.arbetslag[note.arbetslag].name
            told = said.told_writer(scene.me.name, team, note.text, note.id, scene.texts_for(writer))
            scene.inform(told, writer.direct, key=f"words:{note.id}", concerns=f"note:{note.id}")
    effect = NoteSaved(note=note, masked=tuple(screened.masked), mended=screened.mended)
    return Say(message=phrase(effect, scene.texts))


def _words(note: str, writer: PersonId) -> str:
    return f"words:{note}:{writer}"


def take_back(scene: Scene, token: Token) -> Response:
    """`Ta bort mina ord`: by who wrote them, at any time; who saved them is told."""
    note = load_note(scene.unit, token.subject)
    if note is None or not recorded(scene.unit, THEIRS, _words(token.subject, scene.me.id)):
        return say(scene.texts.notes.gone)
    if was_taken_back(scene.unit, note):
        return say(scene.texts.saved.taken_back)
    raising.withdraw_if_raised(scene, note)
    remove_note(scene.unit, note, scene.me.id, scene.at)
    saver = scene.roster.persons.get(note.author)
    if saver and saver.direct:
        told = said.taken_back(scene.texts_for(saver))
        key = f"words_back:{note.id}:{scene.event_id}"
        scene.inform(told, saver.direct, key=key, concerns=f"note:{note.id}")
    return say(scene.texts.saved.taken_back)


PRESSES: Presses = {"take_back_words": take_back}
FORMS: Forms = {"save_message": submitted}
