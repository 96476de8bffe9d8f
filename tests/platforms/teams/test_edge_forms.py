"""Through the whole edge: a form keeps its words until they are saved, wherever it is shown."""

import asyncio
from typing import Any, Literal

import pytest

from bot.domain.events import FormSubmitted
from bot.messages.model import (
    Button,
    ChoiceField,
    Choices,
    Form,
    Message,
    Open,
    Option,
    Paragraph,
    Quiet,
    Response,
    Say,
    TextField,
)
from bot.platforms.teams.listen import words
from bot.platforms.unsaved import CANNOT_SAVE, CANNOT_SAVE_FIELD
from tests.platforms.teams.edge_stage import (
    Stage,
    card_in,
    data_of,
    dialog_in,
    played,
    popup_in,
    texts,
    words_in,
)
from tests.teams import payloads
from tests.teams.payloads import CHANNEL, LENA, SAM
from tests.teams.state import Json
from tests.teams.strict_cards import faults

ROOT = "1795443300000"
STANDING = Message(title="Avstämning", blocks=(Choices(buttons=(Button(label="Svara", token="begin||"),)),))
SAVED = Say(message=Message(title="Tack, det är sparat."))
SORRY = Say(message=Message(title="Något gick fel hos mig. Koden är 4F1B9C."), became="failed")
OPTIONS = tuple(Option(value=one, label=one.upper()) for one in "abc")
FORM = Form(
    token="answer_form|r48|",
    title="Svara",
    fields=(
        TextField(key="voice", label="Vad hände?", lines=3),
        ChoiceField(key="how", label="Hur gick det?", options=OPTIONS, several=True),
    ),
    submit="Spara",
)
WRONG = FORM.but(errors={"voice": "Skriv lite mer."})
WRITTEN = {"f0": "Fler vågar läsa högt.", "f1": "a,c"}
Manner = Literal["card", "window", "extension"]
MANNERS: tuple[Manner, ...] = ("card", "window", "extension")


def opening(manner: Manner) -> Json:
    match manner:
        case "card":
            return payloads.pressed(LENA, CHANNEL, "begin||", on=ROOT)
        case "window":
            return payloads.task(LENA, CHANNEL, "fetch", {"token": "begin||"}, on=ROOT)
        case "extension":
            return payloads.message_saved(LENA, CHANNEL, SAM, "<p>Det gick bra.</p>", kept=ROOT)


async def opened(on: Stage, manner: Manner) -> Json:
    """Open the form that way; return the data its button carries."""
    on.response, before = Open(form=FORM), on.response
    answer = await on.ask(opening(manner))
    on.response = before
    on.events.clear()
    return data_of(card_in(answer) if manner == "card" else dialog_in(answer))


def sending(manner: Manner, data: Json, who: payloads.Who = LENA) -> Json:
    match manner:
        case "card":
            return payloads.execute(who, CHANNEL, "send", data, on=ROOT)
        case "window":
            return payloads.task(who, CHANNEL, "submit", data)
        case "extension":
            return payloads.extension_sent(who, CHANNEL, data)


def shown(manner: Manner, answer: Any) -> Json:
    return card_in(answer) if manner == "card" else dialog_in(answer)


def filled(data: Json) -> Json:
    """What the form's button sends when the form is filled in."""
    return data | {f"{name}-{data['mark']}": text for name, text in WRITTEN.items()}


def inputs(card: Json) -> dict[str, Json]:
    """Every input of a card by its name in the form's lists; each showing adds a mark of its own to it."""
    found: dict[str, Json] = {}

    def look(node: Any) -> None:
        if isinstance(node, dict):
            if str(node.get("type", "")).startswith("Input."):
                found[node["id"].partition("-")[0]] = node
            for value in node.values():
                look(value)
        elif isinstance(node, list):
            for one in node:
                look(one)

    look(card["body"])
    return found


@pytest.mark.parametrize("manner", MANNERS)
def test_what_was_filled_in_comes_to_the_core(manner: Manner) -> None:
    async def story(on: Stage) -> None:
        data = await opened(on, manner)
        await on.ask(sending(manner, filled(data)))
        (event,) = on.events
        assert isinstance(event, FormSubmitted)
        assert event.values == {"voice": ("Fler vågar läsa högt.",), "how": ("a", "c")}
        assert event.token == FORM.token

    played(story)


@pytest.mark.parametrize("manner", MANNERS)
@pytest.mark.parametrize("why", ["away", "failed", "slow"])
def test_what_could_not_be_saved_is_shown_again_with_every_word(manner: Manner, why: str) -> None:
    async def story(on: Stage) -> None:
        data, go = await opened(on, manner), asyncio.Event()
        on.away, on.response = why == "away", SORRY
        if why == "slow":
            on.edge._patience, on.before = 0.0, go.wait
        again = shown(manner, await on.ask(sending(manner, filled(data))))
        assert inputs(again)["f0"]["value"] == "Fler vågar läsa högt."
        assert inputs(again)["f1"]["value"] == "a,c"
        said = {"away": CANNOT_SAVE_FIELD, "failed": SORRY.message.title, "slow": words.SLOW_FIELD}[why]
        assert said in texts(again)
        assert faults(again) == []
        assert on.said == []
        go.set()
        on.away, on.response, on.before, on.edge._patience = False, SAVED, None, 60.0
        first = on.events[:]
        assert await on.ask(sending(manner, filled(data_of(again)))) is not None
        assert on.events[-1].id in {event.id for event in first} or not first

    played(story)


@pytest.mark.parametrize("manner", MANNERS)
def test_mistakes_stand_beside_their_fields_with_every_word(manner: Manner) -> None:
    async def story(on: Stage) -> None:
        data = await opened(on, manner)
        on.response = Open(form=WRONG)
        again = shown(manner, await on.ask(sending(manner, filled(data))))
        assert "Skriv lite mer." in texts(again)
        assert inputs(again)["f0"]["value"] == "Fler vågar läsa högt."
        assert data_of(again)["nonce"] == data["nonce"]
        assert data_of(again)["mark"] != data["mark"]
        if manner == "card":
            assert '"token": "begin||"' in texts(again)

    played(story)


@pytest.mark.parametrize("manner", MANNERS)
def test_the_next_form_is_another_with_nothing_old_in_it(manner: Manner) -> None:
    async def story(on: Stage) -> None:
        data = await opened(on, manner)
        on.response = Open(form=FORM.but(token="edit_note_form|n1|"))
        after = shown(manner, await on.ask(sending(manner, filled(data))))
        assert data_of(after)["nonce"] != data["nonce"]
        assert "value" not in inputs(after)["f0"]

    played(story)


@pytest.mark.parametrize(
    ("response", "told"), [(SAVED, SAVED.message.title), (Quiet(), words.DONE)], ids=["said", "quiet"]
)
def test_a_form_that_stood_alone_becomes_its_answer(response: Response, told: str) -> None:
    async def story(on: Stage) -> None:
        on.response = Open(form=FORM)
        await on.send(payloads.message(LENA, CHANNEL, "/nuläge", targeted=True))
        data = data_of(on.said[0].activity["attachments"][0]["content"])
        on.response = response
        card = card_in(
            await on.ask(payloads.execute(LENA, CHANNEL, "send", filled(data), on="1795443300777"))
        )
        assert told in texts(card)
        assert len(on.said) == 1

    played(story)


def test_a_form_gives_the_card_back_and_says_the_rest_beside() -> None:
    async def story(on: Stage) -> None:
        on.stands, on.response = {ROOT: STANDING}, SAVED
        data = await opened(on, "card")
        assert "Avstämning" in texts(card_in(await on.ask(sending("card", filled(data)))))
        (said,) = on.said
        assert SAVED.message.title in said.words

    played(story)


@pytest.mark.parametrize("manner", ["window", "extension"])
def test_a_window_tells_what_became_of_it_or_closes(manner: Manner) -> None:
    async def story(on: Stage) -> None:
        data = await opened(on, manner)
        on.response = SAVED
        assert popup_in(await on.ask(sending(manner, filled(data)))) == SAVED.message.title
        on.response = Say(message=Message(title="Sparat.", blocks=(Paragraph(text="Så här gick det."),)))
        assert "Så här gick det." in texts(dialog_in(await on.ask(sending(manner, filled(data)))))
        on.response = Quiet()
        assert await on.ask(sending(manner, filled(data))) is None

    played(story)


def test_after_a_restart_the_words_can_still_be_copied() -> None:
    async def story(on: Stage) -> None:
        data = payloads.filled(FORM.token, {"voice": "Fler vågar läsa högt."})
        on.away = True
        assert words_in(await on.ask(sending("card", data))) == words.in_words(CANNOT_SAVE)
        card = dialog_in(await on.ask(sending("window", data)))
        assert "Fler vågar läsa högt." in texts(card)
        assert words.NOT_SAVED in texts(card)

    played(story)


def test_nobody_is_shown_what_somebody_else_has_open() -> None:
    async def story(on: Stage) -> None:
        secret = FORM.but(fields=(TextField(key="voice", label="Vad hände?", value="Lenas egna ord"),))
        on.response = Open(form=secret)
        data = data_of(card_in(await on.ask(payloads.pressed(LENA, CHANNEL, "begin||", on=ROOT))))
        data = {**data, f"f0-{data['mark']}": ""}
        on.away = True
        hers = card_in(await on.ask(sending("card", data)))
        assert "Vad hände?" in texts(hers)
        assert words_in(await on.ask(sending("card", data, SAM))) == words.in_words(CANNOT_SAVE)
        other = data | {"form": "edit_note_form|n1|"}
        assert words_in(await on.ask(sending("card", other))) == words.in_words(CANNOT_SAVE)

    played(story)
