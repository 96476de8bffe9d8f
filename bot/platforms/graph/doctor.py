"""What an administrator has let the bot do in Graph, and what does not work without it: for IT."""

from collections.abc import AsyncIterator, Collection

from bot.domain.value import Value
from bot.platforms.finding import Finding, advice, fault, well
from bot.platforms.graph.port import Capability, Graph, GraphRefused

WHERE = "Godkänn det under API-behörigheter (program) på appens sida i Entra."


class Need(Value):
    """What a capability takes: any one set of permissions is enough. `gives` completes "det går …"."""

    capability: Capability
    any_of: tuple[frozenset[str], ...]
    gives: str
    instead: str


NEEDS = (
    Need(
        capability="roster",
        any_of=(frozenset({"TeamMember.Read.All", "Channel.ReadBasic.All", "ChannelMember.Read.All"}),),
        gives="att läsa teamens medlemmar i Graph",
        instead="Boten läser dem genom Teams i stället.",
    ),
    Need(
        capability="calendar",
        any_of=(frozenset({"Calendars.ReadWrite"}),),
        gives="att lägga avstämningar i kalendern",
        instead="Den vars kalender det gäller får länkar i stället. "
        "Begränsa behörigheten till de brevlådor som behövs.",
    ),
    Need(
        capability="files",
        any_of=(
            frozenset({"Files.ReadWrite.All"}),
            frozenset({"Sites.ReadWrite.All"}),
            frozenset({"Sites.Selected"}),
        ),
        gives="att spara veckans sammanfattning som fil",
        instead="Rektor får den i chatten ändå.",
    ),
    Need(
        capability="feed",
        any_of=(frozenset({"TeamsActivity.Send"}),),
        gives="att skicka notiser i flödet Aktivitet utan teamägarens godkännande",
        instead="Teamets ägare kan godkänna dem när appen läggs till.",
    ),
    Need(
        capability="install",
        any_of=(frozenset({"TeamsAppInstallation.ReadWriteSelfForUser.All"}),),
        gives="att öppna en chatt med den som saknar appen",
        instead="Personen kan lägga till appen själv.",
    ),
)
"""Microsoft Graph, permissions reference; each sentence is read by whoever runs the bot."""

NEW_SECRET = "Skapa en ny hemlighet på appens sida i Entra och lägg den i NULAGE_GRAPH__CLIENT_SECRET."  # noqa: S105  a sentence
CONSENT = "Be en administratör i kommunen godkänna appen."
STOPPED = {
    "AADSTS7000215": f"hemligheten är fel. {NEW_SECRET}",
    "AADSTS7000222": f"hemligheten har gått ut. {NEW_SECRET}",
    "AADSTS700016": f"appen i NULAGE_GRAPH__CLIENT_ID finns inte i kommunens katalog. {CONSENT}",
    "AADSTS7000229": f"appen är inte godkänd i kommunens katalog. {CONSENT}",
    "AADSTS90002": "katalogen i NULAGE_GRAPH__TENANT_ID finns inte. Kontrollera Katalog-ID i Entra.",
}
"""Entra's own codes (Microsoft, Entra authentication error codes)."""


def chosen(calendar_of: str, files_to: str, teams_app: str) -> frozenset[Capability]:
    """What is worth speaking of, as the settings stand: what nobody has chosen is not missed."""
    found: set[Capability] = {"roster", "feed"}
    if calendar_of not in {"", "links"}:
        found.add("calendar")
    if files_to:
        found.add("files")
    if teams_app:
        found.add("install")
    return frozenset(found)


async def examine(graph: Graph, wanted: Collection[Capability]) -> AsyncIterator[Finding]:
    """Look at one tenant: does it take our key, and what has it let us do of what is `wanted`?"""
    try:
        granted = await graph.granted()
    except GraphRefused as refused:
        yield _refused(refused)
        return
    yield well("Graph: nyckeln fungerar.")
    for need in NEEDS:
        if need.capability in wanted:
            yield _of(need, granted)


def _of(need: Need, granted: frozenset[str]) -> Finding:
    if any(names <= granted for names in need.any_of):
        return well(f"Graph: det går {need.gives}.")
    names = " och ".join(sorted(need.any_of[0]))
    return advice(f"Graph: utan {names} går det inte {need.gives}. {need.instead} {WHERE}")


def _refused(refused: GraphRefused) -> Finding:
    if refused.how in {"later", "doubt"}:
        return advice("Graph svarar inte just nu. Kör nulage doctor igen om en stund. Resten fungerar ändå.")
    said = STOPPED.get(refused.code, f"Microsoft sa nej ({refused.code}). Kontrollera appen i Entra.")
    return fault(f"Graph: {said}")
