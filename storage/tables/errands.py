"""What was done elsewhere because of what is here, and what was read there."""

from sqlalchemy import Column, ForeignKey, Integer, String, Table, Text

from storage.tables.base import metadata

errand = Table(
    "errand",
    metadata,
    Column("kind", String, primary_key=True),
    Column("key", String, primary_key=True),
    Column("state", String, nullable=False),
    Column("mark", String, nullable=False),
    Column("user", String, nullable=False),
    Column("reference", Text, nullable=False),
    Column("transaction", String, nullable=False),
    Column("tries", Integer, nullable=False),
    Column("not_before", String, nullable=False),
    Column("ends", String, nullable=False),
    Column("why", String, nullable=False),
)
roster_seen = Table(
    "roster_seen",
    metadata,
    Column("id", String, primary_key=True),
    Column("lane", String, nullable=False),
    Column("name", String, nullable=False),
    Column("school_id", ForeignKey("school.id"), nullable=False),
    Column("told", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("at", String, nullable=False),
)
