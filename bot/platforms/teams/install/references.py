"""Where a place is in the Connector's own words, as learnt from what came in. Kept by whoever composes."""

from collections.abc import Awaitable, Container
from datetime import datetime
from typing import Literal, Protocol

from bot.domain.value import Value

Kind = Literal["channel", "group", "personal"]


class Reference(Value):
    """What is needed to speak somewhere.

    `tenant` and `key` are the two halves of a place's address: `key` is a channel's or a group chat's
    conversation id without its thread (`19:…@thread.tacv2`, `19:…@thread.v2`), or `@` and a person's
    Entra object id. `conversation` is the Connector's id; empty for a person whose chat is not begun.
    `service_url` is the newest that an activity came with. `user` is the person's id for this bot
    (`29:…`), needed to begin a chat and to target. `team` is the team's Entra group id, `team_thread`
    its own conversation id (that of its General channel), for a channel.
    """

    tenant: str
    key: str
    kind: Kind
    conversation: str
    service_url: str
    user: str = ""
    team: str = ""
    team_thread: str = ""
    name: str = ""


class References(Protocol):
    """Remembers references, the newest of each place. Awaitable: they live in the store."""

    def find(self, tenant: str, key: str) -> Awaitable[Reference | None]: ...

    def save(self, reference: Reference, at: datetime | None = None) -> Awaitable[None]:
        """Keep what was heard at `at` (None: now), in the place of what was known.

        Free when nothing of it is news, but once a day for a place that something was heard from. What
        was heard before a removal undoes nothing.
        """
        ...

    def forget(self, tenant: str, key: str | None, at: datetime | None = None) -> Awaitable[None]:
        """The bot was removed there (`key` None: from the whole tenant) at `at`, or now.

        Where it was let in since, nothing is forgotten.
        """
        ...

    def forget_chat(self, reference: Reference) -> Awaitable[None]:
        """The chat with this person is not what it was: it is begun anew when it is next needed.

        Where another is known of by now, that stays.
        """
        ...

    def added_after(self, tenant: str, at: datetime) -> Awaitable[Container[str]]:
        """The keys of where the bot was let in (again) after `at`."""
        ...

    def of_tenant(self, tenant: str) -> Awaitable[tuple[Reference, ...]]: ...
