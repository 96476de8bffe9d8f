"""The log: one line an action. structlog is fetched by the first line.

It brings rich, pygments and attrs: a tenth of every start, for what is rarely said.
"""

from collections.abc import Callable
from typing import Any


class Log:
    """One for the process, as structlog's own is."""

    def __init__(self) -> None:
        self._set_up: Callable[[], None] | None = None

    def begins_with(self, set_up: Callable[[], None]) -> None:
        """Set structlog up by the first line. Two threads may both do it: each does the same.

        Real work says one as soon as its texts are read, so that no fault is the first to need it.
        """
        self._set_up = set_up

    def info(self, event: str, **fields: object) -> None:
        self._lines().info(event, **fields)

    def warning(self, event: str, **fields: object) -> None:
        self._lines().warning(event, **fields)

    def error(self, event: str, **fields: object) -> None:
        self._lines().error(event, **fields)

    def exception(self, event: str, **fields: object) -> None:
        """Say the fault that is being handled, too."""
        self._lines().exception(event, **fields)

    def _lines(self) -> Any:
        import structlog

        if self._set_up:
            self._set_up()
            self._set_up = None
        return structlog.get_logger()


log = Log()
