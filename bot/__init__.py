"""How the bot talks.

`domain/` decides, `messages/` words it, `platforms/` carry it, `runtime/` keeps it going.
`app.py` is the only file that knows everybody.
"""
