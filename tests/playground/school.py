"""Björkskolan in the Playground: who its people are there, and how the story's addresses are written.

A Playground takes exactly six people, and one of them clicks. Whoever else of them needs a window has a
Playground of their own, where the others are the same people.
"""

import uuid
from datetime import date

import yaml

from bot.rehearsal import example
from storage.store import Store
from tests.teams.state import APP, TENANT

NAME = "Nuläge"
CHANNEL = "19:lag46@thread.tacv2"
TEAM = "19:bjork@thread.tacv2"
GROUP = "19:ledning@thread.v2"
SIX = ("lena", "omar", "sara", "sam", "pia", "rut")
CHANNEL_NAME, GROUP_NAME = "Arbetslag 4–6", "Ledningsgruppen"
_SPACE = uuid.UUID(TENANT)


def aad(slug: str) -> str:
    """A person's Entra object id: always the same."""
    return str(uuid.uuid5(_SPACE, slug))


def person(slug: str) -> dict[str, str]:
    """A person as the Playground's configuration wants them; it takes nobody who lacks any of it."""
    name = example.names()[slug]
    given, _, surname = name.partition(" ")
    mail = f"{slug}@bjorkskolan.example"
    return {
        "id": f"29:{slug}",
        "name": name,
        "aadObjectId": aad(slug),
        "userPrincipleName": mail,
        "email": mail,
        "givenName": given,
        "surname": surname,
    }


def configuration(clicks: str) -> str:
    """The Playground's own file, in YAML, for whoever `clicks` there."""
    team = {
        "id": TEAM,
        "name": "Björkskolan",
        "aadGroupId": str(uuid.uuid5(_SPACE, "team")),
        "channels": [{"id": CHANNEL, "name": CHANNEL_NAME}],
    }
    whole = {
        "version": "0.1.1",
        "tenantId": TENANT,
        "bot": {"id": APP, "name": NAME},
        "currentUser": person(clicks),
        "users": [person(slug) for slug in SIX if slug != clicks],
        "personalChat": {"id": f"a:{clicks}"},
        "groupChat": {"id": GROUP, "name": GROUP_NAME},
        "team": team,
    }
    return yaml.safe_dump(whole, allow_unicode=True, sort_keys=False)


def spelled(name: str) -> str:
    """How an address or an account of the story is written in Teams."""
    match name[:1]:
        case "#":
            key = CHANNEL if name == "#arbetslag-4-6" else f"19:{name[1:]}@thread.tacv2"
            return f"{TENANT}/{key}"
        case "@":
            return f"{TENANT}/@{aad(name[1:])}"
        case _:
            return f"{TENANT}/{aad(name)}"


def found(store: Store, today: date) -> None:
    with store.begin() as unit:
        example.found(unit, "teams", today, spelled)
