"""Installations in a store, made and looked at in a line each."""

from datetime import datetime

from cryptography.fernet import Fernet
from pydantic import SecretStr

from storage.installed import installations
from storage.installed.installations import Installation
from storage.installed.sealing import Seal
from storage.store import Store
from tests.storage.made import NOW

SEAL = Seal([Fernet.generate_key().decode()])


def installed(team: str | None = "T1", enterprise: str | None = None, token: str = "xoxb-1") -> Installation:  # noqa: S107  invented
    return Installation(
        enterprise=enterprise,
        team=team,
        name="Björkskolan",
        token=SecretStr(token),
        bot_id="B1",
        bot_user="U0",
        app_id="A1",
        scopes=frozenset({"commands", "chat:write"}),
    )


def save(store: Store, *some: Installation) -> None:
    with store.begin() as unit:
        for one in some:
            installations.save(unit, SEAL, one, "UPIA", NOW)


def found(store: Store, enterprise: str | None, team: str | None) -> str | None:
    with store.begin() as unit:
        one = installations.find(unit, SEAL, enterprise, team)
        return one.token.get_secret_value() if one else None


def remove(store: Store, enterprise: str | None, team: str | None) -> bool:
    with store.begin() as unit:
        return installations.remove(unit, enterprise, team, NOW, NOW)


def mark(store: Store, one: Installation, when: datetime | None) -> bool:
    with store.begin() as unit:
        return installations.mark(unit, SEAL, one, when)
