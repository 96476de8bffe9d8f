"""What IT hears of Graph: what is let in, what is not, and what that means."""

import asyncio
from typing import get_args

from bot.domain.errands_files import ChannelFiles
from bot.platforms.finding import Finding
from bot.platforms.graph.doctor import NEEDS, chosen, examine
from bot.platforms.graph.port import Capability
from tests.graph.fake import ALL, FakeGraph
from tests.graph.settings import link_to
from tests.graph.stage import CATALOGUE, GROUP, TEAM
from tests.graph.test_calls import ours

EVERYTHING: tuple[Capability, ...] = get_args(Capability)


def found(fake: FakeGraph, wanted: tuple[Capability, ...] = EVERYTHING) -> list[Finding]:
    async def play() -> list[Finding]:
        async with fake, ours(fake) as graph:
            return [finding async for finding in examine(graph, wanted)]

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
    assert ["Files.ReadWrite.All" in one.text for one in said] == [False, True]


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
