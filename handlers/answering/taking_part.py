"""Who has taken part in a round: that follows what they wrote in it, in its thread or as an answer."""

from bot.domain.check_in import Participation
from bot.domain.conversation.path import is_dealt_with
from bot.domain.note_making import drafts
from bot.domain.notes import Note
from handlers.answering.rounds import Round, dialogue_of, my_part, round_of
from handlers.asking.rounds import refresh_anchor
from handlers.scene import Scene
from storage.asked.answering import leave
from storage.asked.check_ins import clear_reminder, take_part
from storage.said.notes import notes_of_check_in


def took_part(scene: Scene, asked: Round) -> None:
    """This person has answered: no reminder is needed, and the channel shows how far it has come."""
    check_in, before = asked.check_in, my_part(scene, asked)
    take_part(scene.unit, check_in.id, Participation(person=scene.me.id, how="answered", at=scene.at))
    clear_reminder(scene.unit, check_in.id, scene.me.id)
    if before is None or before.how != "answered":
        refresh_anchor(scene.unit, scene.prompts, check_in, scene.at)


def took_no_part(scene: Scene, asked: Round) -> None:
    """As if this person had never answered, nor passed it by: in the channel too."""
    leave(scene.unit, asked.check_in.id, scene.me.id, scene.at)
    refresh_anchor(scene.unit, scene.prompts, asked.check_in, scene.at)


def follow(scene: Scene, note: Note) -> None:
    """A note of this person's went into the bin, or came out of it: what it answered follows."""
    asked = round_of(scene, note.check_in) if note.check_in else None
    if asked is None:
        return
    mine = my_part(scene, asked)
    counted = mine is not None and mine.how == "answered"
    if note.state != "removed" and not counted:
        took_part(scene, asked)
    elif note.state == "removed" and counted and not (has_words(scene, asked) or has_answer(scene, asked)):
        took_no_part(scene, asked)


def has_words(scene: Scene, asked: Round) -> bool:
    """Whether anything this person wrote in the round is there to read."""
    return any(note.author == scene.me.id for note in notes_of_check_in(scene.unit, asked.check_in.id))


def has_answer(scene: Scene, asked: Round) -> bool:
    """Whether an answer of this person's stands that made no note; a draft is none, nor is what is undone."""
    held = dialogue_of(scene, asked)[0].conversation
    mine = (given for given in held.answers.values() if given.by == scene.me.id)
    way = asked.pack.plan.walk(held.answers)
    whole = asked.together and all(is_dealt_with(spot, way.live) for spot in way.spots)
    if not (whole or held.state == "done") or not any(given.values or given.unknown for given in mine):
        return False
    return all(draft.by != scene.me.id for draft in drafts(asked.pack, held.answers))
