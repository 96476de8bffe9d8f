"""Everything that can be set, from the environment or from mounted secret files (`*_FILE`)."""

from base64 import urlsafe_b64decode
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated, Literal, Self
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, SecretStr, ValidationError, model_validator
from pydantic_settings import (
    BaseSettings,
    EnvSettingsSource,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    SettingsError,
)

PREFIX = "NULAGE_"
EMPTY = SecretStr("")
KEY_BYTES = 32
FEWEST_DIFFERENT_BYTES = 16
"""A random key of 32 bytes has about 30 different ones; fewer than this was typed, not drawn."""


class SettingsRefused(Exception):
    """A setting cannot be used; the text names it, in Swedish."""


def _safe_address(url: str) -> str:
    """Tokens travel to these addresses: in the clear only within this machine."""
    parts = urlsplit(url)
    loopback = parts.hostname in {"127.0.0.1", "::1", "localhost"}
    if url and not (parts.hostname and (parts.scheme == "https" or (parts.scheme == "http" and loopback))):
        raise ValueError("an https address")
    return url.rstrip("/")


Address = Annotated[str, AfterValidator(_safe_address)]


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
    workspaces: str = ""
    api_url: Address = "https://slack.com/api"

    @property
    def on(self) -> bool:
        return any((self.bot_token, self.signing_secret, self.app_token, self.client_id, self.client_secret))

    @property
    def oauth(self) -> bool:
        """Whether workspaces install the bot themselves, instead of one whose token stands here."""
        return self.on and not self.bot_token

    @property
    def allowed(self) -> frozenset[str]:
        """The workspaces and organisations that may install; none named means all that Slack lets in."""
        return frozenset(one.strip() for one in self.workspaces.split(",") if one.strip())

    @property
    def socket(self) -> bool:
        """Whether Slack is reached by Socket Mode, instead of reaching us by HTTP."""
        return bool(self.app_token)


class HttpSection(Section):
    """Where the bot listens, and what others call that place."""

    host: str = "127.0.0.1"
    port: int = Field(8080, ge=0, le=65535)
    public_url: Address = ""


class Settings(BaseSettings):
    """`NULAGE_…` in the environment; see the README's table."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_nested_delimiter="__",
        env_ignore_empty=True,
        frozen=True,
        extra="forbid",
        hide_input_in_errors=True,
    )

    database_url: str = "sqlite:///nulage.sqlite3"
    """Where the bot remembers: `sqlite:///file` or `postgresql://user:password@host/name`."""

    log_format: Literal["text", "json"] = "text"
    """`text` in a terminal, `json` in a container."""

    secret_key: SecretStr = EMPTY
    """Seals tokens at rest: keys from `nulage secret`, comma between; the first seals, all open."""

    ping_url: Address = ""
    """Fetched with every tick: whoever waits for it elsewhere notices when the bot is dead."""

    slack: SlackSection = SlackSection()
    http: HttpSection = HttpSection()

    @property
    def secret_keys(self) -> tuple[str, ...]:
        listed = self.secret_key.get_secret_value().split(",")
        return tuple(key.strip() for key in listed if key.strip())

    @model_validator(mode="after")
    def _refuse_what_is_half(self) -> Self:
        for fault in (*_key_faults(self.secret_keys), *_slack_faults(self)):
            raise SettingsRefused(f"{fault} Inget är ändrat.")
        return self

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        del env_settings, dotenv_settings, file_secret_settings
        return init_settings, Environment(settings_cls)


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


def _slack_faults(settings: Settings) -> Iterator[str]:
    """What a half-filled section lacks, one sentence each; the first is said."""
    slack = settings.slack
    if not slack.on:
        return
    for name, start in (("bot_token", "xoxb-"), ("app_token", "xapp-")):
        token: SecretStr = getattr(slack, name)
        if token and not token.get_secret_value().startswith(start):
            yield f"NULAGE_SLACK__{name.upper()} börjar inte med {start}. Det är en annan sorts nyckel."
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


class Environment(EnvSettingsSource):
    """The environment, where `NULAGE_SLACK__BOT_TOKEN_FILE` names a file that holds the value."""

    def _load_env_vars(self) -> Mapping[str, str | None]:
        found = {name: value for name, value in super()._load_env_vars().items() if value}
        for variable in variables():
            name = variable.lower()
            path = found.pop(f"{name}_file", None)
            if path and name not in found:
                found[name] = _read(path, f"{variable}_FILE")
            flat = name.replace("nulage_slack__", "nulage_slack_")
            if flat != name and (flat in found or f"{flat}_file" in found):
                raise SettingsRefused(
                    f"{flat.upper()} har ett understreck för lite. Den heter {variable}. Inget är ändrat."
                )
        return found


def _read(path: str, variable: str) -> str:
    try:
        return Path(path).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as problem:
        raise SettingsRefused(
            f"Filen {path} i {variable} går inte att läsa. Rätta sökvägen och starta igen. Inget är ändrat."
        ) from problem


def variables() -> dict[str, object]:
    """Every variable there is, and its default."""
    found: dict[str, object] = {}
    for name, field in Settings.model_fields.items():
        section = field.default
        if isinstance(section, Section):
            for inner in type(section).model_fields:
                found[f"{PREFIX}{name}__{inner}".upper()] = getattr(section, inner)
        else:
            found[f"{PREFIX}{name}".upper()] = section
    return found


def read_settings() -> Settings:
    """Read the settings. Raises SettingsRefused with the setting's name and what to do."""
    try:
        return Settings()
    except SettingsError as problem:
        raise SettingsRefused(f"Inställningarna går inte att läsa ({problem}). Inget är ändrat.") from problem
    except ValidationError as problem:
        named = ", ".join(f"{PREFIX}{'__'.join(map(str, one['loc'])).upper()}" for one in problem.errors())
        raise SettingsRefused(
            f"Värdet i {named} går inte att använda. Se README för vad som går. Inget är ändrat."
        ) from problem
