"""The log: what is said in it reaches it, and nothing else does."""

import ast
from pathlib import Path

from bot.runtime.logs import HARMLESS

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


def test_every_field_that_is_said_reaches_the_log() -> None:
    assert fields_said() - {"exc_info"} <= HARMLESS
    assert "action" in fields_said()
