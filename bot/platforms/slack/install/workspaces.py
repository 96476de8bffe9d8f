"""The workspaces the bot is installed in, and which token speaks in each."""

import time
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from functools import partial
from typing import Any, Protocol

from pydantic import SecretStr
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.authorization.async_authorize import AsyncAuthorize
from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.value import Value
from bot.log import log

KEPT_SECONDS = 300.0
"""How long a workspace that was found is believed."""

KEPT_MISSING_SECONDS = 30.0
"""How long it is believed that there is none: an installation is soon noticed, a flood costs little."""


class Workspace(Value):
    """One installation: in a single workspace, or (`org_wide`, no `team`) in a whole Enterprise Grid.

    `refused`: Slack does not take its token just now. What people say is heard, and nothing is sent.
    """

    enterprise: str | None
    team: str | None
    name: str
    token: SecretStr
    bot_id: str
    bot_user: str
    app_id: str = ""
    scopes: frozenset[str] = frozenset()
    org_wide: bool = False
    refused: bool = False


class WorkspaceStore(Protocol):
    """Where installations are remembered."""

    async def find(self, enterprise: str | None, team: str | None) -> Workspace | None:
        """Return the installation of (E, T), else of the whole of E; of T alone when E is not said."""

    async def save(self, workspace: Workspace, installer: str) -> None:
        """Remember an installation; one that was there is replaced."""

    async def remove(self, enterprise: str | None, team: str | None, at: datetime) -> bool:
        """Forget the token of exactly this installation, removed `at`; the rest goes after the grace.

        False when it is gone already, or newer than that.
        """

    async def mark(self, workspace: Workspace, *, refused: bool) -> bool:
        """Note whether Slack takes the token. False when that is known, or another has come in its place."""

    async def all(self) -> Sequence[Workspace]:
        """Return every installation that has a token, also one that is refused."""


KEPT_OLD_SECONDS = 30.0
"""How long one is believed anew while the store cannot say: not everybody has to wait to hear that."""

Key = tuple[str | None, str | None]
Kept = tuple[float, Workspace | None]

COVERING: Key = ("*", "*")
"""In the place of ids: the only installation in a whole Enterprise Grid, if there is one and no more."""


class Workspaces:
    """What every event asks for, kept in memory: reading the store for each would cost the most of it."""

    def __init__(self, store: WorkspaceStore, clock: Callable[[], float] = time.monotonic) -> None:
        self.store = store
        self.authorize: AsyncAuthorize = Authorize(self)
        self._clock = clock
        self._kept: dict[Key, Kept] = {}
        self._forgotten = 0

    async def find(self, enterprise: str | None, team: str | None) -> Workspace | None:
        """Return the workspace that speaks for an address, or None when none is connected.

        An address names only the team. Is that one of an Enterprise Grid's, its organisation speaks for it,
        provided that there is only one.
        """
        found = await self.named(enterprise, team)
        if found or enterprise or not team:
            return found
        return await self._known(COVERING, self._covering)

    async def named(self, enterprise: str | None, team: str | None) -> Workspace | None:
        """Return the workspace that was named whole, as Slack does: nobody else's token speaks for it."""
        return await self._known((enterprise, team), partial(self.store.find, enterprise, team))

    async def _known(self, key: Key, ask: Callable[[], Awaitable[Workspace | None]]) -> Workspace | None:
        """What is believed, else what the store says; while that is away, what was believed before."""
        until, kept = self._kept.get(key, (0.0, None))
        if self._clock() < until:
            return kept
        forgotten, believed = self._forgotten, KEPT_SECONDS
        try:
            found = await ask()
        except Exception as problem:
            if kept is None:
                raise
            log.warning("workspace_old", action="slack.workspace_old", kind=type(problem).__name__)
            found, believed = kept, KEPT_OLD_SECONDS
        if forgotten == self._forgotten:  # else somebody installed or removed while we were reading
            until = self._clock() + (believed if found else KEPT_MISSING_SECONDS)
            self._kept = {**self._worth_keeping(), key: (until, found)}
        return found

    async def _covering(self) -> Workspace | None:
        covering = [one for one in await self.store.all() if one.org_wide]
        return covering[0] if len(covering) == 1 else None

    def forget(self, *ids: str | None) -> None:
        """Stop believing what is known of these teams or enterprises, and of all that were missing."""
        self._forgotten += 1
        doubted = {*COVERING, *filter(None, ids)}
        self._kept = {
            key: (until, kept)
            for key, (until, kept) in self._kept.items()
            if kept and not {*key, kept.enterprise, kept.team} & doubted
        }

    async def save(self, workspace: Workspace, installer: str) -> None:
        await self.store.save(workspace, installer)
        self.forget(workspace.enterprise, workspace.team)

    async def remove(self, enterprise: str | None, team: str | None, at: datetime) -> bool:
        """Disconnect; called again, late, or for a workspace nobody knows, it does nothing more."""
        removed = await self.store.remove(enterprise, team, at)
        self.forget(enterprise if team is None else None, team)
        return removed

    async def mark(self, workspace: Workspace, *, refused: bool) -> bool:
        marked = await self.store.mark(workspace, refused=refused)
        self.forget(workspace.enterprise if workspace.team is None else None, workspace.team)
        return marked

    def _worth_keeping(self) -> dict[Key, Kept]:
        """Those that were found, however old: they are few. Of the missing, those that are believed."""
        now = self._clock()
        return {key: (until, kept) for key, (until, kept) in self._kept.items() if kept or now < until}


class Authorize(AsyncAuthorize):
    """Bolt's question "who are we here?", answered from memory.

    A class, since Bolt takes a bound method's `self` for one of its own arguments.
    """

    def __init__(self, workspaces: Workspaces) -> None:
        self._workspaces = workspaces

    async def __call__(  # noqa: PLR0913  Bolt's own signature
        self,
        *,
        context: Any,
        enterprise_id: str | None,
        team_id: str | None,
        user_id: str | None,
        actor_enterprise_id: str | None = None,
        actor_team_id: str | None = None,
        actor_user_id: str | None = None,
    ) -> AuthorizeResult | None:
        del context, actor_enterprise_id, actor_team_id, actor_user_id
        found = await self._workspaces.named(enterprise_id, team_id)
        if found is None:
            return None
        return AuthorizeResult(
            enterprise_id=enterprise_id,
            team_id=team_id,
            user_id=user_id,
            bot_token=found.token.get_secret_value(),
            bot_id=found.bot_id,
            bot_user_id=found.bot_user,
            bot_scopes=sorted(found.scopes),
        )


class FixedWorkspace:
    """The store of one workspace, whose token stands in the settings; nothing of it is written down."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace: Workspace | None = workspace

    @classmethod
    async def connect(cls, client: AsyncWebClient) -> "FixedWorkspace":
        """Ask Slack once whose token it is. Raises slack_sdk.errors.SlackApiError when it is nobody's."""
        return cls(await who_am_i(client))

    async def find(self, enterprise: str | None, team: str | None) -> Workspace | None:
        kept = self.workspace
        if kept is None:
            return None
        if kept.org_wide:
            return kept if enterprise == kept.enterprise else None
        return kept if team == kept.team else None

    async def save(self, workspace: Workspace, installer: str) -> None:
        del installer
        self.workspace = workspace

    async def remove(self, enterprise: str | None, team: str | None, at: datetime) -> bool:
        """Be silent until the bot is started with a token that works."""
        del at
        kept = self.workspace
        if not kept or not (kept.team == team if team else kept.org_wide and kept.enterprise == enterprise):
            return False
        self.workspace = None
        return True

    async def mark(self, workspace: Workspace, *, refused: bool) -> bool:
        kept = self.workspace
        if kept is None or kept.token != workspace.token or kept.refused == refused:
            return False
        self.workspace = kept.model_copy(update={"refused": refused})
        return True

    async def all(self) -> Sequence[Workspace]:
        return (self.workspace,) if self.workspace else ()


async def who_am_i(client: AsyncWebClient) -> Workspace:
    """Ask `auth.test` which workspace a client's token belongs to, and what it may do there."""
    answer = await client.auth_test()
    org_wide = bool(answer.get("is_enterprise_install"))
    return Workspace(
        enterprise=answer.get("enterprise_id") or None,
        team=None if org_wide else answer["team_id"],
        name=answer.get("team") or "",
        token=SecretStr(client.token or ""),
        bot_id=answer.get("bot_id") or "",
        bot_user=answer["user_id"],
        scopes=granted(answer.headers),
        org_wide=org_wide,
    )


def granted(headers: Any) -> frozenset[str]:
    """Read the scopes that a token has from the headers Slack sends with every answer."""
    listed = next((value for name, value in headers.items() if name.lower() == "x-oauth-scopes"), "")
    return frozenset(scope.strip() for scope in str(listed).split(",") if scope.strip())
