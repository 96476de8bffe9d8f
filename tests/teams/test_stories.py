"""Every story once more, in Teams."""

from pathlib import Path

import pytest

from bot.platforms.teams.render.forms import WINDOW
from tests.play import play
from tests.teams.world import TeamsWorld

ROOT = Path(__file__).parent.parent.parent
STORIES = [*sorted((ROOT / "tests" / "stories").glob("*.txt")), ROOT / "prompts" / "sv" / "demo.txt"]


AT_ONCE = {"svar_tillsammans"}
"""Two have the same form open, and the message that it stands in is changed meanwhile. In its place the
change would wait for them (test_writing.py); in a window nothing waits, and nothing is lost."""


class InWindows(TeamsWorld):
    """People who go on with each form in a window."""

    def press(self, who: str, label: str) -> None:
        super().press(who, label)
        if who in self.forms:
            super().press(who, WINDOW)


@pytest.mark.parametrize("path", STORIES, ids=lambda path: path.stem)
def test_story(path: Path) -> None:
    play(path, InWindows if path.stem in AT_ONCE else TeamsWorld)
