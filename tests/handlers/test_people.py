"""Who is let in, by whom, and what a stranger never gets."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from bot.domain.value import ArbetslagId
from storage.people.founding import change_arbetslag
from tests.handlers.people_stage import FIRST_DAY, Workspaces, options
from tests.play import World

START = datetime(2026, 11, 20, 11, 0, tzinfo=UTC)


@pytest.fixture
def spaces() -> Iterator[Workspaces]:
    with World(START) as world:
        yield Workspaces(world)


def ask(spaces: Workspaces, who: str, room: str, role: str = "larare", team: str = "") -> str:
    values = {"role": (role,), "team": (team or next(iter(spaces.roster.arbetslag)),)}
    return spaces.submit(who, room, "link_form", values)


def test_an_incomplete_first_form_makes_nothing(spaces: Workspaces) -> None:
    spaces.invite("T1/pia", "T1/C1")
    for key in FIRST_DAY:
        values = {name: given for name, given in FIRST_DAY.items() if name != key}
        assert "Fyll i det här." in spaces.submit("T1/pia", "T1/C1", "found_form", values), key
    wrong = {**FIRST_DAY, "role": ("larare",), "school": ("E" * 81,)}
    assert "Korta det till 80 tecken." in spaces.submit("T1/pia", "T1/C1", "found_form", wrong)
    assert spaces.written() == 0


def test_the_first_person_can_be_in_the_arbetslag_and_lead_it(spaces: Workspaces) -> None:
    spaces.begin(members=("T1/pia", "T1/lena"), leader=("T1/pia",), role=("rektor",))
    pia, lena = spaces.person("T1/pia"), spaces.person("T1/lena")
    assert (set(pia.roles), pia.leads) == ({"rektor", "samtalsledare"}, (spaces.team,))
    assert (lena.name, lena.roles, lena.arbetslag) == ("Lena", ("larare",), (spaces.team,))
    assert "Pia Norén har lagt till dig" in spaces.said_in("T1/@lena")


def test_whom_the_platform_does_not_name_is_not_added(spaces: Workspaces) -> None:
    spaces.begin(members=("nobody",))
    assert list(spaces.roster.persons) == ["T1/pia"]


def test_whoever_is_second_finds_the_school_there(spaces: Workspaces) -> None:
    spaces.invite("T1/pia", "T1/C1")
    assert "Vad heter er huvudman?" in spaces.press("T1/pia", "T1/C1", "begin")
    spaces.begin()
    for room in ("T1/C1", "T1/C2"):
        again = spaces.submit("T1/rut", room, "found_form", {**FIRST_DAY, "school": ("Rutskolan",)})
        assert "Någon annan hann före. Skolan finns redan." in again
    assert len(spaces.roster.schools) == 1


NEXT = {
    **{key: FIRST_DAY[key] for key in ("skolformer", "skolform", "role")},
    "school": ("Alskolan",),
    "new": ("Al",),
    "head": ("T1/ove",),
}


def test_no_stranger_makes_a_twin_of_a_school(spaces: Workspaces) -> None:
    spaces.begin()
    told = spaces.press("T1/ove", "T1/C2", "begin")
    assert "Ekskolan finns redan här. Hör du dit?" in told
    assert "[Det är jag]" in told
    before = spaces.written()
    for values in (NEXT, FIRST_DAY, {**FIRST_DAY, **NEXT}):
        spaces.submit("T1/ove", "T1/C2", "found_form", values)
        assert "Jag vet inte vem du är än." in spaces.submit("T1/ove", "T1/C2", "new_school", values)
    assert spaces.written() == before


@pytest.mark.parametrize("name", ["Ekskolan", "  ekSKOLAN ", "Ek\u200bskolan", "Ｅkskolan"])
def test_a_school_has_its_name_alone(spaces: Workspaces, name: str) -> None:
    spaces.begin()
    told = spaces.submit("T1/pia", "T1/C2", "new_school", {**NEXT, "school": (name,)})
    assert "Den skolan finns redan här." in told
    assert len(spaces.roster.schools) == 1


def test_who_leads_the_next_school_belongs_to_no_other_and_waits_for_none(spaces: Workspaces) -> None:
    spaces.begin(members=("T1/lena",))
    ask(spaces, "T1/alva", "T1/C1")
    for head in ("T1/lena", "T1/alva", "T1/pia"):
        told = spaces.submit("T1/pia", "T1/C2", "new_school", {**NEXT, "head": (head,)})
        assert "Personen hör redan till en skola" in told
    assert "Fyll i det här." in spaces.submit("T1/pia", "T1/C2", "new_school", {**NEXT, "head": ("T2/ove",)})
    assert len(spaces.roster.schools) == 1


def test_who_waits_for_a_yes_is_not_drawn_into_another_school(spaces: Workspaces) -> None:
    spaces.begin()
    ask(spaces, "T1/alva", "T1/C1")
    spaces.submit("T1/pia", "T1/C2", "new_school", NEXT)
    (al,) = (team for team in spaces.roster.arbetslag.values() if team.name == "Al")
    told = spaces.submit(
        "T1/ove", "T1/C2", "adopt_form", {"arbetslag": (al.id,), "members": ("T1/alva", "T1/siv")}
    )
    assert "Jag kunde inte lägga till Alva. De hör till en annan skola" in told
    alva = spaces.person("T1/alva")
    assert (alva.roles, bool(alva.request), alva.school) == ((), True, spaces.person("T1/pia").school)
    assert spaces.person("T1/siv").arbetslag == (al.id,)


def test_another_school_of_the_same_huvudman(spaces: Workspaces) -> None:
    spaces.begin()
    assert "Vad heter skolan" in spaces.submit("T1/pia", "T1/C2", "adopt_form", {"arbetslag": ("school",)})
    told = spaces.submit("T1/pia", "T1/C2", "new_school", NEXT)
    assert "Nu finns Alskolan här, med Al." in told
    assert "Pia Norén har startat Nuläge för Alskolan." in spaces.said_in("T1/C2")
    assert "Pia Norén har lagt till Alskolan. Du är processledare där." in spaces.said_in("T1/@ove")
    assert spaces.person("T1/pia").school != spaces.person("T1/ove").school
    schools = {school.name: school for school in spaces.roster.schools.values()}
    assert schools["Alskolan"].huvudman == schools["Ekskolan"].huvudman
    spaces.press("T1/alva", "T1/C2", "its_me")
    shown = options(spaces.world.forms["T1/alva"], "team")
    assert shown[:2] == ("Al, Alskolan", "Arbetslag Ek, Ekskolan")
    added = spaces.submit("T1/ove", "T1/C2", "adopt_form", {"arbetslag": ("new",), "members": ("T1/pia",)})
    assert "Kanalen hör redan till Al." in added
    again = spaces.submit("T1/pia", "T1/C2", "new_school", {**NEXT, "school": ("Bokskolan",)})
    assert "Kanalen hör redan till Al." in again


def test_a_processledare_makes_a_new_arbetslag_in_another_channel(spaces: Workspaces) -> None:
    spaces.begin()
    values = {"arbetslag": ("new",), "new": ("Fritids",), "skolform": ("fritidshem",)}
    missing = spaces.submit("T1/pia", "T1/C2", "adopt_form", {"arbetslag": ("new",)})
    assert "Fyll i det här." in missing
    told = spaces.submit("T1/pia", "T1/C2", "adopt_form", {**values, "members": ("T1/tove", "T1/pia")})
    assert "Den här kanalen hör nu till Fritids." in told
    assert told.count("Den här kanalen hör nu till Fritids.") == 1
    assert "Jag kunde inte lägga till Pia." in told, "a processledare does not let themselves in"
    (school,) = spaces.roster.schools.values()
    assert school.skolformer == ("grundskola", "fritidshem")
    assert "Fritids" in spaces.said_in("T1/C2")


def test_a_member_who_is_named_leader_hears_of_it(spaces: Workspaces) -> None:
    spaces.begin(members=("T1/lena",))
    spaces.submit("T1/pia", "T1/C1", "adopt_form", {"arbetslag": (spaces.team,), "leader": ("T1/lena",)})
    assert "Du är nu lärare och samtalsledare i Arbetslag Ek." in spaces.said_in("T1/@lena")
    assert spaces.person("T1/lena").leads == (spaces.team,)


def test_a_request_is_decided_once(spaces: Workspaces) -> None:
    spaces.begin(members=("T1/lena",))
    ask(spaces, "T1/per", "T1/C2", "processledare")
    mark = spaces.person("T1/per").request
    assert mark
    spaces.press("T1/pia", "T1/@pia", "confirm_person", "T1/per", mark.mark)
    assert spaces.person("T1/per").roles == ("processledare",)
    ask(spaces, "T1/alva", "T1/C2")
    assert "Alva" in spaces.said_in("T1/@pia")
    assert "Alva" in spaces.said_in("T1/@per")
    request = spaces.person("T1/alva").request
    assert request
    assert spaces.press("T1/per", "T1/@per", "deny_person", "T1/alva", request.mark) == ""
    for one in ("T1/@per", "T1/@pia"):
        assert spaces.said_in(one).count("sa nej") == 1, "the question is replaced for all who got it, once"
    assert "redan avgjort" in spaces.press("T1/pia", "T1/@pia", "confirm_person", "T1/alva", request.mark)
    assert (spaces.person("T1/alva").roles, spaces.person("T1/alva").name) == ((), "")


def test_only_a_rektor_lets_another_rektor_in(spaces: Workspaces) -> None:
    spaces.begin(role=("rektor",))
    ask(spaces, "T1/per", "T1/C2", "processledare")
    first = spaces.person("T1/per").request
    assert first
    spaces.press("T1/pia", "T1/@pia", "confirm_person", "T1/per", first.mark)
    assert "Pia Norén behöver bekräfta dig" in ask(spaces, "T1/rut", "T1/C2", "rektor")
    assert spaces.said_in("T1/@per") == ""
    request = spaces.person("T1/rut").request
    assert request
    told = spaces.press("T1/per", "T1/@per", "confirm_person", "T1/rut", request.mark)
    assert "Bara rektor kan ge" in told
    spaces.press("T1/pia", "T1/@pia", "confirm_person", "T1/rut", request.mark)
    assert spaces.person("T1/rut").roles == ("rektor",)


def test_a_teacher_decides_about_nobody(spaces: Workspaces) -> None:
    spaces.begin(members=("T1/lena",))
    ask(spaces, "T1/alva", "T1/C2")
    request = spaces.person("T1/alva").request
    assert request
    told = spaces.press("T1/lena", "T1/C1", "confirm_person", "T1/alva", request.mark)
    assert "Det här kan inte du göra" in told
    assert spaces.person("T1/alva").roles == ()


def test_a_request_nobody_answers_may_be_made_anew_after_three_days(spaces: Workspaces) -> None:
    spaces.begin()
    ask(spaces, "T1/alva", "T1/C2")
    assert "behöver bekräfta dig först" in ask(spaces, "T1/alva", "T1/C2")
    spaces.later(days=2)
    assert "behöver bekräfta dig först" in spaces.press("T1/alva", "T1/C2", "its_me")
    spaces.later(days=2)
    assert "Säg vem du är" in spaces.press("T1/alva", "T1/C2", "its_me")


@pytest.mark.parametrize("values", [{}, {"role": ("larare",)}, {"role": ("chef",)}])
def test_half_an_answer_at_the_door_lets_nobody_in(
    spaces: Workspaces, values: dict[str, tuple[str, ...]]
) -> None:
    spaces.begin()
    before = spaces.written()
    told = spaces.submit("T1/alva", "T1/C1", "link_form", values)
    assert "Det du har skrivit är kvar." in told
    assert spaces.written() == before


def test_elevhalsa_is_never_open_to_whoever_stands_in_its_channel(spaces: Workspaces) -> None:
    spaces.begin()
    spaces.private.add("T1/C1")
    key = ArbetslagId(spaces.team)
    with spaces.world.store.begin() as unit:
        team = unit.roster.arbetslag[key]
        change_arbetslag(unit, team.model_copy(update={"kind": "elevhalsa"}))
    assert "behöver bekräfta dig" in ask(spaces, "T1/alva", "T1/C1")
    assert spaces.person("T1/alva").arbetslag == ()


def test_who_has_left_needs_a_yes_to_come_back(spaces: Workspaces) -> None:
    spaces.begin(members=("T1/lena",))
    spaces.submit("T1/pia", "T1/C1", "person_form", {"person": ("T1/lena",)})
    argument = spaces.world.forms["T1/pia"].token.rpartition("|")[2]
    told = spaces.submit("T1/pia", "T1/C1", "roles_form", {}, subject="T1/lena", argument=argument)
    assert "Lena är inte längre med." in told
    assert "har tagit bort dig från Ekskolan" in spaces.said_in("T1/@lena")
    spaces.private.add("T1/C1")
    assert "Jag vet inte vem du är än." in spaces.press("T1/lena", "T1/C1", "absence")
    assert "behöver bekräfta dig" in ask(spaces, "T1/lena", "T1/C1")


def test_a_change_that_was_not_seen_is_not_written_over(spaces: Workspaces) -> None:
    spaces.begin(members=("T1/lena",))
    spaces.submit("T1/pia", "T1/C1", "person_form", {"person": ("T1/lena",)})
    argument = spaces.world.forms["T1/pia"].token.rpartition("|")[2]
    chosen = {"roles": ("larare", "processledare"), "teams": (spaces.team,)}
    spaces.submit("T1/pia", "T1/C1", "roles_form", chosen, subject="T1/lena", argument=argument)
    again = spaces.submit("T1/pia", "T1/C1", "roles_form", {}, subject="T1/lena", argument=argument)
    assert "Någon annan hann ändra." in again
    assert spaces.person("T1/lena").roles == ("larare", "processledare")
