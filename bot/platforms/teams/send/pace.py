"""How fast Teams may be asked: in a conversation, and in a tenant.

Documented: per bot and conversation 7 in 1 s, 8 in 2 s, 60 in 30 s and 1 800 in an hour; twice that for
reading who is there; 50 a second per app and tenant.
"""

from bot.platforms.pace import Rate

CONVERSATION = Rate(1.0, 4)
"""Posts and changes in one conversation: about one a second, short bursts."""
HOUR = Rate(2.1, 60)
"""The same, over an hour."""
TENANT = Rate(1 / 25, 25)
"""All calls in a tenant: half of what is allowed, and never more than that in any second."""
READING = Rate(1.0, 6)
"""Who is in a conversation, and which channels a team has."""
