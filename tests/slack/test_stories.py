"""Every story once more, in Slack."""

from pathlib import Path

import pytest

from bot.rehearsal.teller import Teller, moment, steps_of
from tests.slack.world import SlackWorld

ROOT = Path(__file__).parent.parent.parent
STORIES = [*sorted((ROOT / "tests" / "stories").glob("*.txt")), ROOT / "prompts" / "sv" / "demo.txt"]


@pytest.mark.parametrize("path", STORIES, ids=lambda path: path.stem)
def test_story(path: Path) -> None:
    told = steps_of(path.read_text(encoding="utf-8"))
    _, first = told[0]
    with SlackWorld(moment(first.removeprefix("klockan är "))) as world:
        teller = Teller(world)
        for number, line in told[1:]:
            teller.tell(number, line)
