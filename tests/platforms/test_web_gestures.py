import asyncio
from datetime import timedelta
from uuid import uuid4

import httpx
import pytest

from bot.domain.events import Commanded, Pressed, Replied, Rewritten
from bot.domain.school import Account, Place
from bot.messages.model import Message, Paragraph
from tests.platforms.web_stage import CHANNEL, HOST, NOTHING, QUESTION, START, STATUS, TOKEN, Provrum

ROOM = "/som/lena/kanal/arbetslag-4-6"
LENA = Account(platform="web", user="lena")


@pytest.fixture
def provrum() -> Provrum:
    return Provrum()


def by_script(provrum: Provrum, path: str, **fields: str) -> httpx.Response:
    headers = {"origin": f"http://{HOST}", "x-provrum": "1"}
    return provrum.ask("POST", path, data={"gest": str(uuid4()), **fields}, headers=headers)


def test_words_in_a_channel(provrum: Provrum) -> None:
    answer = provrum.write("Hej på er\nalla")
    assert (answer.status_code, answer.headers["location"]) == (303, ROOM)
    line = provrum.chat.lines(CHANNEL)[0]
    event = provrum.event
    assert isinstance(event, Replied)
    assert (event.who, event.where) == (LENA, Place(platform="web", address=CHANNEL))
    assert (event.text, event.reference, event.direct) == ("Hej på er\nalla", line.reference, False)
    assert event.at == START
    assert "Hej på er\nalla" in provrum.get(ROOM).text


def test_words_in_a_thread(provrum: Provrum) -> None:
    root = provrum.say(QUESTION)
    answer = provrum.write("Vi är i gång", trad=root)
    assert answer.headers["location"] == f"{ROOM}?trad={root}"
    event = provrum.event
    assert isinstance(event, Replied)
    assert event.where.thread == root
    assert "1 svar" in provrum.get(ROOM).text
    assert "Vi är i gång" not in provrum.get(ROOM).text
    assert "Vi är i gång" in provrum.get(f"{ROOM}?trad={root}").text


def test_words_straight_to_the_bot(provrum: Provrum) -> None:
    provrum.write("bara vi två", plats="@lena")
    event = provrum.event
    assert isinstance(event, Replied)
    assert event.direct
    assert "bara vi två" in provrum.get("/som/lena/direkt").text


@pytest.mark.parametrize(
    "written", ["/nuläge Arbetslag 4–6", "/nula\u0308ge Arbetslag 4–6", "  /nuläge\nArbetslag 4–6 "]
)
def test_a_command_is_the_same_however_a_keyboard_writes_it(provrum: Provrum, written: str) -> None:
    provrum.write(written)
    event = provrum.event
    assert isinstance(event, Commanded)
    assert (event.command, event.text) == ("/nuläge", "Arbetslag 4–6")
    assert STATUS.title in provrum.get(ROOM).text
    assert "Bara du ser det här" in provrum.get(ROOM).text
    assert STATUS.title not in provrum.get(ROOM.replace("lena", "omar")).text
    assert (
        "/nul" not in provrum.get(ROOM.replace("lena", "omar")).text.split("<main")[1].split("<template")[0]
    )


def test_a_command_in_a_thread_is_answered_there(provrum: Provrum) -> None:
    root = provrum.say(QUESTION)
    provrum.write("/nuläge", trad=root)
    assert [line.message for line in provrum.chat.lines(CHANNEL, root)] == [None, STATUS]


def test_a_button(provrum: Provrum) -> None:
    reference = provrum.say(QUESTION)
    provrum.post("/som/lena/tryck", rad=reference, svar=NOTHING)
    event = provrum.event
    assert isinstance(event, Pressed)
    assert (event.token, event.reference, event.where.address) == (NOTHING, reference, CHANNEL)
    assert "Inget nytt den här veckan." in provrum.get(ROOM).text
    assert "(uppdaterad" not in provrum.get(ROOM).text, "in the same minute it says nothing more"
    provrum.chat.update(reference, START + timedelta(minutes=5), STATUS)
    assert "(uppdaterad 15.20)" in provrum.get(ROOM).text


@pytest.mark.parametrize("token", ["", "x" * 251])
def test_a_token_that_cannot_be_ours(provrum: Provrum, token: str) -> None:
    reference = provrum.say(QUESTION)
    assert provrum.post("/som/lena/tryck", rad=reference, svar=token).status_code == 400


def test_the_same_gesture_twice_is_one_line_and_one_id(provrum: Provrum) -> None:
    gesture = str(uuid4())
    for _ in range(2):
        provrum.write("hej", gest=gesture)
    assert len(provrum.chat.lines(CHANNEL)) == 1
    first, second = provrum.engine.events
    assert first.id == second.id


def test_going_back_and_pressing_another_button_is_another_gesture(provrum: Provrum) -> None:
    reference = provrum.say(QUESTION)
    gesture = str(uuid4())
    for token in (TOKEN, NOTHING):
        provrum.post("/som/lena/tryck", rad=reference, svar=token, gest=gesture)
    assert len({event.id for event in provrum.engine.events}) == 2


@pytest.mark.parametrize("gesture", ["", "1", "../../x", "å" * 36])
def test_a_gesture_without_a_proper_id_is_refused(provrum: Provrum, gesture: str) -> None:
    assert provrum.write("hej", gest=gesture).status_code == 400
    assert provrum.engine.events == []


def test_too_long_a_text_comes_back_whole(provrum: Provrum) -> None:
    text = "å" * 10_003
    answer = provrum.write(text)
    assert answer.status_code == 422
    assert "Texten är 3 tecken för lång." in answer.text
    assert text in answer.text
    assert (
        by_script(provrum, "/som/lena/skriv", text=text, plats=CHANNEL)
        .json()["problem"]
        .startswith("Texten är 3")
    )
    assert provrum.chat.lines(CHANNEL) == ()
    assert provrum.write("å" * 10_000).status_code == 303


def test_an_empty_text_is_not_sent(provrum: Provrum) -> None:
    assert "Rutan är tom." in provrum.write(" \n ").text
    assert provrum.engine.events == []


def test_the_bot_falling_over_keeps_the_words(provrum: Provrum, caplog: pytest.LogCaptureFixture) -> None:
    answer = provrum.write("/krascha")
    assert answer.status_code == 503
    assert "Det du skrev är kvar." in answer.text
    assert "the bot fell over" not in answer.text
    assert "/krascha" in provrum.get(ROOM).text
    assert "dispatch_failed" in caplog.text


def test_changing_and_removing_own_words(provrum: Provrum) -> None:
    provrum.write("förts")
    reference = provrum.chat.lines(CHANNEL)[0].reference
    provrum.engine.clock = START + timedelta(minutes=5)
    provrum.post(f"/som/lena/andra/{reference}", text="först", gor="spara")
    assert "(ändrad 15.20)" in provrum.get(ROOM).text
    event = provrum.event
    assert isinstance(event, Rewritten)
    assert (event.reference, event.text) == (reference, "först")
    provrum.post(f"/som/lena/andra/{reference}", text="först", gor="ta-bort")
    event = provrum.event
    assert isinstance(event, Rewritten)
    assert event.text is None
    assert "Meddelandet är borttaget." in provrum.get(ROOM).text


def test_nobody_changes_the_words_of_another(provrum: Provrum) -> None:
    provrum.write("mitt")
    bot = provrum.say(QUESTION)
    mine = provrum.chat.lines(CHANNEL)[0].reference
    for reference in (mine, bot):
        assert provrum.post(f"/som/omar/andra/{reference}", text="ditt").status_code == 403
    assert provrum.chat.lines(CHANNEL)[0].text == "mitt"


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"dag": "2026-11-26", "tid": "15.15"}, "Den tiden har redan varit."),
        ({"dag": "i morgon", "tid": "8"}, "Det är ingen tid."),
        ({"till": "2026-12-01T08:00:00"}, "Det är ingen tid."),
        ({"dag": "2046-11-26", "tid": "15.15"}, "Det är för långt fram."),
    ],
)
def test_the_clock_only_goes_where_it_can(provrum: Provrum, fields: dict[str, str], words: str) -> None:
    answer = provrum.post("/som/lena/spola", **fields)
    assert answer.status_code == 422
    assert words in answer.text
    assert provrum.engine.clock == START


def test_winding_forward(provrum: Provrum) -> None:
    assert "Nästa avstämning" in provrum.get("/som/lena/spola").text
    provrum.post("/som/lena/spola", dag="2026-12-03", tid="15.15")
    page = provrum.get(ROOM).text
    assert "torsdag 3 december 2026" in page
    assert "Dags för avstämning" in page


def test_starting_over(provrum: Provrum) -> None:
    provrum.write("gammalt")
    assert "Det går inte att ångra." in provrum.get("/som/lena/borja-om").text
    assert provrum.post("/som/lena/borja-om").status_code == 303
    page = provrum.get(ROOM).text
    assert "gammalt" not in page
    assert QUESTION.title in page


def test_with_scripts_a_form_comes_as_the_inside_of_a_dialog(provrum: Provrum) -> None:
    told = by_script(provrum, "/som/lena/skriv", text="/notera", plats=CHANNEL).json()
    assert told["dialog"].lstrip().startswith("<form")
    assert by_script(provrum, "/som/lena/skriv", text="hej", plats=CHANNEL).json() == {"klart": True}
    problem = by_script(provrum, "/som/lena/skriv", text="hej", plats="#nowhere").json()["problem"]
    assert problem == "Den platsen finns inte för dig. Välj en plats i listan. Inget har gått förlorat."


def test_a_quote_leads_to_the_line_it_comes_from(provrum: Provrum) -> None:
    root = provrum.say(QUESTION)
    provrum.write("ord att minnas", trad=root)
    reply = provrum.chat.lines(CHANNEL, root)[0].reference
    answer = provrum.get(f"/som/omar/rad/{reply}")
    assert answer.headers["location"] == f"{ROOM.replace('lena', 'omar')}?trad={root}#rad-{reply}"


def test_a_thread_under_a_reply_or_elsewhere_is_not_there(provrum: Provrum) -> None:
    elsewhere = asyncio.run(provrum.engine.say(Message(title="x", blocks=(Paragraph(text="y"),)), "#ledning"))
    assert provrum.get(f"{ROOM}?trad={elsewhere}").status_code == 404
    assert provrum.write("hej", trad=elsewhere).status_code == 404
    assert provrum.write("hej", trad="0000000999").status_code == 404


def test_old_lines_are_a_link_away(provrum: Provrum) -> None:
    for number in range(151):
        provrum.say(Message(title=f"nummer {number}."))
    assert "nummer 0." not in provrum.get(ROOM).text
    assert f"{ROOM}?antal=300" in provrum.get(ROOM).text
    assert "nummer 0." in provrum.get(f"{ROOM}?antal=300").text
    for odd in ("x", "-1", "9" * 30, "²"):
        assert provrum.get(f"{ROOM}?antal={odd}").status_code == 200
