"""When something recurs, and the Swedish that says so.

Start in `due`; `phrase` reads a wish, `ask` says what it could not read.
"""
