"""Whoever leads is named as who they are: a processledare, or a rektor who leads alone."""

from collections.abc import Iterator
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import delete

from bot.domain.events import Pressed, Ticked
from bot.domain.school import Account, Place
from bot.domain.value import PersonId
from bot.messages.model import Message
from bot.messages.tokens import Token
from bot.platforms.terminal.send import PLATFORM
from bot.rehearsal import example
from storage import tables
from storage.asked.check_ins import latest_check_in, save_check_in
from storage.people.founding import change_arbetslag, change_person
from storage.post.outbox import Promised, promise
from tests.play import World

STOCKHOLM = ZoneInfo("Europe/Stockholm")
START = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
ASKED = datetime(2026, 11, 23, 13, 1, tzinfo=UTC)
ROOM = Place(platform=PLATFORM, address="#arbetslag-4-6")


@pytest.fixture
def world() -> Iterator[World]:
    """Rut is rektor and leads alone; arbetslag 4–6 was asked on Monday at 14."""
    with World(START) as world:
        change(world, "pia", roles=("larare",))
        world.write("rut", "/avstämning måndagar 14.00", room="#arbetslag-4-6")
        world.press("rut", "Ja, spara")
        world.wind(ASKED)
        yield world


def change(world: World, who: str, **how: object) -> None:
    with world.store.begin() as unit:
        person = unit.roster.persons[PersonId(who)]
        change_person(unit, person.model_copy(update=how))


def forge(world: World, who: str, token: Token) -> str:
    """Press a button that this person never saw; return what they hear."""
    press = Pressed(
        id=f"forged-{token.verb}-{who}",
        at=world.clock.now(),
        who=Account(platform=PLATFORM, user=who),
        where=Place(platform=PLATFORM, address=f"@{who}"),
        token=token.pack(),
    )
    world.act(press)
    return heard_by(world, who)


def heard_by(world: World, who: str) -> str:
    return "\n".join(heard.text for heard in world.fresh if heard.room == f"@{who}")


def the_time_is_wrong(world: World, who: str = "lena") -> str:
    with world.store.begin() as unit:
        asked = latest_check_in(unit, example.TEAM_46)
    assert asked is not None
    return forge(world, who, Token(verb="time_is_wrong", subject=asked.id))


def test_a_rektor_alone_hears_that_the_time_does_not_suit(world: World) -> None:
    assert "Jag berättar för Rut Alm att tiden inte passar." in the_time_is_wrong(world)
    assert any("Tiden för frågorna passar inte" in one.text for one in world.fresh if one.room == "@rut")


def test_both_who_plan_may_hear_it_and_only_who_hears_it_is_named(world: World) -> None:
    change(world, "pia", roles=("processledare",))
    assert "Jag berättar för Pia Norén att tiden inte passar." in the_time_is_wrong(world)


def test_where_nobody_can_be_told_it_is_not_said_that_they_were(world: World) -> None:
    change(world, "rut", direct=None)
    said = the_time_is_wrong(world)
    assert "Jag når inte Rut Alm just nu" in said
    assert "Jag berättar" not in said


def test_who_may_not_settle_a_doubt_hears_who_does(world: World) -> None:
    with world.store.begin() as unit:
        doubted = Promised(
            key="doubted",
            message_class="critical",
            concerns="doubted",
            place=ROOM,
            message=Message(title="x"),
            not_before=world.clock.now(),
        )
        promise(unit, doubted)
    assert "Det är Rut Alm som ordnar det här." in forge(
        world, "lena", Token(verb="send_anyway", subject="doubted")
    )


def test_of_a_message_that_is_nobodys_here_no_name_is_said(world: World) -> None:
    said = forge(world, "lena", Token(verb="mark_arrived", subject="no such message"))
    assert "Det här kan inte du göra" in said
    assert "Rut" not in said


def test_who_leads_hears_that_what_is_forgotten_is_settled(world: World) -> None:
    assert "Någon hann före dig" in forge(world, "rut", Token(verb="send_anyway", subject="forgotten"))


def is_asked(world: World, who: str) -> None:
    change(world, who, arbetslag=(example.TEAM_46,))
    with world.store.begin() as unit:
        asked = latest_check_in(unit, example.TEAM_46)
        assert asked is not None
        mine = asked.model_copy(update={"expected": (*asked.expected, PersonId(who))})
        save_check_in(unit, mine.model_copy(update={"version": asked.version + 1}), was=asked.version)


def told_that_it_does_not_suit(world: World) -> set[str]:
    return {one.room for one in world.fresh if "Tiden för frågorna passar inte" in one.text}


def test_who_leads_is_not_told_of_their_own_wish_but_how_to_change_the_time(world: World) -> None:
    is_asked(world, "rut")
    assert "Tiden bestämmer du själv här. Skriv /avstämning" in the_time_is_wrong(world, "rut")
    assert told_that_it_does_not_suit(world) == set()


@pytest.mark.parametrize(("who", "other", "name"), [("rut", "@pia", "Pia Norén"), ("pia", "@rut", "Rut Alm")])
def test_the_others_who_lead_are_told(world: World, who: str, other: str, name: str) -> None:
    change(world, "pia", roles=("processledare",))
    is_asked(world, who)
    assert f"Jag berättar för {name} att tiden inte passar." in the_time_is_wrong(world, who)
    assert told_that_it_does_not_suit(world) == {other}


def test_nobody_is_told_to_ask_themselves_to_invite_the_bot(world: World) -> None:
    with world.store.begin() as unit:
        for team in unit.roster.arbetslag.values():
            change_arbetslag(unit, team.model_copy(update={"place": None}))
    share = Token(verb="share", subject=example.TEAM_46)
    said = forge(world, "rut", Token(verb="share"))
    assert "Bjud in mig i kanalen och tryck på Börja där." in said
    assert "Be processledaren eller rektor bjuda in mig" in forge(world, "lena", share)


def test_who_leads_without_an_arbetslag_of_their_own_hears_whom_to_ask(world: World) -> None:
    change(world, "pia", roles=("processledare",))
    world.write("pia", "/sök läslyft")
    assert "Be rektor eller en annan processledare lägga till dig." in heard_by(world, "pia")


@pytest.mark.parametrize("command", ["/sök läslyft", "/nuläge"])
def test_who_leads_a_school_without_arbetslag_hears_how_one_begins(command: str) -> None:
    with World(START) as world:
        with world.store.begin() as unit:
            unit.change(delete(tables.arbetslag))
        world.write("rut", command)
        assert "Bjud in mig i arbetslagets kanal och tryck på Börja där." in heard_by(world, "rut")


def test_a_rektor_alone_hears_the_new_dates(world: World) -> None:
    world.write("rut", "/kalender")
    world.submit("rut", {"calendar": ("2026-11-30;2026-11-30;lov;Extra lov",)})
    said = "\n".join(heard.text for heard in world.fresh if heard.room == "@rut")
    assert "1 avstämning får nya datum. Jag skickar besked till dig." in said
    assert "Kalendern har ändrat era avstämningar" in said


def test_new_dates_that_nobody_could_be_sent_are_not_said_to_be_sent(world: World) -> None:
    change(world, "rut", direct=None)
    world.write("rut", "/kalender")
    world.submit("rut", {"calendar": ("2026-11-30;2026-11-30;lov;Extra lov",)})
    said = "\n".join(heard.text for heard in world.fresh)
    assert "1 avstämning får nya datum. Skriv /avstämning för att se dem." in said
    assert "Jag skickar" not in said


def test_a_question_that_the_new_calendar_withdraws_is_told_of() -> None:
    with World(datetime(2026, 11, 20, 12, 0, tzinfo=STOCKHOLM)) as world:
        world.write("pia", "/avstämning torsdagar 16.45")
        form = world.forms["pia"]
        team = next(one.key for one in form.fields if one.label.startswith("Arbetslag"))
        world.submit("pia", {team: ("arbetslag-4-6",)})
        world.press("pia", "Ja, spara")
        world.clock.wind_to(datetime(2026, 11, 26, 19, 0, tzinfo=STOCKHOLM))
        world.act(Ticked(id="late", at=world.clock.now()))  # too late that day: it waits for the next
        world.write("rut", "/kalender")
        world.submit("rut", {"calendar": ("27 november 2026;27 november 2026;studiedag;K-dag",)})
        said = "\n".join(heard.text for heard in world.fresh if heard.room == "@rut")
        assert "1 fråga som inte hade skickats är indragen. Jag skickar besked till Pia Norén." in said
        assert "Inga planerade avstämningar ändras." not in said
        world.wind(datetime(2026, 11, 30, 9, 0, tzinfo=STOCKHOLM))
        to_pia = [heard.text for heard in world.heard if heard.room == "@pia"]
    title = "Kalendern har ändrat era avstämningar\n"
    assert [text for text in to_pia if text.startswith(title)] == [
        f"{title}1 fråga som inte hade skickats är indragen."
    ]
