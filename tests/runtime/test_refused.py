"""A refused form had no effect: the same words may be sent again, to whichever process is there."""

from pathlib import Path

import pytest

from bot.app import App
from bot.domain.events import Commanded, Event, FormSubmitted, HomeOpened, Pressed, Replied
from bot.domain.school import Account, Place
from bot.messages.model import Open, Quiet, Response, Say
from bot.messages.tokens import Token
from bot.rehearsal import example
from bot.runtime.clock import frozen
from storage.store import Store, open_store
from tests.play import prompts
from tests.storage.made import NOW

RUT = Account(platform="web", user="rut", name="Rut Alm")
HERE = Place(platform="web", address="@rut")
REPLY = FormSubmitted(
    id="form-1",
    at=NOW,
    who=RUT,
    where=HERE,
    token=Token(verb="reply_form").pack(),
    values={"about": (f"team:{example.TEAM_46}",), "text": ()},
)


@pytest.fixture
def url(tmp_path: Path) -> str:
    found = f"sqlite:///{tmp_path / 'nulage.sqlite3'}"
    store = open_store(found)
    with store.begin() as unit:
        example.found(unit, "web", NOW.date())
    store.close()
    return found


def process(store: Store, *events: Event) -> list[Response]:
    """Start the bot, let it take these, and end it."""
    app = App(store, prompts(), {}, frozen(NOW))
    app.start()
    answers = [app.dispatcher.dispatch(event).result() for event in events]
    app.stop()
    return answers


def is_refused(response: Response) -> bool:
    return isinstance(response, Open) and bool(response.form.errors)


def became(response: Response) -> str:
    return response.became if isinstance(response, Say) else response.kind


def test_the_same_words_may_be_sent_again_to_another_process(url: str) -> None:
    assert [is_refused(one) for one in process(open_store(url), REPLY, REPLY)] == [True, True]
    assert [is_refused(one) for one in process(open_store(url), REPLY)] == [True]


def test_what_is_done_is_done_in_every_process(url: str) -> None:
    filled = REPLY.model_copy(update={"values": {**REPLY.values, "text": ("Tack för att ni skrev.",)}})
    assert [became(one) for one in process(open_store(url), REPLY, filled, filled)] == [
        "open",
        "done",
        "already",
    ]
    assert [became(one) for one in process(open_store(url), filled)] == ["already"]


def test_only_who_waits_for_an_answer_is_told_that_it_is_done(url: str) -> None:
    waiting = (
        Commanded(id="c", at=NOW, who=RUT, where=HERE, command="/nuläge"),
        Pressed(id="p", at=NOW, who=RUT, where=HERE, token="later||"),
    )
    happened = (
        Replied(id="r", at=NOW, who=RUT, where=HERE, text="Hej", reference="1", direct=True),
        HomeOpened(id="h", at=NOW, who=RUT, where=HERE),
    )
    process(open_store(url), *waiting, *happened)
    again = process(open_store(url), *waiting, *happened)
    assert [became(one) for one in again] == ["already", "already", "quiet", "quiet"]
    assert isinstance(again[-1], Quiet)
