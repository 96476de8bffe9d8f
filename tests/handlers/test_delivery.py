from datetime import UTC, datetime

import pytest
from sqlalchemy import update

from bot.domain.school import Place
from bot.messages.delivery import Why
from bot.messages.model import Message
from bot.messages.phrasing.trouble import Trouble, phrase
from bot.platforms.terminal.send import PLATFORM
from handlers.places.delivery import on_trouble
from storage.asked.check_ins import promised_of
from storage.post.claims import claim, settle
from storage.post.outbox import Claimed, Promised, promise, reference_of
from storage.tables import outbox
from tests.play import World, prompts

NOW = datetime(2026, 11, 26, 14, 15, tzinfo=UTC)
ROOM = Place(platform=PLATFORM, address="#arbetslag-4-6")


def claimed(key: str = "check_in:1", place: Place = ROOM, attempt: int = 1) -> Claimed:
    promised = Promised(
        key=key,
        message_class="critical",
        concerns=key,
        place=place,
        message=Message(title="x"),
        not_before=NOW,
    )
    return Claimed(
        seq=1,
        promised=promised,
        doubtful=True,
        attempt=attempt,
        fence=1,
        since=NOW,
        lease_until=NOW,
        looks=0,
        plain=False,
    )


@pytest.mark.parametrize(
    ("state", "line"),
    [
        ("uncertain", "Jag vet inte om frågan till Arbetslag 4–6 kom fram"),
        ("parked", "Jag har inte kommit åt kanalen för Arbetslag 4–6 sedan torsdag 26 november"),
        ("quarantined", "Jag fick inte i väg frågan till Arbetslag 4–6"),
    ],
)
def test_the_processledare_is_told_once(state: str, line: str) -> None:
    with World(NOW) as world:
        with world.store.begin() as unit:
            on_trouble(unit, prompts(), claimed(), state, NOW)
            on_trouble(unit, prompts(), claimed(), state, NOW)
        world.wind(NOW)
        told = [heard for heard in world.fresh if heard.room == "@pia"]
        assert [line in heard.text for heard in told] == [True]
        assert not [heard for heard in world.fresh if heard.room != "@pia"]


def test_a_person_is_somebody_to_reach_and_not_a_place() -> None:
    parked = Trouble(
        state="parked", key="k", what="", where="Lena Berg", to_person=True, since=NOW, why=Why.UNREACHABLE
    )
    said = phrase(parked, prompts().texts)
    assert said.title == "Mina meddelanden når inte Lena Berg sedan torsdag 26 november"


@pytest.mark.parametrize(
    ("why", "told"),
    [
        (Why.REMOVED, "Bjud in mig i kanalen för Arbetslag 4–6 igen."),
        (Why.ARCHIVED, "Kanalen är arkiverad."),
        (Why.LOCKED, "Jag får inte skriva där."),
        (Why.SCOPE, "Jag saknar en behörighet."),
        (Why.HELD, "Organisationen har stoppat mig."),
        (Why.DISCONNECTED, ""),
    ],
)
def test_who_can_mend_it_is_told_how(why: Why, told: str) -> None:
    with World(NOW) as world:
        with world.store.begin() as unit:
            promise(unit, claimed().promised)
            unit.flush()
            (taken,) = claim(unit, NOW)
            settle(unit, taken, state="parked", why=why)
            on_trouble(unit, prompts(), taken, "parked", NOW)
        world.wind(NOW)
        heard = [one.text for one in world.fresh if one.room == "@pia"]
        assert [told in text for text in heard] == ([True] if told else [])


def test_trouble_about_trouble_is_not_told() -> None:
    with World(NOW) as world:
        with world.store.begin() as unit:
            on_trouble(unit, prompts(), claimed(key="trouble:uncertain:x"), "uncertain", NOW)
        world.wind(NOW)
        assert not world.fresh


def test_only_the_processledare_settles_it_and_only_once() -> None:
    with World(NOW) as world:
        with world.store.begin() as unit:
            promise(unit, claimed().promised._replace(not_before=datetime(2027, 1, 1, tzinfo=UTC)))
            unit.flush()
            assert promised_of(unit, "check_in:1") is not None
            on_trouble(unit, prompts(), claimed(), "uncertain", NOW)
        world.wind(NOW)
        heard, button = world.find_button("pia", "Markera som framme")
        world.press("pia", "Markera som framme")
        assert "Någon hann före dig" in world.fresh[0].text
        with world.store.begin() as unit:
            row = reference_of(unit, "check_in:1")
            assert row is not None
            assert row.state == "new"
        assert heard.room == "@pia"
        assert button.token


@pytest.mark.parametrize(
    ("choice", "said", "state"),
    [
        ("Skicka ändå", "Jag skickar meddelandet igen nu.", "sent"),
        ("Markera som framme", "Jag räknar meddelandet som framme.", "sent"),
    ],
)
def test_the_line_says_what_was_chosen_and_its_buttons_are_gone(choice: str, said: str, state: str) -> None:
    with World(NOW) as world:
        with world.store.begin() as unit:
            promise(unit, claimed().promised)
            unit.flush()
            unit.change(update(outbox).values(state="uncertain", attempt=1))
            on_trouble(unit, prompts(), claimed(), "uncertain", NOW)
        world.wind(NOW)
        world.press("pia", choice)
        [line] = [heard for heard in world.fresh if heard.room == "@pia"]
        assert "Jag vet inte om frågan till Arbetslag 4–6 kom fram" in line.text
        assert said in line.text
        assert "Pia Norén valde det." in line.text
        assert "[" not in line.text
        with world.store.begin() as unit:
            row = reference_of(unit, "check_in:1")
            assert row is not None
            assert row.state == state
