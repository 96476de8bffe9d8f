"""Workspaces that come and go: what waits for them is parked while they are away, and then goes out."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from bot.domain.value import PersonId
from bot.log import log
from bot.messages.delivery import Why
from bot.platforms.slack.install.workspaces import Workspace, WorkspaceStore
from bot.runtime.clock import Clock
from bot.runtime.metrics import Counts
from bot.serve.in_store import account_of
from storage.post.cut_off import park_under, unpark_under

if TYPE_CHECKING:
    from bot.serve.in_store import Run

PLATFORM = "slack"
MENDED = (Why.DISCONNECTED, Why.SCOPE, Why.HELD)
"""What a new installation, with all it asks for, puts right."""

LET_IN = (Why.DISCONNECTED, Why.HELD)
"""What an organisation's administrators put right by letting the bot in."""

TAKEN = (Why.DISCONNECTED,)
"""What is over when a token that was refused is taken again: it may do no more than before."""


class Nobody:
    """The store before anything is known: no workspace is connected."""

    async def find(self, enterprise: str | None, team: str | None) -> None: ...
    async def save(self, workspace: Workspace, installer: str) -> None: ...

    async def remove(self, enterprise: str | None, team: str | None, at: datetime) -> bool:
        del enterprise, team, at
        return False

    async def mark(self, workspace: Workspace, *, refused: bool) -> bool:
        del workspace, refused
        return False

    async def all(self) -> Sequence[Workspace]:
        return ()


class Connected:
    """A `WorkspaceStore` in front of another one: it sees to what waits for a workspace."""

    def __init__(self, run: "Run", clock: Clock, counts: Counts) -> None:
        self.store: WorkspaceStore = Nobody()
        self._run = run
        self._clock = clock
        self._counts = counts

    async def find(self, enterprise: str | None, team: str | None) -> Workspace | None:
        return await self.store.find(enterprise, team)

    async def save(self, workspace: Workspace, installer: str) -> None:
        await self.store.save(workspace, installer)
        await self.is_back(workspace.team)
        self._note("connected", workspace.team or workspace.enterprise)

    async def remove(self, enterprise: str | None, team: str | None, at: datetime) -> bool:
        if not await self.store.remove(enterprise, team, at):
            return False
        await self._is_cut_off(team)
        self._note("disconnected", team or enterprise)
        return True

    async def mark(self, workspace: Workspace, *, refused: bool) -> bool:
        if not await self.store.mark(workspace, refused=refused):
            return False
        await (self._is_cut_off(workspace.team) if refused else self.is_back(workspace.team, TAKEN))
        self._note("refused" if refused else "taken_again", workspace.team or workspace.enterprise)
        return True

    async def all(self) -> Sequence[Workspace]:
        return await self.store.all()

    async def is_back(self, team: str | None, mended: tuple[Why, ...] = MENDED) -> None:
        """What was parked because we could not speak there (team None: anywhere) waits to go out again."""
        now, inside = self._clock.now(), _inside(team)
        await self._run(lambda unit: unpark_under(unit, inside, mended, now))

    async def are_back(self, teams: tuple[str, ...]) -> None:
        """An organisation's administrators let the bot into these again."""
        for team in teams:
            await self.is_back(team, LET_IN)
            self._note("connected", team)

    async def account_of(self, person: PersonId, team: str) -> str | None:
        """Return the Slack user of a person in a team, if they have one there."""
        return await account_of(self._run, PLATFORM, person, team)

    async def _is_cut_off(self, team: str | None) -> None:
        """A whole organisation's messages are parked one by one, as they come to be sent."""
        if team:
            await self._run(lambda unit: park_under(unit, _inside(team), Why.DISCONNECTED))

    def _note(self, what: str, key: str | None) -> None:
        self._counts.workspaces[what] += 1
        log.warning("workspace", action=f"slack.{what}", key=key)


def _inside(team: str | None) -> str:
    """How the lanes of a team, or of all, begin."""
    return f"{PLATFORM}:{team}/" if team else f"{PLATFORM}:"
