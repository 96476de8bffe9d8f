"""How a side of the bot reaches the store: each piece of work in a transaction of its own."""

from collections.abc import Awaitable, Callable
from typing import Protocol, TypeVar

from bot.domain.value import PersonId
from storage.unit import UnitOfWork

T = TypeVar("T")


class Run(Protocol):
    """Lets work have a transaction of its own; `Dispatcher.run` does, with its future awaited."""

    def __call__(self, work: Callable[[UnitOfWork], T], /) -> Awaitable[T]: ...


def accounts_in(unit: UnitOfWork, platform: str, whole: str) -> dict[PersonId, str]:
    """Everybody's own id in a workspace or a tenant, without the name of that whole."""
    mine = f"{whole}/"
    return {
        person: user.removeprefix(mine)
        for (where, user), person in unit.roster.accounts.items()
        if where == platform and user.startswith(mine)
    }


async def account_of(run: Run, platform: str, person: PersonId, whole: str) -> str | None:
    """A person's own id in a workspace or a tenant, if they have one there."""
    return await run(lambda unit: accounts_in(unit, platform, whole).get(person))
