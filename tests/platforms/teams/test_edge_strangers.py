"""Who is of another tenant: told where they speak to the bot, seldom, and with nothing kept."""

from datetime import timedelta

from bot.platforms.teams.listen.strangers import MOST_KEPT
from bot.platforms.teams.send.errors import refusal
from tests.platforms.teams.edge_stage import NOW, Stage, played
from tests.platforms.teams.reading import read
from tests.teams import payloads
from tests.teams.payloads import CHANNEL, GROUP, LENA, PERSONAL, SAM, Who
from tests.teams.state import Json

ANOTHER = "99999999-0000-4000-8000-000000000000"


def of_another_tenant(sent: Json) -> Json:
    sent["conversation"]["tenantId"] = sent["channelData"]["tenant"]["id"] = ANOTHER
    return sent


def test_a_stranger_who_goes_on_is_told_once_an_hour_and_others_are_told_too() -> None:
    clock = [NOW]

    async def story(on: Stage) -> None:
        async def writes(who: payloads.Who, minutes: int) -> int:
            clock[0] = NOW + timedelta(minutes=minutes)
            assert (
                await on.send(of_another_tenant(payloads.message(who, PERSONAL, "Hej")))
            ).status_code == 200
            return len(on.said)

        assert [await writes(who, minutes) for who, minutes in ((LENA, 0), (LENA, 59), (SAM, 59))] == [
            1,
            1,
            2,
        ]
        assert await writes(LENA, 60) == 3
        assert on.connector.begun == 0

    played(story, now=lambda: clock[0])


def test_what_strangers_say_among_themselves_is_not_answered() -> None:
    async def story(on: Stage) -> None:
        for where in (CHANNEL, GROUP):
            await on.send(of_another_tenant(payloads.message(LENA, where, "Ska vi ses?")))
        await on.send(of_another_tenant(payloads.members(LENA, CHANNEL, went=[SAM])))
        assert on.said == []

    played(story)


def test_a_stranger_who_cannot_be_told_here_is_told_nowhere_else() -> None:
    """A chat begun for it would have to be remembered."""

    async def story(on: Stage) -> None:
        on.connector.refuses = {"targeted": refusal(400, "BadArgument", creates=True)}
        await on.send(of_another_tenant(payloads.message(LENA, CHANNEL, "Hej", to_bot=True)))
        assert on.connector.begun == 0
        assert on.references.kept == {}

    played(story)


def test_so_many_strangers_are_remembered_and_no_more() -> None:
    async def story(on: Stage) -> None:
        for number in range(MOST_KEPT + 1):
            who = Who(f"5ca1ab1e-0000-4000-8000-{number:012d}", "Någon")
            on.edge._strangers.hear(read(of_another_tenant(payloads.message(who, PERSONAL, "Hej"))))
        assert len(on.edge._strangers._told) == MOST_KEPT

    played(story)
