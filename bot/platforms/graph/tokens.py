"""Our token for one tenant: asked for with our own key, kept until shortly before it runs out."""

import json
import math
import time
from base64 import urlsafe_b64decode
from collections.abc import Callable
from typing import NamedTuple
from urllib.parse import urlsplit

import httpx

from bot.platforms.entra import body_of, token_request
from bot.platforms.graph.errors import lost, refused_login
from bot.platforms.graph.port import GraphRefused

EARLY_SECONDS = 300.0
"""A token that runs out within this is asked for anew, so that none runs out on its way."""

HOSTED = "https://graph.microsoft.com"
JWT_PARTS = 3


class Registration(NamedTuple):
    """Who we are in a tenant. `secret` is never logged, and travels to `login_url` alone."""

    tenant: str
    client_id: str
    secret: str
    login_url: str
    base_url: str

    @property
    def scope(self) -> str:
        """What the token is for: everything an administrator has granted us there."""
        parts = urlsplit(self.base_url)
        ours = parts.scheme == "https"
        return f"{parts.scheme}://{parts.netloc}/.default" if ours else f"{HOSTED}/.default"


class Tokens:
    """Kept while it holds. One attempt to get another; nothing of an answer is logged."""

    def __init__(
        self, who: Registration, client: httpx.AsyncClient, seconds: Callable[[], float] = time.monotonic
    ) -> None:
        self._who = who
        self._client = client
        self._seconds = seconds
        self._token = ""
        self._until = 0.0

    async def token(self) -> str:
        """Return a token that holds for a while. Raises GraphRefused."""
        if not self._token or self._seconds() >= self._until:
            self._token, lasts = await self._ask()
            self._until = self._seconds() + max(lasts - EARLY_SECONDS, 0.0)
        return self._token

    def forget(self) -> None:
        """It was not taken, or what is granted has changed: the next call asks for another."""
        self._token = ""

    async def _ask(self) -> tuple[str, float]:
        who = self._who
        asked = token_request(who.login_url, who.tenant, who.client_id, who.secret, who.scope)
        try:
            answer = await self._client.post(**asked)
        except httpx.HTTPError as problem:
            raise GraphRefused("later", lost(problem).code) from problem
        body = body_of(answer)
        token = body.get("access_token")
        if answer.is_success and isinstance(token, str) and token:
            return token, _seconds(body.get("expires_in"))
        codes = body.get("error_codes")
        first = codes[0] if isinstance(codes, list) and codes and isinstance(codes[0], int) else None
        code = f"AADSTS{first}" if first is not None else "no_token" if body else ""
        raise refused_login(answer.status_code, code, answer.headers)


def roles_of(token: str) -> frozenset[str]:
    """The application permissions a token names. Read, not believed: it is for people to look at."""
    parts = token.split(".")
    if len(parts) != JWT_PARTS:
        return frozenset()
    try:
        claims = json.loads(urlsafe_b64decode(parts[1] + "=" * (-len(parts[1]) % 4)))
    except ValueError:
        return frozenset()
    roles = claims.get("roles") if isinstance(claims, dict) else None
    return (
        frozenset(one for one in roles or () if isinstance(one, str))
        if isinstance(roles, list)
        else frozenset()
    )


def _seconds(told: object) -> float:
    """How long a token lasts; 0, which is to ask again each time, where it says nothing that can be used."""
    try:
        seconds = float(told) if isinstance(told, int | float | str) else 0.0
    except (ValueError, OverflowError):
        return 0.0
    return seconds if math.isfinite(seconds) else 0.0
