"""What happens next is decided here, and nothing else.

Rule 1: every decision the bot takes is a pure function in this folder.
Rule 2: no I/O, no clock, no platform. Time comes in with the event (`event.at`).
"""
