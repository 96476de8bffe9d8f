"""Who a chat's team holds and the bot's roster does not, and the other way round. Pure."""

import hashlib
from collections.abc import Callable, Collection, Container, Iterable

from bot.domain.school import Account, Arbetslag, Place, channel_of
from bot.domain.value import ArbetslagId, PersonId, Value

MOST_NEW = 50
"""A team with more than so many whom nobody has met is everybody's, and says nothing about an arbetslag."""


class Attendee(Value):
    """An account that is in a channel, as the platform says. `guest`: of another organisation."""

    account: Account
    guest: bool = False


class ChannelSeen(Value):
    """A channel and everybody in it."""

    place: Place
    name: str
    people: tuple[Attendee, ...] = ()


class Left(Value):
    """A member of an arbetslag who is not in its channel any more."""

    person: PersonId
    arbetslag: ArbetslagId


class Difference(Value):
    """What a processledare may want to change: `new` people, channels that are nobody's, and who `left`.

    `likely` is the arbetslag that the new people most likely belong to, when there is only one.
    """

    new: tuple[Attendee, ...] = ()
    channels: tuple[tuple[Place, str], ...] = ()
    left: tuple[Left, ...] = ()
    likely: ArbetslagId | None = None

    @property
    def is_empty(self) -> bool:
        return not (self.new or self.channels or self.left)

    @property
    def parts(self) -> frozenset[str]:
        """A mark of each thing in it: what was told once is not told again. It names nobody."""
        found = [f"new:{one.account.platform}:{one.account.user}" for one in self.new]
        found += [f"channel:{place.platform}:{place.address}" for place, _ in self.channels]
        found += [f"left:{one.person}:{one.arbetslag}" for one in self.left]
        return frozenset(hashlib.sha256(part.encode()).hexdigest()[:12] for part in found)


def difference(
    seen: Iterable[ChannelSeen],
    teams: Collection[Arbetslag],
    taken: Container[tuple[str, str]],
    known: Callable[[Account], bool],
    members: Callable[[ArbetslagId], Iterable[tuple[PersonId, Account]]],
) -> Difference:
    """Compare a team's channels with one school's `teams`.

    New are those in the channel of an arbetslag whom nobody has met or decided about, if they are not too
    many. Left are the
    `members` with an account in this chat who are not in the arbetslag's channel. `taken` are the channels
    (platform, address) of any school's. A channel that we cannot see into is not compared.
    """
    by_spot = {_spot(team.place): team for team in teams if team.place and not team.silenced}
    new: dict[Account, Attendee] = {}
    left: list[Left] = []
    free: list[tuple[Place, str]] = []
    homes: set[ArbetslagId] = set()
    for channel in seen:
        team = by_spot.get(_spot(channel.place))
        if team is None:
            free += [(channel_of(channel.place), channel.name)] if _spot(channel.place) not in taken else []
        elif channel.people:
            homes.add(team.id)
            present = {one.account for one in channel.people}
            new |= {one.account: one for one in channel.people if not known(one.account)}
            gone = (person for person, account in members(team.id) if account not in present)
            left += [Left(person=person, arbetslag=team.id) for person in gone]
    proposed = new.values() if len(new) <= MOST_NEW else ()
    return Difference(
        new=tuple(sorted(proposed, key=lambda one: (one.guest, one.account.name.casefold()))),
        channels=tuple(sorted(free, key=lambda one: one[1].casefold())),
        left=tuple(left),
        likely=next(iter(homes)) if len(homes) == 1 else None,
    )


def _spot(place: Place) -> tuple[str, str]:
    return place.platform, place.address
