"""Everything that can be set, from the environment or from mounted secret files (`*_FILE`)."""

from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Literal, Self

from pydantic import BaseModel, Field, SecretStr, ValidationError, model_validator
from pydantic.fields import FieldInfo
from pydantic_settings import BaseSettings, EnvSettingsSource, PydanticBaseSettingsSource, SettingsConfigDict

from bot.settings_faults import faults
from bot.settings_sections import (
    EMPTY,
    Address,
    GraphSection,
    HttpSection,
    Section,
    SlackSection,
    TeamsSection,
)

__all__ = [
    "GraphSection",
    "HttpSection",
    "Settings",
    "SettingsRefused",
    "SlackSection",
    "TeamsSection",
    "read_settings",
    "variables",
]

PREFIX = "NULAGE_"
MISSPELT = 0.85
"""Likeness (0–1, difflib) from which an unknown name is a misspelt setting; others put theirs there too."""


class SettingsRefused(Exception):
    """A setting cannot be used; the text names it, in Swedish."""


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
    teams: TeamsSection = TeamsSection()
    graph: GraphSection = GraphSection()
    http: HttpSection = HttpSection()

    @property
    def secret_keys(self) -> tuple[str, ...]:
        listed = self.secret_key.get_secret_value().split(",")
        return tuple(key.strip() for key in listed if key.strip())

    @property
    def graph_tenant(self) -> str:
        """The tenant that Graph is asked about."""
        return self.graph.tenant_id or self.teams.tenant_id

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
        held = Path(path).read_text(encoding="utf-8-sig").strip()
    except UnicodeDecodeError as problem:
        raise SettingsRefused(
            f"Filen {path} i {variable} är inte sparad som UTF-8. Spara om den så. Inget är ändrat."
        ) from problem
    except OSError as problem:
        raise SettingsRefused(
            f"Filen {path} i {variable} går inte att läsa. Kontrollera sökvägen, och att boten får läsa den. "
            "Starta sedan igen. Inget är ändrat."
        ) from problem
    if not held:
        raise SettingsRefused(
            f"Filen {path} i {variable} är tom. Lägg värdet i den, eller ta bort {variable}. Inget är ändrat."
        )
    return held


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
    """Read the settings. Raises SettingsRefused with the name of each that is wrong, and what to do."""
    try:
        return Settings()
    except ValidationError as problem:
        fields = dict(_fields(Settings, PREFIX))
        names = [f"{PREFIX}{'__'.join(map(str, one['loc']))}".upper() for one in problem.errors()]
        wrong = " ".join(f"{name} ska {fields[name].description}." for name in dict.fromkeys(names))
        them = "den" if len(names) == 1 else "dem"
        raise SettingsRefused(f"{wrong} Rätta {them} och starta igen. Inget är ändrat.") from problem
