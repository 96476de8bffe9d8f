"""Where an event is, and where else: what is told of a team as a whole holds in every channel of it."""

from typing import TypeVar

from bot.domain.events import BotRemoved, Event, MemberLeft, Ticked
from bot.domain.school import Place
from bot.platforms.teams.install.references import References

Told = TypeVar("Told", BotRemoved, MemberLeft)


def place_of(event: Event) -> Place:
    """Where it happened. Nothing that Teams sends happens nowhere."""
    if isinstance(event, Ticked):
        raise TypeError("a minute has no place")
    return event.where


def key_of(where: Place) -> str:
    return where.address.partition("/")[2]


async def removed(event: BotRemoved, references: References) -> tuple[BotRemoved, ...]:
    """The removal in each place that it is true of. What comes late, or again, is not: the bot is back."""
    since = await references.added_after(event.where.address.partition("/")[0], event.at)
    every = (event, *await everywhere(event, references))
    return tuple(one for one in every if key_of(one.where) not in since)


async def everywhere(event: Told, references: References) -> tuple[Told, ...]:
    """The same event for each other known channel of the team, when it was told of the team as a whole."""
    tenant, _, key = event.where.address.partition("/")
    known = await references.of_tenant(tenant)
    others = [one.key for one in known if one.kind == "channel" and one.team_thread == key != one.key]
    return tuple(
        event.but(
            id=f"{event.id}:{other}", where=Place(platform=event.where.platform, address=f"{tenant}/{other}")
        )
        for other in others
    )
