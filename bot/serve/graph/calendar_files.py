"""A plan's calendar file at an address of our own: whoever has been given it needs nobody's consent."""

import hashlib
import hmac
from typing import NamedTuple, cast, get_args

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from bot.domain.school import Language
from bot.runtime.clock import Clock
from bot.serve.in_store import Run
from handlers.errands.links import file_of
from prompts.book import Prompts

SIGN_CHARACTERS = 32
SPOKEN = "sprak"
"""The part of an address that says in which language, when it is not the house's."""


class Files(NamedTuple):
    """Where a plan's file is. Without a public address, or a key to sign with, there are none.

    The first of `keys` signs, and any is taken: an address that was sent once is in use for years.
    """

    public_url: str
    keys: tuple[str, ...]

    def address(self, plan: str, language: Language = "sv") -> str:
        if not self.on:
            return ""
        spoken = "" if language == "sv" else f"?{SPOKEN}={language}"
        return f"{self.public_url}/kalender/{plan}/{self.sign(plan)}.ics{spoken}"

    @property
    def on(self) -> bool:
        return bool(self.public_url and self.keys)

    def sign(self, plan: str) -> str:
        """Nobody finds a file by guessing; it holds a name of an arbetslag and times, and no more."""
        return _signed(self.keys[0], plan)

    def takes(self, plan: str, sign: str) -> bool:
        return any(hmac.compare_digest(sign.encode(), _signed(key, plan).encode()) for key in self.keys)


def _signed(key: str, plan: str) -> str:
    signed = hmac.new(key.encode(), f"kalender {plan}".encode(), hashlib.sha256)
    return signed.hexdigest()[:SIGN_CHARACTERS]


def routes(files: Files, run: Run, prompts: Prompts, clock: Clock) -> list[BaseRoute]:
    """`/kalender/PLAN/SIGN.ics`, when there is an address to put it at."""

    async def give(request: Request) -> Response:
        plan, sign = request.path_params["plan"], request.path_params["sign"]
        texts, now = prompts.said_in(_spoken(request)), clock.now()
        written = await run(lambda unit: file_of(unit, plan, texts, now)) if files.takes(plan, sign) else None
        if written is None:
            return PlainTextResponse(texts.errands.no_file, 404)
        headers = {"Cache-Control": "private, max-age=3600", "X-Content-Type-Options": "nosniff"}
        return Response(written, media_type="text/calendar; charset=utf-8", headers=headers)

    return [Route("/kalender/{plan}/{sign}.ics", give)] if files.on else []


def _spoken(request: Request) -> Language:
    asked = request.query_params.get(SPOKEN, "")
    return cast("Language", asked) if asked in get_args(Language) else "sv"
