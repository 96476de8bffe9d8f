"""Each message is in the language of who reads it, whoever caused it; what is kept is in the school's."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from sqlalchemy import update

from bot.domain.errands_rosters import Attendee, ChannelSeen
from bot.domain.events import Pressed, RosterRead
from bot.domain.school import Account, Language
from bot.domain.value import PersonId
from bot.messages.tokens import Token
from bot.platforms.terminal.send import PLATFORM
from handlers.places.delivery import on_trouble
from storage.people.founding import change_person
from storage.post.outbox import promise
from storage.tables import outbox
from tests.handlers.people_stage import Workspaces, place
from tests.handlers.test_delivery import NOW, claimed
from tests.handlers.test_people import NEXT
from tests.play import World, prompts

START = datetime(2026, 11, 20, 11, 0, tzinfo=UTC)


def speaks(world: World, language: Language, *who: str) -> None:
    with world.store.begin() as unit:
        for one in who:
            person = unit.roster.persons[PersonId(one)]
            change_person(unit, person.model_copy(update={"language": language}))


@pytest.fixture
def spaces() -> Iterator[Workspaces]:
    """Pia reads English and chose Lena, who does not. Alva came by the private channel and does."""
    with World(START) as world:
        spaces = Workspaces(world)
        spaces.begin(members=("T1/lena",))
        spaces.private.add("T1/C1")
        spaces.submit("T1/alva", "T1/C1", "link_form", {"role": ("larare",), "team": (spaces.team,)})
        speaks(world, "en", "T1/pia", "T1/alva")
        yield spaces


def test_who_asks_and_who_decides_read_their_own(spaces: Workspaces) -> None:
    form = {"role": ("larare",), "team": (spaces.team,)}
    assert "Pia Norén" in spaces.submit("T1/sara", "T1/C9", "link_form", form)
    assert "[Confirm]" in spaces.said_in("T1/@pia")
    mark = spaces.person("T1/sara").request
    assert mark is not None
    spaces.press("T1/pia", "T1/@pia", "confirm_person", "T1/sara", mark.mark)
    assert "confirmed" in spaces.said_in("T1/@pia")
    assert "Nu är du lärare i Arbetslag Ek." in spaces.said_in("T1/@sara")


def test_who_waited_hears_the_answer_in_the_language_they_had(spaces: Workspaces) -> None:
    spaces.leave("T1/alva", "T1/C1")
    assert "Jag vet inte vem du är än." in spaces.press("T1/alva", "T1/C1", "absence"), "nobody, for now"
    form = {"role": ("larare",), "team": (spaces.team,)}
    spaces.submit("T1/alva", "T1/C9", "link_form", form)
    request = spaces.person("T1/alva").request
    assert request is not None
    spaces.press("T1/pia", "T1/@pia", "confirm_person", "T1/alva", request.mark)
    assert "Now you are teacher in Arbetslag Ek." in spaces.said_in("T1/@alva")


def test_who_comes_in_by_the_channel_is_told_of_in_both(spaces: Workspaces) -> None:
    spaces.submit("T1/omar", "T1/C1", "link_form", {"role": ("larare",), "team": (spaces.team,)})
    assert "Omar är nu med i Arbetslag Ek" in spaces.said_in("T1/C1")
    assert "Omar is now in Arbetslag Ek" in spaces.said_in("T1/@pia")


def test_who_leaves_the_channel(spaces: Workspaces) -> None:
    spaces.leave("T1/alva", "T1/C1")
    assert "[That is me]" in spaces.said_in("T1/@alva")
    assert "Alva has left the channel" in spaces.said_in("T1/@pia")


def test_an_arbetslag_that_moves(spaces: Workspaces) -> None:
    spaces.invite("T1/pia", "T1/C2")
    receipt = spaces.submit("T1/pia", "T1/C2", "adopt_form", {"arbetslag": (spaces.team,)})
    assert "This channel now belongs to Arbetslag Ek" in receipt
    assert "Den här kanalen hör nu till Arbetslag Ek" in spaces.said_in("T1/C2")
    assert "Arbetslag Ek" in spaces.said_in("T1/C1")
    assert "[Det är jag]" not in spaces.said_in("T1/C1")
    assert "[That is me]" in spaces.said_in("T1/@alva")
    assert "Still in the team: Lena." in spaces.said_in("T1/@pia")


def test_a_channel_that_is_lost_and_found(spaces: Workspaces) -> None:
    spaces.remove("T1/C1")
    assert "Friday 20 November" in spaces.said_in("T1/@pia")
    spaces.invite("T1/pia", "T1/C1")
    assert "fredag 20 november" in spaces.said_in("T1/C1")
    assert "Friday 20 November" in spaces.said_in("T1/@pia")


def test_what_somebody_is_changed_to_is_told_to_them_in_theirs(spaces: Workspaces) -> None:
    form = spaces.submit("T1/pia", "T1/@pia", "person_form", {"person": ("T1/lena",)})
    assert "Whose talks does the person lead?" in form
    token = spaces.world.forms["T1/pia"].token.split("|")[2]
    given = {"roles": ("larare",), "teams": (spaces.team,), "leads": (spaces.team,)}
    said = spaces.submit("T1/pia", "T1/@pia", "roles_form", given, subject="T1/lena", argument=token)
    assert said.startswith("Saved.")
    assert "Pia Norén har ändrat" in spaces.said_in("T1/@lena")


def test_who_is_added_and_who_leads_the_next_school(spaces: Workspaces) -> None:
    first = spaces.team
    spaces.invite("T1/pia", "T1/C2")
    values = {"arbetslag": ("new",), "new": ("Al",), "skolform": ("grundskola",), "members": ("T1/alva",)}
    spaces.submit("T1/pia", "T1/C2", "adopt_form", values)
    assert "Pia Norén has added you to Al" in spaces.said_in("T1/@alva")
    spaces.press("T1/pia", "T1/C2", "let_out", "T1/alva", first)
    assert "Pia Norén has" in spaces.said_in("T1/@alva")
    spaces.leave("T1/alva", "T1/C1")
    spaces.press("T1/pia", "T1/C2", "let_out", "T1/alva", spaces.person("T1/alva").arbetslag[0])
    spaces.invite("T1/pia", "T1/C3")
    assert "is told." in spaces.submit("T1/pia", "T1/C3", "new_school", {**NEXT, "head": ("T1/alva",)})
    assert "Pia Norén har startat Nuläge för Alskolan" in spaces.said_in("T1/C3")
    assert "Pia Norén has added Alskolan." in spaces.said_in("T1/@alva")


def test_what_differs_in_a_team_of_the_chats(spaces: Workspaces) -> None:
    nils = Account(platform=PLATFORM, user="T1/nils")
    seen = ChannelSeen(place=place("T1/C1"), name="Ek", people=(Attendee(account=nils),))
    new = ChannelSeen(place=place("T1/C5"), name="Al")
    where = place("T1/team")
    spaces.world.act(RosterRead(id="r", at=START, where=where, name="Ekskolans team", channels=(seen, new)))
    assert "[Choose what to add]" in spaces.said_in("T1/@pia")
    subject = Token.unpack(spaces.world.find_button("T1/pia", "Choose what to add")[1].token).subject
    chosen = {"people": ("T1/nils",), "channels": ("T1/C5",), "arbetslag": (spaces.team,)}
    assert "Saved." in spaces.submit("T1/pia", "T1/@pia", "team_form", chosen, subject=subject)
    assert "Den här kanalen hör nu till Al" in spaces.said_in("T1/C5")
    assert "Pia Norén har lagt till dig" in spaces.said_in("T1/@nils")
    assert spaces.person("T1/nils").name == prompts().texts.rosters.nameless


def test_only_a_language_of_ours_is_taken_from_a_button() -> None:
    with World(START) as world:
        for who, subject in (("lena", "fr"), ("lena", ""), ("nils", "en")):
            token = Token(verb="set_language", subject=subject).pack()
            person = Account(platform=PLATFORM, user=who)
            world.act(
                Pressed(id=f"{who}{subject}", at=START, who=person, where=place(f"@{who}"), token=token)
            )
        with world.store.begin() as unit:
            spoken = {one.id: one.language for one in unit.roster.persons.values() if one.language}
        assert spoken == {}, "nils is nobody here yet"


def test_trouble_with_a_message_is_told_in_the_language_of_who_mends_it() -> None:
    with World(START) as world:
        speaks(world, "en", "pia")
        with world.store.begin() as unit:
            on_trouble(unit, prompts(), claimed(), "uncertain", START)
        world.wind(START)
        (told,) = (heard.text for heard in world.fresh if heard.room == "@pia")
        assert "I do not know" in told
        assert "the question to Arbetslag 4–6" in told
        assert "[Send anyway]" in told


def test_each_who_heard_of_it_hears_who_settled_it_in_theirs() -> None:
    with World(START) as world:
        speaks(world, "en", "pia")
        with world.store.begin() as unit:
            sam = unit.roster.persons[PersonId("sam")]
            change_person(unit, sam.model_copy(update={"roles": ("processledare",)}))
            promise(unit, claimed().promised)
            unit.flush()
            unit.change(update(outbox).values(state="uncertain", attempt=1))
        with world.store.begin() as unit:
            on_trouble(unit, prompts(), claimed(), "uncertain", START)
        world.wind(NOW)
        world.press("sam", "Markera som framme")
        told = {heard.room: heard.text for heard in world.fresh}
        assert "Sam Ek valde det." in told["@sam"]
        assert "Jag räknar meddelandet som framme." in told["@sam"]
        assert "Sam Ek chose that." in told["@pia"]
        assert prompts().said_in("en").trouble.marked in told["@pia"]


def test_a_question_shown_beforehand_is_as_the_channel_will_read_it() -> None:
    with World(START) as world:
        speaks(world, "en", "lena")
        token = Token(verb="show_example").pack()
        lena = Account(platform=PLATFORM, user="lena")
        world.act(Pressed(id="example", at=START, who=lena, where=place("@lena"), token=token))
        (shown,) = (heard.text for heard in world.fresh)
        assert shown.startswith(prompts().said_in("en").onboarding.example_title)
        assert "[Svara] [Inget nytt]" in shown


def test_several_rektors_are_named_to_an_arbetslag_in_swedish() -> None:
    with World(START) as world:
        speaks(world, "en", "rut", "vide")
        with world.store.begin() as unit:
            vide = unit.roster.persons[PersonId("vide")]
            change_person(unit, vide.model_copy(update={"roles": ("rektor",)}))
        world.write("pia", "/avstämning måndagar 14.00", room="#arbetslag-4-6")
        world.press("pia", "Ja, spara")
        world.wind(datetime(2026, 11, 23, 13, 0, tzinfo=UTC))
        thread = next(heard.reference for heard in world.heard if "Ett svar från arbetslaget" in heard.text)
        world.write("lena", "Vi läste högt.", room="#arbetslag-4-6", thread=thread)
        world.wind(datetime(2026, 11, 27, 13, 0, tzinfo=UTC))
        said = {heard.room: heard.text for heard in world.fresh}
        assert re.search(r"(Rut Alm och Vide \w+|Vide \w+ och Rut Alm)", said["#arbetslag-4-6"])
        assert "week 48" in said["@rut"]
        assert "week 48" in said["@vide"]


def test_a_summary_without_a_rektor_is_told_of_in_the_language_of_who_plans() -> None:
    with World(START) as world:
        speaks(world, "en", "pia")
        with world.store.begin() as unit:
            rut = unit.roster.persons[PersonId("rut")]
            change_person(unit, rut.model_copy(update={"roles": ()}))
        world.write("pia", "/avstämning måndagar 14.00", room="#arbetslag-4-6")
        world.press("pia", "Yes, save")
        world.press("pia", "Preview")
        assert "[Svara] [Inget nytt]" in world.fresh[0].text
        world.wind(datetime(2026, 11, 27, 13, 0, tzinfo=UTC))
        (told,) = (heard.text for heard in world.fresh if heard.room == "@pia")
        assert prompts().said_in("en").weekly.no_rektor_hint in told
