"""What was decided, as data, one file an occasion. `bot.messages.phrasing` finds the words."""
