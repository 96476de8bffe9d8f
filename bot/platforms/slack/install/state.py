"""What proves that whoever comes back from Slack is the one who left: once, soon, in the same browser."""

import hashlib
import hmac
import secrets
import time
from collections.abc import Awaitable, Callable, Sequence

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

LIVES_SECONDS = 600


class States:
    """Sealed and dated, so that a visitor who never comes back costs nothing; `spend` makes one single-use.

    `spend(key)` is False when that key was spent before.
    """

    def __init__(
        self,
        keys: Sequence[str],
        spend: Callable[[str], Awaitable[bool]],
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._seal = MultiFernet([Fernet(key) for key in keys])
        self._spend = spend
        self._clock = clock

    def issue(self) -> str:
        return self._seal.encrypt_at_time(secrets.token_bytes(16), int(self._clock())).decode()

    async def use(self, state: str, cookie: str) -> bool:
        """Say whether `state` is ours, young, unused, and in the browser it was made for."""
        if not hmac.compare_digest(state.encode(), cookie.encode()):
            return False
        try:
            self._seal.decrypt_at_time(state.encode(), LIVES_SECONDS, int(self._clock()))
        except InvalidToken:
            return False
        return await self._spend(f"slack:install:{hashlib.sha256(state.encode()).hexdigest()}")
