"""The log: what is said in it reaches it, and nothing else does."""

import ast
import json
import logging
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import structlog
from structlog.testing import capture_logs
from structlog.typing import EventDict

from bot.log import Log
from bot.runtime.logs import HARMLESS, named
from tests.faults.doors import watch_store
from tests.runtime.stage import Stage
from tests.storage.made import NOW, promised

ROOT = Path(__file__).parents[2]
LEVELS = {"debug", "info", "warning", "error", "exception"}

A_START = """
import sys
from functools import partial
import bot.app
from bot.log import log
from bot.runtime.logs import set_up_logs
log.begins_with(partial(set_up_logs, "json"))
print([name for name in ("structlog", "rich", "pygments") if name in sys.modules])
log.info("said", action="a", name="Lena")
log.warning("said again", action="b")
"""


def fields_said() -> set[str]:
    """Every field that a `log.…(…)` in the program names."""
    files = [
        path for folder in ("bot", "handlers", "storage", "prompts") for path in (ROOT / folder).rglob("*.py")
    ]
    calls = [
        node
        for path in files
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in LEVELS
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id == "log"
    ]
    return {str(keyword.arg) for call in calls for keyword in call.keywords}


@contextmanager
def everything_said() -> Iterator[list[EventDict]]:
    """What reaches the log in production; the tests' own log is quieter."""
    before = structlog.get_config()["wrapper_class"]
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.INFO))
    try:
        with capture_logs() as lines:
            yield lines
    finally:
        structlog.configure(wrapper_class=before)


def test_a_message_is_followed_by_its_kind_and_a_mark_that_says_nothing() -> None:
    keys = ("guard:teams:t:19:a:7", "guard:teams:t:19:a:8", "raised:n:1:lena", "Lena Berg", "Lena Berg:1")
    kinds = [named(key).partition(":")[0] for key in keys]
    assert kinds == ["guard", "guard", "raised", "key", "key"]
    assert len({named(key) for key in keys}) == len(keys)
    assert named(keys[0]) == named(keys[0])
    assert len(named(keys[0])) == len("guard:") + 12


def test_what_is_carried_is_never_logged_by_its_key(stage: Stage) -> None:
    keys = ["guard:teams:lena:1", "guard:teams:lena:2", "guard:teams:lena:3", "guard:teams:lena:4"]
    stage.promise(*(promised(key, f"#{number}") for number, key in enumerate(keys)))
    stage.platform.fail(keys[1], "refused", "archived")
    stage.platform.script[keys[2]].append(TypeError())
    stage.platform.fail(keys[3], "doubt", "no answer")
    stage.platform.looks[keys[3]].append(TypeError())
    with everything_said() as lines:
        stage.deliver()
        stage.after(5)
    assert {line["key"] for line in lines if "key" in line} == {named(key) for key in keys}
    assert {"courier.parked", "courier.send_broke", "courier.look_broke"} <= {
        line["action"] for line in lines
    }
    assert "lena" not in str([{**line, "exc_info": ""} for line in lines])


def test_every_field_that_is_said_reaches_the_log() -> None:
    assert fields_said() - {"exc_info"} <= HARMLESS
    assert "action" in fields_said()


def test_a_start_does_without_structlog_and_the_first_line_is_said_as_it_is_set_up() -> None:
    done = subprocess.run(
        [sys.executable, "-c", A_START], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout == "[]\n"
    lines = [json.loads(line) for line in done.stderr.splitlines()]
    assert [line["action"] for line in lines] == ["a", "b"]
    assert "Lena" not in done.stderr


def test_the_log_is_set_up_once_before_its_first_line() -> None:
    log, times = Log(), [0]
    log.begins_with(lambda: times.append(len(times)))
    assert times == [0]
    with everything_said() as lines:
        log.info("one", action="a")
        log.error("two", action="b")
        try:
            int("three")
        except ValueError:
            log.exception("three", action="c")
    assert times == [0, 1]
    assert [line["log_level"] for line in lines] == ["info", "error", "error"]
    assert [line["action"] for line in lines] == ["a", "b", "c"]
    assert [line.get("exc_info") for line in lines] == [None, None, True]


def test_what_became_of_a_message_is_said_when_it_is_on_disk_and_once(stage: Stage) -> None:
    """What is said before may be rolled back, and is said again."""
    early: list[int] = []
    failing = [2, 3]  # the second commit settles "a", and is tried again

    def at(door: str) -> None:
        if door == "commit":
            early.append(len(settled()))
            if len(early) in failing:
                raise sqlite3.OperationalError("database is locked")

    stage.promise(promised("late", "#b", expires_at=NOW), promised("a"))
    with everything_said() as lines:

        def settled() -> list[str]:
            return [str(line["action"]) for line in lines if line["event"] == "settled"]

        watch_store(stage.store, at)
        stage.hasten()
        stage.runner.run(stage.courier.deliver())
    assert early == [0, 1, 1, 1]
    assert settled() == ["courier.expired", "courier.sent"]
