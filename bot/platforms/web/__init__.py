"""Provrum: a chat of its own in the browser, where each window plays one persona.

`listen` and `gestures` take requests, `parse` makes events of them, `render` makes HTML of
messages, `send` is the bot's way in. `chat` is what this platform itself remembers, as Slack
remembers its channels: it knows nothing of what the bot keeps.
"""
