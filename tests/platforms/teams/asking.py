"""Asking the fake Teams: by the SDK's own client, which is not ours, and by calls as they are."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import httpx
from microsoft_teams.api.activities import MessageActivityInput
from microsoft_teams.api.clients.conversation import ConversationClient
from microsoft_teams.common.http import Client, ClientOptions

from tests.platforms.teams.sending import found
from tests.teams.fake import FakeTeams

Act = Callable[[FakeTeams, ConversationClient], Awaitable[Any]]
HEJ = {"type": "message", "text": "Hej", "textFormat": "plain"}


@asynccontextmanager
async def staged() -> AsyncIterator[tuple[FakeTeams, ConversationClient]]:
    async with FakeTeams() as teams:
        found(teams)
        http = Client(ClientOptions(timeout=5, token=teams.bearer()))
        try:
            yield teams, ConversationClient(teams.service_url, http)
        finally:
            await http.http.aclose()


def play(act: Act) -> Any:
    async def playing() -> Any:
        async with staged() as (teams, client):
            return await act(teams, client)

    return asyncio.run(playing())


def said(text: str = "Hej") -> MessageActivityInput:
    return MessageActivityInput(text=text, text_format="plain")


async def raw(teams: FakeTeams, method: str, path: str, body: Any = None, **query: str) -> httpx.Response:
    """A call as it is, with a token that is taken."""
    headers = {"Authorization": f"Bearer {teams.bearer()}"}
    async with httpx.AsyncClient(trust_env=False) as client:
        return await client.request(
            method, f"{teams.service_url}v3/{path}", json=body, params=query, headers=headers
        )
