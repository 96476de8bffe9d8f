"""Which channel a school's summaries may lie in: one that nobody reads who may not read them."""

from collections.abc import Mapping
from typing import NamedTuple

from bot.domain.access import may
from bot.domain.errands_files import ChannelFiles
from bot.domain.value import SchoolId
from handlers.errands.here import Here


class Reading(NamedTuple):
    """Who reads a channel's files, each "TENANT/USER"; None: nobody can say who all of them are."""

    readers: frozenset[str] | None


class Leading(NamedTuple):
    """What is known of the channels that were chosen. `unsure`: not of all of them just now."""

    seen: Mapping[ChannelFiles, Reading]
    unsure: bool = False


NOT_CHOSEN = Leading({})


def channel_for(here: Here, school: SchoolId, leading: Leading) -> ChannelFiles | None:
    """Return the first channel whose readers all may read this school's summary; None where there is none.

    Everybody counts: an owner, a guest, and somebody whom nobody has met. An arbetslag's channel is none.
    """
    known, places = here.unit.roster, here.unit.roster.arbetslag.values()
    taken = {here.key_of(team.place) for team in places}
    who = {f"{here.tenant}/{user}": known.persons.get(person) for person, user in here.users.items()}
    for channel, reading in leading.seen.items():
        people = [who.get(reader) for reader in reading.readers or ()]
        theirs = all(one is not None and may(one, "read_summary", known.schools[school]) for one in people)
        if people and theirs and channel.channel not in taken:
            return channel
    return None
