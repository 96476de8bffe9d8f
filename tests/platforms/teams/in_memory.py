"""References that are kept in this process only."""

from datetime import datetime

from bot.platforms.teams.install.references import Reference


class InMemory:
    """References that are nowhere else. `heard`: when each was saved last.

    `away` is what saving raises, and `lost` what looking raises.
    """

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], Reference] = {}
        self.heard: dict[str, datetime | None] = {}
        self.away: Exception | None = None
        self.lost: Exception | None = None

    async def find(self, tenant: str, key: str) -> Reference | None:
        if self.lost:
            raise self.lost
        return self.kept.get((tenant, key))

    async def save(self, reference: Reference, at: datetime | None = None) -> None:
        if self.away:
            raise self.away
        self.heard[reference.key] = at
        known = self.kept.get((reference.tenant, reference.key), reference)
        said = {name: value for name, value in reference.model_dump().items() if value}
        self.kept[reference.tenant, reference.key] = known.model_copy(update=said)

    async def forget(self, tenant: str, key: str | None, at: datetime | None = None) -> None:
        since = await self.added_after(tenant, at) if at else frozenset()
        for kept in list(self.kept):
            if kept[0] == tenant and key in {None, kept[1]} and kept[1] not in since:
                del self.kept[kept]

    async def forget_chat(self, reference: Reference) -> None:
        key = reference.tenant, reference.key
        if self.kept.get(key) == reference:
            self.kept[key] = reference.but(conversation="")

    async def added_after(self, tenant: str, at: datetime) -> frozenset[str]:
        heard = ((key, when) for key, when in self.heard.items() if (tenant, key) in self.kept)
        return frozenset(key for key, when in heard if when and when > at)

    async def of_tenant(self, tenant: str) -> tuple[Reference, ...]:
        return tuple(one for one in self.kept.values() if one.tenant == tenant)
