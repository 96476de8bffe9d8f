"""Who has the bot, what it may do there, and how IT sets it up: manifest, OAuth, doctor."""
