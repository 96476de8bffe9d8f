"""The doctor's look at Slack: every workspace that the bot is in."""

from collections.abc import AsyncIterator, Callable, Sequence
from datetime import datetime

from bot.messages.delivery import Why
from bot.platforms.finding import Finding, advice, fault
from bot.platforms.slack.install.doctor import examine, examine_line
from bot.platforms.slack.send.client import Web
from bot.settings import Settings
from storage.checkup import check_up, peek
from storage.engine import StoreRefused
from storage.installed import installations
from storage.installed.installations import Installation
from storage.installed.sealing import Seal
from storage.post.gauges import waits_for
from storage.unit import UnitOfWork

FULL = (
    "Slack tar inte emot fler meddelanden just nu (message_limit_exceeded). Boten försöker igen varje timme. "
    "Be arbetsytans ägare höja gränsen hos Slack. Inget har gått förlorat."
)
NOT_SEEN = (
    "Jag ser inte botens arbetsytor och kanaler förrän databasen är uppdaterad. Starta boten och kör nulage "
    "doctor igen."
)
RENEWED = (
    "Hämta en ny under OAuth & Permissions på appens sida hos Slack. Lägg den i NULAGE_SLACK__BOT_TOKEN och "
    "starta om boten."
)
OPEN_TO_ALL = (
    "NULAGE_SLACK__WORKSPACES är tom. Då kan vem som helst som hittar adressen koppla sin arbetsyta till er "
    "bot. Fyll i id:n på era arbetsytor."
)


async def of_slack(settings: Settings, web: Web, now: Callable[[], datetime]) -> AsyncIterator[Finding]:
    """Each workspace: its token and scopes, and whether the bot is where its arbetslag talk."""
    schema = check_up(settings.database_url).schema_is
    ready, seen = schema == "head", schema != "older"
    channels = peek(settings.database_url, _channels) if ready else {}
    again = f"Öppna {settings.http.public_url}/slack/install och koppla arbetsytan igen."
    if ready and peek(settings.database_url, lambda unit: waits_for(unit, Why.FULL)):
        yield fault(FULL)
    if settings.slack.oauth and not settings.slack.allowed:
        yield advice(OPEN_TO_ALL)
    if settings.slack.bot_token:
        again, tokens = RENEWED, [("", settings.slack.bot_token)]
    else:
        seal = Seal(settings.secret_keys)
        try:
            kept = (
                peek(settings.database_url, lambda unit: installations.connected(unit, seal)) if ready else ()
            )
        except StoreRefused as refused:
            yield fault(refused.text)
            return
        tokens = [(_shown(one, kept), one.token) for one in kept]
        if not tokens and seen:
            yield advice(f"Ingen arbetsyta är kopplad än. Öppna {settings.http.public_url}/slack/install.")
    for name, token in tokens:
        client = web.client(token.get_secret_value())
        known = channels if seen else None
        async for found in examine(client, known, now(), shown=name, renew=again):
            yield found
    if not seen:
        yield advice(NOT_SEEN)
    if settings.slack.socket:
        app_token = settings.slack.app_token.get_secret_value()
        async for found in examine_line(web.client(app_token), app_token):
            yield found


def _shown(one: Installation, among: Sequence[Installation]) -> str:
    """What a workspace is called; where two are called the same, their ids tell them apart."""
    key = one.team or one.enterprise or "Slack"
    alike = sum(one.name == other.name for other in among) > 1
    return f"{one.name} ({key})" if one.name and alike else one.name or key


def _channels(unit: UnitOfWork) -> dict[str, str]:
    """The address of every channel in Slack, and the arbetslag that talks there."""
    teams = unit.roster.arbetslag.values()
    return {team.place.address: team.name for team in teams if team.place and team.place.platform == "slack"}
