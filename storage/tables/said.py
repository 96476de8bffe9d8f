"""What was said."""

from sqlalchemy import Column, Index, Integer, String, Table, Text

from storage.tables.base import LASTING, metadata

conversation = Table(
    "conversation",
    metadata,
    Column("id", String, primary_key=True),
    Column("subject", String, nullable=False, info=LASTING),
    Column("state", String, nullable=False),
    Column("body", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Index("conversation_subject", "subject"),
)
answer = Table(
    "answer",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("conversation_id", String, nullable=False),
    Column("path", String, nullable=False),
    Column("value", Text, nullable=False),
    Column("by", String, nullable=False),
    Column("at", String, nullable=False),
    Index("answer_conversation", "conversation_id"),
)
note = Table(
    "note",
    metadata,
    Column("id", String, primary_key=True),
    Column("school_id", String, nullable=False),
    Column("week", Integer, nullable=False),
    Column("arbetslag_id", String, nullable=False),
    Column("author_id", String, nullable=False),
    Column("aspect", String, nullable=False),
    Column("sign", String, nullable=False),
    Column("perspective", String, nullable=False),
    Column("group_label", String, nullable=False),
    Column("link", String, nullable=False),
    Column("text", Text, nullable=False),
    Column("question", String, nullable=False),
    Column("check_in_id", String),
    Column("source", String, nullable=False),
    Column("state", String, nullable=False),
    Column("kept_reason", String, nullable=False),
    Column("created_at", String, nullable=False),
    Column("version", Integer, nullable=False),
    Index("note_school_week", "school_id", "week", "arbetslag_id", "aspect", "sign", "perspective", "state"),
    Index("note_arbetslag", "arbetslag_id", "created_at"),
    Index("note_check_in", "check_in_id"),
    Index("note_source", "source"),
    Index("note_raised", "school_id", "state"),
)
note_version = Table(
    "note_version",
    metadata,
    Column("note_id", String, primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("text", Text, nullable=False),
    Column("marks", Text, nullable=False),
    Column("state", String, nullable=False),
    Column("by", String, nullable=False),
    Column("at", String, nullable=False),
)
analysis = Table(
    "analysis",
    metadata,
    Column("id", String, primary_key=True),
    Column("school_id", String, nullable=False),
    Column("arbetslag_id", String, nullable=False),
    Column("state", String, nullable=False),
    Column("body", Text, nullable=False),
    Column("created_at", String, nullable=False),
    Column("version", Integer, nullable=False),
    Index("analysis_school", "school_id", "state"),
    Index("analysis_arbetslag", "arbetslag_id", "created_at"),
)
cause = Table(
    "cause",
    metadata,
    Column("analysis_id", String, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("body", Text, nullable=False),
    Column("at", String, nullable=False),
)
reply = Table(
    "reply",
    metadata,
    Column("id", String, primary_key=True),
    Column("school_id", String, nullable=False),
    Column("arbetslag_id", String, nullable=False),
    Column("note_id", String),
    Column("by", String, nullable=False),
    Column("text", Text, nullable=False),
    Column("at", String, nullable=False),
    Index("reply_school", "school_id", "at"),
)
summary = Table(
    "summary",
    metadata,
    Column("school_id", String, primary_key=True),
    Column("week", Integer, primary_key=True),
    Column("digest", String, nullable=False),
    Column("body", Text, nullable=False),
    Column("at", String, nullable=False),
)
audit = Table(
    "audit",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("by", String, nullable=False),
    Column("action", String, nullable=False),
    Column("subject", String, nullable=False),
    Column("at", String, nullable=False),
    Index("audit_subject", "subject", "at"),
)
