"""Everything that can be set, from the environment or from mounted secret files (`*_FILE`)."""

from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Literal, Self
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, SecretStr, ValidationError, model_validator
from pydantic.fields import FieldInfo
from pydantic_settings import BaseSettings, EnvSettingsSource, PydanticBaseSettingsSource, SettingsConfigDict

from bot.settings_faults import faults

PREFIX = "NULAGE_"
EMPTY = SecretStr("")
MISSPELT = 0.85
"""Likeness (0–1, difflib) from which an unknown name is a misspelt setting; others put theirs there too."""


class SettingsRefused(Exception):
    """A setting cannot be used; the text names it, in Swedish."""


def _safe_address(url: str) -> str:
    """Tokens travel to these addresses: in the clear only within this machine."""
    parts = urlsplit(url)
    loopback = parts.hostname in {"127.0.0.1", "::1", "localhost"}
    if url and not (parts.hostname and (parts.scheme == "https" or (parts.scheme == "http" and loopback))):
        raise ValueError("an https address")
    return url.rstrip("/")


Address = Annotated[str, AfterValidator(_safe_address), Field(description="vara en adress med https://")]
"""A field's description completes "… ska": it is said when the value cannot be used."""


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
        secrets = (self.bot_token, self.signing_secret, self.app_token, self.client_secret)
        return any((*secrets, self.client_id, self.workspaces))

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
    port: int = Field(8080, ge=0, le=65535, description="vara ett tal 0–65535")
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

    log_format: Literal["text", "json"] = Field("text", description="vara text eller json")
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
        for fault in faults(self):
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


class Environment(EnvSettingsSource):
    """The environment, where `NULAGE_SLACK__BOT_TOKEN_FILE` names a file that holds the value."""

    def _load_env_vars(self) -> Mapping[str, str | None]:
        found = {name: value for name, value in super()._load_env_vars().items() if value}
        for variable in variables():
            name = variable.lower()
            path = found.pop(f"{name}_file", None)
            if path and name not in found:
                found[name] = _read(path, f"{variable}_FILE")
        for name in found:
            _refuse_what_is_misspelt(name.upper())
        return found


def _refuse_what_is_misspelt(name: str) -> None:
    """Only what is ours: a cluster puts its own `NULAGE_…` beside them, named after its services."""
    known = [*variables()]
    short = {variable.replace("__", "_"): variable for variable in known}
    bare = name.removesuffix("_FILE")
    if name in known or not name.startswith(PREFIX):
        return
    if bare in short:
        meant = f"{short[bare]}{name.removeprefix(bare)}"
        raise SettingsRefused(f"{name} har ett understreck för lite. Den heter {meant}. Inget är ändrat.")
    in_section = name.partition("__")[0] in {variable.partition("__")[0] for variable in known}
    if in_section or get_close_matches(bare, known, n=1, cutoff=MISSPELT):
        raise SettingsRefused(f"{name} finns inte. Se efter hur den stavas i README. Inget är ändrat.")


def _read(path: str, variable: str) -> str:
    try:
        return Path(path).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as problem:
        raise SettingsRefused(
            f"Filen {path} i {variable} går inte att läsa. Rätta sökvägen och starta igen. Inget är ändrat."
        ) from problem


def variables() -> dict[str, object]:
    """Every variable there is, and its default."""
    return {name: field.default for name, field in _fields(Settings, PREFIX)}


def _fields(model: type[BaseModel], prefix: str) -> Iterator[tuple[str, FieldInfo]]:
    for name, field in model.model_fields.items():
        if isinstance(field.default, Section):
            yield from _fields(type(field.default), f"{prefix}{name}__".upper())
        else:
            yield f"{prefix}{name}".upper(), field


def read_settings() -> Settings:
    """Read the settings. Raises SettingsRefused with the setting's name and what to do."""
    try:
        return Settings()
    except ValidationError as problem:
        name = f"{PREFIX}{'__'.join(map(str, problem.errors()[0]['loc']))}".upper()
        wanted = dict(_fields(Settings, PREFIX))[name].description
        raise SettingsRefused(
            f"{name} ska {wanted}. Rätta den och starta igen. Inget är ändrat."
        ) from problem
