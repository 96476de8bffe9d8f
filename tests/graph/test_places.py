"""Where files go: what a setting names, what a file may be called, and whose channel is whose."""

from datetime import UTC, datetime
from unicodedata import normalize

import pytest

from bot.domain.errands_files import ChannelFiles, Filed, channel_linked, safe_name
from bot.domain.school import Role
from bot.domain.value import PersonId
from bot.rehearsal import example
from bot.rehearsal.example import SCHOOL, TEAM_46
from handlers.errands.here import Here
from handlers.errands.leaders import Leading, Reading, channel_for
from storage.people.founding import change_person
from storage.store import open_store
from storage.unit import UnitOfWork
from tests.graph.fake import TENANT
from tests.graph.settings import link_to
from tests.graph.stage import GROUP, aad, channel, spelled
from tests.play import prompts

ROOM = ChannelFiles(team=GROUP, channel="19:ledning@thread.tacv2")
OTHER = ChannelFiles(team=GROUP, channel="19:ledning-2@thread.tacv2")
NOW = datetime(2026, 11, 16, 8, 0, tzinfo=UTC)


def test_the_link_that_teams_gives_names_a_channel() -> None:
    assert channel_linked(link_to(ROOM)) == ROOM
    newer = link_to(ROOM).replace("teams.microsoft.com", "teams.cloud.microsoft")
    assert channel_linked(newer) == ROOM


@pytest.mark.parametrize(
    "wrong",
    [
        "",
        "rektor",
        link_to(ROOM).replace("https", "http"),
        link_to(ROOM).replace("teams.microsoft.com", "teams.microsoft.com.evil.example"),
        link_to(ROOM).replace("/l/channel/", "/l/message/"),
        link_to(ROOM).replace("19%3A", "99%3A"),
        link_to(ROOM).replace(GROUP, "../groups"),
        link_to(ROOM).partition("?")[0],
        f"https://teams.microsoft.com/l/team/19%3Aa@thread.tacv2/conversations?groupId={GROUP}",
    ],
)
def test_anything_else_names_none(wrong: str) -> None:
    assert channel_linked(wrong) is None


def test_a_name_of_a_file_leads_nowhere_and_is_never_empty() -> None:
    assert safe_name("Åsö/Björk: skola? *4–6*", "Skola") == "Åsö Björk skola 4–6"
    assert safe_name(normalize("NFD", "Östra skolan på Åsö"), "Skola") == "Östra skolan på Åsö"
    assert safe_name("../..", "Skola") == "Skola"
    assert safe_name("A.docx", "Skola") == "A docx"
    assert len(safe_name("x" * 200, "Skola")) == 80


def read(*readers: str) -> Reading:
    return Reading(frozenset(readers))


def of(slug: str) -> str:
    return f"{TENANT}/{aad(slug)}"


def decided(*seen: tuple[ChannelFiles, Reading], rektors: tuple[str, ...] = ("rut",)) -> ChannelFiles | None:
    """What is decided for Björkskolan when these are its rektors."""
    store = open_store("sqlite://")

    def also(unit: UnitOfWork, slug: str, *roles: Role) -> None:
        change_person(unit, unit.roster.persons[PersonId(slug)].model_copy(update={"roles": roles}))

    with store.begin() as unit:
        example.found(unit, "teams", NOW.date(), spelled)
    with store.begin() as unit:
        for slug in rektors:
            also(unit, slug, "rektor")
    with store.begin() as unit:
        here = Here.of(unit, prompts(), "teams", TENANT, NOW)
        return channel_for(here, SCHOOL, Leading(dict(seen)))


def test_a_channel_is_taken_when_only_the_schools_rektors_read_it() -> None:
    assert decided((ROOM, read(of("rut")))) == ROOM
    assert decided((ROOM, read(of("rut"), of("pia"))), rektors=("rut", "pia")) == ROOM


@pytest.mark.parametrize(
    "reading",
    [
        read(of("rut"), of("lena")),
        read(of("rut"), of("pia")),  # a processledare sees that it is done, never what it says
        read(of("rut"), f"{TENANT}/{aad('somebody-whom-nobody-has-met')}"),
        read(of("rut"), f"99999999-0000-4000-8000-0000000000aa/{aad('rut')}"),
        read(of("rut"), "/"),
        read(),
        Reading(None),
    ],
)
def test_whoever_else_reads_it_and_it_is_not(reading: Reading) -> None:
    assert decided((ROOM, reading)) is None
    assert decided((ROOM, reading), (OTHER, read(of("rut")))) == OTHER


def test_an_arbetslags_channel_is_never_taken() -> None:
    theirs = ChannelFiles(team=GROUP, channel=channel(TEAM_46))
    assert decided((theirs, read(of("rut")))) is None


def test_a_file_from_before_there_were_channels_is_still_known() -> None:
    told = '{"file":{"drive":"b!d","item":"f1","path":"Nuläge/v47.docx","etag":"e","link":"https://x"},'
    filed = Filed.of(told + '"school":"bjork","week":202647}')
    assert filed
    assert (filed.file.folder, filed.week, filed.analysis) == ("root", 202647, "")
    assert Filed.of('{"item":"f1"}') is None
