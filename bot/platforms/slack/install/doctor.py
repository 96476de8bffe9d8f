"""What is wrong with a workspace, seen from Slack, and how to mend it: one Swedish line each, for IT."""

from collections.abc import AsyncIterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.platforms.finding import Finding, advice, clock, fault, well
from bot.platforms.slack.install.scopes import missing
from bot.platforms.slack.install.workspaces import granted
from bot.platforms.slack.send.errors import BROKEN, code_of

PAGE = 200


async def examine(
    client: AsyncWebClient, channels: Mapping[str, str], now: datetime, *, shown: str = ""
) -> AsyncIterator[Finding]:
    """Look at one workspace: its token, its scopes, our clock, and the channels of its arbetslag.

    `channels` maps the address of a channel ("T1/C1") to the name of the arbetslag that talks there.
    """
    try:
        answer = await client.auth_test()
    except SlackApiError as refused:
        yield _refused(refused, shown or "Slack")
        return
    except BROKEN:
        yield fault("Jag når inte Slack. Kontrollera nätet och brandväggen.")
        return
    name = shown or answer.get("team") or "Slack"
    yield well(f"{name}: nyckeln fungerar.")
    date = next((value for header, value in answer.headers.items() if header.lower() == "date"), "")
    on_time = clock(date, now, whose="Slacks", chat="Slack")
    for found in (*on_time, *_scopes(granted(answer.headers), name)):
        yield found
    try:
        async for found in _channels(client, answer, channels):
            yield found
    except SlackApiError as refused:
        yield _refused(refused, name)
    except BROKEN:
        yield fault("Slack slutade svara. Kör nulage doctor igen om en stund.")


async def examine_line(client: AsyncWebClient, app_token: str) -> AsyncIterator[Finding]:
    """Look at Socket Mode: may we have an address to call? It is not called."""
    try:
        await client.apps_connections_open(app_token=app_token)
    except SlackApiError as refused:
        yield fault(
            f"Socket Mode: Slack sa nej ({code_of(refused)}). Gör en ny nyckel med connections:write under "
            "Basic Information och lägg den i NULAGE_SLACK__APP_TOKEN."
        )
    except BROKEN:
        yield fault("Socket Mode: jag når inte Slack. Kontrollera brandväggen.")
    else:
        yield well("Socket Mode: nyckeln fungerar.")


def _refused(problem: SlackApiError, name: str) -> Finding:
    code = code_of(problem)
    match code:
        case "invalid_auth" | "not_authed" | "account_inactive" | "token_revoked" | "token_expired":
            return fault(f"{name}: nyckeln gäller inte längre ({code}). Installera appen igen hos Slack.")
        case "ratelimited" | "rate_limited":
            return advice(f"{name}: Slack ber oss vänta. Kör nulage doctor igen om en minut.")
        case "missing_scope":
            needed = problem.response.get("needed") or "okänd"
            return fault(f"{name}: behörigheten {needed} saknas. Lägg till den och installera appen igen.")
        case _:
            return fault(f"{name}: Slack sa nej ({code}). Kör nulage doctor igen om en stund.")


def _scopes(given: frozenset[str], name: str) -> Sequence[Finding]:
    lacking = missing(given)
    if not lacking:
        return (well(f"{name}: alla behörigheter finns."),)
    return tuple(
        fault(
            f"{name}: behörigheten {scope.name} saknas. Den behövs för {scope.gives}. "
            "Lägg till den hos Slack och installera appen igen."
        )
        if scope.needed
        else advice(f"{name}: utan {scope.name} fungerar inte {scope.gives}. Resten fungerar ändå.")
        for scope in lacking
    )


async def _channels(client: AsyncWebClient, who: Any, channels: Mapping[str, str]) -> AsyncIterator[Finding]:
    """Every channel that an arbetslag talks in has to have the bot in it."""
    org_wide = bool(who.get("is_enterprise_install"))
    ours = [one.partition("/") for one in channels if org_wide or one.startswith(f"{who['team_id']}/")]
    if not ours:
        yield advice("Inget arbetslag har en kanal här än. Skriv /invite @nulage i arbetslagets kanal.")
        return
    teams = sorted({team for team, _, _ in ours})
    inside = {f"{team}/{one}" for team in teams for one in await _joined(client, team if org_wide else None)}
    for address in sorted(map("".join, ours), key=lambda one: channels[one]):
        arbetslag = channels[address]
        if address in inside:
            yield well(f"{arbetslag}: boten är med i kanalen.")
        else:
            yield fault(
                f"{arbetslag}: boten är inte med i kanalen, eller så är den arkiverad. "
                "Skriv /invite @nulage i kanalen."
            )


async def _joined(client: AsyncWebClient, team: str | None) -> set[str]:
    """The channels the bot is a member of: one call for each couple of hundred, not one each."""
    found: set[str] = set()
    cursor = ""
    while True:
        answer = await client.users_conversations(
            types="public_channel,private_channel",
            exclude_archived=True,
            limit=PAGE,
            cursor=cursor or None,
            team_id=team,
        )
        found |= {channel["id"] for channel in answer["channels"]}
        cursor = (answer.get("response_metadata") or {}).get("next_cursor") or ""
        if not cursor:
            return found
