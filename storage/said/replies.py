"""What a rektor replied to an arbetslag."""

from datetime import datetime
from typing import NamedTuple

from bot.domain.value import ArbetslagId, PersonId, SchoolId
from storage.moments import to_text
from storage.tables import reply
from storage.unit import UnitOfWork


class Reply(NamedTuple):
    """What a rektor says to an arbetslag, about one note or about the whole."""

    id: str
    school: SchoolId
    arbetslag: ArbetslagId
    note: str | None
    by: PersonId
    text: str


def add_reply(unit: UnitOfWork, said: Reply, at: datetime) -> None:
    """Keep a reply; the note it is about no longer waits."""
    row = {"id": said.id, "school_id": said.school, "arbetslag_id": said.arbetslag, "note_id": said.note}
    unit.add(reply, {**row, "by": said.by, "text": said.text, "at": to_text(at)})
