"""A log that nobody can write to any more keeps nothing else from its work."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from bot.log import Log

ROOT = Path(__file__).parents[2]
SPEAKING = """
import logging, os, sys
from functools import partial
from bot.log import log
from bot.runtime.logs import quiet_libraries, set_up_logs
log.begins_with(partial(set_up_logs, sys.argv[1]))
quiet_libraries()
for _ in range(200):  # more than any buffer takes
    log.info("said", action="a", kind="k" * 100)
try:
    int("three")
except ValueError:
    log.exception("broke", action="b")
logging.getLogger("a library").warning("of its own")
os.write(1, b"went on")
os._exit(0)
"""
FORMS = pytest.mark.parametrize("form", ["text", "json"])


@FORMS
def test_whoever_read_the_log_is_gone(form: str) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    speaking = [sys.executable, "-c", SPEAKING, form]
    done = subprocess.run(speaking, cwd=ROOT, stdout=subprocess.PIPE, stderr=writing, check=False)
    os.close(writing)
    assert done.stdout == b"went on"


@FORMS
def test_there_never_was_anywhere_to_write(form: str) -> None:
    speaking = ["sh", "-c", 'exec "$0" "$@" 2>&-', sys.executable, "-c", SPEAKING, form]
    done = subprocess.run(speaking, cwd=ROOT, capture_output=True, check=False)
    assert done.stdout.endswith(b"went on")


class SetUpMeanwhile:
    """What another thread does between our look and our call: it has set the log up, and says so."""

    def __init__(self, log: Log) -> None:
        self._log = log
        self.times = 0

    def __bool__(self) -> bool:
        self._log._set_up = None
        return True

    def __call__(self) -> None:
        self.times += 1


def test_two_threads_may_say_the_first_line_at_once() -> None:
    log = Log()
    meanwhile = SetUpMeanwhile(log)
    log.begins_with(meanwhile)
    log._lines()
    assert meanwhile.times == 1


def test_a_log_that_cannot_be_set_up_is_nobodys_fault() -> None:
    def broken() -> None:
        raise RuntimeError("no such form")

    log = Log()
    log.begins_with(broken)
    for line in (log.info, log.warning, log.error, log.exception):
        line("said")
