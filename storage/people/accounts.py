"""What a workspace or a tenant calls people."""

from bot.domain.value import PersonId
from storage.unit import UnitOfWork


def accounts_in(unit: UnitOfWork, platform: str, whole: str) -> dict[PersonId, str]:
    """Everybody's own id in a workspace or a tenant, without the name of that whole."""
    mine = f"{whole}/"
    return {
        person: user.removeprefix(mine)
        for (where, user), person in unit.roster.accounts.items()
        if where == platform and user.startswith(mine)
    }
