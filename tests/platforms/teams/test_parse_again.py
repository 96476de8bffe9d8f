"""The same words, delivered once more: one event; and the same words, written once more: another."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from tests.platforms.teams.reading import heard
from tests.teams.payloads import CHANNEL, GROUP, LENA, NAME, PERSONAL, SAM, Where, message
from tests.teams.state import TENANT, Json

THREAD = replace(CHANNEL, root="1795440000000")


@pytest.mark.parametrize("where", [CHANNEL, THREAD, GROUP, PERSONAL])
@pytest.mark.parametrize("words", ["Ja", "/hjälp", "hem"])
def test_the_same_words_delivered_under_another_id_are_the_same_event(where: Where, words: str) -> None:
    first = message(LENA, where, words, to_bot=where is not PERSONAL)
    again = {**first, "id": f"{first['id']}9", "timestamp": first["timestamp"].replace("Z", "9473+00:00")}
    if where is CHANNEL:
        again["conversation"] = {**first["conversation"], "id": f"{CHANNEL.id};messageid={again['id']}"}
    assert heard(again).event.id == heard(first).event.id


OTHERWISE: dict[str, Callable[[Json], Json]] = {
    "a moment later": lambda told: {"timestamp": told["timestamp"].replace("00.001Z", "00.002Z")},
    "other words": lambda _told: {"text": f"<at>{NAME}</at> Nej"},
    "somebody else": lambda _told: {"from": SAM.as_json()},
    "elsewhere": lambda _told: {"conversation": GROUP.conversation()},
}


@pytest.mark.parametrize("change", OTHERWISE.values(), ids=OTHERWISE)
def test_what_somebody_really_says_again_is_another_event(change: Callable[[Json], Json]) -> None:
    first = message(LENA, THREAD, "Ja", to_bot=True) | {"timestamp": "2026-11-26T14:05:00.001Z"}
    again = {**first, "id": "1795443300009", **change(first)}
    assert heard(again).event.id != heard(first).event.id


@pytest.mark.parametrize("timestamp", [None, "", "i dag", 7])
def test_words_without_a_moment_are_known_by_their_id(timestamp: object) -> None:
    first = message(LENA, THREAD, "Ja", to_bot=True) | {"timestamp": timestamp}
    assert heard(first).event.id == f"teams:{TENANT}:{CHANNEL.id}:{first['id']}"
