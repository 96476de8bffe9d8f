"""Who has the bot, and where: a row a workspace, its token sealed; a row a place; forms that stand open."""
