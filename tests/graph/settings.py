"""The settings of whoever has chosen something of Graph's, as IT would write them."""

from urllib.parse import quote

from pydantic import SecretStr

from bot.domain.errands_files import ChannelFiles
from bot.settings import GraphSection, HttpSection, Settings, TeamsSection
from handlers.errands.here import Chosen
from tests.graph.fake import CLIENT, SECRET, TENANT, FakeGraph
from tests.teams.state import APP

KEY = "c2VjcmV0LWtleS1vZi10aGUtdGVzdHMtMDEyMzQ1Njc="


def link_to(channel: ChannelFiles) -> str:
    """As Teams gives it: Hämta länk till kanalen."""
    named = f"{quote(channel.channel, safe='')}/{quote('Skolledning & stöd', safe='')}"
    return f"https://teams.microsoft.com/l/channel/{named}?groupId={channel.team}&tenantId={TENANT}"


def settings_of(chosen: Chosen, graph: FakeGraph, *, on: bool = True) -> Settings:
    """What is chosen, and, when Graph is on, our registration there."""
    secret = SecretStr(SECRET)
    section = GraphSection(
        calendar_of=chosen.calendar,
        files_to=" ".join(map(link_to, chosen.leaders)) or chosen.files,
        reports_to="arbetslag" if chosen.reports else "",
        teams_app=chosen.app,
    )
    if on:
        known = {"client_id": CLIENT, "client_secret": secret, "base_url": graph.base_url}
        section = section.model_copy(update={**known, "tenant_id": TENANT})
    return Settings.model_construct(
        teams=TeamsSection.model_construct(
            client_id=APP, client_secret=secret, tenant_id=TENANT, login_url=graph.login_url
        ),
        graph=section,
        http=HttpSection(public_url="https://nulage.lundby.example"),
        secret_key=SecretStr(KEY),
    )
