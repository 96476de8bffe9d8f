"""What can go wrong with a call, on purpose: for a method (and a channel), a number of times."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Literal

How = Literal["rate", "error", "http", "html", "stall", "reset", "refuse", "garbage"]
"""`rate`: 429. `error`: ok false. `http`: a status with JSON. `html`: a status with a page.
`stall`, `reset`: the call is done, and then no answer comes, or the connection is cut.
`refuse`: cut before anything is done. `garbage`: the call is done, and the answer cannot be read."""

ACCEPTS = {"stall", "reset", "garbage"}


@dataclass
class Fault:
    """The next `times` calls of `method` (in `channel`, after letting `after` pass) go wrong so."""

    how: How
    method: str = ""
    channel: str = ""
    code: str = ""
    status: int = 500
    retry_after: float = 1
    times: int = 1
    after: int = 0

    def hits(self, method: str, channel: str) -> bool:
        if self.times <= 0 or self.method not in {"", method} or self.channel not in {"", channel}:
            return False
        if self.after > 0:
            self.after -= 1
            return False
        self.times -= 1
        return True


@dataclass
class Mischief:
    """The faults that are planned; the first that fits a call is the one that happens."""

    planned: list[Fault] = field(default_factory=list)

    def plan(self, *faults: Fault) -> None:
        self.planned.extend(faults)

    def strikes(self, method: str, channel: str) -> Fault | None:
        return next((fault for fault in self.planned if fault.hits(method, channel)), None)

    @contextmanager
    def while_planned(self, *faults: Fault) -> Iterator[None]:
        """These faults, for as long as the block lasts."""
        self.plan(*faults)
        try:
            yield
        finally:
            self.planned = [fault for fault in self.planned if fault not in faults]


def revoked(*, after: int = 0) -> Fault:
    """From now on (after letting some calls pass) the token is not worth anything."""
    return Fault("error", code="token_revoked", times=10**9, after=after)
