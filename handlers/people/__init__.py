"""Who is who, and how that changes: strangers, the first day, confirmations, roles.

Whoever is not on the roster, or has no role, gets no further than `strangers`. Nobody is ever tied
to a school of another workspace, and every change of what somebody may do passes `bot.domain.roles`.
"""
