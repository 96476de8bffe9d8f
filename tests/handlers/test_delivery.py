from dataclasses import replace
from datetime import UTC, datetime

import pytest
from sqlalchemy import select, update

from bot.domain.school import Account, Place
from bot.domain.value import PersonId
from bot.messages.delivery import Why
from bot.messages.model import Message
from bot.messages.phrasing.trouble import Trouble, phrase
from bot.platforms.terminal.send import PLATFORM
from bot.rehearsal import example
from handlers.places.delivery import on_trouble
from storage.people.founding import add_person, add_school, change_person
from storage.post.claims import claim, settle
from storage.post.outbox import Claimed, Promised, promise, reference_of
from storage.post.settling import promised_of
from storage.tables import outbox
from storage.unit import UnitOfWork
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


def in_trouble(unit: UnitOfWork, state: str = "uncertain") -> None:
    """The question was promised, it went as `state` says, and that is told."""
    promise(unit, claimed().promised)
    unit.flush()
    unit.change(update(outbox).values(state=state, attempt=1))
    on_trouble(unit, prompts(), claimed(), state, NOW)


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


@pytest.mark.parametrize("state", ["uncertain", "parked", "quarantined"])
def test_a_rektor_who_leads_alone_is_told_and_settles_it(state: str) -> None:
    with World(NOW) as world:
        with world.store.begin() as unit:
            pia = unit.roster.persons[PersonId("pia")]
            change_person(unit, pia.model_copy(update={"roles": ("larare",)}))
            in_trouble(unit, state)
        world.wind(NOW)
        assert [heard.room for heard in world.fresh] == ["@rut"]
        if state == "uncertain":
            world.press("rut", "Skicka ändå")
            assert any("Jag skickar meddelandet igen nu." in heard.text for heard in world.fresh)


def test_who_cannot_be_reached_is_not_who_hears_of_it() -> None:
    with World(NOW) as world:
        with world.store.begin() as unit:
            to_pia = claimed(place=Place(platform=PLATFORM, address="@pia"))
            on_trouble(unit, prompts(), to_pia, "parked", NOW)
        world.wind(NOW)
        assert [heard.room for heard in world.fresh] == ["@rut"]


@pytest.mark.parametrize(
    ("concerns", "heard"), [("state:arbetslag-4-6", {"@pia"}), ("somebody's words", {"@pia", "@eva"})]
)
def test_a_channel_that_is_nobodys_is_told_where_it_was_about_or_in_every_school(
    concerns: str, heard: set[str]
) -> None:
    with World(NOW) as world:
        with world.store.begin() as unit:
            other = unit.roster.schools[example.SCHOOL].model_copy(
                update={"id": "granskolan", "name": "Granskolan"}
            )
            add_school(unit, other)
            eva = unit.roster.persons[PersonId("pia")].model_copy(
                update={
                    "id": "eva",
                    "school": other.id,
                    "direct": Place(platform=PLATFORM, address="@eva"),
                }
            )
            add_person(unit, eva, Account(platform=PLATFORM, user="eva"))
        with world.store.begin() as unit:
            lost = claimed(key="k", place=Place(platform=PLATFORM, address="#nobodys"))
            lost = replace(lost, promised=lost.promised._replace(concerns=concerns))
            on_trouble(unit, prompts(), lost, "quarantined", NOW)
        with world.store.begin() as unit:
            lines = unit.rows(select(outbox.c.lane).where(outbox.c.key.startswith("trouble:")))
        assert {row["lane"] for row in lines} == {f"{PLATFORM}:{room}" for room in heard}


def test_the_same_message_may_be_in_doubt_again() -> None:
    with World(NOW) as world:
        for attempt in (1, 2):
            with world.store.begin() as unit:
                if attempt == 1:
                    promise(unit, claimed().promised)
                    unit.flush()
                unit.change(
                    update(outbox)
                    .where(outbox.c.key == "check_in:1")
                    .values(state="uncertain", attempt=attempt)
                )
                on_trouble(unit, prompts(), claimed(attempt=attempt), "uncertain", NOW)
            world.wind(NOW)
            world.press("pia", "Markera som framme")
            assert any("Jag räknar meddelandet som framme." in heard.text for heard in world.fresh)


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
            in_trouble(unit)
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
