"""The house's own measures: a file holds one thing, a function fits on a screen, a folder says its rule."""

import ast
import subprocess
from pathlib import Path

from tests.each import each

ROOT = Path(__file__).parent.parent
LONGEST_FILE = 250
LONGEST_FUNCTION = 40
HOUSE = ("bot", "handlers", "storage", "prompts", "tests", "tasks")


def _tracked() -> list[Path]:
    """Every Python file that git knows or would add; a checkout without git counts what is there."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "*.py"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    ).stdout.split()
    files = [ROOT / name for name in listed] or [
        file for room in HOUSE for file in (ROOT / room).rglob("*.py")
    ]
    return sorted(file for file in files if file.exists() and "versions" not in file.parts)


FILES = _tracked()


def _name(path: Path) -> str:
    return str(path.relative_to(ROOT))


@each("path", FILES, told=_name)
def test_a_file_holds_one_thing(path: Path) -> None:
    lines = len(path.read_text(encoding="utf-8").splitlines())
    assert lines <= LONGEST_FILE, f"{lines} lines: cut {_name(path)} in two by what it talks about"


@each("path", FILES, told=_name)
def test_a_function_fits_on_a_screen(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    long = [
        f"{node.name} ({node.end_lineno - node.lineno + 1} lines)"
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.end_lineno is not None
        and node.end_lineno - node.lineno >= LONGEST_FUNCTION
    ]
    assert not long, f"name a part of it and move that out: {', '.join(long)}"


def test_most_files_are_short() -> None:
    lengths = sorted(len(path.read_text(encoding="utf-8").splitlines()) for path in FILES)
    assert lengths[len(lengths) // 2] <= LONGEST_FILE // 2


@each("folder", [path.parent for path in FILES if path.name == "__init__.py"], told=_name)
def test_a_folder_says_its_rule(folder: Path) -> None:
    first = ast.get_docstring(ast.parse((folder / "__init__.py").read_text(encoding="utf-8")))
    assert first, f"{_name(folder)}/__init__.py: say in a docstring what belongs here and what does not"
