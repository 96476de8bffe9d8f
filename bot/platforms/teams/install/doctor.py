"""What is wrong with the bot in Teams, as far as Microsoft tells us, and how to mend it. It sends nothing."""

from collections import defaultdict
from collections.abc import AsyncIterator, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple
from urllib.parse import urlsplit

import httpx

from bot.platforms.finding import Finding, advice, clock, fault, well
from bot.platforms.teams.install.login import Login, log_in
from bot.platforms.teams.install.references import Reference
from bot.platforms.teams.send.addresses import checked, segment
from bot.platforms.teams.send.errors import TeamsRefused
from bot.platforms.teams.send.wire import code_of

FEWEST_IN_A_PAGE = 50
"""What the Connector takes as a page of members at least; we only want to know whether it answers."""


class Known(NamedTuple):
    """What the bot knows of Teams. `channels`: the address of an arbetslag's place, and its name.

    `stand_ins`: hosts that settings name, where our token may travel beside Microsoft's own.
    """

    allowed: frozenset[str]
    references: Sequence[Reference]
    channels: Mapping[str, str]
    stand_ins: frozenset[str] = frozenset()


async def examine(
    client: httpx.AsyncClient, login: Login, openid_url: str, known: Known, now: datetime
) -> AsyncIterator[Finding]:
    """Look at what tells who knocks, at the registration, at each tenant and at each arbetslag's channel."""
    yield await _keys(client, openid_url)
    answer = await log_in(client, login)
    for found in (*answer.findings, *clock(answer.date, now, whose="Microsofts", chat="Teams")):
        yield found
    for found in _tenants(known):
        yield found
    if answer.token:
        async for found in _channels(client, answer.token, known):
            yield found


async def _keys(client: httpx.AsyncClient, url: str) -> Finding:
    """Without Microsoft's keys nobody who knocks can be told from Teams, and all are turned away."""
    host = urlsplit(url).hostname
    try:
        answer = await client.get(url)
        if answer.is_success and answer.json()["jwks_uri"]:
            return well(f"Teams: jag når nycklarna hos {host}.")
    except (httpx.HTTPError, ValueError, KeyError, TypeError):
        pass
    return fault(
        f"Teams: jag når inte nycklarna hos {host}. Utan dem släpps inget in från Teams. "
        "Öppna brandväggen dit, eller ange proxyn i HTTPS_PROXY."
    )


def _tenants(known: Known) -> Sequence[Finding]:
    """Whose Teams the bot has been put in, against whose it may work in."""
    there = {one.tenant for one in known.references}
    if not there:
        return (
            advice(
                "Teams: boten har inte hört något från Teams än. Lägg till appen i ett team. "
                "Kontrollera annars att Azure-botens adress slutar på /api/messages."
            ),
        )
    strangers = (
        advice(
            f"Teams: boten har varit i organisationen {tenant}, som inte får använda den nu. Lägg till den i "
            "NULAGE_TEAMS__ALLOWED_TENANTS, eller ta bort appen där."
        )
        for tenant in sorted(there - known.allowed)
    )
    waited_for = (
        advice(f"Teams: ingen har lagt till boten i organisationen {tenant} än.")
        for tenant in sorted(known.allowed - there)
    )
    return (*strangers, *waited_for)


async def _channels(client: httpx.AsyncClient, token: str, known: Known) -> AsyncIterator[Finding]:
    """Every place that an arbetslag talks in has to have the bot in it."""
    ours = defaultdict(list)
    for address in sorted(known.channels, key=lambda one: known.channels[one]):
        tenant, _, key = address.partition("/")
        if tenant in known.allowed:
            ours[tenant].append((key, known.channels[address]))
    if not ours:
        yield advice("Teams: inget arbetslag har en kanal här än. Lägg till appen i arbetslagets team.")
        return
    where = {(one.tenant, one.key): one for one in known.references}
    for tenant, places in sorted(ours.items()):
        for key, arbetslag in places:
            found, stop = await _channel(client, token, where.get((tenant, key)), arbetslag, known.stand_ins)
            yield found
            if stop:
                break


async def _channel(
    client: httpx.AsyncClient,
    token: str,
    place: Reference | None,
    arbetslag: str,
    stand_ins: frozenset[str],
) -> tuple[Finding, bool]:
    """Whether the bot is in one place, and whether the rest of its tenant would only say the same."""
    if place is None or not place.conversation:
        return fault(f"{arbetslag}: boten är inte med i kanalen längre. {ADD}"), False
    host = place.service_url
    try:
        base = checked(place.service_url, stand_ins)
        host = urlsplit(base).hostname or base
        url = f"{base}/v3/conversations/{segment(place.conversation)}/pagedmembers"
        answer = await client.get(
            url, params={"pageSize": FEWEST_IN_A_PAGE}, headers={"Authorization": f"Bearer {token}"}
        )
    except TeamsRefused:
        return fault(
            f"{arbetslag}: adressen {host} är inte Microsofts. Boten skickar inget dit. Skriv @Nuläge i "
            "kanalen, så lär sig boten den rätta."
        ), False
    except httpx.HTTPError:
        return fault(
            f"Teams: jag når inte {host}. Öppna brandväggen dit. Har Microsoft bytt adress lär sig boten den "
            "nya när någon skriver till den."
        ), True
    return _said(answer.status_code, code_of(answer.status_code, answer.text), arbetslag)


ADD = "Lägg till appen Nuläge i teamet igen och skriv @Nuläge i kanalen."


def _said(status: int, code: str, arbetslag: str) -> tuple[Finding, bool]:
    match status:
        case 200:
            return well(f"{arbetslag}: boten är med i kanalen."), False
        case 401:
            return fault(
                "Teams tar inte emot botens nyckel (401). Kontrollera att Azure-boten har samma Program-ID "
                "som NULAGE_TEAMS__CLIENT_ID och att kanalen Microsoft Teams är påslagen där."
            ), True
        case 403 if code == "BotDisabledByAdmin":
            return fault(
                "Teams: administratören har stängt av appen. Tillåt den under Hantera appar i Teams "
                "administrationscenter. Det som väntar skickas sedan."
            ), True
        case 403 | 404:
            return fault(
                f"{arbetslag}: boten är inte med i kanalen, eller så är kanalen borttagen. {ADD}"
            ), False
        case 429:
            return advice("Teams ber oss vänta. Kör nulage doctor igen om en minut."), True
        case _:
            return fault(f"{arbetslag}: Teams sa nej ({status}). Kör nulage doctor igen om en stund."), False
