"""How the bot talks.

`domain/` decides, `messages/` words it, `platforms/` carry it, `runtime/` keeps it going.
`app.py` joins them to the handlers and the store. `rehearsal/` plays with that bot, `serve/` lets it work,
and `cli/` begins either.
"""

import gc

gc.set_threshold(50_000, 20, 20)
"""Look for garbage seldom: what is loaded stays, and a group of 64 turns keeps some ten thousand objects
until its commit. Python's own habit, a look every 700 objects, is felt at every start and in every turn.
"""
