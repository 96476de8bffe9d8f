"""What is wrong with settings that can each be read but cannot be used together."""

import re
from base64 import urlsafe_b64decode
from collections.abc import Iterator
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from pydantic import SecretStr

    from bot.settings import Settings

THIS_MACHINE = frozenset({"127.0.0.1", "::1", "localhost"})
KEY_BYTES = 32
FEWEST_DIFFERENT_BYTES = 16
"""A random key of 32 bytes has about 30 different ones; fewer than this was typed, not drawn."""

POSTGRESQL = re.compile(r"postgresql://(?:.*@)?(?:\[.*\]|[^:@/?]*)(?::\d*)?(?:[/?].*)?")


def faults(settings: "Settings") -> Iterator[str]:
    """One sentence each, with what to do; whoever reads the settings says the first."""
    yield from _database_faults(settings.database_url)
    yield from _key_faults(settings.secret_keys)
    if settings.slack.on:
        yield from _slack_faults(settings)
    if settings.teams.on:
        yield from _teams_faults(settings)
    if settings.graph.on or settings.graph.chosen:
        yield from _graph_faults(settings)


def _database_faults(url: str) -> Iterator[str]:
    if not url.startswith(("sqlite:///", "postgresql://")):
        yield "NULAGE_DATABASE_URL ska börja med sqlite:/// eller postgresql://. Rätta den och starta igen."
    elif url.startswith("postgresql:") and not POSTGRESQL.fullmatch(url):
        yield "Porten i NULAGE_DATABASE_URL ska vara ett tal. Rätta den och starta igen."


def _key_faults(keys: tuple[str, ...]) -> Iterator[str]:
    for key in keys:
        try:
            drawn = urlsafe_b64decode(key)
        except ValueError:
            drawn = b""
        if len(drawn) != KEY_BYTES or len(set(drawn)) < FEWEST_DIFFERENT_BYTES:
            yield (
                "Nyckeln i NULAGE_SECRET_KEY går inte att lita på. Gör en ny med kommandot "
                "`nulage secret`. Behåll den gamla efter ett kommatecken om den har använts."
            )


def _slack_faults(settings: "Settings") -> Iterator[str]:
    """What a half-filled section lacks, one sentence each; the first is said."""
    slack = settings.slack
    for name, token, start in (
        ("BOT_TOKEN", slack.bot_token, "xoxb-"),
        ("APP_TOKEN", slack.app_token, "xapp-"),
    ):
        if token and not token.get_secret_value().startswith(start):
            yield f"NULAGE_SLACK__{name} börjar inte med {start}. Det är en annan sorts nyckel."
    if slack.client_id and not slack.client_secret:
        yield "NULAGE_SLACK__CLIENT_ID är ifylld men inte NULAGE_SLACK__CLIENT_SECRET. Fyll i båda."
    if slack.client_secret and not slack.client_id:
        yield "NULAGE_SLACK__CLIENT_SECRET är ifylld men inte NULAGE_SLACK__CLIENT_ID. Fyll i båda."
    if slack.bot_token and slack.client_id:
        yield (
            "Välj ett sätt: NULAGE_SLACK__BOT_TOKEN för en arbetsyta, eller "
            "NULAGE_SLACK__CLIENT_ID och NULAGE_SLACK__CLIENT_SECRET för flera."
        )
    if not slack.bot_token and not slack.client_id:
        yield (
            "Slack är halvt ifyllt. Fyll i NULAGE_SLACK__BOT_TOKEN, eller "
            "NULAGE_SLACK__CLIENT_ID och NULAGE_SLACK__CLIENT_SECRET."
        )
    if not slack.signing_secret and not slack.socket:
        yield (
            "NULAGE_SLACK__SIGNING_SECRET saknas. Utan den vet boten inte vad som kommer från Slack. "
            "Den står under Basic Information på appens sida hos Slack."
        )
    if slack.oauth and slack.socket:
        yield (
            "NULAGE_SLACK__APP_TOKEN är för ett prov med en enda arbetsyta. "
            "Ta bort den, eller använd NULAGE_SLACK__BOT_TOKEN."
        )
    if slack.oauth and not settings.secret_keys:
        yield "NULAGE_SECRET_KEY saknas. Den låser in nycklarna till Slack. Gör en med `nulage secret`."
    if slack.oauth and not settings.http.public_url:
        yield (
            "NULAGE_HTTP__PUBLIC_URL saknas. Fyll i adressen som Slack når boten på, "
            "till exempel https://nulage.kommunen.se."
        )


def _teams_faults(settings: "Settings") -> Iterator[str]:
    """What a half-filled section lacks, and what would let anybody in."""
    teams = settings.teams
    if teams.dangerously_allow_unauthenticated and settings.http.host not in THIS_MACHINE:
        yield (
            "NULAGE_TEAMS__DANGEROUSLY_ALLOW_UNAUTHENTICATED släpper in vem som helst. Den är bara för prov "
            "på den egna datorn. Ta bort den, eller sätt NULAGE_HTTP__HOST till 127.0.0.1."
        )
    public = urlsplit(settings.http.public_url).hostname
    if teams.dangerously_allow_unauthenticated and public and public not in THIS_MACHINE:
        yield (
            "NULAGE_TEAMS__DANGEROUSLY_ALLOW_UNAUTHENTICATED släpper in vem som helst. Den är bara för prov "
            "på den egna datorn, och boten nås på NULAGE_HTTP__PUBLIC_URL. Ta bort en av dem."
        )
    if not teams.tenant_id:
        yield (
            "NULAGE_TEAMS__TENANT_ID saknas. Utan den vet boten inte vilken kommun den hör till. "
            "Den heter Katalog-ID (klientorganisation) på appens sida i Entra."
        )
    if teams.dangerously_allow_unauthenticated:
        return
    yield from _both("TEAMS", teams.client_id, teams.client_secret)


def _graph_faults(settings: "Settings") -> Iterator[str]:
    """What a half-filled section lacks. What is chosen there is named: it is what somebody misses."""
    graph = settings.graph
    if graph.needing and not graph.on:
        first = f"NULAGE_GRAPH__{graph.needing[0].upper()}"
        yield (
            f"{first} är ifylld men inte Graph. Fyll i NULAGE_GRAPH__CLIENT_ID och "
            f"NULAGE_GRAPH__CLIENT_SECRET, eller ta bort {first}."
        )
    if graph.on:
        yield from _both("GRAPH", graph.client_id, graph.client_secret)
    if not settings.teams.on:
        first = f"NULAGE_GRAPH__{'CLIENT_ID' if graph.on else graph.chosen[0].upper()}"
        yield (
            f"{first} är ifylld men inte Teams. Graph används bara tillsammans med Teams. "
            f"Fyll i NULAGE_TEAMS__CLIENT_ID, eller ta bort {first}."
        )


def _both(section: str, client_id: str, client_secret: "SecretStr") -> Iterator[str]:
    """A registration in Entra is an id and a secret."""
    if not client_id:
        yield (
            f"NULAGE_{section}__CLIENT_ID saknas. Den heter Program-ID (klient) på appens sida i Entra. "
            f"NULAGE_{section}__CLIENT_SECRET hör ihop med den."
        )
    if not client_secret:
        yield (
            f"NULAGE_{section}__CLIENT_SECRET saknas. Skapa en under Certifikat och hemligheter på appens "
            "sida i Entra."
        )
