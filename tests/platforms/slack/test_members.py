"""Who is in a channel, as Slack says it: page by page, and nothing is taken for granted."""

import asyncio
from collections.abc import Sequence
from typing import Any

import pytest
from aiohttp import web as http
from aiohttp.test_utils import TestServer

from bot.platforms.slack.listen.members import Members
from bot.platforms.slack.send.client import Web
from tests.waiting import DEADLINE


def asking(*answers: Any, wanted: str = "UALVA") -> tuple[bool | None, Sequence[str]]:
    """What comes of Slack's answers, one a call; and where each call began."""
    said, cursors = list(answers), list[str]()

    async def answer(request: http.Request) -> http.Response:
        cursors.append(request.query.get("cursor", ""))
        body = said.pop(0)
        return http.json_response(body) if isinstance(body, dict) else http.Response(text=str(body))

    async def ask() -> bool | None:
        app = http.Application()
        app.router.add_get("/api/conversations.members", answer)
        async with TestServer(app) as server, Web(str(server.make_url("/api/"))) as web:
            soon = asyncio.get_running_loop().time() + DEADLINE
            return await Members(web).has("xoxb-1", "C1", wanted, soon)

    return asyncio.run(ask()), cursors


def page(*members: Any, then: str = "") -> dict[str, Any]:
    return {"ok": True, "members": list(members), "response_metadata": {"next_cursor": then}}


def test_one_page_says_it() -> None:
    assert asking(page("UALVA", "UPIA")) == (True, [""])
    assert asking(page("UPIA")) == (False, [""])


def test_the_next_page_is_asked_for() -> None:
    assert asking(page("UPIA", then="dXNlcg=="), page("UALVA")) == (True, ["", "dXNlcg=="])
    assert asking(page("UPIA", then="dXNlcg=="), page("ULENA")) == (False, ["", "dXNlcg=="])


@pytest.mark.parametrize(
    "answer",
    [
        {"ok": True},
        {"ok": True, "members": "UALVA"},
        {"ok": True, "members": []},
        {"ok": False, "error": "channel_not_found"},
        "<html>502",
        "[]",
    ],
    ids=str,
)
def test_an_answer_that_says_nothing_is_no_answer(answer: Any) -> None:
    """A channel that the bot is in has at least the bot: an empty one is not believed."""
    assert asking(answer) == (None, [""])


def test_the_second_page_that_does_not_come_is_no_answer() -> None:
    assert asking(page("UPIA", then="dXNlcg=="), "<html>") == (None, ["", "dXNlcg=="])
