"""The log is set up as in the program: what a test prints when it fails quotes nobody."""

import logging

import structlog
from hypothesis import settings

from bot.runtime.logs import set_up_logs


def log_as_in_the_program() -> None:
    """Warnings only, and no logger remembers where it wrote: a test may listen for a while."""
    set_up_logs(level=logging.WARNING)
    structlog.configure(cache_logger_on_first_use=False)


log_as_in_the_program()
settings.register_profile("unhurried", deadline=None)  # a busy machine is no failing test
settings.load_profile("unhurried")
