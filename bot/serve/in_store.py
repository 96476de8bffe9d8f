"""How a side of the bot reaches the store: each piece of work in a transaction of its own."""

from collections.abc import Awaitable, Callable
from typing import Protocol, TypeVar

from bot.domain.school import Place
from bot.domain.value import PersonId
from storage.people.accounts import accounts_in
from storage.post import parts as noted
from storage.unit import UnitOfWork

T = TypeVar("T")


class Run(Protocol):
    """Lets work have a transaction of its own; `Dispatcher.run` does, with its future awaited."""

    def __call__(self, work: Callable[[UnitOfWork], T], /) -> Awaitable[T]: ...


async def account_of(run: Run, platform: str, person: PersonId, whole: str) -> str | None:
    """A person's own id in a workspace or a tenant, if they have one there."""
    return await run(lambda unit: accounts_in(unit, platform, whole).get(person))


class NotedParts:
    """Which parts of a long message stand, noted in its own row: `bot.platforms.trails.Kept`."""

    def __init__(self, run: Run) -> None:
        self._run = run

    async def read(self, place: Place, key: str, replacing: str | None) -> str | None:
        return await self._run(lambda unit: noted.read(unit, place, key, replacing))

    async def note(self, place: Place, key: str, replacing: str | None, parts: str) -> None:
        await self._run(lambda unit: noted.note(unit, place, key, replacing, parts))
