"""Where the bot is installed, and where that is in a platform's own words."""

from sqlalchemy import Column, String, Table, Text

from storage.tables.base import metadata

installation = Table(
    "installation",
    metadata,
    # Empty, not NULL, where there is none: NULL is never equal, and the key could then be there twice.
    Column("enterprise", String, primary_key=True),
    Column("team", String, primary_key=True),
    Column("name", String, nullable=False),
    Column("token", Text, nullable=False),
    Column("bot_id", String, nullable=False),
    Column("bot_user", String, nullable=False),
    Column("app_id", String, nullable=False),
    Column("scopes", Text, nullable=False),
    Column("installer", String, nullable=False),
    Column("installed_at", String, nullable=False),
    Column("refused_at", String),
    Column("disconnected_at", String),
)
reference = Table(
    "reference",
    metadata,
    Column("tenant", String, primary_key=True),
    Column("key", String, primary_key=True),
    Column("kind", String, nullable=False),
    Column("conversation", Text, nullable=False),
    Column("service_url", Text, nullable=False),
    Column("user", Text, nullable=False),
    Column("team", String, nullable=False),
    Column("team_thread", Text, nullable=False),
    Column("name", String, nullable=False),
    Column("added_at", String, nullable=False),
    # When something was last heard from there, noted once a day; empty when nothing ever was.
    Column("heard_at", String, nullable=False),
    Column("gone_at", String),
)
