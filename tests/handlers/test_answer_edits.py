"""Words that became an answer are changed in the chat, and the answer follows, with its versions kept."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.conversation.dialogue import Dialogue
from bot.domain.events import Rewritten
from bot.domain.school import Account, Place
from bot.platforms.terminal.send import PLATFORM
from bot.rehearsal import example
from storage.asked.answering import answer_history
from storage.asked.conversations import load
from storage.said.analyses import analyses_of
from tests.play import World

ROOM, CAUSE = "#arbetslag-4-6", "orsak.1"


class Analysis(World):
    """Sam has begun an analysis, and Lena has typed the first cause."""

    def __init__(self) -> None:
        super().__init__(datetime(2026, 11, 26, 13, 0, tzinfo=UTC))
        self.write("sam", "/orsaksanalys Läsningen sjönk", room=ROOM)
        self.submit("sam", {})
        self.thread = next(heard.thread for heard in reversed(self.heard) if heard.thread)
        self.said = self.type("lena", "Vi läser för lite högt")

    def type(self, who: str, text: str) -> str:
        """Type in the thread, a minute later; returns what the chat calls the message."""
        self.wind(self.clock.now() + timedelta(minutes=1))
        self.write(who, text, room=ROOM, thread=self.thread)
        return self._written[text].reference

    def change(self, who: str, reference: str, text: str | None, *, back: bool = False) -> str:
        place = Place(platform=PLATFORM, address=ROOM, thread=self.thread)
        self.wind(self.clock.now() + timedelta(minutes=1))
        self.act(
            Rewritten(
                id=f"e{next(self._ids)}",
                at=self.clock.now(),
                who=Account(platform=PLATFORM, user=who),
                where=place,
                reference=reference,
                text=text,
                back=back,
            )
        )
        return "\n".join(heard.text for heard in self.fresh)

    @property
    def dialogue(self) -> Dialogue:
        with self.store.begin() as unit:
            [analysis] = analyses_of(unit, example.TEAM_46)
            found = load(unit, analysis.conversation)
        assert found is not None
        return found

    @property
    def causes(self) -> list[str]:
        key = self.dialogue.id
        with self.store.begin() as unit:
            history = answer_history(unit, key, CAUSE)
        return [given.values[0] for given in history]


@pytest.fixture
def world() -> Iterator[Analysis]:
    with Analysis() as world:
        yield world


def test_a_changed_message_changes_the_answer_and_the_old_one_is_kept(world: Analysis) -> None:
    assert "Svaret är ändrat" in world.change("lena", world.said, "Vi läser sällan högt")
    world.change("lena", world.said, "Vi läser aldrig högt")
    assert world.causes == ["Vi läser för lite högt", "Vi läser sällan högt", "Vi läser aldrig högt"]
    assert world.dialogue.conversation.answers[CAUSE].values == ("Vi läser aldrig högt",)
    assert world.dialogue.asked_path == f"{CAUSE}.hor_till"


def test_nobody_changes_the_words_of_another(world: Analysis) -> None:
    world.change("omar", world.said, "Något helt annat")
    assert world.causes == ["Vi läser för lite högt"]


def test_what_somebody_else_has_changed_since_is_not_overwritten(world: Analysis) -> None:
    world.press("omar", "Backa")
    world.type("omar", "Vi samtalar för lite")
    assert "Tryck på Ändra ett svar" in world.change("lena", world.said, "Vi läser sällan högt")
    assert world.causes == ["Vi läser för lite högt", "Vi samtalar för lite"]


def test_a_removed_message_leaves_the_answer_and_says_so(world: Analysis) -> None:
    assert "svaret är kvar" in world.change("lena", world.said, None)
    assert world.causes == ["Vi läser för lite högt"]


def test_a_message_that_is_brought_back_finds_its_answer_as_it_was(world: Analysis) -> None:
    world.change("lena", world.said, None)
    world.change("lena", world.said, "Vi läser för lite högt", back=True)
    assert world.causes == ["Vi läser för lite högt"]
    world.press("omar", "Backa")
    world.type("omar", "Vi samtalar för lite")
    world.change("lena", world.said, None)
    assert not world.change("lena", world.said, "Vi läser för lite högt", back=True)
    assert world.causes == ["Vi läser för lite högt", "Vi samtalar för lite"]


def test_a_number_in_the_change_is_masked(world: Analysis) -> None:
    heard = world.change("lena", world.said, "Eleven 121212-2343 läser inte")
    assert "121212-2343" not in heard
    assert world.causes[-1] == "Eleven [personnummer borttaget] läser inte"


def test_the_same_words_again_change_nothing(world: Analysis) -> None:
    world.change("lena", world.said, "Vi läser för lite högt")
    assert world.causes == ["Vi läser för lite högt"]
