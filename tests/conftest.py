"""The log is set up as in the program: what a test prints when it fails quotes nobody.

Nothing else is shared by the tests of a process: they hold in any order.
"""

import logging
import os

import structlog
from hypothesis import settings

from bot.runtime.logs import set_up_logs


def log_as_in_the_program() -> None:
    """Warnings only, and no logger remembers where it wrote: a test may listen for a while."""
    set_up_logs(level=logging.WARNING)
    structlog.configure(cache_logger_on_first_use=False)


for name in [name for name in os.environ if name.startswith("NULAGE_")]:
    del os.environ[name]  # a test is told nothing by the machine it runs on

log_as_in_the_program()
settings.register_profile("unhurried", deadline=None)  # a busy machine is no failing test
settings.load_profile("unhurried")
