"""What is remembered of forms that are open: in so much room, and never what cannot be shown."""

import pytest

from bot.domain.school import Place
from bot.messages.model import ChoiceField, Open, PeopleField, Quiet, TextField
from bot.platforms.teams.listen import words
from bot.platforms.teams.listen.forms import MOST_CHARACTERS, MOST_KEPT, Forms, missing
from bot.platforms.teams.render.forms import WINDOW, Shown
from tests.platforms.teams.edge_stage import Stage, card_in, data_of, dialog_in, played, words_in
from tests.platforms.teams.test_edge_forms import (
    FORM,
    MANNERS,
    ROOT,
    WRITTEN,
    Manner,
    filled,
    inputs,
    opened,
    opening,
    sending,
    shown,
)
from tests.teams import payloads
from tests.teams.payloads import CHANNEL, LENA
from tests.teams.state import TENANT

HERE = Place(platform="teams", address=f"{TENANT}/{CHANNEL.id}")


def test_so_many_forms_are_remembered_and_no_more() -> None:
    forms = Forms()
    for number in range(MOST_KEPT + 1):
        forms.keep(LENA.aad, Shown(FORM, f"{number:08x}"))
    assert len(forms._kept) == MOST_KEPT
    assert (LENA.aad, f"{0:08x}") not in forms._kept


def test_large_forms_make_room_for_each_other() -> None:
    forms, long = Forms(), FORM.but(fields=(TextField(key="voice", label="Vad?", value="x" * 1_000_000),))
    for number in range(20):
        forms.keep(LENA.aad, Shown(long, f"{number:08x}"))
    assert len(forms._kept) == len(forms._sizes) == MOST_CHARACTERS // 1_000_000 - 1
    assert forms._size <= MOST_CHARACTERS


def test_the_people_of_a_place_are_kept_once() -> None:
    forms, asks = Forms(), FORM.but(fields=(PeopleField(key="who", label="Vem?"),))
    for number in range(100):
        people = [(f"t/{n}", "x" * 1000) for n in range(1000)]
        forms.keep(LENA.aad, Shown(asks, f"{number:08x}", people=people, place=f"t/{number % 10}"))
    assert forms._names == sum(len(a) + len(b) for one in forms._people.values() for a, b in one)
    assert forms._names <= MOST_CHARACTERS
    assert not any(shown.people for shown in forms._kept.values())


def test_a_form_too_large_to_show_again_leaves_what_was_typed_where_it_is() -> None:
    async def story(on: Stage) -> None:
        data = await opened(on, "card")
        long = TextField(key="voice", label="Vad hände?", value="x" * 50_000)
        on.response = Open(form=FORM.but(errors={"voice": "Texten är för lång."}))
        written = data | {f"f0-{data['mark']}": long.value}
        assert words_in(await on.ask(sending("card", written))) == "Texten är för lång."
        on.response = Open(form=FORM.but(fields=(long,)))
        await on.send(payloads.message(LENA, CHANNEL, "/nuläge", targeted=True))
        assert words.TOO_LARGE in on.said[-1].words

    played(story)


def test_what_was_typed_goes_with_the_form_to_its_window() -> None:
    async def story(on: Stage) -> None:
        on.response = Open(form=FORM)
        card = card_in(await on.ask(opening("card")))
        window = next(one for one in card["actions"] if one["title"] == WINDOW)
        assert on.edge.writing.wait(HERE, ROOT) > 0
        moved = payloads.task(LENA, CHANNEL, "fetch", filled(window["data"]), on=ROOT)
        shown_there = inputs(dialog_in(await on.ask(moved)))
        assert shown_there["f0"]["value"] == WRITTEN["f0"]
        assert shown_there["f1"]["value"] == WRITTEN["f1"]
        assert on.edge.writing.wait(HERE, ROOT) == 0

    played(story)


MUST = FORM.but(fields=(FORM.fields[0].model_copy(update={"required": True}), *FORM.fields[1:]))


def test_what_was_typed_goes_to_the_window_though_something_that_must_be_there_is_missing() -> None:
    async def story(on: Stage) -> None:
        on.response = Open(form=MUST)
        card = card_in(await on.ask(opening("card")))
        window = next(one for one in card["actions"] if one["title"] == WINDOW)
        typed = window["data"] | {f"f1-{window['data']['mark']}": WRITTEN["f1"]}
        shown_there = inputs(dialog_in(await on.ask(payloads.task(LENA, CHANNEL, "fetch", typed, on=ROOT))))
        assert (shown_there["f0"].get("value"), shown_there["f1"]["value"]) == (None, WRITTEN["f1"])
        assert shown_there["f0"]["isRequired"], "there the client looks for it"

    played(story)


@pytest.mark.parametrize("manner", MANNERS)
def test_a_form_that_lacks_what_must_be_there_comes_back_with_the_rest_and_is_not_taken(
    manner: Manner,
) -> None:
    async def story(on: Stage) -> None:
        on.response = Open(form=MUST)
        first = shown(manner, await on.ask(opening(manner)))
        on.events.clear()
        lacks = data_of(first) | {f"f1-{data_of(first)['mark']}": WRITTEN["f1"]}
        again = shown(manner, await on.ask(sending(manner, lacks)))
        asked = inputs(again)
        assert words.MUST in asked["f0"]["label"]
        assert asked["f1"]["value"] == WRITTEN["f1"]
        assert on.events == []
        assert (on.edge.writing.wait(HERE, ROOT) > 0) == (manner == "card")
        on.response = Quiet()
        await on.ask(sending(manner, filled(data_of(again))))
        assert len(on.events) == 1

    played(story)


def test_what_lacks_something_in_a_form_that_nobody_remembers_is_for_the_core_to_say() -> None:
    async def story(on: Stage) -> None:
        on.response = Open(form=MUST)
        data = data_of(card_in(await on.ask(opening("card"))))
        on.edge._replies._forms = Forms()
        on.events.clear()
        await on.ask(sending("card", data))
        assert len(on.events) == 1

    played(story)


def test_nobody_has_to_choose_where_there_is_nothing_to_choose_among() -> None:
    nothing = ChoiceField(key="how", label="Hur gick det?", required=True, options=())
    assert missing(FORM.but(fields=(nothing,)), {}) == {}
    assert list(missing(MUST, {"voice": ()})) == ["voice"]
    assert missing(MUST, {"voice": ("Bra",)}) == {}
