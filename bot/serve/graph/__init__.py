"""Graph in a running bot: beside the turns, calmly, and never in the way of one.

Rule 1: what should be done, and what is said of it, is decided in `handlers.errands`; here it is done.
Rule 2: nobody waits for any of it. Rule 3: what one capability is refused holds up no other.
"""
