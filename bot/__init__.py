"""How the bot talks.

`domain/` decides, `messages/` words it, `platforms/` carry it, `runtime/` keeps it going.
`app.py` joins them to the handlers and the store. `rehearsal/` plays with that bot, `serve/` lets it work,
and `cli/` begins either.
"""
