"""Words written directly to the bot that belong to no question: they can become a note."""

from bot.domain.access import may
from bot.domain.effects.notes import NoteSaved, WordsOffered
from bot.domain.notes import Note, week_number
from bot.domain.questions.kinds import LONGEST_ANSWER
from bot.domain.school import Arbetslag
from bot.domain.value import ArbetslagId
from bot.messages.model import Response, Say
from bot.messages.phrasing.notes import kept_in, phrase, unsaved
from bot.messages.texts import fill
from bot.messages.tokens import Token
from handlers.answering.taking_part import follow
from handlers.notes import guard
from handlers.notes.binned import why_not_restored
from handlers.scene import Presses, Scene, say
from storage.moments import new_id
from storage.said.notes import add_note, change_note, load_note, notes_by_source


def offer(scene: Scene, text: str) -> Response:
    """Say how to be helped; from somebody in an arbetslag, the words lie in the bin until wanted.

    Nobody but the author can see them there, and they are purged with the rest of the bin.
    """
    said, asks = scene.texts.notes, is_question(text)
    heard = guard.hear(text)
    if heard.case:
        return guard.point_away(scene, heard.case, f"direct:{scene.me.id}")
    if not heard.text:
        return Say(message=unsaved(said.direct_hint, scene.texts))
    if not scene.me.arbetslag:
        return Say(message=unsaved(said.direct_unsaved, scene.texts, asks=asks))
    if len(text) > LONGEST_ANSWER:
        return say(fill(said.too_long_here, longest=LONGEST_ANSWER))
    if known := notes_by_source(scene.unit, scene.reference, scene.me.id):
        return _offered(scene, known[0], asks=asks)
    note = Note(
        id=new_id(scene.at),
        school=scene.me.school,
        arbetslag=scene.me.arbetslag[0],
        author=scene.me.id,
        week=week_number(scene.calendar.local(scene.at)),
        text=heard.text,
        source=scene.reference,
        state="removed",
        created_at=scene.at,
    )
    add_note(scene.unit, note)
    if heard.kinds:
        guard.tell_author(scene, heard.kinds, key=scene.event_id, note=note.id)
    return _offered(scene, note, asks=asks)


def is_question(text: str) -> bool:
    """Whether words to the bot ask it something, rather than tell of the teaching."""
    return text.rstrip().endswith("?")


def _offered(scene: Scene, note: Note, *, asks: bool) -> Response:
    mine = [team for key in scene.me.arbetslag if (team := scene.roster.arbetslag.get(key))]
    teams = tuple((team.id, team.name) for team in mine) if len(mine) > 1 else ()
    return Say(message=phrase(WordsOffered(note=note.id, teams=teams, asks=asks), scene.texts))


def keep(scene: Scene, token: Token) -> Response:
    """`keep_words`: out of the bin, and shared with the arbetslag that was chosen."""
    note = load_note(scene.unit, token.subject)
    team = scene.roster.arbetslag.get(ArbetslagId(token.argument)) if token.argument else None
    if token.argument and (team is None or not may(scene.me, "answer", team)):
        return say(scene.texts.notes.gone)
    if note is None or not (_own_offer(scene, note, team) or may(scene.me, "edit_note", note.written)):
        return say(scene.texts.notes.gone)
    wanted = team.id if team else note.arbetslag
    if note.arbetslag != wanted and not _is_offer(note):
        return say(scene.texts.common.already_done)
    if stays := why_not_restored(scene, note):
        return stays
    if note.state == "removed":
        note = change_note(scene.unit, note, scene.me.id, scene.at, state="shared", arbetslag=wanted)
        follow(scene, note)
    if team and team.id == note.arbetslag:
        return Say(message=kept_in(note, team.name, scene.texts))
    return Say(message=phrase(NoteSaved(note=note), scene.texts))


def _own_offer(scene: Scene, note: Note, team: Arbetslag | None) -> bool:
    """Whether these are one's own words in the bin, with an arbetslag of one's own chosen for them.

    Until then they lie under the first arbetslag of their author, who may have left it before choosing.
    """
    mine = note.author == scene.me.id and _is_offer(note)
    return mine and team is not None and team.school == note.school


def _is_offer(note: Note) -> bool:
    """Whether these words were never shared with anybody."""
    return note.state == "removed" and note.version == 1 and not note.check_in


PRESSES: Presses = {"keep_words": keep}
