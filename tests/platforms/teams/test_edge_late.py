"""Through the whole edge: a form whose saving takes long is saved once, whatever is changed in it then."""

import asyncio
from functools import partial

from bot.domain.events import Event, FormSubmitted, Pressed
from bot.messages.model import ChoiceField, Form, Message, Open, Option, Response, Say, TextField
from bot.platforms.teams.listen import edge, replies, words
from tests.platforms.teams.edge_stage import Stage, card_in, data_of, played, texts
from tests.teams import payloads
from tests.teams.payloads import CHANNEL, LENA
from tests.teams.state import Json
from tests.waiting import DEADLINE, until

ROOT = "1795443300000"
FORM = Form(
    token="note_form||",
    title="Anteckning",
    fields=(TextField(key="text", label="Vad hände?"),),
    submit="Spara",
)
SAVED = Say(message=Message(title="Tack, det är sparat."))
SORRY = Say(message=Message(title="Något gick fel hos mig."), became="failed")


class Slow:
    """A core whose first form takes until `go`."""

    def __init__(self, comes_to: Response | Exception, form: Form = FORM) -> None:
        self.go = asyncio.Event()
        self.form = form
        self.comes_to = comes_to
        self.done = 0

    async def __call__(self, event: Event) -> Response:
        if isinstance(event, Pressed):
            return Open(form=self.form)
        comes_to, self.comes_to = self.comes_to, SAVED
        await self.go.wait()
        self.done += 1
        if isinstance(comes_to, Exception):
            raise comes_to
        return comes_to


async def sent(on: Stage, data: Json, text: str) -> Json:
    answer: Json = await on.ask(payloads.execute(LENA, CHANNEL, "send", data | {"f0": text}, on=ROOT))
    return answer


async def slowly(on: Stage, core: Slow, text: str = "Halvklass") -> Json:
    """Send a form that takes too long: the data of the form that is shown again."""
    on.behind = core
    data = data_of(card_in(await on.ask(payloads.pressed(LENA, CHANNEL, "begin||", on=ROOT))))
    on.edge._patience = 0.0
    again = card_in(await sent(on, data, text))
    assert words.SLOW_FIELD in texts(again)
    return data_of(again)


def forms(on: Stage) -> list[str]:
    return [event.id for event in on.events if isinstance(event, FormSubmitted)]


def test_a_changed_word_is_no_second_form_while_the_first_is_saved() -> None:
    async def story(on: Stage) -> None:
        core = Slow(SAVED)
        data = await slowly(on, core)
        assert words.SLOW_FIELD in texts(card_in(await sent(on, data, "Halvklass.")))
        core.go.set()
        await until(lambda: core.done == 1)
        on.edge._patience = DEADLINE
        there = texts(card_in(await sent(on, data, "Halvklass.")))
        assert all(line in there for line in (words.BESIDE, "Halvklass."))
        assert len(forms(on)) == 1
        (said,) = on.said
        assert SAVED.message.title in said.words
        assert words.EARLIER in said.words
        assert "Halvklass." in said.words

    played(story)


def test_the_same_again_hears_what_the_first_came_to() -> None:
    async def story(on: Stage) -> None:
        core = Slow(SAVED)
        data = await slowly(on, core)
        core.go.set()
        on.edge._patience = DEADLINE
        assert SAVED.message.title in texts(card_in(await sent(on, data, "Halvklass")))
        assert len(forms(on)) == 1

    played(story)


def test_when_the_first_was_not_saved_the_changed_one_is() -> None:
    async def story(on: Stage, fault: Response | Exception) -> None:
        core = Slow(fault)
        data = await slowly(on, core)
        core.go.set()
        await until(lambda: core.done == 1)
        on.edge._patience = DEADLINE
        assert SAVED.message.title in texts(card_in(await sent(on, data, "Halvklass.")))
        assert len(set(forms(on))) == 2

    for fault in (SORRY, ConnectionError("the store is away"), Open(form=FORM.but(errors={"text": "Mer."}))):
        played(partial(story, fault=fault))


def test_the_next_page_is_shown_whatever_was_changed_on_the_first() -> None:
    """The first page may be saved: what was changed on it meanwhile is not, and stands above the next."""
    page = FORM.but(token="note_form|2|", title="Mer om det")

    async def story(on: Stage) -> None:
        core = Slow(Open(form=page))
        data = await slowly(on, core)
        core.go.set()
        await until(lambda: core.done == 1)
        on.edge._patience = DEADLINE
        card = card_in(await sent(on, data, "Halvklass."))
        assert data_of(card)["form"] == page.token
        assert [one in texts(card) for one in (words.EARLIER, "Halvklass.")] == [True, True]
        assert len(forms(on)) == 1

    played(story)


def test_what_was_chosen_anew_is_told_of_and_its_id_is_no_word_of_theirs() -> None:
    options = (Option(value="7f3c9a1e-0001", label="Lena"), Option(value="7f3c9a1e-0002", label="Åsa"))
    who = ChoiceField(key="person", label="Vem?", options=options)
    anew = {"f0": "7f3c9a1e-0002"}

    async def story(on: Stage, form: Form, given: Json, said: str) -> None:
        core = Slow(SAVED, form)
        data = await slowly(on, core, "7f3c9a1e-0001")
        core.go.set()
        await until(lambda: core.done == 1)
        on.edge._patience = DEADLINE
        await on.ask(payloads.execute(LENA, CHANNEL, "send", data | given, on=ROOT))
        (one,) = on.said
        assert [words.EARLIER in one.words, said in one.words] == [True, True]
        assert "7f3c9a1e" not in one.words

    played(partial(story, form=FORM.but(fields=(who,)), given=anew, said=words.EARLIER_CHOSEN))
    both = FORM.but(fields=(who, *FORM.fields))
    played(partial(story, form=both, given=anew | {"f1": "Halvklass."}, said="Halvklass."))


def test_nobody_waits_for_three_seconds() -> None:
    """The names of people, the disk, and what stands there: each takes as long as it may."""
    assert edge.PATIENCE + replies.PATIENCE < 3.0
