"""A log that nobody can write to any more keeps nothing else from its work."""

import io
import os
import re
import subprocess
import sys
from concurrent.futures import Future
from pathlib import Path

import pytest

from bot.log import Log
from bot.runtime.lines import MOST, Lines
from tests.waiting import DEADLINE

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


A_SLEEPING_READER = """
import logging, os, sys
from functools import partial
from bot.log import log
from bot.runtime.lines import MOST
from bot.runtime.logs import quiet_libraries, set_up_logs
log.begins_with(partial(set_up_logs, sys.argv[1]))
for number in range(MOST + 2000):  # a pipe takes some hundreds
    log.info("said", action="a", n=number, kind="k" * 100)
os.write(1, b"went on\\n")
sys.stdin.readline()  # now somebody reads
log.info("said", action="last", kind="k" * 9000)
"""


def numbers(said: bytes) -> list[int]:
    return [int(found) for found in re.findall(rb"action\W{1,4}a\W.*?\Wn\W{1,4}(\d+)", plain(said))]


def plain(said: bytes) -> bytes:
    return re.sub(rb"\x1b\[[\d;]*m", b"", said)


@FORMS
def test_whoever_reads_the_log_sleeps_and_nobody_waits_for_it(form: str) -> None:
    speaking = [sys.executable, "-c", A_SLEEPING_READER, form]
    with subprocess.Popen(
        speaking, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as bot:
        assert bot.stdin
        assert bot.stdout
        assert bot.stderr
        assert bot.stdout.readline() == b"went on\n", "it was not read from yet"
        bot.stdin.write(b"\n")
        bot.stdin.close()
        said = bot.stderr.read()
    first = numbers(said)
    assert first == [*range(len(first))], "in order, and each whole"
    assert len(first) > MOST
    (told,) = (line for line in plain(said).splitlines() if b"log.dropped" in line)
    kept = len(first) + (b"k" * 9000 in said)
    assert re.search(rb"\bn\W{1,4}(\d+)", told)[1] == b"%d" % (MOST + 2001 - kept)  # type: ignore[index]
    assert bot.returncode == 0


def test_a_reader_who_never_wakes_does_not_keep_the_process() -> None:
    reading, writing = os.pipe()
    speaking = [sys.executable, "-c", A_SLEEPING_READER, "json"]
    done = subprocess.run(
        speaking, cwd=ROOT, input=b"\n", stdout=subprocess.PIPE, stderr=writing, check=False, timeout=60
    )
    os.close(writing)
    os.close(reading)
    assert (done.stdout, done.returncode) == (b"went on\n", 0)


def test_no_thread_lives_while_there_is_room(tmp_path: Path) -> None:
    with (tmp_path / "log").open("w", encoding="utf-8") as file:
        lines = Lines(file)
        for number in range(MOST * 2):
            lines.say(f"{number}å")
            assert lines._waiting is None
        said = (tmp_path / "log").read_text(encoding="utf-8").split()
    assert said == [f"{number}å" for number in range(MOST * 2)]


def test_a_line_longer_than_there_is_room_for_is_said_whole_and_before_the_next() -> None:
    reading, writing = os.pipe()
    with os.fdopen(reading, "rb") as heard:
        with os.fdopen(writing, "w") as file:
            lines = Lines(file)
            lines.say("a" * 200_000)
            waiting = lines._waiting
            lines.say("b")
            assert waiting
            assert heard.read(200_003) == b"a" * 200_000 + b"\nb\n"
            waiting.result(DEADLINE)
            lines.say("c")
        assert (lines._waiting, heard.read()) == (None, b"c\n")


def test_nothing_is_said_before_what_is_kept_even_where_there_is_room(tmp_path: Path) -> None:
    with (tmp_path / "log").open("w") as file:
        lines = Lines(file)
        lines._kept.append(b"a\n")
        waiting = lines._waiting = Future()
        lines.say("b")
        assert [*lines._kept] == [b"a\n", b"b\n"]
        lines._wait()
        waiting.set_result(None)
    assert (tmp_path / "log").read_text() == "a\nb\n"


def test_what_is_kept_for_a_reader_who_goes_is_forgotten_and_the_next_line_is_refused() -> None:
    reading, writing = os.pipe()
    with os.fdopen(writing, "w") as file:
        lines = Lines(file)
        lines.say("a" * 200_000)
        waiting = lines._waiting
        assert waiting
        os.close(reading)
        waiting.result(DEADLINE)
        with pytest.raises(BrokenPipeError):
            lines.say("b")


def test_a_file_that_is_only_pythons_is_written_too() -> None:
    file = io.StringIO()
    Lines(file).say("said")
    assert file.getvalue() == "said\n"


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
