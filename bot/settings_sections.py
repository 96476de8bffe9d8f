"""Settings that belong together: one section a chat, a service or a door."""

import re
from typing import Annotated, Literal
from urllib.parse import urlsplit
from uuid import UUID

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, SecretStr

from bot.domain.errands_files import ChannelFiles, channel_linked
from bot.settings_faults import THIS_MACHINE

EMPTY = SecretStr("")


def _safe_address(url: str) -> str:
    """Tokens travel to these addresses: in the clear only within this machine."""
    parts = urlsplit(url)
    loopback = parts.hostname in THIS_MACHINE
    if url and not (parts.hostname and (parts.scheme == "https" or (parts.scheme == "http" and loopback))):
        raise ValueError("an https address")
    return url.rstrip("/")


Address = Annotated[str, AfterValidator(_safe_address), Field(description="vara en adress med https://")]
"""A field's description completes "… ska": it is said when the value cannot be used."""


def _slack_ids(listed: str) -> str:
    """A workspace's id begins with T and an organisation's with E; comma between several."""
    ids = [one.strip() for one in listed.split(",") if one.strip()]
    if not all(re.fullmatch("[TE][A-Z0-9]+", one) for one in ids):
        raise ValueError("ids of Slack's")
    return ",".join(ids)


SlackIds = Annotated[
    str,
    AfterValidator(_slack_ids),
    Field(description="vara id:n från Slack med komma mellan, som T012AB3C4"),
]


def _entra_ids(listed: str) -> str:
    """In lower case, as Entra's ids come in everything that Microsoft sends; comma between several."""
    return ",".join(str(UUID(one.strip())) for one in listed.split(",") if one.strip())


EntraId = Annotated[
    str,
    AfterValidator(_entra_ids),
    Field(description="vara ett id från Entra, som 8d4b2c1e-0f3a-4a6b-9c7d-5e1f2a3b4c5d", pattern="^[^,]*$"),
]
EntraIds = Annotated[
    str,
    AfterValidator(_entra_ids),
    Field(description="vara id:n från Entra med komma mellan, som 8d4b2c1e-0f3a-4a6b-9c7d-5e1f2a3b4c5d"),
]


def _place_of_files(told: str) -> str:
    """`rektor`, or links to channels with spaces between."""
    places = told.split()
    if places != ["rektor"] and not all(channel_linked(one) for one in places):
        raise ValueError("a place for files")
    return " ".join(places)


FilesTo = Annotated[
    str,
    AfterValidator(_place_of_files),
    Field(description="vara rektor eller länken till en kanal i Teams"),
]


class Section(BaseModel):
    """Settings that belong together: `NULAGE_SLACK__BOT_TOKEN` is the slack section's `bot_token`."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)


class SlackSection(Section):
    """Slack is on when something here is filled in: a token for one workspace, or OAuth for many."""

    bot_token: SecretStr = EMPTY
    signing_secret: SecretStr = EMPTY
    app_token: SecretStr = EMPTY
    client_id: str = ""
    client_secret: SecretStr = EMPTY
    workspaces: SlackIds = ""
    api_url: Address = "https://slack.com/api"

    @property
    def on(self) -> bool:
        secrets = (self.bot_token, self.signing_secret, self.app_token, self.client_secret)
        return any((*secrets, self.client_id, self.workspaces))

    @property
    def oauth(self) -> bool:
        """Whether workspaces install the bot themselves, instead of one whose token stands here."""
        return self.on and not self.bot_token

    @property
    def allowed(self) -> frozenset[str]:
        """The workspaces and organisations that may install; none named means all that Slack lets in."""
        return frozenset(self.workspaces.split(",")) - {""}

    @property
    def socket(self) -> bool:
        """Whether Slack is reached by Socket Mode, instead of reaching us by HTTP."""
        return bool(self.app_token)


class TeamsSection(Section):
    """Teams is on when it is filled in: a registration in our home tenant, and whose activities are read."""

    client_id: EntraId = ""
    client_secret: SecretStr = EMPTY
    tenant_id: EntraId = ""
    allowed_tenants: EntraIds = ""
    dangerously_allow_unauthenticated: bool = Field(default=False, description="vara true eller false")
    login_url: Address = "https://login.microsoftonline.com"
    openid_url: Address = "https://login.botframework.com/v1/.well-known/openidconfiguration"

    @property
    def on(self) -> bool:
        named = (self.client_id, self.tenant_id, self.allowed_tenants)
        return any((*named, self.client_secret, self.dangerously_allow_unauthenticated))

    @property
    def tenants(self) -> frozenset[str]:
        """Whose activities are read; none named means only our home tenant's."""
        return frozenset((self.allowed_tenants or self.tenant_id).split(",")) - {""}

    @property
    def stand_ins(self) -> frozenset[str]:
        """Where our token may travel beside Teams' own hosts: this machine, when the log-in is here too."""
        if self.dangerously_allow_unauthenticated:
            return THIS_MACHINE
        login = urlsplit(self.login_url)
        return frozenset({login.netloc}) if login.hostname in THIS_MACHINE else frozenset()


class GraphSection(Section):
    """Graph is on when its registration is filled in; the tenant may be the one that Teams has.

    `calendar_of`, `files_to`, `reports_to` and `teams_app` each choose one thing that is done there; links
    need no Graph.
    """

    base_url: Address = "https://graph.microsoft.com/v1.0"
    client_id: EntraId = ""
    client_secret: SecretStr = EMPTY
    tenant_id: EntraId = ""
    calendar_of: Literal["", "samtalsledare", "processledare", "links"] = Field(
        "", description="vara samtalsledare, processledare eller links"
    )
    files_to: FilesTo = ""
    reports_to: Literal["", "arbetslag"] = Field("", description="vara arbetslag, eller tom")
    teams_app: EntraId = ""

    @property
    def on(self) -> bool:
        return any((self.client_id, self.client_secret, self.tenant_id))

    @property
    def chosen(self) -> tuple[str, ...]:
        """The names of what chooses something that is filled in."""
        filled = {"calendar_of": self.calendar_of, "files_to": self.files_to, "reports_to": self.reports_to}
        return tuple(name for name, value in {**filled, "teams_app": self.teams_app}.items() if value)

    @property
    def files_channels(self) -> tuple[ChannelFiles, ...]:
        """The channels that summaries may be put in, when that is where they go."""
        found = (channel_linked(link) for link in self.files_to.split())
        return tuple(one for one in found if one)

    @property
    def needing(self) -> tuple[str, ...]:
        """Those of them that cannot be done without a registration."""
        links = self.calendar_of == "links"
        return tuple(name for name in self.chosen if not (links and name == "calendar_of"))


class HttpSection(Section):
    """Where the bot listens, and what others call that place."""

    host: str = "127.0.0.1"
    port: int = Field(8080, ge=0, le=65535, description="vara ett tal 0–65535")
    public_url: Address = ""
