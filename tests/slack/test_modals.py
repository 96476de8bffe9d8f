"""What stands in an open view is what was done there last, in whatever order Slack tells of it."""

from datetime import timedelta

from bot.platforms.slack.listen.answers import NOT_OPENED
from tests.slack import payloads
from tests.slack.mischief import Fault
from tests.slack.stage import Stage, staged
from tests.slack.state import Json, View

SHARE, WORD = "Dela i kanalen", "Hämta en kopia"


def opened(stage: Stage) -> View:
    """Where Lena's arbetslag stands, in a view of hers; its buttons open other pages in it."""
    stage.ask()
    shortcut = payloads.global_shortcut(stage.workspace, "ULENA", "nulage_start")
    stage.acts(stage.sender.interactive(shortcut))
    return stage.workspace.modals["ULENA"]


def press_of(stage: Stage, label: str) -> Json:
    """What Slack tells of a press on the page that stands there now, whenever it comes to tell of it."""
    source, block, element = stage.eyes.button("lena", label)
    press = payloads.press(stage.workspace, "ULENA", element, block, source)
    stage.clock.offset += timedelta(milliseconds=200)
    return press


def tell(stage: Stage, press: Json) -> None:
    stage.acts(stage.sender.interactive(press))


def title(view: View) -> str:
    return str(view.body["title"]["text"])


def test_a_press_that_is_told_late_takes_no_form_from_who_writes_in_it() -> None:
    with staged() as stage:
        opened(stage)
        late = press_of(stage, WORD)
        tell(stage, press_of(stage, SHARE))
        form = stage.forms["lena"]
        tell(stage, late)
        assert stage.forms["lena"] == form
        assert stage.workspace.posts[-1].channel == "DLENA", "what they asked for is said to them alone"


def test_a_page_that_came_since_stays_whoever_put_it_there() -> None:
    """Another process of ours, or the answer to a form that was sent."""
    with staged() as stage:
        view = opened(stage)
        late = press_of(stage, SHARE)
        page = stage.workspace.change(view, {**view.body, "title": {"type": "plain_text", "text": "Sida 2"}})
        tell(stage, late)
        assert title(page) == "Sida 2"
        assert NOT_OPENED in stage.workspace.posts[-1].text


def test_of_the_presses_on_one_page_the_last_one_stands() -> None:
    with staged() as stage:
        view = opened(stage)
        first, second, last = (press_of(stage, label) for label in (WORD, WORD, SHARE))
        for press in (first, last, second):
            tell(stage, press)
        assert stage.workspace.modals["ULENA"] is view
        assert "lena" in stage.forms
        assert not [post for post in stage.workspace.from_bot() if NOT_OPENED in post.text]


def test_a_press_whose_answer_never_left_us_is_followed_by_the_next() -> None:
    with staged() as stage:
        opened(stage)
        first, then = press_of(stage, WORD), press_of(stage, SHARE)
        stage.slack.mischief.plan(Fault("refuse", "views.update"))
        tell(stage, first)
        tell(stage, then)
        assert "lena" in stage.forms
