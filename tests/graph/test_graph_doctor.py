"""What IT hears of Graph: what is let in, what is not, and what that means."""

import asyncio
from typing import get_args

import httpx
from aiohttp import web

from bot.domain.errands_files import ChannelFiles
from bot.platforms.finding import Finding
from bot.platforms.graph.doctor import NEEDS, chosen, examine, reached
from bot.platforms.graph.port import Capability
from tests.graph.fake import ALL, FakeGraph, page
from tests.graph.settings import link_to
from tests.graph.stage import CATALOGUE, GROUP, TEAM
from tests.graph.test_calls import ours

NOWHERE = "http://127.0.0.1:9/v1.0"
EVERYTHING: tuple[Capability, ...] = get_args(Capability)


def found(fake: FakeGraph, wanted: tuple[Capability, ...] = EVERYTHING) -> list[Finding]:
    async def play() -> list[Finding]:
        async with fake, ours(fake) as graph, httpx.AsyncClient() as client:
            door = await reached(client, fake.base_url)
            assert fake.wrong == []
            return [finding async for finding in examine(graph, wanted, door)]

    return asyncio.run(play())


def test_all_is_well_where_all_is_granted() -> None:
    assert {one.level for one in found(FakeGraph())} == {"well"}
    assert {need.capability for need in NEEDS} == set(EVERYTHING)


def test_what_is_not_granted_is_named_with_what_happens_instead() -> None:
    (lacks,) = [one for one in found(FakeGraph(granted=ALL - {"Calendars.ReadWrite"})) if one.level != "well"]
    assert lacks.level == "advice"
    assert "Calendars.ReadWrite" in lacks.text
    assert "länkar" in lacks.text


def test_what_nobody_has_chosen_is_not_spoken_of() -> None:
    said = found(FakeGraph(granted=frozenset()), ("files",))
    assert ["Files.ReadWrite.All" in one.text for one in said] == [False, False, True]


def test_a_refused_key_is_a_fault_that_says_what_to_do() -> None:
    for code, word in ((7000215, "hemlighet"), (7000229, "administratör"), (1, "AADSTS1")):
        (said,) = found(FakeGraph(login_refused=code))
        assert said.level == "fault"
        assert word in said.text


def test_a_graph_that_is_away_is_no_fault() -> None:
    async def play() -> list[Finding]:
        async with FakeGraph() as fake:
            address = fake.address
        async with ours(FakeGraph(address=address)) as graph:
            return [finding async for finding in examine(graph, EVERYTHING)]

    assert [one.level for one in asyncio.run(play())] == ["advice"]


def test_a_graph_behind_a_firewall_is_not_said_to_work_whatever_is_granted() -> None:
    async def shut() -> list[Finding]:
        async with FakeGraph(granted=ALL - {"Calendars.ReadWrite"}) as fake, ours(fake) as graph:
            async with httpx.AsyncClient() as client:
                door = await reached(client, NOWHERE)
            return [finding async for finding in examine(graph, EVERYTHING, door)]

    key, door, lacks = asyncio.run(shut())
    assert [one.level for one in (key, door, lacks)] == ["well", "fault", "advice"]
    assert door.text.startswith("Graph: jag når inte 127.0.0.1. Utan den görs inget i kalender")
    assert "Calendars.ReadWrite" in lacks.text


def test_a_page_in_graphs_place_is_a_firewalls_and_an_error_of_graphs_own_is_not() -> None:
    _, door, *rest = found(FakeGraph(front=page))
    assert (door.level, rest) == ("fault", [])
    assert "något annat än Microsoft svarar hos 127.0.0.1" in door.text
    named = {"request-id": "1"}
    _, door, *_ = found(FakeGraph(front=lambda: web.Response(status=404, headers=named)))
    assert door.level == "well"
    _, door, *_ = found(FakeGraph(front=lambda: web.Response(status=503, text="<html>")))
    assert (door.level, door.text.partition(".")[0]) == ("advice", "Graph svarar inte just nu")


def test_a_page_at_the_log_in_is_not_told_as_microsofts_no() -> None:
    (said,) = found(FakeGraph(page_at_login="<html>"))
    assert said.level == "fault"
    assert "något annat än Microsoft svarade på inloggningen" in said.text
    assert "sa nej" not in said.text


def test_what_is_worth_speaking_of_follows_the_settings() -> None:
    assert chosen("", "", "", "") == chosen("links", "", "", "") == {"roster", "feed"}
    link = link_to(ChannelFiles(team=GROUP, channel=TEAM))
    assert chosen("samtalsledare", link, "arbetslag", CATALOGUE) == set(EVERYTHING)
    assert chosen("", "rektor", "", "") == {"roster", "feed", "files"}


def test_only_what_is_lacking_is_named_and_the_nearest_way_to_it() -> None:
    given = ALL - {"Team.ReadBasic.All"}
    leaders, reports = (one.text for one in found(FakeGraph(granted=given)) if one.level != "well")
    assert "för Team.ReadBasic.All saknas" in leaders
    assert "för Team.ReadBasic.All saknas" in reports
    other = (given - {"Files.ReadWrite.All"}) | {"Sites.ReadWrite.All", "TeamSettings.Read.All"}
    assert {one.level for one in found(FakeGraph(granted=other))} == {"well"}
    sites = (given - {"Files.ReadWrite.All"}) | {"Sites.ReadWrite.All"}
    (reports,) = (one.text for one in found(FakeGraph(granted=sites), ("reports",)) if one.level != "well")
    assert "för Team.ReadBasic.All saknas" in reports
    none = found(FakeGraph(granted=frozenset()), ("roster",))[-1].text
    assert "för Channel.ReadBasic.All, ChannelMember.Read.All och TeamMember.Read.All saknas" in none
    assert "Lägg till behörigheterna" in none
