"""What an administrator has let the bot do in Graph, and what does not work without it: for IT."""

from collections.abc import AsyncIterator, Collection, Sequence
from urllib.parse import urlsplit

import httpx

from bot.domain.errands_files import channel_linked
from bot.domain.value import Value
from bot.platforms.finding import Finding, advice, fault, well
from bot.platforms.graph.errors import NOT_ENTRA
from bot.platforms.graph.port import Capability, Graph, GraphRefused


class Need(Value):
    """What a capability takes: any one set of permissions is enough. `gives` completes "det går …".

    `then` is what to do when it has been granted.
    """

    capability: Capability
    any_of: tuple[frozenset[str], ...]
    gives: str
    instead: str
    then: str = ""


WRITES = ("Files.ReadWrite.All", "Sites.ReadWrite.All")
"""What reaches the files of a channel; Sites.Selected is not among what Graph says will do."""

SEES = ("Team.ReadBasic.All", "TeamSettings.Read.All")
"""What tells whether a team is open to everybody in the tenant."""

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
        instead="Den vars kalender det gäller får länkar i stället.",
        then="Begränsa den i Exchange till de brevlådor som behövs.",
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
        capability="leaders",
        any_of=tuple(
            frozenset({writes, sees, "ChannelMember.Read.All"}) for writes in WRITES for sees in SEES
        ),
        gives="att spara sammanfattningen i ledningens kanal",
        instead="Den sparas i rektors egen OneDrive i stället, om boten får skriva där.",
    ),
    Need(
        capability="reports",
        any_of=tuple(frozenset({writes, sees}) for writes in WRITES for sees in SEES),
        gives="att spara orsaksanalyser bland filerna i arbetslagets kanal",
        instead="Arbetslaget har dem i kanalen ändå.",
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

AWAY = "Graph svarar inte just nu. Kör nulage doctor igen om en stund. Resten fungerar ändå."
NEW_SECRET = "Skapa en ny hemlighet på appens sida i Entra och lägg den i NULAGE_GRAPH__CLIENT_SECRET."  # noqa: S105  a sentence
CONSENT = "Be en administratör i kommunen godkänna appen."
CHECK = "Kontrollera Program-ID, Katalog-ID och hemligheten på appens sida i Entra."
STOPPED = {
    "AADSTS7000215": f"hemligheten är fel. {NEW_SECRET}",
    "AADSTS7000222": f"hemligheten har gått ut. {NEW_SECRET}",
    "AADSTS700016": "appen i NULAGE_GRAPH__CLIENT_ID finns inte i kommunens katalog. Kontrollera Program-ID "
    f"och Katalog-ID i Entra. {CONSENT}",
    "AADSTS7000229": f"appen är inte godkänd i kommunens katalog. {CONSENT}",
    "AADSTS90002": "katalogen i NULAGE_GRAPH__TENANT_ID finns inte. Är den tom används "
    "NULAGE_TEAMS__TENANT_ID. Kontrollera Katalog-ID i Entra.",
    "AADSTS53003": "en princip för villkorsstyrd åtkomst stoppar appen. Be den som sköter Entra att släppa "
    "in appen från botens server.",
    NOT_ENTRA: "något annat än Microsoft svarade på inloggningen, ofta en brandvägg eller en proxy. Öppna "
    "brandväggen till inloggningen, eller ange proxyn i HTTPS_PROXY.",
}
"""Entra's own codes (Microsoft, Entra authentication error codes)."""


def chosen(calendar_of: str, files_to: str, reports_to: str, teams_app: str) -> frozenset[Capability]:
    """What is worth speaking of, as the settings stand: what nobody has chosen is not missed."""
    found: set[Capability] = {"roster", "feed"}
    if calendar_of not in {"", "links"}:
        found.add("calendar")
    if files_to:
        found.add("files")
    if channel_linked(files_to.partition(" ")[0]):
        found.add("leaders")
    if reports_to:
        found.add("reports")
    if teams_app:
        found.add("install")
    return frozenset(found)


async def examine(
    graph: Graph, wanted: Collection[Capability], door: Finding | None = None
) -> AsyncIterator[Finding]:
    """Look at one tenant: does it take our key, and what has it let us do of what is `wanted`?

    `door` is what `reached` found: what is granted behind a shut one does not work, and is not said to.
    """
    try:
        granted = await graph.granted()
    except GraphRefused as refused:
        yield _refused(refused)
        return
    yield well("Graph: nyckeln fungerar.")
    if door:
        yield door
    shut = door is not None and door.level != "well"
    for need in NEEDS:
        if need.capability in wanted:
            found = _of(need, granted)
            if not (shut and found.level == "well"):
                yield found


async def reached(client: httpx.AsyncClient, base_url: str) -> Finding:
    """Whether Graph itself answers: the log-in is another host. No token goes along.

    All that Graph says has a `request-id` (Microsoft Graph, best practices), even what it refuses.
    """
    host = urlsplit(base_url).hostname
    mend = f"Öppna brandväggen till {host}, eller ange proxyn i HTTPS_PROXY. Det andra fungerar ändå."
    try:
        async with client.stream("GET", base_url) as answer:
            theirs = "request-id" in answer.headers or "json" in answer.headers.get("content-type", "")
    except httpx.HTTPError:
        return fault(f"Graph: jag når inte {host}. Utan den görs inget i kalender, filer och notiser. {mend}")
    if answer.is_server_error:
        return advice(AWAY)
    if not theirs:
        return fault(f"Graph: något annat än Microsoft svarar hos {host}, ofta en brandvägg. {mend}")
    return well(f"Graph: jag når {host}.")


def _of(need: Need, granted: frozenset[str]) -> Finding:
    if any(names <= granted for names in need.any_of):
        return well(f"Graph: det går {need.gives}.")
    nearest = min(need.any_of, key=lambda names: len(names - granted))  # the first, of those as near
    lacking = sorted(nearest - granted)
    does = f"Graph: det går inte {need.gives}, för {_listed(lacking)} saknas. {need.instead}"
    return advice(
        " ".join(
            filter(None, (does, _how("behörigheten" if len(lacking) == 1 else "behörigheterna"), need.then))
        )
    )


def _how(them: str) -> str:
    return (
        f"Vill ni ha det? Lägg till {them} i Entra, på appens sida: API-behörigheter, Microsoft Graph, "
        "Programbehörigheter. Tryck sedan Bevilja administratörsmedgivande."
    )


def _listed(names: Sequence[str]) -> str:
    return " och ".join((", ".join(names[:-1]), names[-1])) if len(names) > 1 else names[0]


def _refused(refused: GraphRefused) -> Finding:
    said = STOPPED.get(refused.code)
    if said is None and refused.how in {"later", "doubt"}:
        return advice(AWAY)
    return fault(f"Graph: {said or f'Microsoft sa nej ({refused.code}). {CHECK}'}")
