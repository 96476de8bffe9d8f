"""What came in, and what goes out."""

from sqlalchemy import Boolean, Column, Index, Integer, String, Table, Text, UniqueConstraint, text

from storage.tables.base import PARTIAL, metadata

inbox = Table(
    "inbox",
    metadata,
    Column("key", String, primary_key=True),
    Column("at", String, nullable=False),
    sqlite_with_rowid=False,
)
OUTSTANDING = " OR ".join(
    f"state = '{state}'" for state in ("new", "sending", "uncertain", "parked", "quarantined")
)
"""SQLite uses a partial index only for a query that says one of these word for word."""

outbox = Table(
    "outbox",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("key", String, nullable=False),
    Column("message_class", String, nullable=False),
    Column("concerns", String, nullable=False),
    Column("lane", String, nullable=False),
    Column("place", Text, nullable=False),
    Column("message", Text, nullable=False),
    Column("thread_of", String),
    Column("replacing", String),
    Column("hours_of", String),
    Column("state", String, nullable=False),
    Column("not_before", String, nullable=False),
    Column("expires_at", String),
    Column("attempt", Integer, nullable=False, server_default="0"),
    Column("fence", Integer, nullable=False, server_default="0"),
    Column("lease_until", String),
    Column("since", String),
    Column("looks", Integer, nullable=False, server_default="0"),
    Column("plain", Boolean, nullable=False, server_default=text("FALSE")),
    Column("reference", String),
    Column("why", String, nullable=False, server_default=""),
    # Of a message of several parts: which stand, in its platform's own words.
    Column("parts", Text),
    UniqueConstraint("key", name="outbox_key"),
    *(
        # Partial: a row costs an index entry only while it is waiting, or once it has what is looked for.
        Index(name, *columns, info={PARTIAL: where})
        for name, columns, where in (
            ("outbox_waiting", ("state", "not_before"), OUTSTANDING),
            ("outbox_reference", ("reference",), "reference IS NOT NULL"),
            ("outbox_replacing", ("replacing",), "replacing IS NOT NULL"),
        )
    ),
)
mark = Table(
    "mark",
    metadata,
    Column("name", String, primary_key=True),
    Column("value", String, nullable=False),
)
