"""Through the whole edge: a card claims where it stands, who it is for and what it is; little is believed."""

import asyncio

import pytest

from bot.domain.events import FormSubmitted, Pressed
from bot.messages.model import Form, Message, Open, Paragraph, PeopleField, Quiet, Response, Say, TextField
from bot.platforms.teams.listen import words
from tests.platforms.teams.edge_stage import Stage, card_in, data_of, played, texts, words_in
from tests.teams import payloads
from tests.teams.payloads import CHANNEL, LENA, SAM
from tests.teams.state import TENANT, Json

ROOT, SECRET, LATER = "1795443300000", "1795443300001", "1795443300002"
FORM = Form(
    token="answer_form|r48|",
    title="Svara",
    fields=(TextField(key="voice", label="Vad hände?"),),
    submit="Spara",
)
STANDING = {ROOT: Message(title="Avstämning"), SECRET: Message(title="Bara för Sam")}
PEOPLE = FORM.but(fields=(PeopleField(key="members", label="Vilka?"),))


def shut(reference: str, on: str, who: payloads.Who = LENA) -> Json:
    return payloads.execute(who, CHANNEL, "show", {"from": reference}, on=on)


def is_done(card: Json, *lines: str) -> bool:
    """Whether these lines stand there, and nothing that could be sent."""
    there = texts(card)
    return all(line in there for line in lines) and "Input." not in there and "Action." not in there


def test_what_stands_somewhere_else_is_not_shown_to_who_asks_for_it() -> None:
    async def story(on: Stage) -> None:
        on.stands = STANDING
        assert "Avstämning" in texts(card_in(await on.ask(shut(SECRET, ROOT))))
        data = payloads.filled("answer_form|r48|", {"voice": "Hej"}, opened_from=SECRET)
        sent = payloads.execute(LENA, CHANNEL, "send", data, on=ROOT)
        assert "Avstämning" in texts(card_in(await on.ask(sent)))
        assert words_in(await on.ask(shut(SECRET, ""))) == words.STAYS

    played(story)


def test_a_form_that_was_shown_to_them_may_stand_in_a_message_of_its_own() -> None:
    """Opened by an Action.Submit: the form is a message by itself, and what it is about stands elsewhere."""

    async def story(on: Stage) -> None:
        on.stands, on.response = STANDING, Open(form=FORM)
        await on.send(payloads.submitted(LENA, CHANNEL, {"token": "begin||"}, on=SECRET))
        assert "Bara för Sam" in texts(card_in(await on.ask(shut(SECRET, "1795443300777"))))
        assert words_in(await on.ask(shut(SECRET, "1795443300777", SAM))) == words.STAYS

    played(story)


def test_closing_a_form_in_a_later_part_of_a_message_leaves_its_words() -> None:
    """Only a message's first part is known by its reference: what cannot be given back is not taken away."""

    async def story(on: Stage) -> None:
        on.response = Open(form=FORM)
        data = data_of(card_in(await on.ask(payloads.pressed(LENA, CHANNEL, "begin||", on=LATER))))
        assert words_in(await on.ask(shut(LATER, LATER))) == words.STAYS
        on.response = Say(message=Message(title="Tack.", blocks=(Paragraph(text="Så här blev det."),)))
        sent = payloads.execute(LENA, CHANNEL, "send", data | {"f0": "Hej"}, on=LATER)
        assert is_done(card_in(await on.ask(sent)), words.BESIDE, words.OPEN_AGAIN)
        assert "Så här blev det." in on.said[-1].words

    played(story)


@pytest.mark.parametrize("said", [Quiet(), Say(message=Message(title="Tack, det är sparat."))])
def test_a_form_in_the_place_of_what_we_cannot_show_is_seen_to_be_sent(said: Quiet | Say) -> None:
    """What was said beside an answer is not known; a form still there would look as if it was not sent."""

    async def story(on: Stage) -> None:
        on.response = Open(form=FORM)
        data = data_of(card_in(await on.ask(payloads.pressed(LENA, CHANNEL, "begin||", on=LATER))))
        on.response = said
        sent = payloads.execute(LENA, CHANNEL, "send", data | {"f0": "Hej"}, on=LATER)
        line = said.message.title if isinstance(said, Say) else words.DONE
        card = card_in(await on.ask(sent))
        assert is_done(card, line, words.OPEN_AGAIN)
        assert on.said == []
        assert "Inget nytt" in words_in(await on.ask(shut(LATER, LATER)))  # from where it still stands

    played(story)


def test_a_form_in_a_message_of_its_own_is_not_opened_again_to_see_another() -> None:
    async def story(on: Stage) -> None:
        on.response = Open(form=FORM)
        await on.send(payloads.submitted(LENA, CHANNEL, {"token": "begin||"}, on=SECRET))
        data = data_of(on.said[0].activity["attachments"][0]["content"])
        on.response = Quiet()
        sent = payloads.execute(LENA, CHANNEL, "send", data | {"f0": "Hej"}, on="1795443300777")
        card = card_in(await on.ask(sent))
        assert is_done(card, words.DONE)
        assert words.OPEN_AGAIN not in texts(card)

    played(story)


def test_a_form_that_stood_alone_stays_alone_after_a_mistake() -> None:
    async def story(on: Stage) -> None:
        on.response = Open(form=FORM)
        await on.send(payloads.message(LENA, CHANNEL, "/nuläge", targeted=True))
        data = data_of(on.said[0].activity["attachments"][0]["content"])
        on.response = Open(form=FORM.but(errors={"voice": "Skriv lite mer."}))
        own = "1795443300777"
        again = data_of(card_in(await on.ask(payloads.execute(LENA, CHANNEL, "send", data, on=own))))
        assert again["from"] == ""
        assert words.CLOSED in texts(card_in(await on.ask(shut(again["from"], own))))

    played(story)


def test_two_people_with_the_same_nonce_have_sent_two_forms() -> None:
    async def story(on: Stage) -> None:
        data = payloads.filled("answer_form|r48|", {"voice": "Bra"})
        for who, form in ((LENA, "answer_form|r48|"), (SAM, "answer_form|r48|"), (LENA, "answer_form|r49|")):
            await on.ask(payloads.execute(who, CHANNEL, "send", {**data, "form": form}, on=ROOT))
        assert len({event.id for event in on.events}) == 3

    played(story)


def test_people_that_the_client_picked_are_named_after_a_restart_too() -> None:
    def respond(event: object) -> Response:
        return Open(form=PEOPLE) if isinstance(event, Pressed) else Quiet()

    people = [(f"{TENANT}/{SAM.aad}", "Sam Ek")]

    async def story() -> None:
        async with Stage(response=respond).open() as on:
            data = data_of(card_in(await on.ask(payloads.pressed(LENA, CHANNEL, "begin||", on=ROOT))))
        field = f"f0-{data['mark']}"
        async with Stage(response=respond, people=people).open() as on:
            await on.ask(payloads.execute(LENA, CHANNEL, "send", data | {field: SAM.aad}, on=ROOT))
            (event,) = on.events
            assert isinstance(event, FormSubmitted)
            assert event.people == dict(people)

    asyncio.run(story())


def test_what_answers_a_new_post_hangs_under_it() -> None:
    async def story(on: Stage) -> None:
        on.response = Say(message=Message(title="Tack."))
        sent = payloads.message(LENA, CHANNEL, "/nuläge", to_bot=True)
        await on.send(sent)
        await on.send(payloads.message(LENA, CHANNEL, "nuläge", targeted=True))
        root = payloads.Where(CHANNEL.id, "channel", root=ROOT, team=CHANNEL.team)
        await on.ask(payloads.pressed(LENA, root, "begin||", on=ROOT))
        on.stands = STANDING
        await on.ask(payloads.pressed(LENA, root, "begin||", on=ROOT))
        assert [said.thread for said in on.said] == [sent["id"], None, ROOT]

    played(story)
