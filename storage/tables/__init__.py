"""Every table. Moments are UTC text (ISO 8601), days are dates.

Rule: an index is paid for by every turn; it must earn that by a query that people wait for.
"""

from storage.tables.asked import check_in, occurrence, participation, reminder, schedule
from storage.tables.base import metadata
from storage.tables.errands import errand, roster_seen
from storage.tables.installed import installation, reference
from storage.tables.people import absence, account, arbetslag, calendar_day, huvudman, person, school, term
from storage.tables.post import OUTSTANDING, inbox, mark, outbox
from storage.tables.said import (
    analysis,
    answer,
    audit,
    cause,
    conversation,
    note,
    note_version,
    reply,
    summary,
)

__all__ = [
    "OUTSTANDING",
    "absence",
    "account",
    "analysis",
    "answer",
    "arbetslag",
    "audit",
    "calendar_day",
    "cause",
    "check_in",
    "conversation",
    "errand",
    "huvudman",
    "inbox",
    "installation",
    "mark",
    "metadata",
    "note",
    "note_version",
    "occurrence",
    "outbox",
    "participation",
    "person",
    "reference",
    "reminder",
    "reply",
    "roster_seen",
    "schedule",
    "school",
    "summary",
    "term",
]
