"""Where the Connector is: the newest address that anything came with, whatever it was."""

import asyncio
from collections.abc import Callable

import pytest
from structlog.testing import capture_logs

from bot.platforms.teams.install.references import Reference
from tests.platforms.teams.edge_stage import Stage, played, token
from tests.platforms.teams.in_memory import InMemory
from tests.teams import payloads
from tests.teams.payloads import CHANNEL, LENA, PERSONAL, SAM
from tests.teams.state import TENANT, Json

ROOT = "1795443300000"
NEW = "https://smba.trafficmanager.net/de/5ca1ab1e-0000-4000-8000-0000000000aa/"
ANYTHING: dict[str, Callable[[], Json]] = {
    "words": lambda: payloads.message(LENA, CHANNEL, "Hej", to_bot=True),
    "a press": lambda: payloads.pressed(LENA, CHANNEL, "begin||", on=ROOT),
    "a form that is closed": lambda: payloads.execute(LENA, CHANNEL, "show", {"from": ROOT}, on=ROOT),
    "somebody left": lambda: payloads.members(LENA, CHANNEL, went=[SAM]),
    "somebody came": lambda: payloads.members(LENA, CHANNEL, came=[SAM]),
    "a new name": lambda: payloads.changed(LENA, CHANNEL, "channelRenamed"),
    "a reaction": lambda: payloads.activity(LENA, CHANNEL, "messageReaction"),
    "a kind that nobody knows": lambda: payloads.activity(LENA, CHANNEL, "någotNytt"),
    "an upgrade": lambda: payloads.activity(LENA, CHANNEL, "installationUpdate", action="add-upgrade"),
    "a closed form, one to one": lambda: payloads.execute(LENA, PERSONAL, "show", {"from": ROOT}, on=ROOT),
}


def known(key: str) -> Reference:
    kind = "personal" if key.startswith("@") else "channel"
    return Reference(
        tenant=TENANT,
        key=key,
        kind=kind,
        conversation=CHANNEL.id,
        service_url="https://smba.trafficmanager.net/old/",
        team_thread="" if key.startswith("@") else CHANNEL.team,
    )


async def comes(on: Stage, sent: Json) -> None:
    assert (await on.send(sent | {"serviceUrl": NEW}, f"Bearer {token(NEW)}")).status_code == 200


@pytest.mark.parametrize("name", ANYTHING)
def test_a_known_place_is_where_the_newest_came_from(name: str) -> None:
    sent = ANYTHING[name]()
    key = f"@{LENA.aad}" if sent["conversation"]["conversationType"] == "personal" else CHANNEL.id

    async def story(on: Stage) -> None:
        await on.references.save(known(key))
        await comes(on, sent)
        assert on.references.kept[TENANT, key].service_url == NEW
        assert on.references.kept[TENANT, key].conversation

    played(story)


@pytest.mark.parametrize("name", ["somebody left", "a reaction", "a form that is closed"])
def test_a_place_that_is_not_known_is_not_learnt_by_the_way(name: str) -> None:
    async def story(on: Stage) -> None:
        await comes(on, ANYTHING[name]())
        assert on.references.kept == {}

    played(story)


class Slow(InMemory):
    """Much happens while it looks something up."""

    async def find(self, tenant: str, key: str) -> Reference | None:
        found = await super().find(tenant, key)
        await a_while(50)
        return found


async def a_while(turns: int) -> None:
    for _ in range(turns):
        await asyncio.sleep(0)


def test_a_removal_is_no_news_of_where_a_place_is() -> None:
    async def story(on: Stage) -> None:
        await on.references.save(known(CHANNEL.id))
        await comes(on, payloads.installation(LENA, CHANNEL, "remove"))
        assert (TENANT, CHANNEL.id) not in on.references.kept

    played(story, references=Slow(), before=lambda: a_while(10))


def test_while_the_store_is_away_it_is_said_once_more_by_whatever_comes_next() -> None:
    async def story(on: Stage) -> None:
        on.references.lost = ConnectionError("the store is away")
        with capture_logs() as log:
            await comes(on, ANYTHING["a reaction"]())
        assert [line["action"] for line in log] == ["teams.places_away"]

    played(story)
