"""One event's (or one group's) changes: collected, then written table by table in one transaction."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from typing import Any

from sqlalchemy import Column, Executable, Table
from sqlalchemy.engine import RowMapping

from storage.asked.recall import KIND, Recall
from storage.bulk import Bulk, Row, insert_into, update_of
from storage.people.roster import Roster, RosterShelf
from storage.tables import metadata
from storage.transaction import Transaction

__all__ = ["Row", "StaleVersion", "UnitOfWork"]

Saved = tuple[int | None, Row]


class StaleVersion(Exception):
    """Somebody else changed a row first; the group is rolled back and each event is tried alone."""


class UnitOfWork:
    """What one transaction reads and writes.

    Reads by key look among what this unit has `seen` first. A query flushes first, so that it sees
    what earlier events of the same group changed. Nothing here commits: the dispatcher does.
    """

    def __init__(self, transaction: Transaction, shelf: RosterShelf, recall: Recall) -> None:
        self._transaction = transaction
        self._connection = transaction.connection
        self._bulk = Bulk(transaction)
        self._shelf = shelf
        self.recall = recall
        self._later: dict[Executable, list[Row]] = {}
        self._added: dict[Table, list[Row]] = {}
        self._kept: dict[Table, dict[str, Saved]] = {}
        self._people_changed = False
        self.seen: dict[tuple[str, str], Any] = {}

    @property
    def roster(self) -> Roster:
        """Who is who, as of this transaction."""
        if self._people_changed:
            self.flush()
        return self._shelf.read(self._connection)

    def add(self, table: Table, row: Row) -> None:
        """Append a row that nobody changes later in this unit."""
        self._added.setdefault(table, []).append(row)
        if table in self._shelf.tables:
            self._people_changed = True
            self._shelf.forget()

    def keep(self, table: Table, row: Row, *, was: int | None) -> None:
        """Save a row with `id` and `version`; `was` is the version that was read, None when it is new.

        Kept twice before it is written, only the last is written. Raises StaleVersion when the second
        was not made from the first.
        """
        pending = self._kept.setdefault(table, {})
        before = pending.get(row["id"])
        if before and before[1]["version"] != was:
            raise StaleVersion(table.name)
        pending[row["id"]] = (before[0] if before else was, row)
        if table in self._shelf.tables:
            self._people_changed = True
            self._shelf.forget()

    def later(self, statement: Executable, values: Row) -> None:
        """Run `statement` once for each of these values, all at once, before anything pending is written."""
        self._later.setdefault(statement, []).append(values)

    def rows(self, statement: Executable, values: Mapping[str, Any] | None = None) -> Sequence[RowMapping]:
        """Run a query and return its rows; what is pending is flushed first."""
        self.flush()
        return self._connection.execute(statement, values or {}).mappings().all()

    def look(self, statement: Executable, values: Mapping[str, Any] | None = None) -> RowMapping | None:
        """Read one row by key without flushing: for what `seen` vouches is not pending."""
        return self._connection.execute(statement, values or {}).mappings().first()

    def find(self, statement: Executable, values: Row) -> tuple[Any, ...] | None:
        """Read one row by key as `look` does, as a plain tuple: for what every turn reads."""
        return self._bulk.look_up(statement, values)

    def find_among(self, key: Column[str], wanted: Sequence[str]) -> set[str]:
        """Return those of the `wanted` keys that are there, without flushing."""
        return self._bulk.look_up_many(key, wanted)

    def look_all(
        self, statement: Executable, values: Mapping[str, Any] | None = None
    ) -> Sequence[RowMapping]:
        """Read rows without flushing: for what `seen` vouches is not pending."""
        return self._connection.execute(statement, values or {}).mappings().all()

    def change(self, statement: Executable, values: Mapping[str, Any] | None = None) -> int:
        """Run an UPDATE or DELETE at once and return how many rows it touched."""
        self._before(statement)
        return self._connection.execute(statement, values or {}).rowcount

    def change_each(self, statement: Executable, values: Sequence[Row]) -> None:
        """Run an UPDATE or DELETE at once for each of these values, as one `executemany`."""
        self._before(statement)
        if values:
            self._bulk.run_many(statement, values)

    def _before(self, statement: Executable) -> None:
        """Write what is pending, and forget what `statement` may change behind our back."""
        self.flush()
        table = getattr(statement, "table", None)
        if table in self._shelf.tables:
            self._shelf.forget()
        if table in self.recall.tables:
            self.recall.forget()
            self.seen = {known: value for known, value in self.seen.items() if known[0] != KIND}

    @contextmanager
    def apart(self) -> Iterator[None]:
        """A savepoint: what fails inside is undone alone, and the rest of the unit goes on."""
        self.flush()
        seen = dict(self.seen)
        try:
            with self._connection.begin_nested():
                yield
                self.flush()
        except BaseException:
            self._later, self._added, self._kept = {}, {}, {}
            self.seen = seen
            self.recall.forget()
            self._shelf.forget()
            raise

    def flush(self) -> None:
        """Write what is pending: parents before children, each table with one `executemany`."""
        self._transaction.still_on()
        if not (self._later or self._added or self._kept):
            return
        later, added, kept = self._later, self._added, self._kept
        self._later, self._added, self._kept, self._people_changed = {}, {}, {}, False
        for statement, values in later.items():
            self._bulk.run_many(statement, values)
        for table in _in_order(*added, *kept):
            if table in kept:
                self._write_kept(table, kept[table])
            if table in added:
                self._bulk.run_many(insert_into(table), added[table])

    def _write_kept(self, table: Table, pending: dict[str, Saved]) -> None:
        fresh: list[Row] = []
        changed: list[Row] = []
        for was, row in pending.values():
            if was is None:
                fresh.append(row)
            else:
                changed.append({**row, "the_id": row["id"], "the_version": was})
        if fresh:
            self._bulk.run_many(insert_into(table), fresh)
        if changed:
            touched = self._bulk.run_many(update_of(table, tuple(changed[0])), changed)
            if touched != len(changed):
                raise StaleVersion(table.name)


@cache
def _places() -> dict[Table, int]:
    return {table: number for number, table in enumerate(metadata.sorted_tables)}


@cache
def _in_order(*tables: Table) -> list[Table]:
    places = _places()
    return sorted(set(tables), key=places.__getitem__)
