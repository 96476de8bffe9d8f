"""What is wrong with a workspace, seen from Slack, and how to mend it: one Swedish line each, for IT."""

from collections.abc import AsyncIterator, Mapping, Sequence
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.messages.delivery import Why
from bot.platforms.finding import Finding, advice, clock, fault, well
from bot.platforms.slack.install.scopes import Scope, missing
from bot.platforms.slack.install.workspaces import granted
from bot.platforms.slack.send.errors import BROKEN, TABLE, code_of
from bot.platforms.troubles import AWAY, BUSY

PAGE = 200
SEEING = {"channels:read", "groups:read"}
"""Without both of them Slack shows no channel at all."""

NEW_LINE = (
    "Gör en ny nyckel med connections:write under Basic Information hos Slack. Lägg den i "
    "NULAGE_SLACK__APP_TOKEN och starta om boten."
)


async def examine(
    client: AsyncWebClient,
    channels: Mapping[str, str] | None,
    now: datetime,
    *,
    shown: str = "",
    renew: str = "",
) -> AsyncIterator[Finding]:
    """Look at one workspace: its token, its scopes, our clock, and the channels of its arbetslag.

    `channels` maps the address of a channel ("T1/C1") to the name of the arbetslag that talks there; None
    when nobody knows. `renew` says how a token that Slack refuses is got anew.
    """
    try:
        answer = await client.auth_test()
    except SlackApiError as refused:
        yield _refused(refused, shown or "Boten i Slack", renew)
        return
    except BROKEN:
        yield _out_of_reach(client)
        return
    name = shown or answer.get("team") or "Slack"
    yield well(f"{name}: nyckeln fungerar.")
    date = next((value for header, value in answer.headers.items() if header.lower() == "date"), "")
    on_time = clock(date, now, whose="Slacks", chat="Slack")
    lacking = missing(granted(answer.headers))
    for found in (*on_time, *_scopes(lacking, name)):
        yield found
    if channels is None or SEEING & {scope.name for scope in lacking}:
        return
    try:
        async for found in _channels(client, answer, channels, name, renew):
            yield found
    except SlackApiError as refused:
        yield _refused(refused, name, renew)
    except BROKEN:
        yield fault("Slack slutade svara. Kör nulage doctor igen om en stund.")


async def examine_line(client: AsyncWebClient, app_token: str) -> AsyncIterator[Finding]:
    """Look at Socket Mode: may we have an address to call? It is not called."""
    try:
        await client.apps_connections_open(app_token=app_token)
    except SlackApiError as refused:
        yield _refused(refused, "Socket Mode", NEW_LINE)
    except BROKEN:
        yield _out_of_reach(client)
    else:
        yield well("Socket Mode: nyckeln fungerar.")


def _out_of_reach(client: AsyncWebClient) -> Finding:
    return fault(
        f"Jag når inte Slack på {urlsplit(client.base_url).netloc}. Kontrollera nätet och brandväggen."
    )


def _refused(problem: SlackApiError, name: str, renew: str) -> Finding:
    """What Slack said no to, in words for whoever can mend it; `renew` is how a token is got anew."""
    code = code_of(problem)
    trouble = TABLE.get(code)
    if not code.isidentifier():  # a status: it was a page that came, of a proxy's or of an ill Slack's
        return fault(
            f"{name}: en webbsida kom i stället för Slacks svar ({code}). Kontrollera proxyn och "
            "brandväggen. Är det Slack självt går det över."
        )
    if trouble is BUSY:
        return advice(f"{name}: Slack ber oss vänta. Kör nulage doctor igen om en minut.")
    if trouble is AWAY:
        return fault(f"{name}: något är fel hos Slack ({code}). Kör nulage doctor igen om en stund.")
    if trouble and trouble.why in {Why.DISCONNECTED, Why.SCOPE}:
        return fault(f"{name}: Slack godtar inte nyckeln ({code}). {renew} Det som väntar är sparat.")
    if trouble and trouble.why is Why.HELD:
        return fault(
            f"{name}: organisationen släpper inte in boten ({code}). Be den som sköter Slack hos er att "
            "godkänna appen för arbetsytan. Det som väntar är sparat."
        )
    return fault(f"{name}: Slack sa nej ({code}). Kör nulage doctor igen om en stund.")


def _scopes(lacking: Sequence[Scope], name: str) -> Sequence[Finding]:
    """What the token may not do. Which commands Slack has taken in, no token can see."""
    found = [
        fault(
            f"{name}: behörigheten {scope.name} saknas. Den behövs för {scope.gives}. "
            "Lägg till den hos Slack och installera appen igen."
        )
        if scope.needed
        else advice(f"{name}: utan {scope.name} fungerar inte {scope.gives}. Resten fungerar ändå.")
        for scope in lacking
    ]
    if not lacking:
        found.append(well(f"{name}: alla behörigheter finns."))
    if "commands" not in {scope.name for scope in lacking}:
        found.append(
            well(
                f"{name}: boten får ta emot kommandon. Saknas ett kommando i Slack klistrar du in appens "
                "beskrivning igen under App Manifest."
            )
        )
    return found


async def _channels(
    client: AsyncWebClient, who: Any, channels: Mapping[str, str], name: str, renew: str
) -> AsyncIterator[Finding]:
    """Every channel that an arbetslag talks in has to have the bot in it."""
    org_wide = bool(who.get("is_enterprise_install"))
    ours = [one.partition("/") for one in channels if org_wide or one.startswith(f"{who['team_id']}/")]
    if not ours:
        yield advice("Inget arbetslag har en kanal här än. Skriv /invite @nulage i arbetslagets kanal.")
        return
    inside, shut = set[str](), set[str]()
    for team in sorted({team for team, _, _ in ours}):
        try:
            inside |= {f"{team}/{one}" for one in await _joined(client, team if org_wide else None)}
        except SlackApiError as refused:
            if not org_wide:
                raise
            shut.add(team)  # the others of the organisation are looked at all the same
            yield _refused(refused, f"{name} ({team})", renew)
    for address in sorted(map("".join, ours), key=lambda one: channels[one]):
        arbetslag = channels[address]
        if address in inside:
            yield well(f"{arbetslag}: boten är med i kanalen.")
        elif address.partition("/")[0] not in shut:
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
