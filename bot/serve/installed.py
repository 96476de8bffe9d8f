"""Slack's installations as its folder wants them, kept in the store: part of the composition."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from bot.platforms.slack.install.workspaces import FixedWorkspace, Workspace
from bot.serve.in_store import Run
from storage.installed import installations
from storage.installed.installations import Installation
from storage.post import inbox

if TYPE_CHECKING:  # one workspace seals nothing, and starts without what sealing needs
    from storage.installed.sealing import Seal


class StoredWorkspaces:
    """The `WorkspaceStore` of many workspaces, and what has been used up on the way there."""

    def __init__(self, run: Run, seal: "Seal", now: Callable[[], datetime]) -> None:
        self._run = run
        self._seal = seal
        self._now = now

    async def find(self, enterprise: str | None, team: str | None) -> Workspace | None:
        found = await self._run(lambda unit: installations.find(unit, self._seal, enterprise, team))
        return _workspace(found) if found else None

    async def save(self, workspace: Workspace, installer: str) -> None:
        kept, now = _installation(workspace), self._now()
        await self._run(lambda unit: installations.save(unit, self._seal, kept, installer, now))

    async def remove(self, enterprise: str | None, team: str | None, at: datetime) -> bool:
        now = self._now()
        return await self._run(lambda unit: installations.remove(unit, enterprise, team, at, now))

    async def mark(self, workspace: Workspace, *, refused: bool) -> bool:
        one, since = _installation(workspace), self._now() if refused else None
        return await self._run(lambda unit: installations.mark(unit, self._seal, one, since))

    async def all(self) -> Sequence[Workspace]:
        found = await self._run(lambda unit: installations.connected(unit, self._seal))
        return tuple(_workspace(one) for one in found)

    async def seal_anew(self) -> int:
        """At start: raises SealBroken when a token cannot be opened; else the newest key seals all."""
        return await self._run(lambda unit: installations.seal_anew(unit, self._seal))

    async def spend(self, key: str) -> bool:
        """Use something up that may be used once. False when it was used before."""
        now = self._now()
        return await self._run(lambda unit: inbox.take(unit, key, now))


class NotedWorkspace(FixedWorkspace):
    """The workspace of the settings: that it is there is written down, so that what came from it can go."""

    def __init__(self, workspace: Workspace, run: Run, now: Callable[[], datetime]) -> None:
        super().__init__(workspace)
        self._run = run
        self._now = now

    async def note(self) -> None:
        """At start, when the token works: a removal that was waiting for its grace is called off."""
        if self.workspace:
            kept, now = _installation(self.workspace), self._now()
            await self._run(lambda unit: installations.save(unit, None, kept, "", now))

    async def remove(self, enterprise: str | None, team: str | None, at: datetime) -> bool:
        now = self._now()
        removed = await self._run(lambda unit: installations.remove(unit, enterprise, team, at, now))
        return removed and await super().remove(enterprise, team, at)

    async def mark(self, workspace: Workspace, *, refused: bool) -> bool:
        one, since = _installation(workspace), self._now() if refused else None
        marked = await self._run(lambda unit: installations.mark(unit, None, one, since))
        return marked and await super().mark(workspace, refused=refused)


def _installation(workspace: Workspace) -> Installation:
    return Installation(**workspace.model_dump(exclude={"org_wide"}))


def _workspace(kept: Installation) -> Workspace:
    return Workspace(**kept.model_dump(), org_wide=kept.team is None)
