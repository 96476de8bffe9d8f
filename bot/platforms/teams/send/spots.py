"""Where a message goes in Teams' own words: a reference, perhaps a thread, perhaps one person who sees it."""

from collections.abc import Awaitable, Callable
from typing import NamedTuple

from bot.domain.school import Place
from bot.domain.value import PersonId
from bot.platforms.teams.install.references import Reference, References
from bot.platforms.teams.send.connector import Connector
from bot.platforms.teams.send.errors import TeamsRefused, in_its_words, ours
from bot.platforms.teams.send.members import Members

AccountOf = Callable[[PersonId, str], Awaitable[str | None]]
"""The Entra object id of a person in a tenant (or the whole account user), if they have one there."""

NOT_TARGETED = 3600.0
"""Seconds until a conversation that took no targeted message is asked again."""
MOST_KEPT = 5000


class Spot(NamedTuple):
    """Where somebody is spoken to. With an `account` (`29:…`), only they see it."""

    reference: Reference
    thread: str | None = None
    account: str = ""
    person: str = ""
    """Whom the account is of, by their key (`@` and the Entra object id)."""

    @property
    def private(self) -> bool:
        """Whether it is the chat between the bot and one person."""
        return self.reference.kind == "personal"

    @property
    def reader(self) -> str:
        """The Entra object id of the only person who sees it; "" when several do."""
        return (self.reference.key if self.private else self.person).removeprefix("@")


class Spots:
    """Finds a place's spot. A chat is begun when it is first needed, and its reference kept."""

    def __init__(
        self, connector: Connector, references: References, account_of: AccountOf, clock: Callable[[], float]
    ) -> None:
        self._connector = connector
        self._references = references
        self._members = Members(connector, references, clock)
        self._account_of = account_of
        self._clock = clock
        self._untargeted: dict[tuple[str, str], float] = {}

    async def of(self, place: Place) -> Spot:
        """Return where a place is. Raises TeamsRefused when it cannot be reached."""
        tenant, _, key = place.address.partition("/")
        found = await self._references.find(tenant, key)
        if found is None and key.startswith("@"):
            found = await self._members.seek(tenant, key.removeprefix("@"))
        if found is None:
            raise in_its_words(ours("unknown_place"), private=key.startswith("@"))
        if found.kind == "personal":
            return Spot(await self._begun(found))
        thread = place.thread if found.kind == "channel" else None
        if place.only_to is None:
            return Spot(found, thread)
        person = await self._person(place.only_to, found)
        until = self._untargeted.get((tenant, key), 0.0)
        if not person.user or until > self._clock():
            return Spot(await self._begun(person))
        return Spot(found, thread, person.user, person.key)

    async def in_person(self, place: Place, spot: Spot) -> Spot:
        """The chat with whom it was for, where the conversation takes no targeted messages for a while."""
        if place.only_to is None:
            return spot
        if len(self._untargeted) >= MOST_KEPT:
            self._untargeted.clear()
        reference = spot.reference
        self._untargeted[reference.tenant, reference.key] = self._clock() + NOT_TARGETED
        return Spot(await self._begun(await self._person(place.only_to, reference)))

    async def forget_chat(self, spot: Spot) -> None:
        """The chat is not what it was: begin it anew next time."""
        if spot.private:
            await self._references.forget_chat(spot.reference)

    async def _person(self, person: PersonId, where: Reference) -> Reference:
        """Where somebody can be written to; who was never heard is looked for among who is there."""
        account = await self._account_of(person, where.tenant)
        if account is None:
            raise ours("no_account")
        aad = account.rpartition("/")[2].removeprefix("@")
        found = await self._references.find(where.tenant, f"@{aad}")
        if found is None or not (found.user or found.conversation):
            found = await self._members.meet(where, aad)
        if found is None:
            raise ours("no_account")
        return found

    async def _begun(self, person: Reference) -> Reference:
        if person.conversation:
            return person
        try:
            chat = await self._connector.begin_chat(person)
        except TeamsRefused as refused:
            raise in_its_words(refused, private=True) from refused
        begun = person.but(conversation=chat)
        await self._references.save(begun)
        return begun
