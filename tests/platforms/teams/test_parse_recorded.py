"""What a client of Microsoft's really sent (tests/playground), and what it comes to."""

import json
from pathlib import Path

import pytest

from bot.domain.events import (
    BotAdded,
    BotRemoved,
    Commanded,
    FormSubmitted,
    MemberLeft,
    MessageSaved,
    PlaceMoved,
    Pressed,
    Replied,
)
from bot.platforms.teams.parse.values import Gone, ShowAgain
from tests.platforms.teams.reading import happened, heard, outcome, read
from tests.teams.state import TENANT, Json

FOLDER = Path(__file__).parent / "payloads"
NAMES = sorted(path.stem for path in FOLDER.glob("*.json"))
LENA = "3cbcd2e4-a628-5655-b368-9d33d10b5c4d"
CHANNEL, GROUP = "19:lag46@thread.tacv2", "19:ledning@thread.v2"
GENERAL, ROOT = "19:bjork@thread.tacv2", "1795702500000"

MEANS = {
    "installed_personal": "Commanded",
    "installed_channel": "BotAdded",
    "installed_group": "BotAdded",
    "bot_added_personal": "Commanded",
    "bot_added_channel": "BotAdded",
    "bot_added_group": "BotAdded",
    "message_personal": "Replied",
    "message_personal_command": "Commanded",
    "message_group_mention": "Commanded",
    "message_thread_mention": "Replied",
    "pressed_on_root": "Pressed",
    "pressed_personal": "Pressed",
    "submitted_personal": "Pressed",
    "form_sent": "FormSubmitted",
    "form_closed": "again",
    "extension_fetched": "MessageSaved",
    "extension_sent": "FormSubmitted",
    "member_came": "unwatched",
    "member_left": "MemberLeft",
    "channel_created": "unwatched",
    "channel_renamed": "PlaceMoved",
    "channel_deleted": "gone",
    "team_renamed": "unwatched",
    "team_deleted": "gone",
    "bot_removed_team": "gone",
    "bot_removed_group": "gone",
    "uninstalled_team": "gone",
    "uninstalled_personal": "gone",
}


def recorded(name: str) -> Json:
    activity: Json = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    return activity


def test_everything_that_is_recorded_is_read_as_it_was_meant() -> None:
    assert {name: outcome(read(recorded(name))) for name in NAMES} == MEANS


@pytest.mark.parametrize("where", ["personal", "channel", "group"])
def test_one_installation_is_told_twice_and_happens_once(where: str) -> None:
    first, second = heard(recorded(f"installed_{where}")), heard(recorded(f"bot_added_{where}"))
    assert first.event.id == second.event.id
    assert [one.key for one in first.learnt] == [one.key for one in second.learnt]


def test_where_the_bot_was_let_in() -> None:
    channel, group = (happened(BotAdded, recorded(f"installed_{where}")) for where in ("channel", "group"))
    assert (channel.where.address, channel.name) == (f"{TENANT}/{CHANNEL}", "Arbetslag 4–6")
    assert (group.where.address, group.name, group.where.private) == (
        f"{TENANT}/{GROUP}",
        "Ledningsgruppen",
        False,
    )
    known = heard(recorded("installed_channel")).learnt[0]
    assert (known.team, known.team_thread) == ("e6be85ff-c4d4-542e-8f05-f2aeb0c7f6fa", GENERAL)


def test_words_that_follow_the_bots_name_without_a_space() -> None:
    found = happened(Replied, recorded("message_thread_mention"))
    assert (found.text, found.where.thread) == ("Fler elever vågar läsa högt nu.", ROOT)
    assert (found.addressed, found.direct) == (True, False)
    assert happened(Commanded, recorded("message_group_mention")).command == "/nuläge"
    assert happened(Commanded, recorded("message_personal_command")).where.address == f"{TENANT}/@{LENA}"


def test_a_card_on_the_root_of_a_thread() -> None:
    pressed = heard(recorded("pressed_on_root"))
    assert isinstance(pressed.event, Pressed)
    assert (pressed.event.reference, pressed.event.where.thread) == (ROOT, None)
    assert pressed.way.conversation == f"{CHANNEL};messageid={ROOT}"
    closed = read(recorded("form_closed"))
    assert isinstance(closed, ShowAgain)
    assert (closed.place_key, closed.way.reference) == (CHANNEL, ROOT)


def test_what_was_filled_in() -> None:
    sent = happened(FormSubmitted, recorded("form_sent"))
    assert sent.values == {"nadde": ("delvis",), "fungerar": ("Vi läste högt varje dag.",), "rost": ()}
    saved = happened(FormSubmitted, recorded("extension_sent"))
    assert saved.values["text"] == ("Eleverna valde böcker själva.",)


def test_ones_own_message_is_saved_without_the_bots_name() -> None:
    saved = happened(MessageSaved, recorded("extension_fetched"))
    assert (saved.text, saved.author) == ("Eleverna valde böcker själva.", saved.who)


def test_who_and_what_went() -> None:
    assert happened(MemberLeft, recorded("member_left")).where.address == f"{TENANT}/{GENERAL}"
    assert happened(PlaceMoved, recorded("channel_renamed")).name == "Arbetslag 4–6"
    keys = {
        "channel_deleted": (CHANNEL, "deleted"),
        "team_deleted": (GENERAL, "deleted"),
        "bot_removed_team": (GENERAL, "removed"),
        "bot_removed_group": (GROUP, "removed"),
        "uninstalled_team": (GENERAL, "removed"),
    }
    for name, (key, why) in keys.items():
        found = read(recorded(name))
        assert isinstance(found, Gone)
        assert isinstance(found.event, BotRemoved)
        assert (found.key, found.event.why, found.event.where.address) == (key, why, f"{TENANT}/{key}"), name
    alone = read(recorded("uninstalled_personal"))
    assert isinstance(alone, Gone)
    assert (alone.key, alone.event) == (f"@{LENA}", None)
