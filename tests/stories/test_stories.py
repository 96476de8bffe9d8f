from pathlib import Path

import pytest

from bot.rehearsal.teller import Teller, moment, steps_of
from tests.play import World
from tests.web_world import WebWorld

HERE = Path(__file__).parent
STORIES = [*sorted(HERE.glob("*.txt")), HERE.parent.parent / "prompts" / "sv" / "demo.txt"]


@pytest.mark.parametrize("stage", [World, WebWorld], ids=["terminal", "provrum"])
@pytest.mark.parametrize("path", STORIES, ids=lambda path: path.stem)
def test_story(path: Path, stage: type[World] | type[WebWorld]) -> None:
    told = steps_of(path.read_text(encoding="utf-8"))
    _, first = told[0]
    with stage(moment(first.removeprefix("klockan är "))) as world:
        teller = Teller(world)
        for number, line in told[1:]:
            teller.tell(number, line)
