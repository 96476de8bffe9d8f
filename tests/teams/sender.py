"""How Teams delivers: signed for real, and words that were not taken come again."""

import json
from collections.abc import Awaitable, Callable
from typing import Any

import httpx

from tests.teams.fake import FakeTeams
from tests.teams.state import Json

PATH = "/api/messages"
AGAIN_AFTER_SECONDS = (1, 10, 60)


async def _at_once(_seconds: float) -> None:
    """Time does not pass."""


class Sender:
    """Sends to one edge; `wait` lets time pass between tries."""

    def __init__(
        self,
        teams: FakeTeams,
        client: httpx.AsyncClient,
        wait: Callable[[float], Awaitable[None]] = _at_once,
    ) -> None:
        self._teams = teams
        self._client = client
        self._wait = wait

    async def deliver(self, activity: Json, *, token: str | None = None) -> httpx.Response:
        """Deliver an activity once. Without `token` it is signed as Teams does; an empty one is none."""
        bearer = self._teams.sign() if token is None else token
        signed = {"Authorization": f"Bearer {bearer}"} if bearer else {}
        headers = {**signed, "Content-Type": "application/json"}
        body = json.dumps(activity, ensure_ascii=False).encode()
        return await self._client.post(PATH, content=body, headers=headers)

    async def until_taken(self, activity: Json) -> list[int]:
        """Deliver it as Teams does, until it is taken or given up; the statuses that came back."""
        statuses: list[int] = []
        for pause in (None, *AGAIN_AFTER_SECONDS):
            if pause is not None:
                await self._wait(pause)
            try:
                answer = await self.deliver(activity)
            except httpx.TransportError:
                statuses.append(0)
                continue
            statuses.append(answer.status_code)
            if answer.is_success:
                break
        return statuses


def said(answer: httpx.Response) -> Any:
    """The JSON of an answer; None when it was empty."""
    assert answer.status_code == 200, (answer.status_code, answer.text)
    return answer.json() if answer.content.strip() else None
