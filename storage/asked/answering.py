"""What answering leaves behind besides notes: taking part undone, earlier answers, the audit."""

import json
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import delete, select, update
from sqlalchemy.engine import RowMapping

from bot.domain.questions.answers import Answer, Answers
from bot.domain.value import PersonId
from storage.moments import from_text, to_text
from storage.tables import answer, audit, participation, reminder
from storage.unit import UnitOfWork

KEPT_WORDS = "kept_words:"
"""How the audit's action begins when somebody gave a reason for keeping words; the reason follows."""

TYPED = "typed:"
"""How it begins when a message in the chat was taken as an answer; conversation and path follow."""


def leave(unit: UnitOfWork, check_in: str, person: PersonId, now: datetime) -> None:
    """Undo that a person took part; a reminder that was still to come comes after all."""
    same = (participation.c.check_in_id == check_in, participation.c.person_id == person)
    unit.change(delete(participation).where(*same))
    unit.seen.pop(("participations", check_in), None)
    unit.change(
        update(reminder)
        .where(
            reminder.c.check_in_id == check_in,
            reminder.c.person_id == person,
            reminder.c.state == "cleared",
            reminder.c.due_at > to_text(now),
        )
        .values(state="waiting")
    )


def answer_history(unit: UnitOfWork, conversation: str, path: str) -> tuple[Answer, ...]:
    """Every answer given at one question of one conversation, the first first."""
    rows = unit.rows(
        select(answer)
        .where(answer.c.conversation_id == conversation, answer.c.path == path)
        .order_by(answer.c.id)
    )
    return tuple(_answer(row) for row in rows)


def latest_answers(unit: UnitOfWork, conversation: str, by: PersonId) -> dict[str, Answer]:
    """What a person last answered at each question of one conversation."""
    rows = unit.rows(
        select(answer)
        .where(answer.c.conversation_id == conversation, answer.c.by == by)
        .order_by(answer.c.id)
    )
    return {row["path"]: _answer(row) for row in rows}


def _answer(row: RowMapping) -> Answer:
    value = json.loads(row["value"])
    return Answer(
        values=tuple(value["values"]),
        skipped=value["skipped"],
        unknown=value["unknown"],
        version=value["version"],
        by=PersonId(row["by"]),
        at=from_text(row["at"]),
    )


def record(unit: UnitOfWork, by: PersonId, action: str, subject: str, at: datetime) -> None:
    """Note in the audit that something was done; never what was written."""
    unit.add(audit, {"by": by, "action": action, "subject": subject, "at": to_text(at)})


def recorded(unit: UnitOfWork, action: str, subject: str) -> datetime | None:
    """When something was last done, by the audit."""
    rows = unit.rows(
        select(audit.c.at)
        .where(audit.c.subject == subject, audit.c.action == action)
        .order_by(audit.c.at.desc())
        .limit(1)
    )
    return from_text(rows[0]["at"]) if rows else None


def keep_reason(unit: UnitOfWork, by: PersonId, reason: str, subject: str, at: datetime) -> None:
    """Note why words that looked like more than they were could be kept ("conversation:ID:PATH")."""
    record(unit, by, f"{KEPT_WORDS}{reason}", subject, at)


def kept_reasons(unit: UnitOfWork, conversation: str, answers: Answers) -> dict[str, str]:
    """The reasons that were given together with these very answers, by path."""
    given = {f"conversation:{conversation}:{path}": path for path in answers}
    rows = unit.rows(select(audit).where(audit.c.subject.in_(given)).order_by(audit.c.id))
    return {
        path: row["action"].removeprefix(KEPT_WORDS)
        for row in rows
        if row["action"].startswith(KEPT_WORDS)
        and row["at"] == to_text(answers[path := given[row["subject"]]].at)
    }


class Typed(NamedTuple):
    """Which answer a message in the chat was taken as, and when it was given."""

    conversation: str
    path: str
    at: datetime


def remember_typed(unit: UnitOfWork, by: PersonId, message: str, typed: Typed) -> None:
    """Note which answer a message became ("message:PLATFORM:ADDRESS:REFERENCE")."""
    record(unit, by, f"{TYPED}{typed.conversation}:{typed.path}", message, typed.at)


def typed_as(unit: UnitOfWork, by: PersonId, message: str) -> Typed | None:
    """The answer that a person's message became last; None when it was none."""
    rows = unit.rows(
        select(audit)
        .where(audit.c.subject == message, audit.c.by == by, audit.c.action.like(f"{TYPED}%"))
        .order_by(audit.c.at.desc(), audit.c.id.desc())
        .limit(1)
    )
    if not rows:
        return None
    conversation, _, path = str(rows[0]["action"]).removeprefix(TYPED).partition(":")
    return Typed(conversation, path, from_text(rows[0]["at"]))
