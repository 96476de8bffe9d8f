"""Conversations: where each dialogue stands, every answer ever given, and whose turn it is to be heard."""

from collections.abc import Collection

from pydantic_core import to_json
from sqlalchemy import bindparam, delete, select

from bot.domain.conversation.dialogue import Dialogue
from bot.domain.questions.answers import Answer
from bot.domain.value import PersonId
from storage.asked.recall import KIND
from storage.moments import to_text
from storage.tables import answer as answers
from storage.tables import conversation as conversations
from storage.tables import mark
from storage.unit import UnitOfWork

_BY_ID = select(conversations.c.body).where(conversations.c.id == bindparam("key"))
_MANY = select(conversations.c.id, conversations.c.body).where(
    conversations.c.id.in_(bindparam("keys", expanding=True))
)


def load(unit: UnitOfWork, key: str) -> Dialogue | None:
    """Read one conversation; what this unit has saved or read is known without asking the database."""
    seen: Dialogue | None = unit.seen.get((KIND, key)) or unit.recall.find(key)
    if seen is None:
        row = unit.find(_BY_ID, {"key": key})
        if row is None:
            return None
        seen = unit.seen[KIND, key] = Dialogue.model_validate_json(row[0])
    return seen


def load_many(unit: UnitOfWork, keys: Collection[str]) -> None:
    """Read at once the conversations that a group of events will need one by one."""
    unknown = [
        key for key in dict.fromkeys(keys) if (KIND, key) not in unit.seen and unit.recall.find(key) is None
    ]
    if len(unknown) == 1:
        load(unit, unknown[0])
    elif unknown:
        for row in unit.look_all(_MANY, {"keys": unknown}):
            unit.seen[KIND, row["id"]] = Dialogue.model_validate_json(row["body"])


def save(unit: UnitOfWork, dialogue: Dialogue, *, was: int | None) -> None:
    """Save a conversation; `was` is the version that was read, None when it is new."""
    conversation = dialogue.conversation
    unit.seen[KIND, conversation.id] = dialogue
    row = {
        "id": conversation.id,
        "subject": dialogue.subject,
        "state": conversation.state,
        "body": dialogue.as_json(),
        "version": conversation.version,
    }
    unit.keep(conversations, row, was=was)


def record_answer(unit: UnitOfWork, key: str, path: str, given: Answer) -> None:
    """Append an answer to the history; the one before it stays there too."""
    value = {
        "values": given.values,
        "version": given.version,
        "skipped": given.skipped,
        "unknown": given.unknown,
    }
    row = {
        "conversation_id": key,
        "path": path,
        "value": to_json(value).decode(),
        "by": given.by,
        "at": to_text(given.at),
    }
    unit.add(answers, row)


def by_subject(unit: UnitOfWork, subject: str) -> tuple[Dialogue, ...]:
    """The conversations about something, oldest first."""
    found = unit.rows(
        select(conversations.c.body).where(conversations.c.subject == subject).order_by(conversations.c.id)
    )
    return tuple(Dialogue.model_validate_json(row["body"]) for row in found)


def listen_for(unit: UnitOfWork, person: PersonId, key: str | None) -> None:
    """From now on, what this person writes directly to the bot belongs to this conversation, or to none."""
    name = f"direct:{person}"
    unit.change(delete(mark).where(mark.c.name == name))
    if key:
        unit.add(mark, {"name": name, "value": key})


def listening_for(unit: UnitOfWork, person: PersonId) -> str | None:
    """Return the id of the conversation that this person is in, in direct messages."""
    found = unit.rows(select(mark.c.value).where(mark.c.name == f"direct:{person}"))
    return str(found[0]["value"]) if found else None
