"""The doctor's look at Teams and Graph: every tenant that the bot is in."""

from collections.abc import AsyncIterator, Callable
from datetime import datetime
from importlib.metadata import version

import httpx

from bot.platforms.finding import Finding, fault, well
from bot.platforms.teams.install.doctor import Known, examine
from bot.platforms.teams.install.login import Login
from bot.platforms.teams.install.references import Reference
from bot.platforms.teams.send.wire import HERE
from bot.settings import Settings
from storage.checkup import check_up, peek
from storage.installed import references
from storage.unit import UnitOfWork

SECONDS = 10.0
"""How long Microsoft is waited for before it counts as out of reach."""


async def of_teams(settings: Settings, now: Callable[[], datetime]) -> AsyncIterator[Finding]:
    """The registration, the tenants, and whether the bot is where their arbetslag talk."""
    teams = settings.teams
    if teams.dangerously_allow_unauthenticated:
        yield fault(
            "NULAGE_TEAMS__DANGEROUSLY_ALLOW_UNAUTHENTICATED är på. Då kan vem som helst på datorn låtsas "
            "vara Teams. Ta bort den när provet är slut."
        )
        return
    ready = check_up(settings.database_url).schema_is == "head"
    there, channels = peek(settings.database_url, _known) if ready else ((), {})
    login = Login(
        url=teams.login_url,
        tenant=teams.tenant_id,
        client_id=teams.client_id,
        secret=teams.client_secret.get_secret_value(),
    )
    async with httpx.AsyncClient(timeout=SECONDS, mounts=dict.fromkeys(HERE)) as client:
        known = Known(teams.tenants, there, channels, teams.stand_ins)
        async for found in examine(client, login, teams.openid_url, known, now()):
            yield found
    yield well(
        f"Apppaketet för den här versionen har nummer {version('nulage')}. Visar Teams administrationscenter "
        "ett lägre, eller ser alla svaret på /nuläge? Gör då ett nytt med nulage teams package."
    )


def _known(unit: UnitOfWork) -> tuple[tuple[Reference, ...], dict[str, str]]:
    """Where the bot is, and the address of every arbetslag's place there with its name."""
    there = tuple(
        Reference.model_validate(one.model_dump())
        for tenant in references.tenants(unit)
        for one in references.of_tenant(unit, tenant)
    )
    listed = unit.roster.arbetslag.values()
    ours = {team.place.address: team.name for team in listed if team.place and team.place.platform == "teams"}
    return there, ours


async def of_graph(settings: Settings) -> AsyncIterator[Finding]:
    """What an administrator has let the bot do, each thing by itself."""
    from bot.platforms.graph import doctor
    from bot.platforms.graph.aside import Aside
    from bot.platforms.graph.sdk import SdkGraph
    from bot.platforms.graph.tokens import Registration

    graph = settings.graph
    who = Registration(
        settings.graph_tenant,
        graph.client_id,
        graph.client_secret.get_secret_value(),
        settings.teams.login_url,
        graph.base_url,
    )
    aside = Aside("graph")
    asked = SdkGraph(who, aside, SECONDS)
    try:
        async with httpx.AsyncClient(timeout=SECONDS, mounts=dict.fromkeys(HERE)) as client:
            door = await doctor.reached(client, graph.base_url)
        chosen = doctor.chosen(graph.calendar_of, graph.files_to, graph.reports_to, graph.teams_app)
        async for found in doctor.examine(asked, chosen, door):
            yield found
    finally:
        await asked.close()
        await aside.stop()
