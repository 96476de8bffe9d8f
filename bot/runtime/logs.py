"""The log: one line an action, and only fields that are known to be harmless."""

import hashlib
import logging
import re
import sys
from collections.abc import MutableMapping
from typing import Any, Literal

from bot.log import log
from bot.runtime.lines import Lines

HARMLESS = frozenset(
    {
        "event",
        "level",
        "timestamp",
        "action",
        "key",
        "attempt",
        "code",
        "kind",
        "jobs",
        "exception",
        "port",
        "n",
        "team",
        "method",
        "removed",
    }
)
"""No names, no words anybody wrote, no addresses: what is not listed does not reach the log."""


KIND = re.compile(r"([a-z][a-z_]*):")


def named(key: str) -> str:
    """What a promised message is called in the log: its kind, and a mark to follow it by.

    A key may hold who wrote, and where; whoever has the store finds the key of a mark.
    """
    kind = KIND.match(key)
    return f"{kind[1] if kind else 'key'}:{hashlib.sha256(key.encode()).hexdigest()[:12]}"


def _only_harmless(_logger: Any, _method: str, fields: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    return {name: value for name, value in fields.items() if name in HARMLESS}


def _where_it_broke(_logger: Any, _method: str, fields: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Replace a traceback by its kind and place: a message may quote what somebody wrote."""
    told = fields.pop("exc_info", None)
    if told:
        problem = told if isinstance(told, BaseException) else sys.exc_info()[1]
        trace = problem.__traceback__ if problem else None
        while trace and trace.tb_next:
            trace = trace.tb_next
        spot = f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}" if trace else "?"
        fields["exception"] = f"{type(problem).__name__} at {spot}"
    return fields


def set_up_logs(form: Literal["text", "json"] = "text", level: int = logging.INFO) -> None:
    """Log to standard error: readable in a terminal, JSON in a container."""
    import structlog

    lines = Lines(sys.stderr or sys.stdout)
    last: Any = (
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if form == "json"
        else structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())
    )
    structlog.configure(
        processors=[
            _where_it_broke,
            _only_harmless,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            last,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=lambda *_: lines,
        cache_logger_on_first_use=True,
    )


class _FromLibraries(logging.Handler):
    """What a library logs, without its words: those may quote what somebody wrote, or a token."""

    def emit(self, record: logging.LogRecord) -> None:
        problem = record.exc_info[1] if record.exc_info else None
        log.warning("library", action="library.warned", kind=record.name, n=record.lineno, exc_info=problem)


def quiet_libraries() -> None:
    """Say of every library's warning only where it came from, and how it broke."""
    logging.basicConfig(handlers=[_FromLibraries()], level=logging.WARNING, force=True)
