"""The terminal as a platform: the demo, the stories and whoever wants to see the bot bare."""
