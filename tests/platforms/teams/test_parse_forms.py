"""Forms that come back: which one it is, and what is read of its inputs."""

from dataclasses import replace

from bot.domain.events import FormSubmitted, Pressed
from bot.platforms.teams.listen.raw import texts_of
from tests.platforms.teams.reading import happened, heard, outcome, read
from tests.teams import payloads
from tests.teams.payloads import CHANNEL, LENA, SAM, filled
from tests.teams.state import TENANT

ROOT, CARD = "1795440000000", "1795441000000"
THREAD = replace(CHANNEL, root=ROOT)


def test_a_form_is_the_one_of_who_sent_it_where_and_of_its_button() -> None:
    def id_of(who: payloads.Who = LENA, form: str = "x||", **moved: str) -> str:
        sent = payloads.execute(who, THREAD, "send", filled(form, {"a": "Ett"}))
        sent["conversation"] |= moved
        sent["channelData"]["tenant"]["id"] = sent["conversation"]["tenantId"]
        return heard(sent).event.id

    ids = [id_of(), id_of(SAM), id_of(form="y||"), id_of(tenantId="99999999-0000-4000-8000-000000000000")]
    assert len(set(ids)) == len(ids)


def test_the_inputs_of_a_showing_are_read_by_its_mark() -> None:
    data = filled("x||", {"a": "före", "b": "1,2"}, several=["b"]) | {"mark": "1a2b3c4d"}
    found = heard(payloads.execute(LENA, THREAD, "send", data | {"f0-1a2b3c4d": "nu", "f1-ffffffff": "9"}))
    assert isinstance(found.event, FormSubmitted)
    assert found.event.values == {"a": ("nu",), "b": ("1", "2")}
    assert outcome(read(payloads.execute(LENA, THREAD, "send", data | {"mark": "../.."}))) == "unreadable"


def test_people_that_the_client_picked_are_accounts_here() -> None:
    data = filled("x||", {"who": f"{SAM.aad},{TENANT}/{LENA.aad}", "text": SAM.aad}, several=["who"])
    found = happened(FormSubmitted, payloads.execute(LENA, THREAD, "send", data | {"people": ["f0"]}))
    assert found.values == {"who": (f"{TENANT}/{SAM.aad}", f"{TENANT}/{LENA.aad}"), "text": (SAM.aad,)}


def test_what_is_typed_goes_with_a_form_that_moves_to_a_window() -> None:
    data = filled("x||", {"a": "Ett", "b": ""}) | {"token": "answer|r1|"}
    del data["form"]
    found = heard(payloads.task(LENA, THREAD, "fetch", data, on=CARD))
    assert isinstance(found.event, Pressed)
    assert found.way.typed == {"a": ("Ett",), "b": ()}


def test_what_is_given_back_of_a_form_is_its_words_and_no_ids() -> None:
    """Whether it can be read, or not; of what was posted before forms told which are texts, all is kept."""
    given = {"keys": ["who", "what"], "f0": "7f3c9a1e", "f1": "Halvklass.", "mark": "0a1b2c3d"}
    read_as = payloads.filled("note_form||", {}, nonce="0a1b2c3d") | given
    for told, kept in (({"texts": ["f1"]}, ("Halvklass.",)), ({}, ("7f3c9a1e", "Halvklass."))):
        sent = payloads.execute(LENA, THREAD, "send", read_as | told)
        assert heard(sent).way.written == texts_of(sent) == kept
