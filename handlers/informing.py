"""Telling people who did nothing just now, and wait for nothing: in their school's working hours."""

from datetime import datetime
from typing import NamedTuple

from bot.domain.school import Place
from bot.domain.value import SchoolId
from bot.messages.model import Message
from storage.post.outbox import Promised, promise
from storage.unit import UnitOfWork


class News(NamedTuple):
    """What is told, once for each `key`."""

    key: str
    concerns: str
    message: Message


def inform(unit: UnitOfWork, school: SchoolId, at: datetime, place: Place | None, news: News) -> None:
    """Promise what must arrive, no sooner than `at`; who has no place cannot be told."""
    if place:
        told = Promised(news.key, "critical", news.concerns, place, news.message, at, hours_of=school)
        promise(unit, told)
