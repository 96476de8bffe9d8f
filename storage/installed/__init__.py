"""Who has the bot: one row a workspace, its token sealed."""
