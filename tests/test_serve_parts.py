"""What `nulage serve` is made of, piece by piece."""

import asyncio
import os
import signal
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr
from sqlalchemy import update

from bot.domain.school import Place
from bot.domain.value import PersonId
from bot.messages.delivery import Why
from bot.platforms.slack.install.workspaces import FixedWorkspace, Workspace
from bot.runtime.clock import Clock, frozen
from bot.runtime.metrics import Counts
from bot.runtime.port import PortTaken
from bot.serve import serve
from bot.serve.connected import Connected
from bot.serve.ending import told_to_stop
from bot.serve.running import Running
from bot.settings import HttpSection, Settings, SettingsRefused, SlackSection
from prompts.book import load_prompts
from storage.store import Store, open_store
from storage.tables import outbox
from tests.slack.school import found, user_of
from tests.slack.state import TEAM
from tests.storage.made import NOW, promise_all, promised, rows_of, states

WORKSPACE = Workspace(
    enterprise=None, team=TEAM, name="Björkskolan", token=SecretStr("xoxb-1"), bot_id="B1", bot_user="U9"
)


class Office:
    """Workspaces that come and go, over a real store."""

    def __init__(self, folder: Path) -> None:
        self.store: Store = open_store(f"sqlite:///{folder / 'nulage.sqlite3'}")
        self.counts = Counts()
        self.connected = Connected(self._run, frozen(NOW), self.counts)
        self.connected.store = FixedWorkspace(WORKSPACE)

    async def _run(self, work: Any) -> Any:
        with self.store.begin() as unit:
            return work(unit)

    def waiting(self, *keys: str, lane: str) -> None:
        place = Place(platform="slack", address=lane)
        promise_all(self.store, *(promised(key, place=place) for key in keys))

    def states(self) -> dict[str, str]:
        return states(self.store)


@pytest.fixture
def office(tmp_path: Path) -> Any:
    office = Office(tmp_path)
    yield office
    office.store.close()


def test_what_waits_for_a_lost_workspace_is_parked_until_it_is_back(office: Office) -> None:
    office.waiting("a", "b", lane=f"{TEAM}/C1")
    office.waiting("c", lane="T_OTHER/C1")
    assert asyncio.run(office.connected.remove(None, TEAM, NOW))
    assert not asyncio.run(office.connected.remove(None, TEAM, NOW))
    assert office.states() == {"a": "parked", "b": "parked", "c": "new"}
    assert rows_of(office.store)["a"]["why"] == Why.DISCONNECTED
    assert asyncio.run(office.connected.find(None, TEAM)) is None
    asyncio.run(office.connected.save(WORKSPACE, "U1"))
    assert office.states() == {"a": "new", "b": "new", "c": "new"}
    assert office.counts.workspaces == {"disconnected": 1, "connected": 1}


def test_a_team_that_its_organisation_lets_us_into_again_hears_what_waited(office: Office) -> None:
    office.waiting("a", lane=f"{TEAM}/C1")
    with office.store.begin() as unit:
        unit.change(update(outbox).values(state="parked", why=Why.HELD))
    asyncio.run(office.connected.are_back((TEAM,)))
    assert office.states() == {"a": "new"}


def test_a_channel_that_is_shut_stays_so_when_the_workspace_is_back(office: Office) -> None:
    office.waiting("a", lane=f"{TEAM}/C1")
    asyncio.run(office.connected.remove(None, TEAM, NOW))
    with office.store.begin() as unit:
        unit.change(update(outbox).values(why=Why.ARCHIVED))
    asyncio.run(office.connected.save(WORKSPACE, "U1"))
    assert office.states() == {"a": "parked"}


def test_who_somebody_is_in_slack(office: Office) -> None:
    found(office.store, NOW.date())
    find = office.connected.account_of
    assert asyncio.run(find(PersonId("lena"), TEAM)) == user_of("lena")
    assert asyncio.run(find(PersonId("lena"), "T_OTHER")) is None
    assert asyncio.run(find(PersonId("nobody"), TEAM)) is None


def test_with_nothing_switched_on_it_says_what_to_set() -> None:
    with pytest.raises(SettingsRefused, match="NULAGE_SLACK__BOT_TOKEN"):
        serve(Settings(), str)


def test_a_proxy_tires_of_a_silent_connection_before_the_bot_does() -> None:
    """Caddy waits for two minutes. What is sent while the bot closes it reaches nobody."""
    store = open_store("sqlite://")
    slack = SlackSection(bot_token=SecretStr("xoxb-1"), signing_secret=SecretStr("s"))
    running = Running(Settings(slack=slack), store, load_prompts(), Clock())
    assert running._http().config.timeout_keep_alive > 120
    store.close()


def test_a_port_that_is_taken_is_said_before_anything_is_opened(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        settings = Settings(
            database_url=f"sqlite:///{tmp_path}/n.sqlite3",
            slack=SlackSection(bot_token=SecretStr("xoxb-1"), signing_secret=SecretStr("s")),
            http=HttpSection(port=port),
        )
        with pytest.raises(PortTaken, match=f"NULAGE_HTTP__PORT={port + 1}"):
            serve(settings, str)
    assert [*tmp_path.iterdir()] == []


def test_the_second_signal_is_the_systems_own() -> None:
    async def two() -> tuple[bool, Any]:
        with told_to_stop() as told:
            os.kill(os.getpid(), signal.SIGTERM)
            await asyncio.wait_for(told.wait(), 30)
            return told.is_set(), signal.getsignal(signal.SIGTERM)

    before = signal.getsignal(signal.SIGTERM)
    assert asyncio.run(two()) == (True, signal.SIG_DFL)
    assert signal.getsignal(signal.SIGTERM) == before


def test_an_end_that_hangs_is_cut_short() -> None:
    hanging = """
from threading import Event
from bot.serve.ending import in_time
with in_time(7, 0.2):
    Event().wait()
"""
    done = subprocess.run([sys.executable, "-c", hanging], timeout=60, check=False)
    assert done.returncode == 7


def test_slacks_libraries_are_left_out_when_slack_is() -> None:
    looking = """
import sys
from bot.serve import serve
from bot.settings import Settings, SettingsRefused
try:
    serve(Settings(), str)
except SettingsRefused:
    print([name for name in ("slack_sdk", "slack_bolt", "aiohttp", "sqlalchemy") if name in sys.modules])
"""
    done = subprocess.run([sys.executable, "-c", looking], timeout=60, check=True, capture_output=True)
    assert done.stdout == b"[]\n"
