"""What waits for the rektor until morning goes to whoever is rektor then, and to nobody else."""

from bot.domain.school import Person
from storage.post.outbox import Promised, promise, reference_of
from storage.post.settling import take_back
from storage.post.waiting import held_for_rektor
from storage.unit import UnitOfWork


def readdress(unit: UnitOfWork) -> None:
    """Take back what is on its way to somebody who is rektor no longer, and let the new one have it.

    Without a new one it waits: it still stands among what the next rektor's summary says is unanswered.
    """
    for promised in held_for_rektor(unit):
        school = promised.hours_of
        stem, _, who = promised.key.rpartition(":")
        if school is None:
            continue
        rektors = [one for one in unit.roster.holders("rektor", school) if one.direct]
        if any(one.id == who for one in rektors) or not take_back(unit, promised.key, "no longer rektor"):
            continue
        for rektor in rektors:
            _hand_over(unit, promised, f"{stem}:{rektor.id}", rektor)


def _hand_over(unit: UnitOfWork, promised: Promised, key: str, rektor: Person) -> None:
    if rektor.direct is not None and reference_of(unit, key) is None:
        promise(unit, promised._replace(key=key, place=rektor.direct))
