"""A private answer has no row in the outbox: what a chat surely did not take of it is said again here."""

from collections.abc import Awaitable, Callable

from bot.messages.delivery import DeliveryFailed

LONGEST = 60.0
"""Seconds, in all, that each part of an answer waits to be taken: who has waited for longer asks again."""
SHORTEST = 1.0
"""Seconds between two attempts when nobody has said how long to rest."""


async def insist(
    attempt: Callable[[], Awaitable[None]], sleep: Callable[[float], Awaitable[None]]
) -> DeliveryFailed | None:
    """Say it, and once more after each rest while it surely was not taken. In doubt, no more.

    Returns why it was not said, or None when it was.
    """
    left = LONGEST
    while True:
        try:
            await attempt()
        except DeliveryFailed as refused:
            rest = max(refused.retry_after, SHORTEST)
            if refused.how != "later" or rest > left:
                return refused
        else:
            return None
        left -= rest
        await sleep(rest)
