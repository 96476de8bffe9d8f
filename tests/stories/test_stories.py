import re
from pathlib import Path

import pytest

from tests.play import World, play
from tests.web_world import WebWorld

HERE = Path(__file__).parent
STORIES = [*sorted(HERE.glob("*.txt")), HERE.parent.parent / "prompts" / "sv" / "demo.txt"]
ONLY_TERMINAL = re.compile(
    r"^\w+ (?:öppnar hemmet|sparar: .+|bjuder in boten i #ny-kanal|i #\S+: @Nuläge .+)$", re.MULTILINE
)
"""The provrum has no home, no menu on a message, and no channel but its own."""


def _stages() -> list[tuple[Path, type[World] | type[WebWorld]]]:
    everywhere = [path for path in STORIES if not ONLY_TERMINAL.search(path.read_text(encoding="utf-8"))]
    return [*((path, World) for path in STORIES), *((path, WebWorld) for path in everywhere)]


@pytest.mark.parametrize(
    ("path", "stage"), _stages(), ids=lambda value: value.stem if isinstance(value, Path) else value.__name__
)
def test_story(path: Path, stage: type[World] | type[WebWorld]) -> None:
    play(path, stage)
