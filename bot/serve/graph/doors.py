"""A chat that Graph has opened, kept as if the person had opened it."""

from datetime import datetime

from bot.domain.school import Place
from bot.platforms.teams.install.references import Reference
from bot.serve.graph.tenant import Tenant
from handlers.errands.settled import opened


async def open_door(one: Tenant, user: str, chat: str, now: datetime) -> None:
    """Keep where somebody's chat is, and let what waited for them go out."""
    known = await one.references.of_tenant(one.id)
    service_url = next((each.service_url for each in known if each.service_url), "")
    mine = await one.references.find(one.id, f"@{user}")
    reference = Reference(
        tenant=one.id,
        key=f"@{user}",
        kind="personal",
        conversation=chat,
        service_url=(mine.service_url if mine else "") or service_url,
        user=mine.user if mine else "",
    )
    await one.references.save(reference)
    place = Place(platform=one.platform, address=f"{one.id}/@{user}")
    await one.run(lambda unit: opened(unit, place, now))
