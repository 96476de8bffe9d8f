"""Every story once more, in Slack."""

from pathlib import Path

import pytest

from tests.play import play
from tests.slack.world import SlackWorld

ROOT = Path(__file__).parent.parent.parent
STORIES = [*sorted((ROOT / "tests" / "stories").glob("*.txt")), ROOT / "prompts" / "sv" / "demo.txt"]


@pytest.mark.parametrize("path", STORIES, ids=lambda path: path.stem)
def test_story(path: Path) -> None:
    play(path, SlackWorld)
