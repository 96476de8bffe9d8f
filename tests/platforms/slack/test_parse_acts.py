"""Commands, buttons and shortcuts."""

from datetime import UTC, datetime
from functools import partial

import pytest

from bot.domain.events import Commanded, MessageSaved, Pressed
from bot.domain.school import Account, Place
from bot.platforms.slack.parse.values import Heard
from tests.platforms.slack.recorded import NOW, happened, heard, read, recorded

LENA = Account(platform="slack", user="T061EG9R6/U0LENA001")
CHANNEL, DIRECT, ROOT = "T061EG9R6/C0LAG4600", "T061EG9R6/@U0LENA001", "1795440000.000200"
TOKEN = "answer_form|runda-48|"


commanded = partial(happened, Commanded)
pressed = partial(happened, Pressed)
saved = partial(happened, MessageSaved)


@pytest.mark.parametrize(
    ("name", "command", "text"),
    [
        ("command_nfc", "/nuläge", "arbetslag 4–6"),
        ("command_nfd", "/nuläge", "årskurs 4"),
        ("command_ascii", "/nulage", ""),
        ("command_upper", "/NULÄGE", ""),
        ("command_dev", "/nulage", ""),
        ("command_test", "/nuläge", ""),
        ("command_avstamning", "/avstämning", "varannan torsdag 15.15"),
        ("command_mention", "/frånvaro", "@Sam Ek till fredag & måndag"),
    ],
)
def test_commands_however_they_are_spelled(name: str, command: str, text: str) -> None:
    found = commanded(name)
    assert (found.command, found.text, found.where.address) == (command, text, CHANNEL)


def test_a_command_is_once_by_its_trigger() -> None:
    trigger = recorded("command_nfc")["trigger_id"]
    found, way = heard("command_nfc")
    assert found.id == f"slack:T061EG9R6:{trigger}"
    assert (found.at, commanded("command_nfc").who, commanded("command_nfc").who.name) == (
        NOW,
        LENA,
        "lena.lind",
    )
    assert (way.surface, way.channel, way.trigger) == ("command", "C0LAG4600", trigger)
    assert way.again == "again|/nuläge|arbetslag 4–6"


def test_a_command_between_the_bot_and_a_person() -> None:
    assert commanded("command_direct").where == Place(platform="slack", address=DIRECT)


@pytest.mark.parametrize(
    ("name", "address", "thread", "reference", "surface"),
    [
        ("button_channel", CHANNEL, None, ROOT, "message"),
        ("button_root_with_replies", CHANNEL, None, ROOT, "message"),
        ("button_thread", CHANNEL, ROOT, "1795440100.000300", "message"),
        ("button_direct", DIRECT, None, ROOT, "message"),
        ("button_ephemeral", CHANNEL, None, "1795440200.000400", "message"),
        ("button_ephemeral_thread", CHANNEL, ROOT, "1795440200.000400", "message"),
        ("button_modal", CHANNEL, ROOT, ROOT, "modal"),
        ("button_modal_without_metadata", DIRECT, None, "", "modal"),
        ("button_home", DIRECT, None, "", "home"),
    ],
)
def test_where_a_button_sat(
    name: str, address: str, thread: str | None, reference: str, surface: str
) -> None:
    found, way = heard(name)
    assert isinstance(found, Pressed)
    assert (found.where.address, found.where.thread, found.reference) == (address, thread, reference)
    assert (way.surface, way.again, way.trigger) == (surface, TOKEN, recorded(name)["trigger_id"])


def test_a_button_is_once_by_its_trigger_and_at_its_time() -> None:
    found = pressed("button_channel")
    assert found.id == f"slack:T061EG9R6:{recorded('button_channel')['trigger_id']}"
    assert found.at == datetime.fromtimestamp(1795443310.123456, UTC)
    assert (found.who, found.token) == (LENA, TOKEN)


NO_TIMES = {"giant": 10**400, "minus giant": -(10**400), "endless": "1e999", "nan": "nan", "none": None}


@pytest.mark.parametrize("ts", NO_TIMES.values(), ids=NO_TIMES.keys())
def test_a_time_that_is_none_is_now(ts: object) -> None:
    payload = recorded("button_channel")
    payload["actions"][0]["action_ts"] = ts
    found = read(payload)
    assert isinstance(found, Heard)
    assert found.event.at <= NOW


def test_a_guest_presses_as_a_guest() -> None:
    assert pressed("button_guest").who.user == "T0GRANNE1/U0GAST001"


def test_a_fresh_button_asks_a_command_again() -> None:
    found, way = heard("button_again")
    assert isinstance(found, Commanded)
    assert (found.command, found.text, found.where.address) == (
        "/avstämning",
        "varannan torsdag",
        CHANNEL,
    )
    assert way.trigger


def test_the_shortcut_is_the_command() -> None:
    found = commanded("shortcut_start")
    assert (found.command, found.text, found.where.address) == ("/nuläge", "", DIRECT)
    assert heard("shortcut_start").way.surface == "shortcut"


def test_a_saved_message_has_its_author() -> None:
    found = saved("message_saved")
    assert (found.who, found.text, found.reference) == (
        LENA,
        "Alla var @Sam Ek med & läste.",
        "1795443300.000100",
    )
    assert found.author == Account(platform="slack", user="T061EG9R6/U0OMAR001")
    assert saved("message_saved_thread").where.thread == ROOT
    assert saved("message_saved_of_bot").author is None
