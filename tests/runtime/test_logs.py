"""The log: what is said in it reaches it, and nothing else does."""

import ast
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import structlog
from structlog.testing import capture_logs
from structlog.typing import EventDict

from bot.runtime.logs import HARMLESS, named
from tests.runtime.stage import Stage
from tests.storage.made import promised

ROOT = Path(__file__).parents[2]
LEVELS = {"debug", "info", "warning", "error", "exception"}


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
