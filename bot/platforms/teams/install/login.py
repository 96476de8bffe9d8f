"""Asking Microsoft for a token with our registration, to see whether it holds. The token is not kept."""

from collections.abc import Sequence
from typing import Any, NamedTuple
from urllib.parse import urlsplit

import httpx

from bot.domain.value import Value
from bot.platforms.entra import body_of, token_request
from bot.platforms.finding import Finding, advice, fault, well

SCOPE = "https://api.botframework.com/.default"
"""What the Connector wants a token for (Microsoft Learn, Authentication with the Bot Connector API)."""

TOO_MANY = 429
NO_APP = {700016}
NO_TENANT = {90002, 900021, 900023}
BAD_SECRET = {7000215, 7000222}
"""Entra's own numbers (Microsoft Learn, authentication and authorization error codes). Microsoft may change
them: what is not known here is told with its number."""


class Login(Value):
    """Our registration, and where it is tried. `secret` travels to `url` and nowhere else."""

    url: str
    tenant: str
    client_id: str
    secret: str


class Answer(NamedTuple):
    """What it came to. `token` is empty when there is none; `date` is what Microsoft's clock says."""

    findings: Sequence[Finding]
    token: str = ""
    date: str = ""


async def log_in(client: httpx.AsyncClient, login: Login) -> Answer:
    """Ask once for a token to the Bot Framework."""
    asked = token_request(login.url, login.tenant, login.client_id, login.secret, SCOPE)
    host = urlsplit(login.url).hostname
    try:
        answer = await client.post(**asked)
    except httpx.HTTPError:
        return Answer(
            (
                fault(
                    f"Teams: jag når inte Microsofts inloggning hos {host}. Öppna brandväggen dit, eller "
                    "ange proxyn i HTTPS_PROXY."
                ),
            )
        )
    said = body_of(answer)
    date = answer.headers.get("date", "")
    token = said.get("access_token")
    if answer.is_success and isinstance(token, str) and token:
        return Answer((well("Teams: Microsoft känner igen registreringen."),), token, date)
    return Answer((_refused(answer.status_code, said, host),), date=date)


def _refused(status: int, said: dict[str, Any], host: str | None) -> Finding:
    listed = said.get("error_codes")
    codes = {one for one in listed if isinstance(one, int)} if isinstance(listed, list) else set()
    word = said.get("error")
    if status == TOO_MANY:
        return advice("Teams: Microsoft ber oss vänta. Kör nulage doctor igen om en minut.")
    if not said and status < httpx.codes.INTERNAL_SERVER_ERROR:
        return fault(
            f"Teams: något annat än Microsoft svarar hos {host}, ofta en brandvägg eller en proxy. Öppna "
            "brandväggen dit, eller ange proxyn i HTTPS_PROXY."
        )
    if codes & NO_TENANT:
        return fault(
            "Teams: Microsoft känner inte till organisationen i NULAGE_TEAMS__TENANT_ID. Jämför med "
            "Katalog-ID (klientorganisation) på appens sida i Entra."
        )
    if codes & NO_APP or (not codes and word == "unauthorized_client"):
        return fault(
            "Teams: appen finns inte i organisationen i NULAGE_TEAMS__TENANT_ID. Jämför Program-ID och "
            "Katalog-ID med appens sida i Entra."
        )
    if codes & BAD_SECRET or (not codes and word == "invalid_client"):
        return fault(
            "Teams: hemligheten är fel, eller så har den gått ut. Skapa en ny under Certifikat och "
            "hemligheter i Entra och lägg dess värde i NULAGE_TEAMS__CLIENT_SECRET."
        )
    told = f"AADSTS{min(codes)}" if codes else str(status)
    return fault(
        f"Teams: Microsoft sa nej ({told}). Sök på numret hos Microsoft, eller prova igen om en stund."
    )
