"""Two are at the same message: what one does never takes the form, or the words, out of the other's hands."""

from bot.messages.model import ChoiceField
from bot.platforms.teams.listen.writing import AGAIN, LONGEST
from bot.platforms.teams.render.forms import CLOSE
from tests.teams.stage import HERE, Stage, staged
from tests.teams.test_faults_cards import MUCH, answered


def both_at_it(stage: Stage) -> int:
    """Lena has the form open, and Omar has sent his: how often the message had been changed before that."""
    stage.ask()
    stage.press("lena", "Svara")
    (anchor,) = stage.questions()
    before = anchor.edits
    stage.acts(stage.sender.deliver(answered(stage, "omar")))
    return before


def edits(stage: Stage) -> int:
    (anchor,) = stage.questions()
    return anchor.edits


def test_a_message_that_somebody_writes_in_is_not_changed_until_they_have_sent() -> None:
    with staged() as stage:
        before = both_at_it(stage)
        stage.after(seconds=60)
        assert edits(stage) == before
        assert "lena" in stage.forms
        required = next(field for field in stage.forms["lena"].fields if isinstance(field, ChoiceField))
        much = next(option.value for option in required.options if option.label == MUCH)
        stage.submit("lena", {required.key: (much,)})
        stage.after(seconds=2 * AGAIN)
        assert edits(stage) > before


def test_what_else_is_for_the_channel_does_not_wait_with_it() -> None:
    with staged() as stage:
        before = both_at_it(stage)
        assert any("Omar" in heard.text and heard.thread for heard in stage.heard if heard.room == HERE)
        stage.happens(stage.words("sara"))
        assert stage.notes()
        assert edits(stage) == before


def test_who_closes_the_form_or_leaves_it_keeps_nobody_waiting_for_long() -> None:
    with staged() as stage:
        before = both_at_it(stage)
        stage.press("lena", CLOSE)
        stage.after(seconds=2 * AGAIN)
        assert edits(stage) > before
    with staged() as stage:
        before = both_at_it(stage)
        stage.after(seconds=LONGEST + 2 * AGAIN)
        assert edits(stage) > before
        assert not stage.forms
