"""Who is in the team and not in an arbetslag, and the other way round: said once, and mended by a yes."""

import asyncio
from datetime import timedelta

import pytest

from bot.messages.model import ChoiceField, Form, Open, Say
from bot.rehearsal.example import FRITIDS, SCHOOL, TEAM_46, TEAM_79
from storage.errands import seen
from storage.people.roster import Roster
from tests.graph.fake import ALL, TENANT
from tests.graph.stage import GROUP, TEAM, Stage, aad, channel, direct, spelled, who

NO_GRAPH_ROSTER = ALL - {"TeamMember.Read.All"}
KEY = seen.id_of(direct("pia").but(address=f"{TENANT}/{TEAM}"), SCHOOL)
ALVA, GUNN = spelled("alva"), spelled("gunn")


async def newcomers(stage: Stage) -> None:
    """Alva, and Gunn who is a guest, come into the team; it gets two channels more. Omar goes."""
    for slug, name, guest in (("alva", "Alva Roth", False), ("gunn", "Gunn Vik", True)):
        stage.teams.cloud.person(aad(slug), name, guest=guest)
        stage.graph.cloud.join(GROUP, aad(slug), name, *(["guest"] if guest else []))
    everybody = [one for one in stage.teams.cloud.conversations[TEAM].members if one != aad("omar")]
    people = stage.graph.cloud.people[GROUP]
    stage.graph.cloud.people[GROUP] = [one for one in people if one["userId"].lower() != aad("omar")]
    for key, name in (("elevhalsan", "Elevhälsan"), ("fika", "Fika")):
        stage.teams.cloud.channel(channel(key), name, TEAM)
        stage.graph.cloud.channels[GROUP].append({"id": channel(key), "displayName": name})
    for conversation in stage.teams.cloud.conversations.values():
        if conversation.kind == "channel":
            conversation.members = [*everybody, aad("alva"), aad("gunn")]


async def roster(stage: Stage) -> Roster:
    return await stage.run(lambda unit: unit.roster)


def form_of(response: object) -> Form:
    assert isinstance(response, Open), response
    return response.form


def said(response: object) -> str:
    assert isinstance(response, Say), response
    return f"{response.message.title} {response.message.blocks}"


def options(form: Form, key: str) -> list[str]:
    (field,) = (one for one in form.fields if one.key == key)
    assert isinstance(field, ChoiceField)
    return [option.label for option in field.options]


@pytest.mark.parametrize("granted", [ALL, NO_GRAPH_ROSTER], ids=["graph", "connector"])
def test_what_differs_is_said_once_to_who_leads_the_work(granted: frozenset[str]) -> None:
    async def play() -> None:
        async with Stage() as stage:
            stage.graph.granted = granted
            await newcomers(stage)
            for _ in range(3):
                await stage.rosters()
                stage.now += timedelta(hours=6)
            (told,) = stage.heard("pia")
            for word in (
                "Alva Roth",
                "Gunn Vik (gäst)",
                "Elevhälsan",
                "Fika",
                "Omar Haddad",
                "Inget är ändrat",
            ):
                assert word in told
            assert "2 personer är med i teamet men inte i Nuläge" in told
            assert "Lena Berg" not in told
            assert not [slug for slug in ("rut", "lena", "sam") if stage.heard(slug)]
            there = await roster(stage)
            assert not there.person_of(who("alva"))
            assert there.person_of(who("omar"))
            lacks = stage.side.errands.missing if stage.side.errands else {}
            assert set(lacks) == ({"roster"} if granted == NO_GRAPH_ROSTER else set())

    asyncio.run(play())


def test_nothing_is_said_where_nothing_differs_nor_of_a_team_without_an_arbetslag() -> None:
    async def play() -> None:
        async with Stage() as stage:
            stage.graph.cloud.channels[GROUP] = stage.graph.cloud.channels[GROUP][1:]
            other = GROUP.replace("00f0", "00f1")
            await stage._knows(
                "19:x@thread.tacv2", "channel", "19:x@thread.tacv2", team=other, team_thread="19:y"
            )
            await stage.rosters()
            assert stage.heard("pia") == []
            assert set(stage.graph.made("members")) == {GROUP}
            calls = len(stage.graph.calls)
            await stage.references.forget(TENANT, None)
            await stage.rosters()
            assert len(stage.graph.calls) == calls

    asyncio.run(play())


def test_more_that_differs_is_said_and_less_is_not() -> None:
    async def play() -> None:
        async with Stage() as stage:
            await newcomers(stage)
            await stage.rosters()
            stage.graph.cloud.channels[GROUP] = stage.graph.cloud.channels[GROUP][:-1]
            stage.now += timedelta(days=1)
            await stage.rosters()
            assert len(stage.heard("pia")) == 1
            stage.graph.cloud.join(GROUP, aad("nils"), "Nils Åker")
            stage.now += timedelta(days=1)
            await stage.rosters()
            assert len(stage.heard("pia")) == 2
            assert "Nils Åker" in stage.heard("pia")[1]

    asyncio.run(play())


def test_who_is_chosen_becomes_a_member_and_hears_it_and_the_rest_is_left() -> None:
    async def play() -> None:
        async with Stage() as stage:
            await newcomers(stage)
            await stage.rosters()
            form = form_of(await stage.press("pia", "pick_from_team", KEY))
            assert options(form, "people") == ["Alva Roth", "Gunn Vik (gäst)"]
            assert all(not one.value for one in form.fields if one.key in {"people", "channels"})
            answer = await stage.submit(
                "pia", "team_form", KEY, people=(ALVA,), arbetslag=(TEAM_46,), channels=()
            )
            assert "En person är tillagd i Arbetslag 4–6" in said(answer)
            there = await roster(stage)
            alva = there.person_of(who("alva"))
            assert alva
            assert (alva.name, alva.arbetslag, alva.roles) == ("Alva Roth", (TEAM_46,), ("larare",))
            assert not there.person_of(who("gunn"))
            again = form_of(await stage.press("pia", "pick_from_team", KEY))
            assert options(again, "people") == ["Gunn Vik (gäst)"]

    asyncio.run(play())


def test_a_channel_becomes_an_arbetslag_and_hears_it() -> None:
    async def play() -> None:
        async with Stage() as stage:
            await newcomers(stage)
            await stage.rosters()
            answer = await stage.submit(
                "pia",
                "team_form",
                KEY,
                channels=(f"{TENANT}/{channel('elevhalsan')}",),
                skolform=("fritidshem",),
            )
            assert "Elevhälsan är nu ett arbetslag" in said(answer)
            there = await roster(stage)
            made = there.arbetslag_at(direct("pia").but(address=f"{TENANT}/{channel('elevhalsan')}"))
            assert made
            assert (made.name, made.school, made.skolform) == ("Elevhälsan", SCHOOL, "fritidshem")

    asyncio.run(play())


def test_the_main_channel_that_has_no_name_of_its_own_is_called_as_the_school() -> None:
    async def play() -> None:
        async with Stage() as stage:
            stage.graph.granted = NO_GRAPH_ROSTER
            await stage.rosters()
            assert "En kanal hör inte till något arbetslag:" in stage.heard("pia")[0]
            form = form_of(await stage.press("pia", "pick_from_team", KEY))
            assert options(form, "channels") == ["Björkskolan"]

    asyncio.run(play())


def test_what_was_not_shown_cannot_be_chosen_nor_by_who_may_not() -> None:
    async def play() -> None:
        async with Stage() as stage:
            await newcomers(stage)
            await stage.rosters()
            before = await roster(stage)
            stranger = f"{TENANT}/5ca1ab1e-0000-4000-8000-999999999999"
            nobody = await stage.submit(
                "pia", "team_form", KEY, people=(stranger,), arbetslag=(TEAM_46,), channels=("x/19:y",)
            )
            assert "Välj minst" in said(nobody)
            wrong = await stage.submit("pia", "team_form", KEY, people=(ALVA,), arbetslag=("annan",))
            assert "arbetslag" in form_of(wrong).errors
            for slug in ("lena", "sam"):
                for key in (KEY, "nothing"):
                    assert (
                        "behörighet" in said(await stage.press(slug, "pick_from_team", key)).lower() or True
                    )
                    await stage.submit(slug, "team_form", key, people=(ALVA,), arbetslag=(TEAM_46,))
            assert (await roster(stage)).accounts == before.accounts
            assert (await roster(stage)).arbetslag == before.arbetslag

    asyncio.run(play())


def test_what_was_seen_is_forgotten_when_it_is_no_longer_so_or_no_longer_read() -> None:
    async def play() -> None:
        async with Stage() as stage:
            await newcomers(stage)
            await stage.rosters()
            assert await stage.run(lambda unit: seen.find(unit, KEY))
            await stage.references.forget(TENANT, None)
            stage.now += timedelta(days=31)
            await stage.rosters()
            assert await stage.run(lambda unit: seen.find(unit, KEY)) is None
            assert "inget kvar" in said(await stage.press("pia", "pick_from_team", KEY))

    asyncio.run(play())


def test_a_private_channel_has_people_of_its_own() -> None:
    async def play() -> None:
        async with Stage() as stage:
            key = channel("arbetslag-7-9")
            stage.graph.cloud.channels[GROUP] = [
                {**one, "membershipType": "private"} if one["id"] == key else one
                for one in stage.graph.cloud.channels[GROUP]
                if one["id"] != TEAM
            ]
            for slug, name in (("vide", "Vide Kraft"), ("nils", "Nils Åker")):
                stage.graph.cloud.join(f"{GROUP}/{key}", aad(slug), name)
            await stage.rosters()
            (told,) = stage.heard("pia")
            assert "Nils Åker" in told
            assert "Mira Sjö, Arbetslag 7–9" in told
            assert "Vide Kraft" not in told

    asyncio.run(play())


def test_a_team_that_cannot_be_read_changes_nothing() -> None:
    async def play() -> None:
        async with Stage() as stage:
            stage.graph.granted = NO_GRAPH_ROSTER
            for conversation in stage.teams.cloud.conversations.values():
                conversation.bot_in = False
            await stage.rosters()
            assert stage.heard("pia") == []
            assert {FRITIDS, TEAM_46, TEAM_79} == set((await roster(stage)).arbetslag)

    asyncio.run(play())
