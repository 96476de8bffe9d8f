"""Every story, told once in Swedish and once among people who all chose English.

What a channel shows is word for word the same, and so is what is stored. What somebody reads alone
holds no Swedish sentence of ours: only the school's own questions, what people wrote, and times as they
are written.
"""

import re
from collections.abc import Collection
from functools import cache
from pathlib import Path

import pytest

from bot.rehearsal.teller import steps_of
from tests.play import prompts
from tests.stories.translating import english, sentences, swedish_in
from tests.stories.twin import play_in

HERE = Path(__file__).parent
STORIES = [path for path in sorted(HERE.glob("*.txt")) if path.stem != "sprak"]
"""In `sprak` people choose for themselves."""
READ = re.compile(r"Stämmer det\?$|^Menar du |^\[Ta |^\( \) Ta |^Rad \d+ ")
"""Times and calendar files are written in Swedish: what was understood of them is said so too."""
FRAME = 3
"""Lines of ours above a round that is shown beforehand, as the channel will see it."""


@cache
def _of_the_school() -> tuple[str, ...]:
    """What the packs and the wheels say."""
    packs = [text for pack in prompts().packs.values() for _, text in sentences(pack)]
    wheels = [text for wheel in prompts().wheels for _, text in sentences(wheel)]
    return tuple({text for text in (*packs, *wheels) if len(text) > 1})


def _written(story: Path) -> set[str]:
    """What people write in a story; what it quotes of the bot is not theirs."""
    lines = [line for _, line in steps_of(story.read_text(encoding="utf-8")) if not line.startswith("bot ")]
    found = (re.fullmatch(r"\w+ (?:(?:i \S+|direkt|sparar): |väljer .+ = )(.+)", line) for line in lines)
    return {one.group(1) for one in found if one}


def _ours(text: str, theirs: Collection[str]) -> str:
    """A text with marks in place of what the school asks, what people wrote and what things are called."""
    lines = text.splitlines()
    if lines[0] in {english().schedules.preview_title, english().onboarding.example_title}:
        text = "\n".join(lines[:FRAME])
    for one in sorted((*_of_the_school(), *theirs), key=len, reverse=True):
        text = text.replace(one, "◦")
    return "\n".join(line for line in text.splitlines() if not READ.search(line))


def _unordered(text: str) -> list[str]:
    """What was written at the same moment stands in any order."""
    return sorted(text.splitlines())


@pytest.mark.parametrize("story", STORIES, ids=lambda path: path.stem)
def test_a_language_is_one_persons_own(story: Path) -> None:
    sv, en = play_in("sv", story), play_in("en", story)
    assert list(map(_unordered, en.channels)) == list(map(_unordered, sv.channels))
    assert len(en.alone) == len(sv.alone)
    assert en.stored == sv.stored
    theirs = _written(story) | en.called
    for text in en.alone:
        assert swedish_in(_ours(text, theirs)) == [], text
