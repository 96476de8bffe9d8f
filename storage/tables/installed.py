"""Where the bot is installed."""

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
