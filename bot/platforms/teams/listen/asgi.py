"""The ASGI application for `POST /api/messages`: the guard, the porter, the edge."""

from typing import Any

from starlette.types import Receive, Scope, Send

from bot.platforms.teams.listen.edge import Edge
from bot.platforms.teams.listen.guard import Answer, Guard
from bot.platforms.teams.listen.keys import Keys
from bot.platforms.teams.listen.porter import Porter
from bot.platforms.teams.listen.sdk import Registration


class Door:
    """Open it once, keep `run` going for its keys, and knock.

    Importing the SDK takes half a second, so it is made when Teams is on, and in no request.
    """

    def __init__(self, edge: Edge, registration: Registration, keys: Keys | None = None) -> None:
        self.porter = Porter(registration, keys)
        self._edge = edge
        self._guard = Guard(self._take, edge.counts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self._guard(scope, receive, send)

    async def open(self) -> None:
        """Let people in from now on: until then they are told to come again."""
        await self.porter.open()

    async def run(self) -> None:
        """Fetch the keys at once and then every four minutes, until cancelled."""
        await self.porter.keys.run()

    @property
    def keys_known(self) -> bool:
        """Whether anybody can be told from a stranger; False means that all are told to come again."""
        return self.porter.keys.known

    async def _take(self, activity: dict[str, Any], authorization: str) -> Answer:
        claims = await self.porter.admit(activity, authorization)
        return await self._edge.take(activity, claims)
