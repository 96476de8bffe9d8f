"""A platform whose long messages are noted beside their promises, in a real store."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from sqlalchemy import event

from bot.domain.school import Place
from bot.messages.model import Message
from bot.serve.in_store import NotedParts
from storage.post.claims import claim, settle
from storage.post.inbox import StoreAway
from storage.post.outbox import Promised, promise
from storage.store import Store, open_store
from storage.unit import UnitOfWork
from tests.storage.made import NOW

T = TypeVar("T")


class Office:
    """The store's side of the courier's work: what is promised, on its way, and sent.

    `away_after`: how many more times the store can be asked before it is away.
    """

    def __init__(self, store: Store) -> None:
        self.away_after: int | None = None
        self.statements: list[str] = []
        self.kept = NotedParts(self._run)
        self._store = store
        event.listen(store.engine, "before_cursor_execute", self._heard)

    def leaving(self, key: str, place: Place, replacing: str | None = None) -> None:
        """Promised, and on its way."""
        with self._store.begin() as unit:
            promise(unit, Promised(key, "critical", "", place, Message(title=key), NOW, replacing=replacing))
        with self._store.begin() as unit:
            (self._claimed,) = claim(unit, NOW)
        self.statements.clear()

    def sent(self, reference: str) -> None:
        with self._store.begin() as unit:
            assert settle(unit, self._claimed, state="sent", reference=reference)

    async def _run(self, work: Callable[[UnitOfWork], T]) -> T:
        if self.away_after == 0:
            raise StoreAway
        self.away_after = self.away_after and self.away_after - 1
        with self._store.begin() as unit:
            return work(unit)

    def _heard(self, _connection: Any, _cursor: Any, sql: str, *_rest: Any) -> None:
        self.statements.append(sql)


@contextmanager
def office() -> Iterator[Office]:
    store = open_store("sqlite://")
    try:
        yield Office(store)
    finally:
        store.close()
