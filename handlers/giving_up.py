"""A platform has sent something for the last time, and it could not be taken: it has no effect any more."""

from bot.domain.events import Commanded, Event, HomeOpened, Replied, Rewritten
from bot.domain.school import direct_to
from handlers.writing import OURS
from storage.post.inbox import take
from storage.post.outbox import concern_of, is_leaving
from storage.unit import UnitOfWork


def give_up(unit: UnitOfWork, event: Event) -> bool:
    """See to it that the event never has an effect; say whether its writer waits for one and gets none.

    False when it had its effect after all, and when it was nothing that the bot would have answered.
    Raises storage.post.inbox.StoreAway when that cannot be found out now.
    """
    if isinstance(event, HomeOpened):  # a look has no effect that could come later, and leaves no key
        return True
    return take(unit, event.id, event.at) and _is_for_us(unit, event)


def _is_for_us(unit: UnitOfWork, event: Event) -> bool:
    """Whether these words were said to the bot: what people write to each other is none of its business."""
    match event:
        case Commanded() | Replied(direct=True) | Replied(addressed=True):
            return True
        case Rewritten(where=where, who=who) if where.address == direct_to(who).address:
            return True
        case Replied(where=where) | Rewritten(where=where) if where.thread:
            concern = concern_of(unit, where, where.thread)
            return concern.partition(":")[0] in OURS if concern else is_leaving(unit, where)
        case _:
            return False
