"""The bot's way into Teams against the fake one, with a clock that passes only when somebody sleeps."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import TypeVar

from bot.domain.school import Place
from bot.domain.value import PersonId
from bot.messages.model import Button, Choices, Message, Paragraph
from bot.platforms.teams.install.references import Reference
from bot.platforms.teams.send.connector import Connector
from bot.platforms.teams.send.errors import TeamsRefused
from bot.platforms.teams.send.platform import TeamsPlatform
from bot.platforms.teams.send.wire import WHOLE_CALL, Wire
from bot.platforms.trails import Kept
from tests.teams.fake import FakeTeams
from tests.teams.state import BOT, TENANT, Post

LENA, SAM, GAST = (f"5ca1ab1e-0000-4000-8000-00000000000{number}" for number in (1, 2, 3))
TEAM, LAG46, LAG79 = "19:alm@thread.tacv2", "19:lag46@thread.tacv2", "19:lag79@thread.tacv2"
LEDNING = "19:ledning@thread.v2"
CHANNEL, OTHER = (Place(platform="teams", address=f"{TENANT}/{key}") for key in (LAG46, LAG79))
GROUP = Place(platform="teams", address=f"{TENANT}/{LEDNING}")
WITH_LENA, WITH_SAM = (Place(platform="teams", address=f"{TENANT}/@{aad}") for aad in (LENA, SAM))
NOT_FOR_EVER = 1.5
"""Seconds until an answer that never comes is given up; far more than any other takes."""
SINCE = datetime(2026, 11, 20, tzinfo=UTC)
SHORT = Message(title="Hur gick veckan?")
CARD = Message(
    title="Hur gick veckan?",
    blocks=(Paragraph(text="Skriv en rad."), Choices(buttons=(Button(label="Svara", token="t1"),))),
)
LONG = Message(
    title="Veckan", blocks=tuple(Paragraph(text=f"{number} " + "ord och " * 300) for number in range(9))
)
Result = TypeVar("Result")


class Remembered:
    """References in memory, as the store keeps them."""

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], Reference] = {}
        self.saves = 0

    async def find(self, tenant: str, key: str) -> Reference | None:
        return self.kept.get((tenant, key))

    async def save(self, reference: Reference, at: datetime | None = None) -> None:
        """What it does not say is not forgotten."""
        del at
        before = self.kept.get((reference.tenant, reference.key), reference)
        said = {name: value for name, value in reference.model_dump().items() if value}
        news = before.model_copy(update=said)
        self.saves += self.kept.get((reference.tenant, reference.key)) != news
        self.kept[reference.tenant, reference.key] = news

    async def forget_chat(self, reference: Reference) -> None:
        self.kept[reference.tenant, reference.key] = reference.but(conversation="")

    async def added_after(self, tenant: str, at: datetime) -> tuple[str, ...]:
        del tenant, at
        return ()

    async def forget(self, tenant: str, key: str | None, at: datetime | None = None) -> None:
        del at
        self.kept = {
            known: reference
            for known, reference in self.kept.items()
            if known[0] != tenant or key not in {None, known[1]}
        }

    async def of_tenant(self, tenant: str) -> tuple[Reference, ...]:
        return tuple(one for (known, _), one in self.kept.items() if known == tenant)


class Desk:
    """A platform to send from, the Teams it speaks to, and what happened on the way."""

    def __init__(self, teams: FakeTeams, whole: float, stand_in: str = "") -> None:
        self.teams = teams
        self.passed = 0.0
        self.told: list[tuple[str, str]] = []
        self.references = Remembered()
        found(teams)
        for kind, key in (("channel", LAG46), ("channel", LAG79), ("group", LEDNING)):
            self.heard_from(key, kind=kind, team_thread=TEAM if kind == "channel" else "")
        self.connector = Connector(
            Wire(
                bearer=self._bearer,
                stand_ins={stand_in or teams.stand_in},
                clock=lambda: self.passed,
                sleep=self._pass,
                on_lost=self._tell,
                whole=whole,
            ),
            bot=BOT,
        )
        self.platform = self.started()

    def started(self, kept: Kept | None = None) -> TeamsPlatform:
        """The platform as it is just after a start: it remembers nothing but what is `kept`."""
        return TeamsPlatform(
            connector=self.connector,
            references=self.references,
            account_of=account_of,
            clock=lambda: self.passed,
            kept=kept,
        )

    def heard_from(self, key: str, **more: str) -> Reference:
        """Something came in from there, so that we know where it is."""
        known = {"tenant": TENANT, "key": key, "kind": "personal", "service_url": self.teams.service_url}
        conversation = "" if key.startswith("@") else key
        reference = Reference.model_validate(known | {"conversation": conversation} | more)
        self.references.kept[TENANT, key] = reference
        return reference

    def knows(self, aad: str) -> Reference:
        """Somebody wrote to us once."""
        person = self.teams.cloud.people[aad]
        return self.heard_from(f"@{aad}", user=person.user)

    def standing(self, conversation: str = LAG46) -> list[Post]:
        return self.teams.cloud.from_bot(conversation)

    async def send(
        self, message: Message, place: Place = CHANNEL, key: str = "k", replacing: str | None = None
    ) -> str:
        return await self.platform.send(message, place, key=key, replacing=replacing)

    async def _bearer(self) -> str:
        return next(iter(self.teams.tokens), "") or self.teams.bearer()

    async def _pass(self, seconds: float) -> None:
        self.passed += seconds

    async def _tell(self, where: Reference, refused: TeamsRefused) -> None:
        self.told.append((where.tenant, refused.code))


def found(teams: FakeTeams) -> None:
    """A school's team with two channels, a group chat, and three people, one of them a guest."""
    cloud = teams.cloud
    cloud.person(LENA, "Lena Berg")
    cloud.person(SAM, "Sam Ek")
    cloud.person(GAST, "Gun Åberg", guest=True)
    cloud.team(TEAM, "5ca1ab1e-0000-4000-8000-0000000000f0", "Almbackens skola")
    cloud.conversations[TEAM].members = [LENA, SAM, GAST]
    cloud.channel(LAG46, "Arbetslag 4–6", TEAM)
    cloud.channel(LAG79, "Arbetslag 7–9", TEAM)
    cloud.group(LEDNING, "Ledningsgruppen", [LENA, SAM])


async def account_of(person: PersonId, tenant: str) -> str | None:
    """Lena and Sam have accounts; nobody else does."""
    known = {"lena": LENA, "sam": SAM}
    return f"{tenant}/{known[person]}" if person in known else None


def alone(place: Place, person: str = "lena") -> Place:
    """There, but for one person."""
    return place.model_copy(update={"only_to": PersonId(person)})


def at_desk(
    act: Callable[[Desk], Awaitable[Result]], *, whole: float = WHOLE_CALL, stand_in: str = ""
) -> Result:
    """Play it, and hold every call against what Teams takes. `stand_in`: the host that takes its place."""

    async def playing() -> Result:
        async with FakeTeams() as teams:
            desk = Desk(teams, whole, stand_in)
            try:
                result = await act(desk)
            finally:
                await desk.connector.close()
            assert not teams.wrong, teams.wrong
            return result

    return asyncio.run(playing())
