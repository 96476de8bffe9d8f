"""The first schema. Written by `python -m tasks.revision`."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "analysis",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("school_id", sa.String(), nullable=False),
        sa.Column("arbetslag_id", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("created_at", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("analysis_arbetslag", "analysis", ["arbetslag_id", "created_at"], unique=False)
    op.create_index("analysis_school", "analysis", ["school_id", "state"], unique=False)
    op.create_table(
        "answer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("conversation_id", sa.String(), nullable=False),
        sa.Column("path", sa.String(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "audit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("action", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("audit_subject", "audit", ["subject", "at"], unique=False)
    op.create_table(
        "cause",
        sa.Column("analysis_id", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("analysis_id", "number", "version"),
    )
    op.create_table(
        "conversation",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("conversation_subject", "conversation", ["subject"], unique=False)
    op.create_table(
        "huvudman",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "inbox",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("key"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "mark",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("name"),
    )
    op.create_table(
        "note",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("school_id", sa.String(), nullable=False),
        sa.Column("week", sa.Integer(), nullable=False),
        sa.Column("arbetslag_id", sa.String(), nullable=False),
        sa.Column("author_id", sa.String(), nullable=False),
        sa.Column("aspect", sa.String(), nullable=False),
        sa.Column("sign", sa.String(), nullable=False),
        sa.Column("perspective", sa.String(), nullable=False),
        sa.Column("group_label", sa.String(), nullable=False),
        sa.Column("link", sa.String(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("question", sa.String(), nullable=False),
        sa.Column("check_in_id", sa.String(), nullable=True),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("kept_reason", sa.String(), nullable=False),
        sa.Column("created_at", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("note_arbetslag", "note", ["arbetslag_id", "created_at"], unique=False)
    op.create_index("note_check_in", "note", ["check_in_id"], unique=False)
    op.create_index("note_raised", "note", ["school_id", "state"], unique=False)
    op.create_index(
        "note_school_week",
        "note",
        ["school_id", "week", "arbetslag_id", "aspect", "sign", "perspective", "state"],
        unique=False,
    )
    op.create_index("note_source", "note", ["source"], unique=False)
    op.create_table(
        "note_version",
        sa.Column("note_id", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("marks", sa.Text(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("note_id", "version"),
    )
    op.create_table(
        "outbox",
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("message_class", sa.String(), nullable=False),
        sa.Column("concerns", sa.String(), nullable=False),
        sa.Column("lane", sa.String(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("thread_of", sa.String(), nullable=True),
        sa.Column("replacing", sa.String(), nullable=True),
        sa.Column("hours_of", sa.String(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("not_before", sa.String(), nullable=False),
        sa.Column("expires_at", sa.String(), nullable=True),
        sa.Column("attempt", sa.Integer(), server_default="0", nullable=False),
        sa.Column("fence", sa.Integer(), server_default="0", nullable=False),
        sa.Column("lease_until", sa.String(), nullable=True),
        sa.Column("since", sa.String(), nullable=True),
        sa.Column("looks", sa.Integer(), server_default="0", nullable=False),
        sa.Column("plain", sa.Boolean(), server_default=sa.text("(FALSE)"), nullable=False),
        sa.Column("reference", sa.String(), nullable=True),
        sa.Column("why", sa.String(), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("seq"),
        sa.UniqueConstraint("key", name="outbox_key"),
    )
    op.create_index(
        "outbox_reference",
        "outbox",
        ["reference"],
        unique=False,
        sqlite_where=sa.text("reference IS NOT NULL"),
        postgresql_where=sa.text("reference IS NOT NULL"),
    )
    op.create_index(
        "outbox_replacing",
        "outbox",
        ["replacing"],
        unique=False,
        sqlite_where=sa.text("replacing IS NOT NULL"),
        postgresql_where=sa.text("replacing IS NOT NULL"),
    )
    op.create_index(
        "outbox_waiting",
        "outbox",
        ["state", "not_before"],
        unique=False,
        sqlite_where=sa.text(
            "state = 'new' OR state = 'sending' OR state = 'uncertain' OR state = 'parked' OR state = 'quarantined'"
        ),
        postgresql_where=sa.text(
            "state = 'new' OR state = 'sending' OR state = 'uncertain' OR state = 'parked' OR state = 'quarantined'"
        ),
    )
    op.create_table(
        "reply",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("school_id", sa.String(), nullable=False),
        sa.Column("arbetslag_id", sa.String(), nullable=False),
        sa.Column("note_id", sa.String(), nullable=True),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("reply_school", "reply", ["school_id", "at"], unique=False)
    op.create_table(
        "summary",
        sa.Column("school_id", sa.String(), nullable=False),
        sa.Column("week", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("school_id", "week"),
    )
    op.create_table(
        "school",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("huvudman_id", sa.String(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["huvudman_id"],
            ["huvudman.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "arbetslag",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("school_id", sa.String(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["school_id"],
            ["school.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "calendar_day",
        sa.Column("school_id", sa.String(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["school_id"],
            ["school.id"],
        ),
        sa.PrimaryKeyConstraint("school_id", "day"),
    )
    op.create_table(
        "person",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("school_id", sa.String(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["school_id"],
            ["school.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "term",
        sa.Column("school_id", sa.String(), nullable=False),
        sa.Column("starts", sa.Date(), nullable=False),
        sa.Column("ends", sa.Date(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["school_id"],
            ["school.id"],
        ),
        sa.PrimaryKeyConstraint("school_id", "starts"),
    )
    op.create_table(
        "absence",
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("starts", sa.Date(), nullable=False),
        sa.Column("ends", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
        ),
        sa.PrimaryKeyConstraint("person_id", "starts"),
    )
    op.create_table(
        "account",
        sa.Column("platform", sa.String(), nullable=False),
        sa.Column("user", sa.String(), nullable=False),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
        ),
        sa.PrimaryKeyConstraint("platform", "user"),
    )
    op.create_table(
        "schedule",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("school_id", sa.String(), nullable=False),
        sa.Column("arbetslag_id", sa.String(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("watermark", sa.String(), nullable=False),
        sa.Column("next_at", sa.String(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["arbetslag_id"],
            ["arbetslag.id"],
        ),
        sa.ForeignKeyConstraint(
            ["school_id"],
            ["school.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("schedule_arbetslag", "schedule", ["arbetslag_id", "state"], unique=False)
    op.create_index("schedule_next", "schedule", ["state", "next_at"], unique=False)
    op.create_index("schedule_school", "schedule", ["school_id", "kind"], unique=False)
    op.create_table(
        "check_in",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("schedule_id", sa.String(), nullable=True),
        sa.Column("school_id", sa.String(), nullable=False),
        sa.Column("arbetslag_id", sa.String(), nullable=False),
        sa.Column("opened_at", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["arbetslag_id"],
            ["arbetslag.id"],
        ),
        sa.ForeignKeyConstraint(
            ["schedule_id"],
            ["schedule.id"],
        ),
        sa.ForeignKeyConstraint(
            ["school_id"],
            ["school.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("check_in_arbetslag", "check_in", ["arbetslag_id", "opened_at"], unique=False)
    op.create_index("check_in_school", "check_in", ["school_id", "opened_at"], unique=False)
    op.create_table(
        "occurrence",
        sa.Column("schedule_id", sa.String(), nullable=False),
        sa.Column("planned_local", sa.String(), nullable=False),
        sa.Column("planned_utc", sa.String(), nullable=False),
        sa.Column("verdict", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["schedule_id"],
            ["schedule.id"],
        ),
        sa.PrimaryKeyConstraint("schedule_id", "planned_local"),
    )
    op.create_table(
        "participation",
        sa.Column("check_in_id", sa.String(), nullable=False),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("how", sa.String(), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["check_in_id"],
            ["check_in.id"],
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
        ),
        sa.PrimaryKeyConstraint("check_in_id", "person_id"),
    )
    op.create_table(
        "reminder",
        sa.Column("check_in_id", sa.String(), nullable=False),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("due_at", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["check_in_id"],
            ["check_in.id"],
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
        ),
        sa.PrimaryKeyConstraint("check_in_id", "person_id"),
    )
    op.create_index("reminder_due", "reminder", ["state", "due_at"], unique=False)


def downgrade() -> None:
    op.drop_index("reminder_due", table_name="reminder")
    op.drop_table("reminder")
    op.drop_table("participation")
    op.drop_table("occurrence")
    op.drop_index("check_in_school", table_name="check_in")
    op.drop_index("check_in_arbetslag", table_name="check_in")
    op.drop_table("check_in")
    op.drop_index("schedule_school", table_name="schedule")
    op.drop_index("schedule_next", table_name="schedule")
    op.drop_index("schedule_arbetslag", table_name="schedule")
    op.drop_table("schedule")
    op.drop_table("account")
    op.drop_table("absence")
    op.drop_table("term")
    op.drop_table("person")
    op.drop_table("calendar_day")
    op.drop_table("arbetslag")
    op.drop_table("school")
    op.drop_table("summary")
    op.drop_index("reply_school", table_name="reply")
    op.drop_table("reply")
    op.drop_index(
        "outbox_waiting",
        table_name="outbox",
        sqlite_where=sa.text(
            "state = 'new' OR state = 'sending' OR state = 'uncertain' OR state = 'parked' OR state = 'quarantined'"
        ),
        postgresql_where=sa.text(
            "state = 'new' OR state = 'sending' OR state = 'uncertain' OR state = 'parked' OR state = 'quarantined'"
        ),
    )
    op.drop_index(
        "outbox_replacing",
        table_name="outbox",
        sqlite_where=sa.text("replacing IS NOT NULL"),
        postgresql_where=sa.text("replacing IS NOT NULL"),
    )
    op.drop_index(
        "outbox_reference",
        table_name="outbox",
        sqlite_where=sa.text("reference IS NOT NULL"),
        postgresql_where=sa.text("reference IS NOT NULL"),
    )
    op.drop_table("outbox")
    op.drop_table("note_version")
    op.drop_index("note_source", table_name="note")
    op.drop_index("note_school_week", table_name="note")
    op.drop_index("note_raised", table_name="note")
    op.drop_index("note_check_in", table_name="note")
    op.drop_index("note_arbetslag", table_name="note")
    op.drop_table("note")
    op.drop_table("mark")
    op.drop_table("inbox")
    op.drop_table("huvudman")
    op.drop_index("conversation_subject", table_name="conversation")
    op.drop_table("conversation")
    op.drop_table("cause")
    op.drop_index("audit_subject", table_name="audit")
    op.drop_table("audit")
    op.drop_table("answer")
    op.drop_index("analysis_school", table_name="analysis")
    op.drop_index("analysis_arbetslag", table_name="analysis")
    op.drop_table("analysis")
