"""Messages and mentions: whose words, where, and as they saw them."""

import unicodedata
from datetime import UTC, datetime
from functools import partial

import pytest

from bot.domain.events import Commanded, Replied, Rewritten
from bot.domain.school import Account, Place
from bot.platforms.legible import LONGEST
from bot.platforms.slack.parse import payload as parse
from bot.platforms.slack.parse.values import Around, Heard, Unknowns
from handlers.commands import COMMANDS
from tests.platforms.slack.recorded import BOT_USER, NOW, TEAM, event, happened, heard, read, recorded

LENA = Account(platform="slack", user="T061EG9R6/U0LENA001")
CHANNEL, ROOT = "T061EG9R6/C0LAG4600", "1795440000.000200"


replied = partial(happened, Replied)
rewritten = partial(happened, Rewritten)


def test_words_in_a_channel() -> None:
    assert replied("message_channel") == Replied(
        id="slack:T061EG9R6:C0LAG4600:1795443300.000100",
        at=datetime.fromtimestamp(1795443300.0001, UTC),
        who=LENA,
        where=Place(platform="slack", address=CHANNEL),
        text="Läsgrupperna går bra.",
        reference="1795443300.000100",
    )
    assert replied("message_channel").who.name == "Lena Lind"


@pytest.mark.parametrize(
    ("name", "address", "thread", "direct"),
    [
        ("message_thread", CHANNEL, ROOT, False),
        ("message_thread_broadcast", CHANNEL, ROOT, False),
        ("message_private_channel", "T061EG9R6/G0LEDNING", None, False),
        ("message_direct", "T061EG9R6/@U0LENA001", None, True),
        ("message_direct_thread", "T061EG9R6/@U0LENA001", ROOT, True),
        ("mention_top", CHANNEL, None, False),
        ("mention_thread", CHANNEL, ROOT, False),
        ("grid_message", CHANNEL, None, False),
    ],
)
def test_where_words_were_written(name: str, address: str, thread: str | None, *, direct: bool) -> None:
    found = replied(name)
    assert (found.where.address, found.where.thread, found.direct) == (address, thread, direct)


def test_a_mention_and_the_message_it_stands_in_are_one_happening() -> None:
    mention = recorded("mention_thread")
    message = {**mention, "event": {**mention["event"], "type": "message", "channel_type": "channel"}}
    message["event_id"] = "Ev0ANOTHER1"
    assert read(message) == read(mention)
    assert replied("mention_thread").text == "Fler vågar läsa högt nu."


def test_markup_is_what_the_person_saw() -> None:
    assert replied("message_markup").text == (
        "@Sam Ek och @kim i #arbetslag-4-6: läs planen & lena@skola.se <@U0SAM0001> @here @lag46 "
        "26 november https://skola.se"
    )


def test_emoji_are_signs_where_slack_tells_them() -> None:
    assert replied("message_emoji").text == "Klart 🎉 👋🏼 :skolans-egen: kl 10:30:15"


def test_text_is_composed() -> None:
    assert not unicodedata.is_normalized("NFC", recorded("message_nfd")["event"]["text"])
    assert replied("message_nfd").text == "Vi läser högt på svenska."


def test_what_cannot_be_kept_is_left_out() -> None:
    payload = recorded("message_channel")
    payload["event"]["text"] = "Läs\x00 \ud83dhögt\r\nnu\x1b[0m" + "a" * LONGEST
    found = read(payload)
    text = getattr(getattr(found, "event", None), "text", "")
    assert text.startswith("Läs högt\nnu[0maaa")
    assert len(text) <= LONGEST


def test_a_command_can_be_written_as_words_in_a_thread() -> None:
    found = event("message_command")
    assert isinstance(found, Commanded)
    assert (found.command, found.text, found.where.thread) == ("/veckan", "", ROOT)
    assert heard("message_command").way.again == "again|/veckan|"


def test_only_the_bots_name_asks_for_help() -> None:
    found = event("mention_alone")
    assert isinstance(found, Commanded)
    assert found.command == "/hjälp"


def test_a_number_after_a_stroke_is_no_command() -> None:
    payload = recorded("message_channel")
    payload["event"]["text"] = "/5 av eleverna läser"
    assert isinstance(getattr(read(payload), "event", None), Replied)


def test_an_edit_is_the_message_with_other_words() -> None:
    edited = rewritten("message_edited")
    assert edited.id == "slack:T061EG9R6:C0LAG4600:1795443300.000100:1795443359.000000"
    assert (edited.who, edited.reference, edited.text) == (
        LENA,
        "1795443300.000100",
        "Läsgrupperna går mycket bra.",
    )
    assert rewritten("message_edited_thread").where.thread == ROOT


@pytest.mark.parametrize("name", ["message_deleted", "message_deleted_with_replies"])
def test_a_deleted_message_is_taken_back_once(name: str) -> None:
    deleted = rewritten(name)
    assert deleted.id == "slack:T061EG9R6:C0LAG4600:1795443300.000100:deleted"
    assert (deleted.who, deleted.reference, deleted.text) == (LENA, "1795443300.000100", None)


def test_a_guest_over_connect_is_not_one_of_ours() -> None:
    guest = replied("guest_over_connect")
    assert guest.who.user == "T0GRANNE1/U0GAST001"
    assert guest.where.address == CHANNEL


def test_time_is_never_later_than_now() -> None:
    payload = recorded("message_channel")
    payload["event"]["ts"] = "4102444800.000000"
    assert getattr(getattr(read(payload), "event", None), "at", None) == NOW


def test_whose_names_are_asked_for() -> None:
    names = ("message_markup", "joined_us", "form_every_field")
    assert {name: parse.strangers(recorded(name), BOT_USER) for name in names} == {
        "message_markup": Unknowns(None, TEAM, frozenset({"U0SAM0001", "U0OKAND01"})),
        "joined_us": Unknowns(None, TEAM, frozenset({"C0LAG4600", "U0PIA0001"})),
        "form_every_field": Unknowns(None, TEAM, frozenset({"U0LENA001", "U0OMAR001", "U0SAM0001"})),
    }
    assert not parse.strangers(recorded("message_channel"), BOT_USER)


def written(name: str, text: str) -> str:
    """What these words, in the place of a recorded message, are read as."""
    payload = recorded(name)
    found = parse.read(
        {**payload, "event": {**payload["event"], "text": text, "blocks": []}},
        Around(BOT_USER, NOW, commands=frozenset(COMMANDS)),
    )
    assert isinstance(found, Heard)
    match found.event:
        case Commanded(command=command, text=rest):
            return f"{command} {rest}".strip()
        case other:
            return type(other).__name__


@pytest.mark.parametrize(
    ("text", "command"),
    [("hjälp", "/hjälp"), ("nuläge", "/nuläge"), ("sök läsning", "/sök läsning"), ("help", "/hjälp")],
)
def test_a_command_needs_no_slash_where_the_bot_is_spoken_to(text: str, command: str) -> None:
    assert written("message_direct", text) == command
    assert written("mention_thread", f"<@{BOT_USER}> {text}") == command
    assert written("message_thread", text) == "Replied"


def test_words_that_only_look_like_a_command_are_words() -> None:
    assert written("message_direct", "nuläget är bra") == "Replied"
    assert written("mention_top", f"<@{BOT_USER}> frånvaro är ett problem.") == "Replied"
