"""The bin: words removed long ago are forgotten in every version; that they were there is not."""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime

from sqlalchemy import delete, select, update

from bot.domain.notes import answer_of
from bot.domain.value import PersonId, SchoolId
from storage.asked import conversations
from storage.asked.answering import record
from storage.asked.check_ins import participations
from storage.moments import to_text
from storage.said.forgetting import forget_quotes
from storage.tables import answer, note, note_version
from storage.unit import UnitOfWork

MOST_AT_ONCE = 500
"""Notes forgotten in one transaction; the rest goes the next day."""

NOBODY = PersonId("")
"""Who did it, in the audit: the bot by itself."""


def empty_bin(unit: UnitOfWork, schools: Collection[SchoolId], before: datetime, now: datetime) -> int:
    """Forget the words of notes removed before a moment, and say in the audit how many they were.

    A note and its versions stay as rows without content. The answers a note was made of go too: of an
    answer that was taken back all of them, else only those whose words were removed.
    """
    found = unit.rows(
        select(note.c.id, note.c.check_in_id)
        .join(
            note_version, (note_version.c.note_id == note.c.id) & (note_version.c.version == note.c.version)
        )
        .where(note.c.school_id.in_(schools), note.c.state == "removed", note.c.text != "")
        .where(note_version.c.at < to_text(before))
        .order_by(note_version.c.at, note.c.id)
        .limit(MOST_AT_ONCE)
    )
    if not found:
        return 0
    keys = [row["id"] for row in found]
    unit.change(
        update(note).where(note.c.id.in_(keys)).values(text="", group_label="", link="", kept_reason="")
    )
    unit.change(update(note_version).where(note_version.c.note_id.in_(keys)).values(text="", marks="{}"))
    for key in keys:
        unit.seen.pop(("note", key), None)
    forget_quotes(unit, schools, keys)
    paths = defaultdict[tuple[str, str], set[str]](set)
    for row in found:
        if given := answer_of(row["id"]):
            paths[row["check_in_id"], given[0]].add(given[1])
    for (check_in, conversation), gone in paths.items():
        _forget_answers(unit, check_in, conversation, gone, before)
    record(unit, NOBODY, f"bin_emptied:{len(keys)}", "bin", now)
    return len(keys)


def _forget_answers(
    unit: UnitOfWork, check_in: str, key: str, paths: Collection[str], before: datetime
) -> None:
    """What was answered since, perhaps a draft, stays.

    That somebody takes part does not say that their answer stands: words in the thread do that too.
    """
    dialogue = conversations.load(unit, key)
    if dialogue is None:
        return
    said = dialogue.conversation
    answered = {one.person for one in participations(unit, check_in) if one.how == "answered"}
    undone = not said.answers if said.together else said.state == "closed"
    stands = not undone and (answered if said.together else answered & {said.respondent})
    gone = delete(answer).where(answer.c.conversation_id == key, answer.c.at < to_text(before))
    unit.change(gone.where(answer.c.path.in_(paths)) if stands else gone)
    answers = {
        path: given
        for path, given in said.answers.items()
        if given.at >= before or (stands and path not in paths)
    }
    if answers != said.answers:
        said = said.model_copy(update={"answers": answers, "version": said.version + 1})
        dialogue = dialogue.model_copy(update={"conversation": said})
        conversations.save(unit, dialogue, was=said.version - 1)
