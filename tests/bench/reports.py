"""`/nuläge` and the weekly summary in a store with many notes, asked through the dispatcher by the rektor."""

import itertools
import statistics
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from sqlalchemy import select

from bot.domain.events import Commanded
from bot.domain.school import Account, Place
from bot.messages.model import Say
from bot.rehearsal import example
from handlers.reports import weekly
from storage.tables import outbox
from tests.bench.notes import make_notes
from tests.bench.turns import AT, Ours

TIMES = 25
RUT = Account(platform="bench", user="rut")
HERE = Place(platform="bench", address="@rut")


class Reports:
    """A bot whose school shares its store with all the schools that wrote `many` notes."""

    def __init__(self, folder: Path, many: int) -> None:
        self._ours = Ours(folder / f"notes-{many}.sqlite3")
        self._ids = itertools.count()
        make_notes(self._ours.store, many)

    def close(self) -> None:
        self._ours.close()

    def nulage(self) -> None:
        """`/nuläge`, from the command to the answer."""
        asked = Commanded(
            id=f"nulage-{next(self._ids)}", at=AT, who=RUT, where=HERE, command="nuläge", text=""
        )
        response = self._ours.dispatcher.dispatch(asked).result()
        assert isinstance(response, Say)
        assert response.message.blocks, response

    def weekly(self) -> None:
        """The week's summary, made and promised to everyone; then undone, so that it can be made again."""
        with suppress(_Undone), self._ours.store.begin() as unit:
            weekly.on_due(unit, self._ours.prompts, example.SCHOOL, AT, AT)
            unit.flush()
            assert unit.rows(select(outbox.c.seq).where(outbox.c.concerns.startswith("summary:")))
            raise _Undone


class _Undone(Exception):
    """What is measured leaves nothing behind."""


def measure(few: int, many: int) -> dict[str, tuple[float, float]]:
    """Return the median milliseconds of each report among few notes and among many, taking turns."""
    with tempfile.TemporaryDirectory() as folder:
        little, much = Reports(Path(folder), few), Reports(Path(folder), many)
        try:
            return {
                "nulage": _milliseconds(little.nulage, much.nulage),
                "weekly": _milliseconds(little.weekly, much.weekly),
            }
        finally:
            little.close()
            much.close()


def _milliseconds(among_few: Callable[[], None], among_many: Callable[[], None]) -> tuple[float, float]:
    runs = [(_timed(among_few), _timed(among_many)) for _ in range(TIMES)]
    return statistics.median(few for few, _ in runs), statistics.median(many for _, many in runs)


def _timed(report: Callable[[], None]) -> float:
    started = time.perf_counter()
    report()
    return (time.perf_counter() - started) * 1000
