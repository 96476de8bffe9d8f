"""Every story, told once in Swedish and once among people who all chose English.

What a channel shows is word for word the same, and so is what is stored. What somebody reads alone, in a
message or a form, holds no Swedish sentence or question of ours: only names, and what people wrote.
"""

import re
from collections.abc import Collection
from pathlib import Path

import pytest

from bot.domain.privacy.words import MARKS
from bot.rehearsal.teller import steps_of
from handlers.commands import COMMANDS
from tests.stories.translating import english, swedish_in
from tests.stories.twin import TOLD, play_in

HERE = Path(__file__).parent
STORIES = [path for path in sorted(HERE.glob("*.txt")) if path.stem != "sprak"]
"""In `sprak` people choose for themselves."""
LETTERS = re.compile(r"\w*[åäö]\w*")
"""Words that no English sentence holds, wherever they come from: also what stands in no text file of ours."""
FRAME = 3
"""Lines of ours above a round that is shown beforehand, as the channel will see it."""


def _acted(story: Path) -> list[str]:
    """The lines in which people do something; what a story quotes of the bot is not theirs."""
    lines = [line for _, line in steps_of(story.read_text(encoding="utf-8"))]
    return [line for line in lines if not line.startswith(TOLD)]


def _written(story: Path) -> set[str]:
    """What people write in a story."""
    lines = _acted(story)
    found = (re.fullmatch(r"\w+ (?:(?:i \S+|direkt|sparar): |väljer .+ = )(.+)", line) for line in lines)
    return {one.group(1) for one in found if one}


def _ours(text: str, theirs: Collection[str]) -> str:
    """A text with marks in place of what the school asks, what people wrote and what things are called."""
    lines = text.splitlines()
    if lines[0] in {english().schedules.preview_title, english().onboarding.example_title}:
        text = "\n".join(lines[:FRAME])
    for one in sorted(theirs, key=len, reverse=True):
        text = text.replace(one, "◦")
    return text


def _unordered(text: str) -> list[str]:
    """What was written at the same moment stands in any order."""
    return sorted(text.splitlines())


@pytest.mark.parametrize("story", STORIES, ids=lambda path: path.stem)
def test_a_language_is_one_persons_own(story: Path) -> None:
    sv, en = play_in("sv", story), play_in("en", story)
    assert list(map(_unordered, en.channels)) == list(map(_unordered, sv.channels))
    assert len(en.alone) == len(sv.alone)
    assert en.stored == sv.stored
    theirs = _written(story) | en.called | set(MARKS.values())
    known = {word for line in _acted(story) for word in LETTERS.findall(line.casefold())} | set(COMMANDS)
    for text in en.alone:
        ours = _ours(text, theirs)
        assert swedish_in(ours) == [], text
        assert set(LETTERS.findall(ours.casefold())) <= known, text
