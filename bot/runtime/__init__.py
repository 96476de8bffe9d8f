"""What keeps the bot going: one writer, one courier, one heartbeat, and the log.

Nothing here knows what happens when, nor on which platform.
"""
