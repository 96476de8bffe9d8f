"""A workspace whose token stands in the settings: what came from it goes too, once it has been away long."""

import asyncio
from collections.abc import Callable

import pytest
from cryptography.fernet import Fernet
from pydantic import SecretStr
from sqlalchemy import select

from bot.domain.events import Ticked
from bot.platforms.slack.install.workspaces import Workspace
from bot.serve.in_store import T
from bot.serve.installed import NotedWorkspace
from handlers.ticking import on_tick
from storage.installed import installations
from storage.installed.leaving import GRACE
from storage.installed.sealing import Seal
from storage.store import Store
from storage.tables import installation
from storage.unit import UnitOfWork
from tests.play import prompts
from tests.storage.made import NOW


@pytest.mark.parametrize(("enterprise", "team"), [(None, "T1"), ("E1", "T1"), ("E1", None)])
def test_it_is_written_down_without_its_token_and_forgotten_after_the_grace(
    store: Store, enterprise: str | None, team: str | None
) -> None:
    async def run(work: Callable[[UnitOfWork], T]) -> T:
        with store.begin() as unit:
            return work(unit)

    def begun() -> NotedWorkspace:
        token = SecretStr("xoxb-1")
        workspace = Workspace(
            enterprise=enterprise,
            team=team,
            name="",
            token=token,
            bot_id="B1",
            bot_user="U0",
            org_wide=not team,
        )
        return NotedWorkspace(workspace, run, lambda: NOW)

    async def story() -> list[bool]:
        first = begun()
        await first.note()
        rows = await run(lambda unit: unit.rows(select(installation)))
        assert [(row["token"], row["disconnected_at"]) for row in rows] == [("", None)]
        await first.remove("E7", "T7", NOW)
        assert len(await first.all()) == 1
        await first.remove(enterprise, team, NOW)
        assert await first.all() == ()
        seal = Seal([Fernet.generate_key().decode()])
        assert await run(lambda unit: installations.connected(unit, seal)) == ()
        again = begun()
        await again.note()
        late = NOW + 2 * GRACE
        assert await run(lambda unit: installations.purge(unit, late)) == 0
        await again.remove(enterprise, team, NOW)
        return [await run(lambda unit: installations.purge(unit, late)) > 0 for _ in range(2)]

    assert asyncio.run(story()) == [True, False]


def test_the_first_tick_of_a_day_forgets_who_left(store: Store) -> None:
    kept = installations.Installation(
        enterprise=None, team="T1", name="", token=SecretStr("xoxb-1"), bot_id="B1", bot_user="U0"
    )
    with store.begin() as unit:
        installations.save(unit, None, kept, "", NOW)
        installations.remove(unit, None, "T1", NOW, NOW)
    for day, left in ((GRACE, 1), (2 * GRACE, 0)):
        with store.begin() as unit:
            on_tick(Ticked(id=f"tick:{day}", at=NOW + day), unit, prompts())
        with store.begin() as unit:
            assert len(unit.rows(select(installation))) == left
