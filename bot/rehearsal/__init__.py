"""Playing the bot: an invented school, a clock that can be wound, stories, the demo and the provrum.

Everything in here stands outside the bot and uses it as a platform would. Nothing in it is a mock-up:
core, store, scheduler and outbox are the real ones.
"""
