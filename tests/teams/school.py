"""Björkskolan in Teams: one team with a channel for each arbetslag, and who has which id."""

import re
from datetime import date

from bot.platforms.teams.install.references import Reference
from bot.rehearsal import example
from storage.store import Store
from tests.chat_world import followers
from tests.teams.payloads import Where, Who
from tests.teams.state import TENANT, Cloud

PLATFORM = "teams"
GENERAL = "19:bjorkskolan@thread.tacv2"
GROUP = "5ca1ab1e-0000-4000-8000-0000000000f0"
TEAM_NAME = "Björkskolan"


def aad_of(slug: str) -> str:
    """Somebody's Entra object id: their slug can be read out of it."""
    return f"5ca1ab1e-0000-4000-8000-{slug.encode().hex()[:12].ljust(12, '0')}"


def slug_of(aad: str) -> str:
    return bytes.fromhex(aad[-12:]).rstrip(b"\0").decode()


def user_of(slug: str) -> str:
    return f"29:{slug}"


def channel_of(room: str) -> str:
    """`#arbetslag-4-6` as Teams names it."""
    return f"19:{re.sub('[^a-z0-9]', '', room)}@thread.tacv2"


def account_of(slug: str) -> str:
    return f"{TENANT}/{aad_of(slug)}"


def spelled(name: str) -> str:
    """How an address or an account of the story is written in Teams."""
    match name[:1]:
        case "#":
            return f"{TENANT}/{channel_of(name)}"
        case "@":
            return f"{TENANT}/@{aad_of(name[1:])}"
        case _:
            return account_of(name)


def person(slug: str, name: str = "") -> Who:
    return Who(aad_of(slug), name or example.names().get(slug, slug.capitalize()), user_of(slug))


def channel(room: str, service_url: str, root: str = "") -> Where:
    """A channel of the team, or (`#`) its General one."""
    return Where(
        channel_of(room) if room != "#" else GENERAL,
        "channel",
        root=root,
        name=room.lstrip("#"),
        team=GENERAL,
        group=GROUP,
        team_name=TEAM_NAME,
        service_url=service_url,
    )


def chat(slug: str, service_url: str) -> Where:
    return Where(f"a:{aad_of(slug)}", "personal", service_url=service_url)


def open_school(cloud: Cloud) -> None:
    """The people and their channels. All are in the team; who follows a channel stands in its members."""
    cloud.team(GENERAL, GROUP, TEAM_NAME)
    for slug, name in example.names().items():
        join(cloud, slug, name)
    for team, _team, _skolform in example.TEAMS:
        members = sorted(map(aad_of, followers(team)))
        cloud.channel(channel_of(f"#{team}"), team, GENERAL, members)


def join(cloud: Cloud, slug: str, name: str) -> None:
    """Somebody becomes a member of the team."""
    cloud.person(aad_of(slug), name, user=user_of(slug))
    cloud.conversations[GENERAL].members.append(aad_of(slug))


def known(service_url: str) -> tuple[Reference, ...]:
    """What the bot has learnt by now: its channels, and whom it has heard; newcomers it has not."""
    where = {"tenant": TENANT, "service_url": service_url}
    channels = [
        Reference(
            **where,
            key=channel_of(f"#{team}"),
            kind="channel",
            conversation=channel_of(f"#{team}"),
            team=GROUP,
            team_thread=GENERAL,
            name=team,
        )
        for team, _team, _skolform in example.TEAMS
    ]
    people = [
        Reference(**where, key=f"@{aad_of(slug)}", kind="personal", conversation="", user=user_of(slug))
        for slug, _who, _roles, _teams in example.PEOPLE
    ]
    return (*channels, *people)


def found(store: Store, today: date) -> None:
    with store.begin() as unit:
        example.found(unit, PLATFORM, today, spelled)
