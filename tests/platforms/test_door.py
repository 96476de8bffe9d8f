"""How every chat's door begins: no more is read than they send, and nobody is waited for without an end."""

import asyncio
from typing import Any

import httpx
import pytest
from starlette.types import Receive, Scope, Send

from bot.platforms.door import LARGEST, Refused, body_of, posted, reply

PART = LARGEST // 16


class Door:
    """Nothing but the beginning of a door. It remembers how much it was given to read, and what it read."""

    def __init__(self) -> None:
        self.given = 0
        self.whole = b""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def counted() -> Any:
            self.given += 1
            return await receive()

        try:
            self.whole = await body_of(posted(scope), counted)
        except Refused as refused:
            await reply(send, refused.status, refused.reason.encode())
        else:
            await reply(send, 200)

    def knock(self, parts: int, **headers: str) -> tuple[int, str]:
        async def pouring() -> Any:
            for _ in range(parts):
                yield b"x" * PART

        async def knock() -> httpx.Response:
            transport = httpx.ASGITransport(app=self)
            async with httpx.AsyncClient(transport=transport, base_url="https://nulage.example") as client:
                return await client.post("/", content=pouring(), headers=headers)

        answer = asyncio.run(knock())
        return answer.status_code, answer.text


@pytest.mark.parametrize("claimed", [str(LARGEST + 1), "9" * 400])
def test_what_is_said_to_be_too_large_is_not_read(claimed: str) -> None:
    door = Door()
    assert door.knock(5 * 16, **{"content-length": claimed}) == (413, "too_large")
    assert not door.given


def test_what_turns_out_too_large_is_read_no_further() -> None:
    door = Door()
    assert door.knock(5 * 16) == (413, "too_large")
    assert door.given == 17


@pytest.mark.parametrize("claimed", [{}, {"content-length": str(LARGEST)}, {"content-length": "tre"}])
def test_the_largest_there_may_be_is_read(claimed: dict[str, str]) -> None:
    door = Door()
    assert door.knock(16, **claimed) == (200, "")
    assert len(door.whole) == LARGEST


def refusal_of(receive: Receive, patience: float) -> tuple[int, str]:
    with pytest.raises(Refused) as refused:
        asyncio.run(body_of({}, receive, patience))
    return refused.value.status, refused.value.reason


def test_a_sender_that_goes_away_is_let_go() -> None:
    async def gone() -> Any:
        return {"type": "http.disconnect"}

    assert refusal_of(gone, 10.0) == (400, "gone")


def test_headers_without_a_body_are_not_waited_for_for_ever() -> None:
    async def never() -> Any:
        await asyncio.Event().wait()

    assert refusal_of(never, 0.0) == (408, "slow")
