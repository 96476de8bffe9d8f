"""What waits for a workspace goes out when that which stopped it is mended, and not before."""

import asyncio
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr
from sqlalchemy import update

from bot.domain.school import Place
from bot.messages.delivery import Why
from bot.platforms.slack.install.workspaces import FixedWorkspace, Workspace
from bot.runtime.clock import frozen
from bot.runtime.metrics import Counts
from bot.serve.connected import Connected
from storage.store import open_store
from storage.tables import outbox
from tests.slack.state import TEAM
from tests.storage.made import NOW, promise_all, promised, states

WORKSPACE = Workspace(
    enterprise=None, team=TEAM, name="Björkskolan", token=SecretStr("xoxb-1"), bot_id="B1", bot_user="U9"
)
WHYS = (Why.DISCONNECTED, Why.SCOPE, Why.HELD, Why.ARCHIVED)


class Remembering(FixedWorkspace):
    """Takes whatever is said of the token for news."""

    async def mark(self, workspace: Workspace, *, refused: bool) -> bool:
        del workspace, refused
        return True


@pytest.mark.parametrize(
    ("mended", "goes"),
    [
        ("taken", {Why.DISCONNECTED}),
        ("let_in", {Why.DISCONNECTED, Why.HELD}),
        ("installed", {Why.DISCONNECTED, Why.SCOPE, Why.HELD}),
    ],
)
def test_only_what_is_mended_goes_out(tmp_path: Path, mended: str, goes: set[Why]) -> None:
    store = open_store(f"sqlite:///{tmp_path / 'nulage.sqlite3'}")

    async def run(work: Any) -> Any:
        with store.begin() as unit:
            return work(unit)

    connected = Connected(run, frozen(NOW), Counts())
    connected.store = Remembering(WORKSPACE)
    place = Place(platform="slack", address=f"{TEAM}/C1")
    promise_all(store, *(promised(why, place=place) for why in WHYS))
    with store.begin() as unit:
        unit.change(update(outbox).values(state="parked", why=outbox.c.key))
    match mended:
        case "taken":
            asyncio.run(_mark(connected))
        case "let_in":
            asyncio.run(connected.are_back((TEAM,)))
        case _:
            asyncio.run(connected.save(WORKSPACE, "U1"))
    assert {key for key, state in states(store).items() if state == "new"} == set(goes)
    store.close()


async def _mark(connected: Connected) -> None:
    assert await connected.mark(WORKSPACE, refused=False)
