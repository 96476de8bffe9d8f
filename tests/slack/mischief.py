"""What can go wrong with a call, on purpose: for a method (and a channel), a number of times."""

from dataclasses import dataclass
from typing import Literal

from tests.mischief import Planned

How = Literal["rate", "error", "http", "html", "stall", "reset", "refuse", "garbage"]
"""`rate`: 429. `error`: ok false. `http`: a status with JSON. `html`: a status with a page.
`stall`, `reset`: the call is done, and then no answer comes, or the connection is cut.
`refuse`: cut before anything is done. `garbage`: the call is done, and the answer cannot be read."""

ACCEPTS = {"stall", "reset", "garbage"}


@dataclass
class Fault(Planned):
    """The next `times` calls of `method` (in `channel`, after letting `after` pass) go wrong so."""

    how: How
    method: str = ""
    channel: str = ""
    code: str = ""
    status: int = 500
    retry_after: float = 1

    @property
    def aim(self) -> tuple[str, str]:
        return self.method, self.channel


def revoked(*, after: int = 0) -> Fault:
    """From now on (after letting some calls pass) the token is not worth anything."""
    return Fault("error", code="token_revoked", times=10**9, after=after)
