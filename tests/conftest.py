"""The log is set up as in the program: what a test prints when it fails quotes nobody.

Besides that the tests of a process share what is dear to make and the same for all: compiled SQL, and the
world's certificates, read once and not for every HTTP client (20 ms). They hold in any order.
"""

import gc
import logging
import os
import ssl
from functools import cache

import structlog
from hypothesis import settings

from bot.runtime.logs import set_up_logs
from tests.compiled_once import compile_once


def log_as_in_the_program() -> None:
    """Warnings only, and no logger remembers where it wrote: a test may listen for a while."""
    set_up_logs(level=logging.WARNING)
    structlog.configure(cache_logger_on_first_use=False)


for name in [name for name in os.environ if name.startswith("NULAGE_")]:
    del os.environ[name]  # a test is told nothing by the machine it runs on

log_as_in_the_program()
compile_once()
ssl.create_default_context = cache(ssl.create_default_context)  # type: ignore[assignment]  # it takes the same, which `cache`'s type forgets
settings.register_profile("unhurried", deadline=None)  # a busy machine is no failing test
settings.load_profile("unhurried")


def pytest_collection_finish() -> None:
    """What has been read by now stays to the end; to look through it for garbage is a twelfth of all time."""
    gc.collect()
    gc.freeze()
