"""The log: one line an action. structlog is fetched by the first line.

It brings rich, pygments and attrs: a tenth of every start, for what is rarely said.
"""

from collections.abc import Callable
from contextlib import suppress
from typing import Any


class Log:
    """One for the process, as structlog's own is.

    No line raises, whatever becomes of it: a disk may be full, and whoever read it may have gone. Nobody's
    work ends, or is undone, because it could not be spoken of.
    """

    def __init__(self) -> None:
        self._set_up: Callable[[], None] | None = None

    def begins_with(self, set_up: Callable[[], None]) -> None:
        """Set structlog up by the first line. Two threads may both do it: each does the same.

        Real work says one as soon as its texts are read, so that no fault is the first to need it.
        """
        self._set_up = set_up

    def info(self, event: str, **fields: object) -> None:
        with suppress(Exception):
            self._lines().info(event, **fields)

    def warning(self, event: str, **fields: object) -> None:
        with suppress(Exception):
            self._lines().warning(event, **fields)

    def error(self, event: str, **fields: object) -> None:
        with suppress(Exception):
            self._lines().error(event, **fields)

    def exception(self, event: str, **fields: object) -> None:
        """Say the fault that is being handled, too."""
        with suppress(Exception):
            self._lines().exception(event, **fields)

    def _lines(self) -> Any:
        import structlog

        set_up = self._set_up  # another thread may be just after us
        if set_up:
            set_up()
            self._set_up = None
        return structlog.get_logger()


log = Log()
