"""Everything that can be set, from the environment or from mounted secret files (`*_FILE`)."""

from pathlib import Path
from typing import Any, Literal

from pydantic import ValidationError
from pydantic.fields import FieldInfo
from pydantic_settings import (
    BaseSettings,
    EnvSettingsSource,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    SettingsError,
)


class SettingsRefused(Exception):
    """A setting cannot be used; the text names it, in Swedish."""


class Settings(BaseSettings):
    """`NULAGE_…` in the environment; see the README's table."""

    model_config = SettingsConfigDict(env_prefix="NULAGE_", frozen=True, extra="forbid")

    database_url: str = "sqlite:///nulage.sqlite3"
    """Where the bot remembers: `sqlite:///file` or `postgresql://user:password@host/name`."""

    log_format: Literal["text", "json"] = "text"
    """`text` in a terminal, `json` in a container."""

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        del dotenv_settings, file_secret_settings
        return init_settings, env_settings, SecretFiles(settings_cls)


class SecretFiles(EnvSettingsSource):
    """Reads `NULAGE_DATABASE_URL_FILE` and its siblings: the path of a file that holds the value."""

    def get_field_value(self, field: FieldInfo, field_name: str) -> tuple[Any, str, bool]:
        del field
        path = self.env_vars.get(f"nulage_{field_name}_file")
        if not path:
            return None, field_name, False
        try:
            return Path(path).read_text(encoding="utf-8").strip(), field_name, False
        except (OSError, UnicodeDecodeError) as problem:
            raise SettingsRefused(
                f"Filen {path} i NULAGE_{field_name.upper()}_FILE går inte att läsa. "
                "Rätta sökvägen och starta igen. Inget är ändrat."
            ) from problem


def read_settings() -> Settings:
    """Read the settings. Raises SettingsRefused with the setting's name and what to do."""
    try:
        return Settings()
    except SettingsError as problem:
        if isinstance(problem.__cause__, SettingsRefused):
            raise problem.__cause__ from problem
        raise SettingsRefused(f"Inställningarna går inte att läsa ({problem}).") from problem
    except ValidationError as problem:
        named = ", ".join(f"NULAGE_{'__'.join(map(str, one['loc'])).upper()}" for one in problem.errors())
        raise SettingsRefused(
            f"Värdet i {named} går inte att använda. Se README för vad som går. Inget är ändrat."
        ) from problem
