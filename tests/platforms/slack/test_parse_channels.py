"""Channels that come, go and move, the home page, and the installation itself."""

from datetime import UTC, datetime

import pytest

from bot.domain.events import BotAdded, BotRemoved, HomeOpened, MemberLeft, PlaceMoved
from bot.platforms.slack.parse.values import Gone, Regained
from tests.platforms.slack.recorded import event, heard, read, recorded

TOLD = datetime.fromtimestamp(1795443300, UTC)


def test_the_bot_is_invited() -> None:
    found, way = heard("joined_us")
    assert isinstance(found, BotAdded)
    assert (found.who.user, found.where.address, found.name) == (
        "T061EG9R6/U0PIA0001",
        "T061EG9R6/C0LAG4600",
        "arbetslag-4-6",
    )
    assert found.id == f"slack:{recorded('joined_us')['event_id']}"
    assert way.surface == "words"
    assert heard("joined_us_uninvited").way.surface == "none"


@pytest.mark.parametrize(
    ("name", "why", "who"),
    [
        ("left_us", "removed", None),
        ("channel_archived", "archived", "T061EG9R6/U0PIA0001"),
        ("group_archived", "archived", "T061EG9R6/U0PIA0001"),
        ("channel_deleted", "deleted", None),
    ],
)
def test_the_bot_may_no_longer_speak(name: str, why: str, who: str | None) -> None:
    found = event(name)
    assert isinstance(found, BotRemoved)
    assert (found.why, found.who and found.who.user) == (why, who)


def test_a_channel_moves_or_is_renamed() -> None:
    renamed, moved = event("channel_renamed"), event("channel_id_changed")
    assert isinstance(renamed, PlaceMoved)
    assert isinstance(moved, PlaceMoved)
    assert renamed.where == renamed.to
    assert renamed.name == "arbetslag-mellan"
    assert (moved.where.address, moved.to.address) == ("T061EG9R6/G0LEDNING", "T061EG9R6/C0LEDNING")


def test_somebody_leaves_a_channel() -> None:
    found = event("left_other")
    assert isinstance(found, MemberLeft)
    assert (found.who.user, found.where.address) == ("T061EG9R6/U0OMAR001", "T061EG9R6/C0LAG4600")


def test_home_is_opened() -> None:
    found = event("home_opened")
    assert isinstance(found, HomeOpened)
    assert found.where.address == "T061EG9R6/@U0LENA001"


@pytest.mark.parametrize(
    ("name", "means"),
    [
        ("uninstalled", Gone(None, "T061EG9R6", "uninstalled", TOLD)),
        ("uninstalled_from_organisation", Gone("E0KOMMUN1", None, "uninstalled", TOLD)),
        ("tokens_revoked", Gone(None, "T061EG9R6", "revoked", TOLD)),
        ("team_access_granted", Regained(("T061EG9R6", "T0SKOLA02"))),
    ],
)
def test_the_installation_goes_and_comes(name: str, means: object) -> None:
    assert read(recorded(name)) == means
