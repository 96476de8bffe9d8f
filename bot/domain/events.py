"""What can happen. Every platform's payload becomes one of these, and time is one of their facts."""

from datetime import datetime
from typing import Literal

from pydantic import Field

from bot.domain.errands_rosters import ChannelSeen
from bot.domain.school import Account, Place
from bot.domain.value import Value


class Happening(Value):
    """The same happening delivered twice has the same `id`. `at` is aware."""

    id: str
    at: datetime


class Pressed(Happening):
    """A button. `reference` names the message it sat on.

    `in_place`: what follows can stand where that message stood, for the one who pressed.
    """

    who: Account
    where: Place
    token: str
    reference: str = ""
    in_place: bool = False


class FormSubmitted(Happening):
    """A whole form at once: each field's key with its values, as strings.

    `people` says what the platform shows for each account chosen in a people field, by account user.
    """

    who: Account
    where: Place
    token: str
    values: dict[str, tuple[str, ...]]
    people: dict[str, str] = Field(default_factory=dict)


class Replied(Happening):
    """Words in a channel, a thread or a direct message; `where.thread` is the thread's root.

    `direct`: only the bot hears them. `addressed`: others do too, and they were said to the bot by name;
    in a place without threads the core finds what they are about.
    """

    who: Account
    where: Place
    text: str
    reference: str
    direct: bool = False
    addressed: bool = False


class Rewritten(Happening):
    """Somebody changed (`text`) or removed (`None`) words of their own in the chat.

    `back`: they had removed them, and brought them back.
    """

    who: Account
    where: Place
    reference: str
    text: str | None
    back: bool = False


class Commanded(Happening):
    """`/nuläge` and its siblings, as written, the same on all platforms."""

    who: Account
    where: Place
    command: str
    text: str = ""


class BotAdded(Happening):
    """The bot may now speak in `where`, a channel that people call `name`."""

    who: Account
    where: Place
    name: str


class BotRemoved(Happening):
    """The bot may no longer speak in `where`; `who` did it, when the platform tells."""

    where: Place
    why: Literal["removed", "archived", "deleted"] = "removed"
    who: Account | None = None


class MemberLeft(Happening):
    """Somebody is no longer in a channel that the bot is in."""

    who: Account
    where: Place


class PlaceMoved(Happening):
    """A channel got another address (`to`, equal to `where` when it did not) or another name."""

    where: Place
    to: Place
    name: str = ""


class HomeOpened(Happening):
    """Somebody opened the bot's own page. The Response is what the page shows."""

    who: Account
    where: Place


class MessageSaved(Happening):
    """Somebody wants a message of the chat kept; `author` wrote it, None when no person did."""

    who: Account
    where: Place
    text: str
    reference: str
    author: Account | None = None


class RosterRead(Happening):
    """Who is in a team of the chat's, channel by channel, as the platform just said; `where` names the team.

    It is whole: who is not in a channel here is not in it, unless the channel has nobody.
    """

    where: Place
    name: str
    channels: tuple[ChannelSeen, ...]


class Ticked(Happening):
    """A minute passed."""


Event = (
    Pressed
    | FormSubmitted
    | Replied
    | Rewritten
    | Commanded
    | BotAdded
    | BotRemoved
    | MemberLeft
    | PlaceMoved
    | HomeOpened
    | MessageSaved
    | RosterRead
    | Ticked
)
