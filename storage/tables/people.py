"""Who is who."""

from sqlalchemy import Column, Date, ForeignKey, String, Table, Text

from storage.tables.base import metadata

huvudman = Table(
    "huvudman",
    metadata,
    Column("id", String, primary_key=True),
    Column("name", String, nullable=False),
    Column("kind", String, nullable=False),
)
school = Table(
    "school",
    metadata,
    Column("id", String, primary_key=True),
    Column("huvudman_id", ForeignKey("huvudman.id"), nullable=False),
    Column("body", Text, nullable=False),
)
arbetslag = Table(
    "arbetslag",
    metadata,
    Column("id", String, primary_key=True),
    Column("school_id", ForeignKey("school.id"), nullable=False),
    Column("body", Text, nullable=False),
)
person = Table(
    "person",
    metadata,
    Column("id", String, primary_key=True),
    Column("school_id", ForeignKey("school.id"), nullable=False),
    Column("body", Text, nullable=False),
)
account = Table(
    "account",
    metadata,
    Column("platform", String, primary_key=True),
    Column("user", String, primary_key=True),
    Column("person_id", ForeignKey("person.id"), nullable=False),
)
calendar_day = Table(
    "calendar_day",
    metadata,
    Column("school_id", ForeignKey("school.id"), primary_key=True),
    Column("day", Date, primary_key=True),
    Column("kind", String, nullable=False),
    Column("name", String, nullable=False),
)
term = Table(
    "term",
    metadata,
    Column("school_id", ForeignKey("school.id"), primary_key=True),
    Column("starts", Date, primary_key=True),
    Column("ends", Date, nullable=False),
    Column("name", String, nullable=False),
)
absence = Table(
    "absence",
    metadata,
    Column("person_id", ForeignKey("person.id"), primary_key=True),
    Column("starts", Date, primary_key=True),
    Column("ends", Date, nullable=False),
)
