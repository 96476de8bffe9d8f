"""Where an event is, and where else: what is told of a team as a whole holds in every channel of it."""

from datetime import datetime
from typing import TypeVar

from bot.domain.events import BotRemoved, Event, MemberLeft, Ticked
from bot.domain.school import Place
from bot.log import log
from bot.platforms.payloads import Payload, Unreadable
from bot.platforms.teams.install.references import References
from bot.platforms.teams.parse.around import actor_of, spot_of
from bot.platforms.teams.parse.ids import Nobody, moment, service

Told = TypeVar("Told", BotRemoved, MemberLeft)


def place_of(event: Event) -> Place:
    """Where it happened. Nothing that Teams sends happens nowhere."""
    if isinstance(event, Ticked):
        raise TypeError("a minute has no place")
    return event.where


def key_of(where: Place) -> str:
    return where.address.partition("/")[2]


async def heard_from(activity: Payload, tenant: str, references: References, now: datetime) -> None:
    """A place that is known is where the newest that came from it says, though it means nothing to us."""
    try:
        key = spot_of(activity).key or f"@{actor_of(activity, tenant).aad}"
    except (Nobody, Unreadable):
        return
    address = service(activity.get("serviceUrl"))
    try:
        known = await references.find(tenant, key)
        if known and address and known.service_url != address:
            at = moment(activity.get("timestamp"), now)
            await references.save(known.but(service_url=address), at)
    except Exception:  # the store is away: whatever comes next says it again
        log.warning("places_away", action="teams.places_away", exc_info=True)


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
