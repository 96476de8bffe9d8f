"""What can go wrong with a call on purpose, and with an activity on its way to the bot."""

import random
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal

from tests.mischief import Planned

How = Literal["rate", "http", "html", "stall", "slow", "reset", "refuse", "garbage"]
"""`rate`: 429, with or without Retry-After. `http`: a status with JSON. `html`: one with a page.
`stall`, `reset`: the call is done, and then no answer comes, or the connection is cut.
`slow`: the call is done, and its answer comes when the test says so (`FakeTeams.go`).
`refuse`: cut before anything is done. `garbage`: the call is done, and the answer cannot be read."""

Calls = Literal[
    "", "create", "targeted", "begin", "chat", "update", "delete", "members", "channels", "keys", "token"
]
"""`create`: a message. `targeted`: one that one person sees. `begin`: a thread. `chat`: a one-to-one chat."""

ACCEPTS = {"stall", "slow", "reset", "garbage"}
FOREVER = 10**9


@dataclass
class Fault(Planned):
    """The next `times` calls of `call` (in `conversation`, after letting `after` pass) go wrong so.

    `retry_after` 0: nobody says how long. `silent`: an error without a code in its body. `location`: whither
    a redirection leads.
    """

    how: How
    call: Calls = ""
    conversation: str = ""
    status: int = 500
    code: str = ""
    retry_after: float = 1
    silent: bool = False
    location: str = ""

    @property
    def aim(self) -> tuple[str, str]:
        return self.call, self.conversation


def twice(activities: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Each activity comes again, word for word, as when the bot was slow to answer."""
    return [again for activity in activities for again in (activity, dict(activity))]


def under_new_ids(activities: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Each activity comes again later, as something new: Bot Service does that after a while."""
    kept = list(activities)
    return kept + [{**activity, "id": f"{activity['id']}9"} for activity in kept]


def reordered(activities: Iterable[dict[str, Any]], seed: int) -> list[dict[str, Any]]:
    """They come in some other order; the same for the same seed."""
    kept = list(activities)
    random.Random(seed).shuffle(kept)  # noqa: S311  a test that can be played again, no secret
    return kept


def late(activities: Iterable[dict[str, Any]], by: int) -> list[dict[str, Any]]:
    """The first comes only after so many others."""
    first, *others = activities
    return [*others[:by], first, *others[by:]]
