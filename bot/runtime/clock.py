"""The clock everyone reads; in the provrum it can be wound forward."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta


class Clock:
    """The time now, aware, in UTC. `read` is the real clock unless a test or the demo has its own."""

    def __init__(self, read: Callable[[], datetime] | None = None) -> None:
        self._read = read or (lambda: datetime.now(UTC))
        self.offset = timedelta(0)

    def now(self) -> datetime:
        return self._read() + self.offset

    def wind_to(self, moment: datetime) -> None:
        """Make it `moment` now; the clock runs on from there."""
        self.offset += moment - self.now()


def frozen(moment: datetime) -> Clock:
    """A clock that stands still until it is wound: stories and the demo."""
    return Clock(lambda: moment)
