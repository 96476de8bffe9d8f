"""What is asked, and when."""

from sqlalchemy import Column, ForeignKey, Index, Integer, String, Table, Text

from storage.tables.base import metadata

schedule = Table(
    "schedule",
    metadata,
    Column("id", String, primary_key=True),
    Column("kind", String, nullable=False),
    Column("school_id", ForeignKey("school.id"), nullable=False),
    Column("arbetslag_id", ForeignKey("arbetslag.id")),
    Column("state", String, nullable=False),
    Column("body", Text, nullable=False),
    Column("watermark", String, nullable=False),
    Column("next_at", String),
    Column("version", Integer, nullable=False),
    Index("schedule_next", "state", "next_at"),
    Index("schedule_arbetslag", "arbetslag_id", "state"),
    Index("schedule_school", "school_id", "kind"),
)
occurrence = Table(
    "occurrence",
    metadata,
    Column("schedule_id", ForeignKey("schedule.id"), primary_key=True),
    Column("planned_local", String, primary_key=True),
    Column("planned_utc", String, nullable=False),
    Column("verdict", String, nullable=False),
    Column("reason", String, nullable=False),
)
check_in = Table(
    "check_in",
    metadata,
    Column("id", String, primary_key=True),
    Column("schedule_id", ForeignKey("schedule.id")),
    Column("school_id", ForeignKey("school.id"), nullable=False),
    Column("arbetslag_id", ForeignKey("arbetslag.id"), nullable=False),
    Column("opened_at", String, nullable=False),
    Column("state", String, nullable=False),
    Column("body", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Index("check_in_arbetslag", "arbetslag_id", "opened_at"),
    Index("check_in_school", "school_id", "opened_at"),
)
participation = Table(
    "participation",
    metadata,
    Column("check_in_id", ForeignKey("check_in.id"), primary_key=True),
    Column("person_id", ForeignKey("person.id"), primary_key=True),
    Column("how", String, nullable=False),
    Column("at", String, nullable=False),
)
reminder = Table(
    "reminder",
    metadata,
    Column("check_in_id", ForeignKey("check_in.id"), primary_key=True),
    Column("person_id", ForeignKey("person.id"), primary_key=True),
    Column("due_at", String, nullable=False),
    Column("state", String, nullable=False),
    Index("reminder_due", "state", "due_at"),
)
