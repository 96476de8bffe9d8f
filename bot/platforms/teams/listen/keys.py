"""The Bot Framework's signing keys: fetched in a thread, kept, and never asked for while the loop waits."""

import asyncio
import json
import time
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from typing import TYPE_CHECKING, Any
from urllib.error import HTTPError

from bot.beside import begun
from bot.fetching import MOST, answer_of
from bot.log import log

if TYPE_CHECKING:
    from jwt import PyJWK

EVERY = 240.0
"""Seconds between fetches, as long as all is well."""

AGAIN = 2.0
"""Seconds until keys that could not be had are asked for again, while we have none."""

REST = 30.0
"""Seconds between fetches that an unknown key's name may cause: a flood of them costs the server no more."""

OLDEST = 24 * 3600.0
"""Seconds a fetched set is believed when no newer can be had (Bot Framework, Connector authentication)."""

PATIENCE = 1.5
"""Seconds that a request waits for keys on their way."""

LONGEST_FETCH = 15.0
"""Seconds until a server that answers drop by drop, or no more, is left."""
MOST_AT_ONCE = 4
"""Fetches that were left and have not ended, as where a name is looked up for long: then the oldest is
waited for, instead of one more."""
CHANNEL = "msteams"


class KeysAway(Exception):
    """There are no keys to check anything with: nobody is let in, and nobody is called a forger."""


class Keys:
    """Stands where the SDK has a client of its own, which would fetch on the loop.

    A key that is not endorsed for Teams is left out: the SDK does not look at endorsements.
    """

    def __init__(
        self,
        address: str,
        *,
        fetch: Callable[[], Mapping[str, Any]] | None = None,
        clock: Callable[[], float] = time.monotonic,
        patience: float = PATIENCE,
        longest: float = LONGEST_FETCH,
    ) -> None:
        self._fetch = fetch or (lambda: _fetched(address, longest))
        self._clock = clock
        self._patience = patience
        self._longest = longest
        self._keys: dict[str, PyJWK] = {}
        self._since: float | None = None
        self._tried: float | None = None
        self._fetching: asyncio.Task[None] | None = None
        self._under_way: list[Future[dict[str, PyJWK]]] = []

    @property
    def known(self) -> bool:
        """Whether there are keys to check with, young enough to be believed."""
        return self._since is not None and self._clock() - self._since < OLDEST

    async def run(self) -> None:
        """Keep them fresh until cancelled."""
        while True:
            await self.refresh()
            await asyncio.sleep(EVERY if self.known else AGAIN)

    async def refresh(self) -> None:
        """Fetch them now, or wait for the fetch that is under way. What fails leaves what there was."""
        if self._fetching is None:
            self._tried = self._clock()
            self._fetching = asyncio.create_task(self._renew())
        await asyncio.shield(self._fetching)

    async def has(self, kid: str) -> bool:
        """Whether it is a key of theirs; one we have not heard of is asked for, but not often.

        Raises KeysAway when nothing is known at all.
        """
        if self.known and kid in self._keys:
            return True
        rest = REST if self.known else AGAIN
        if self._fetching or self._tried is None or self._clock() - self._tried >= rest:
            try:
                async with asyncio.timeout(self._patience):
                    await self.refresh()
            except TimeoutError:
                pass
        if not self.known:
            raise KeysAway
        return kid in self._keys

    def get_signing_key_from_jwt(self, token: str) -> "PyJWK":
        """What the SDK asks of its client; here it never reaches the network."""
        import jwt

        kid = jwt.get_unverified_header(token).get("kid")
        if not self.known or kid not in self._keys:
            raise jwt.InvalidTokenError("no such key")
        return self._keys[kid]

    async def _renew(self) -> None:
        try:
            async with asyncio.timeout(self._longest):
                self._keys = await asyncio.wrap_future(self._begun())
            self._since = self._clock()
        except Exception as problem:  # noqa: BLE001  whatever stands in the way, the old ones hold for a while
            log.warning("no_keys", action="teams.no_keys", kind=type(problem).__name__)
        finally:
            self._fetching = None

    def _begun(self) -> Future["dict[str, PyJWK]"]:
        self._under_way = [one for one in self._under_way if not one.done()]
        if len(self._under_way) < MOST_AT_ONCE:
            self._under_way.append(begun(self._read, "keys"))
            return self._under_way[-1]
        return self._under_way[0]

    def _read(self) -> "dict[str, PyJWK]":
        """In a thread of its own: the network, and the arithmetic of some fifty keys."""
        from jwt import PyJWK, PyJWTError

        found: dict[str, PyJWK] = {}
        for one in self._fetch()["keys"]:
            if one.get("use", "sig") != "sig" or CHANNEL not in one.get("endorsements", [CHANNEL]):
                continue
            try:
                key = PyJWK(one, algorithm="RS256")
            except PyJWTError:  # of a kind that no token of theirs is signed with
                continue
            if key.key_id:
                found[key.key_id] = key
        if not found:
            raise ValueError("no keys in the set")
        return found


def _fetched(address: str, longest: float) -> Mapping[str, Any]:
    try:
        with answer_of(address, longest) as answer:
            found: Mapping[str, Any] = json.loads(answer.read(MOST))
    except HTTPError as refusal:
        refusal.close()  # its line stays open else
        raise
    return found
