"""What the bot needs of Graph, in its own words: whoever runs errands knows no more of it than this."""

from collections.abc import Awaitable
from datetime import datetime
from typing import Literal, Protocol

from bot.domain.errands_files import File, Where
from bot.domain.value import Value

Capability = Literal["roster", "calendar", "files", "leaders", "reports", "feed", "install"]
"""What an administrator may let the bot do, each by itself."""

How = Literal["consent", "stopped", "later", "held", "gone", "content", "doubt"]
"""`consent`: not allowed here. `stopped`: our key or the tenant is refused, so that nothing works.
`later`: surely not done, try again; nothing else goes better just now. `held`: the same, of this one
thing alone. `gone`: what it concerns is not there. `content`: never as it stands.
`doubt`: it may have been done."""


class GraphRefused(Exception):
    """Why something was not done. `code` is Graph's or Entra's own word: closed sets, safe to log."""

    def __init__(self, how: How, code: str, retry_after: float = 0.0) -> None:
        super().__init__(f"{how}: {code}")
        self.how = how
        self.code = code
        self.retry_after = retry_after


class Member(Value):
    """Somebody in a team: their Entra object id (lower case), and what the tenant calls them.

    `tenant` is where they belong, which in a shared channel may be another than ours; "" when nobody says.
    """

    user: str
    name: str
    guest: bool = False
    tenant: str = ""


class Channel(Value):
    """A channel of a team. `private`: it has people of its own; being in the team is not enough.

    `shared`: it is private, and people come to it by other teams, of ours and of other tenants.
    """

    id: str
    name: str
    private: bool = False
    shared: bool = False


class Meeting(Value):
    """A time in somebody's own calendar; nobody is invited. `starts` is the wall time in `zone`, naive.

    `transaction` makes the creation repeatable, and `sign` is how it is found again in the calendar.
    """

    transaction: str
    sign: str
    subject: str
    about: str
    starts: datetime
    minutes: int
    zone: str


class Notice(Value):
    """A line in the activity feed of somebody in a team that has the app. `preview` quotes nobody."""

    type: str
    preview: str


class Graph(Protocol):
    """One tenant's Graph. Every call is one attempt and raises GraphRefused."""

    def members(self, team: str) -> Awaitable[tuple[Member, ...]]: ...

    def channels(self, team: str) -> Awaitable[tuple[Channel, ...]]: ...

    def members_of_channel(
        self, team: str, channel: str, *, shared: bool = False
    ) -> Awaitable[tuple[Member, ...]]:
        """Everybody in a channel; `shared`: with those who come by another team."""
        ...

    def readers(self, team: str, channel: str) -> Awaitable[frozenset[str] | None]:
        """Everybody who reads a channel and its files, each "TENANT/USER"; None where anybody may join."""
        ...

    def is_open(self, team: str) -> Awaitable[bool]:
        """Whether anybody in the tenant may read a team's files without being in it."""
        ...

    def meet(self, user: str, meeting: Meeting, *, doubtful: bool = False) -> Awaitable[str]:
        """Put a meeting in a calendar and return its id. `doubtful`: look whether it is there first."""
        ...

    def move_meeting(self, user: str, event: str, meeting: Meeting) -> Awaitable[None]: ...

    def drop_meeting(self, user: str, event: str) -> Awaitable[None]:
        """Take it away; one that is gone already is well."""
        ...

    def drop_meeting_called(self, user: str, sign: str) -> Awaitable[None]:
        """Take away what a call that never answered may have put there."""
        ...

    def put_file(
        self, where: Where, path: str, content: bytes, before: File | None = None, *, doubtful: bool = False
    ) -> Awaitable[File]:
        """Write a file somewhere, over `before` or, when `doubtful`, what an attempt of ours left there.

        Anything else is let be, and what somebody else has written in: the file gets a name beside it.
        """
        ...

    def notify(self, team: str, user: str, notice: Notice) -> Awaitable[None]: ...

    def install(self, user: str, app: str) -> Awaitable[str]:
        """Give somebody the app, if they lack it, and return the id of their chat with the bot."""
        ...

    def granted(self) -> Awaitable[frozenset[str]]:
        """The names of the application permissions that our token carries."""
        ...

    def warm(self) -> Awaitable[None]:
        """Import what a first call would import, where it holds nobody up."""
        ...
