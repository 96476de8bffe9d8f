"""A question answered by a button, where the next one can stand in its place: one message, never two."""

from collections.abc import Iterator

import pytest
from sqlalchemy import select, update

from bot.domain.events import Pressed
from bot.domain.school import Account
from bot.messages.model import Choices, Message, Response
from bot.messages.tokens import Token, Verb
from storage.post.shown import standing
from storage.tables import outbox
from tests.handlers.conversation_stage import ROOM, Stage
from tests.play import prompts


class InPlace(Stage):
    """A stage on a platform that can put one message where another was."""

    def deliver(self) -> None:
        """Everything that waits is sent; what replaces something has the reference of what it replaced."""
        with self.store.begin() as unit:
            sent = {row["key"]: row["reference"] for row in unit.rows(select(outbox).order_by(outbox.c.seq))}
            for row in unit.rows(select(outbox).where(outbox.c.state == "new").order_by(outbox.c.seq)):
                sent[row["key"]] = sent.get(row["replacing"]) or f"at:{row['key']}"
                there = {"state": "sent", "reference": sent[row["key"]]}
                unit.change(update(outbox).where(outbox.c.seq == row["seq"]).values(**there))

    def tap(self, who: str, verb: Verb, argument: str = "", *, on: str) -> Response:
        """Press a button of the message at `on`."""
        return self.do(
            Pressed(
                id=self.next(),
                at=self.at,
                who=Account(platform="terminal", user=who),
                where=ROOM,
                token=Token(verb=verb, subject=self.key, argument=argument).pack(),
                reference=on,
                in_place=True,
            )
        )

    def there(self, reference: str) -> Message:
        with self.store.begin() as unit:
            found = standing(unit, ROOM, reference)
        assert found is not None
        return found


@pytest.fixture
def stage() -> Iterator[InPlace]:
    stage = InPlace()
    stage.write("lena", "Läsningen sjönk")
    stage.deliver()
    stage.write("lena", "För lite högläsning")
    stage.deliver()
    yield stage
    stage.store.close()


def asking(stage: InPlace) -> str:
    return f"at:{stage.now().asked}"


def buttons(message: Message) -> list[str]:
    return [one.label for block in message.blocks if isinstance(block, Choices) for one in block.buttons]


def smalls(message: Message) -> list[str]:
    return [block.text for block in message.blocks if block.kind == "small"]


def test_the_next_question_takes_the_place_of_the_one_that_was_answered(stage: InPlace) -> None:
    here, asked = asking(stage), stage.now().asked_text
    stage.tap("lena", "choose", "orsak.1.hor_till~undervisning~0", on=here)
    [(_, message, replacing)] = stage.promised()
    assert replacing == stage.now().asked
    assert asking(stage) == here
    assert smalls(message)[0] == f"{asked} Lena Berg svarade: Undervisningen"
    assert message.title == stage.now().asked_text != asked
    assert stage.there(here) == message


def test_the_question_in_place_is_never_let_go(stage: InPlace) -> None:
    stage.tap("lena", "choose", "orsak.1.hor_till~undervisning~0", on=asking(stage))
    with stage.store.begin() as unit:
        [row] = unit.rows(select(outbox).where(outbox.c.state == "new"))
    assert (row["message_class"], row["replacing"]) == ("critical", stage.now().asked)


def test_a_step_before_the_last_one_has_arrived_leaves_the_newest_there(stage: InPlace) -> None:
    here = asking(stage)
    stage.tap("lena", "choose", "orsak.1.hor_till~undervisning~0", on=here)
    stage.tap("lena", "back", on=here)
    stage.tap("lena", "choose", "orsak.1.hor_till~arbetssatt~1", on=here)
    assert [replacing for _, _, replacing in stage.promised()] == [stage.now().asked]
    assert "svarade: " in smalls(stage.there(here))[0]
    stage.deliver()
    assert stage.there(here).title == stage.now().asked_text


def test_going_back_shows_no_answer_that_nobody_gave(stage: InPlace) -> None:
    here = asking(stage)
    stage.tap("lena", "back", on=here)
    assert not any("svarade" in line for line in smalls(stage.there(here)))
    assert asking(stage) == here


def test_typed_words_after_a_step_in_place_leave_one_answered_question_there(stage: InPlace) -> None:
    here = asking(stage)
    stage.tap("lena", "choose", "orsak.1.hor_till~undervisning~0", on=here)
    second = stage.now().asked_text
    stage.write("lena", "delvis")
    assert [replacing for _, _, replacing in stage.promised()] == [here.removeprefix("at:"), None]
    stage.deliver()
    assert stage.there(here).title == second
    assert [block.kind for block in stage.there(here).blocks] == ["quote"]
    assert asking(stage) != here
    assert stage.there(asking(stage)).title == stage.now().asked_text


@pytest.mark.parametrize("on", ["", "at:another"])
def test_a_button_of_another_message_asks_in_a_new_one(stage: InPlace, on: str) -> None:
    before = stage.now().asked
    stage.tap("lena", "choose", "orsak.1.hor_till~undervisning~0", on=on)
    assert [replacing for _, _, replacing in stage.promised()] == [before, None]
    assert stage.now().asked != before


def test_a_platform_that_cannot_asks_in_a_new_message(stage: InPlace) -> None:
    before = stage.now().asked
    stage.press("lena", "choose", "orsak.1.hor_till~undervisning~0")
    assert [replacing for _, _, replacing in stage.promised()] == [before, None]


def test_a_platform_that_cannot_says_that_it_goes_on_further_down(stage: InPlace) -> None:
    before = stage.now().asked
    stage.press("lena", "back")
    [(_, left, replacing), _] = stage.promised()
    assert replacing == before
    assert smalls(left) == [prompts().texts.conversation.left]


def test_a_pause_in_place_is_said_as_everywhere_and_goes_on_in_a_new_message(stage: InPlace) -> None:
    here = asking(stage)
    stage.tap("lena", "pause", on=here)
    stage.deliver()
    stage.tap("lena", "resume", on="at:whatever")
    stage.deliver()
    assert asking(stage) != here
    assert stage.there(asking(stage)).title == stage.now().asked_text


@pytest.mark.parametrize("verb", ["resume", "close"])
def test_the_line_that_said_that_the_talk_rests_says_then_what_is_so(stage: InPlace, verb: Verb) -> None:
    stage.press("sam", "pause")
    stage.deliver()
    line = f"at:{stage.now().paused}"
    assert buttons(stage.there(line)) == ["Fortsätt"]
    stage.tap("lena", verb, on=line)
    texts = prompts().texts.conversation
    said = Message(title=texts.left if verb == "resume" else texts.closed)
    assert (stage.there(line), stage.now().paused) == (said, "")
    stage.deliver()
    assert stage.there(line) == said


def test_an_answer_ends_the_pause_in_its_line_too(stage: InPlace) -> None:
    stage.press("sam", "pause")
    stage.deliver()
    line = f"at:{stage.now().paused}"
    stage.tap("lena", "choose", "orsak.1.hor_till~undervisning~0", on=asking(stage))
    assert stage.now().conversation.state == "open"
    assert not buttons(stage.there(line))


def test_each_pause_has_a_line_of_its_own(stage: InPlace) -> None:
    lines = []
    for _ in range(2):
        stage.press("sam", "pause")
        stage.deliver()
        lines.append(f"at:{stage.now().paused}")
        stage.tap("lena", "resume", str(stage.now().conversation.version), on=lines[-1])
        stage.deliver()
    assert len({*lines}) == len(lines)
    assert [buttons(stage.there(line)) for line in lines] == [[], []]
