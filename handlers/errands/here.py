"""One transaction's view of one whole of a chat: its schools, and who is who there."""

from datetime import datetime
from typing import Literal, NamedTuple

from bot.domain.errands_files import ChannelFiles
from bot.domain.school import Place
from bot.domain.value import PersonId, SchoolId
from prompts.book import Prompts
from storage.people.accounts import accounts_in
from storage.unit import UnitOfWork

Calendar = Literal["", "samtalsledare", "processledare", "links"]


class Chosen(NamedTuple):
    """What whoever runs the bot has chosen, beside what an administrator has granted; nothing at first.

    `calendar`: whose calendar check-ins are put in, the samtalsledare's or that of the processledare who
    made the plan; or only links. `files`: where summaries go: "rektor", or `leaders`, the channels that
    are the rektors' own. `app`: our id in the tenant's own catalogue, for those who have
    no chat with the bot. `reports`: what an arbetslag agreed on is put among its own channel's files.
    """

    calendar: Calendar = ""
    files: str = ""
    app: str = ""
    leaders: tuple[ChannelFiles, ...] = ()
    reports: bool = False


class Here(NamedTuple):
    """`platform` and `tenant` name the whole; `users` is what it calls each person."""

    unit: UnitOfWork
    prompts: Prompts
    platform: str
    tenant: str
    now: datetime
    users: dict[PersonId, str]

    @classmethod
    def of(cls, unit: UnitOfWork, prompts: Prompts, platform: str, tenant: str, now: datetime) -> "Here":
        """Find everybody's own id there."""
        return cls(unit, prompts, platform, tenant, now, accounts_in(unit, platform, tenant))

    @property
    def schools(self) -> tuple[SchoolId, ...]:
        return tuple(school.id for school in self.unit.roster.schools_in(f"{self.platform}:{self.tenant}"))

    def lane(self, key: str) -> str:
        """How the lanes of a place begin that is called `key` there."""
        return f"{self.platform}:{self.tenant}/{key}"

    def key_of(self, place: Place | None) -> str | None:
        """What a place is called there; None when it is somewhere else."""
        inside = f"{self.tenant}/"
        ours = place and place.platform == self.platform and place.address.startswith(inside)
        return place.address.removeprefix(inside) if place and ours else None
