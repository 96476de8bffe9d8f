"""The doctor in Graph, where Teams is on too: what is allowed, what is not, and what the guide says of it."""

import asyncio
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.cli.checkup import MARKS, findings
from bot.domain.errands_files import ChannelFiles
from bot.platforms.graph.doctor import NEEDS
from bot.platforms.teams.install.permissions import NOTICES
from bot.settings import Settings
from handlers.errands.wanted import NUDGES
from tests.graph import fake as fake_graph
from tests.graph.fake import FakeGraph
from tests.graph.settings import link_to
from tests.graph.stage import GROUP, TEAM

GUIDE = (Path(__file__).parents[3] / "docs" / "teams.md").read_text(encoding="utf-8")


CHOSEN = {
    "calendar_of": "processledare",
    "files_to": link_to(ChannelFiles(team=GROUP, channel=TEAM)),
    "reports_to": "arbetslag",
    "teams_app": fake_graph.CLIENT,
}


def look(
    database: str,
    granted: frozenset[str] = fake_graph.ALL,
    *,
    refused: int = 0,
    chosen: Mapping[str, str] = CHOSEN,
) -> list[str]:
    """What the doctor says of Graph, each line after its mark."""

    async def story() -> list[str]:
        async with FakeGraph(granted=granted, login_refused=refused) as graph:
            filled = {
                "client_id": fake_graph.CLIENT,
                "client_secret": fake_graph.SECRET,
                "tenant_id": fake_graph.TENANT,
                "base_url": graph.base_url,
                **chosen,
            }
            settings = Settings.model_validate(
                {
                    "database_url": database,
                    "graph": filled,
                    "teams": {
                        "login_url": graph.login_url,
                        "tenant_id": fake_graph.TENANT,
                        "dangerously_allow_unauthenticated": True,
                    },
                }
            )
            there = findings(settings, None, lambda: datetime.now(UTC))
            said = [f"{MARKS[one.level]} {one.text}" async for one in there]
            assert graph.wrong == []
            assert graph.calls == [], "it asks for a token, and reads what it allows"
            assert not any(fake_graph.SECRET in line for line in said)
            return [line for line in said if "Graph" in line]

    return asyncio.run(story())


@pytest.fixture
def database(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'new.sqlite3'}"


def test_all_that_is_granted_is_well(database: str) -> None:
    said = look(database)
    assert len(said) == 2 + len(NEEDS)  # our key, Graph itself, and each thing
    assert all(line.startswith("Bra ") for line in said), said


@pytest.mark.parametrize("need", NEEDS, ids=lambda need: need.capability)
def test_each_thing_that_is_not_granted_is_advice_with_what_happens_instead(
    database: str, need: object
) -> None:
    (lacking,) = [one for one in NEEDS if one is need]
    taken = frozenset().union(*lacking.any_of)
    granted = fake_graph.ALL - taken
    said = [line for line in look(database, granted) if not line.startswith("Bra ")]
    (line,) = [line for line in said if lacking.gives in line]
    assert len(said) == sum(not any(names <= granted for names in one.any_of) for one in NEEDS)
    assert line.startswith("Tips Graph: ")
    assert lacking.gives in line
    assert lacking.instead in line


def test_what_nobody_has_chosen_is_not_missed(database: str) -> None:
    said = look(database, frozenset(), chosen={})
    tips = [line for line in said if line.startswith("Tips ")]
    assert len(tips) == 2, said
    assert not any(one.gives in line for one in NEEDS[1:] if one.capability != "feed" for line in tips)


def test_a_secret_that_microsoft_does_not_take_is_told(database: str) -> None:
    (line,) = look(database, refused=7000215)
    assert line.startswith("FEL Graph: hemligheten är fel.")


def test_the_guide_says_what_each_permission_gives_and_what_happens_without_it() -> None:
    told = re.findall(r"^\| (`[A-Z]\w+\.[^|]+`) \| (att [^|]+) \| ([^|]+) \|$", GUIDE, re.MULTILINE)
    expected = [(_named(need.any_of[0]), need.gives, need.instead) for need in NEEDS]
    assert [row for row in told if ".Group`" not in row[0]] == expected


def _named(names: frozenset[str]) -> str:
    return " och ".join(f"`{name}`" for name in sorted(names))


def test_every_notice_that_graph_posts_is_in_the_manifest() -> None:
    assert set(NUDGES.values()) == {one.type for one in NOTICES}
