"""Who is who: Huvudman, School, Arbetslag, Person, and the places where they talk."""

import unicodedata
from datetime import datetime
from enum import StrEnum
from typing import Literal

from bot.domain.value import ArbetslagId, HuvudmanId, PersonId, SchoolId, Value


class Skolform(StrEnum):
    """The school forms the bot knows (skollagen 1 kap. 1 § and 14 kap. for fritidshem)."""

    FORSKOLA = "forskola"
    FORSKOLEKLASS = "forskoleklass"
    GRUNDSKOLA = "grundskola"
    FRITIDSHEM = "fritidshem"
    ANPASSAD_GRUNDSKOLA = "anpassad_grundskola"
    GYMNASIESKOLA = "gymnasieskola"
    ANPASSAD_GYMNASIESKOLA = "anpassad_gymnasieskola"
    KOMVUX = "komvux"


Role = Literal["larare", "samtalsledare", "processledare", "rektor"]

Language = Literal["sv", "en"]
"""What the bot can speak with one person alone; a channel always hears the school's."""


class Place(Value):
    """An address only its platform can read.

    `thread` is the reference the platform gave for the message a thread hangs under.
    `only_to` makes a line private in a shared place (ephemeral in Slack, targeted in Teams).
    `private`: the platform has just said that nobody can be there uninvited; it is never remembered.
    """

    platform: str
    address: str
    thread: str | None = None
    only_to: PersonId | None = None
    private: bool = False


class Account(Value):
    """How one platform names a person, before we know who it is.

    `name` is what the platform shows, a proposal only: it is never part of who the account is.
    """

    platform: str
    user: str
    name: str = ""

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Account) and (self.platform, self.user) == (other.platform, other.user)

    def __hash__(self) -> int:
        return hash((self.platform, self.user))


def tenant_of(where: Place | Account) -> str:
    """The workspace of a platform that a place or an account lies in; "" within it where there is one only.

    An address is `workspace/rest`, or just the rest. Nobody reaches from one workspace into another.
    """
    whole = where.user if isinstance(where, Account) else where.address
    workspace, parted, _ = whole.partition("/")
    return f"{where.platform}:{workspace if parted else ''}"


def direct_to(account: Account) -> Place:
    """The one-to-one chat between the bot and an account."""
    workspace, parted, user = account.user.rpartition("/")
    return Place(platform=account.platform, address=f"{workspace}{parted}@{user}")


def channel_of(where: Place) -> Place:
    """The channel itself: no thread, and for everybody in it."""
    return Place(platform=where.platform, address=where.address)


def folded(name: str) -> str:
    """A name as people hear it: two that fold to the same cannot be told apart."""
    seen = (sign for sign in unicodedata.normalize("NFKC", name) if unicodedata.category(sign) != "Cf")
    return " ".join("".join(seen).casefold().split())


class Huvudman(Value):
    """The body with overall responsibility (skollagen 2 kap. 8 §)."""

    id: HuvudmanId
    name: str
    kind: Literal["kommunal", "fristaende"]


class School(Value):
    """A skolenhet or förskoleenhet, led by one rektor; it may hold several school forms."""

    id: SchoolId
    huvudman: HuvudmanId
    name: str
    skolformer: tuple[Skolform, ...]
    timezone: str = "Europe/Stockholm"


class Silenced(Value):
    """Since when the bot cannot speak in an arbetslag's channel, and which of its plans rest for that."""

    since: datetime
    plans: tuple[str, ...] = ()


class Arbetslag(Value):
    """A staff team of any profession, and the channel where it talks."""

    id: ArbetslagId
    school: SchoolId
    name: str
    skolform: Skolform
    place: Place | None = None
    kind: Literal["undervisning", "elevhalsa"] = "undervisning"
    silenced: Silenced | None = None
    added_at: datetime | None = None
    """When the bot was last let into its channel, as far as anybody told: what is older is over."""


class Request(Value):
    """What somebody says they are, until somebody else has confirmed it.

    `mark` tells it from an earlier one of the same person. `new`: nobody knew them before. `vouched`: the
    platform calls the account by this name, so that it is more than what they say themselves.
    """

    mark: str
    role: Role
    arbetslag: ArbetslagId | None
    at: datetime
    new: bool = True
    vouched: bool = False


class Person(Value):
    """An adult in the organisation; never a child, pupil or guardian.

    Without roles a person is outside: somebody who has left, or whose `request` nobody has decided.
    `follows` are the arbetslag they came to by themselves: those last as long as they are in its channel.
    `language` is how the bot speaks to them alone; "" until they have chosen.
    """

    id: PersonId
    name: str
    school: SchoolId
    roles: tuple[Role, ...] = ("larare",)
    arbetslag: tuple[ArbetslagId, ...] = ()
    leads: tuple[ArbetslagId, ...] = ()
    follows: tuple[ArbetslagId, ...] = ()
    direct: Place | None = None
    request: Request | None = None
    language: Language | Literal[""] = ""

    def has(self, role: Role) -> bool:
        return role in self.roles
