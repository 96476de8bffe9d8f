"""Who is who: Huvudman, School, Arbetslag, Person, and the places where they talk."""

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


class Place(Value):
    """An address only its platform can read.

    `thread` is the reference the platform gave for the message a thread hangs under.
    `only_to` makes a line private in a shared place (ephemeral in Slack, targeted in Teams).
    """

    platform: str
    address: str
    thread: str | None = None
    only_to: PersonId | None = None


class Account(Value):
    """How one platform names a person, before we know who it is."""

    platform: str
    user: str


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


class Arbetslag(Value):
    """A staff team of any profession, and the channel where it talks."""

    id: ArbetslagId
    school: SchoolId
    name: str
    skolform: Skolform
    place: Place | None = None
    kind: Literal["undervisning", "elevhalsa"] = "undervisning"


class Person(Value):
    """An adult in the organisation; never a child, pupil or guardian."""

    id: PersonId
    name: str
    school: SchoolId
    roles: tuple[Role, ...] = ("larare",)
    arbetslag: tuple[ArbetslagId, ...] = ()
    leads: tuple[ArbetslagId, ...] = ()
    direct: Place | None = None

    def has(self, role: Role) -> bool:
        return role in self.roles
