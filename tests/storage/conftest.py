from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from storage.store import Store, open_store
from tests.postgres import Server, running_server


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    with running_server() as server:
        yield server


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty store, on either database."""
    return address(request, tmp_path, like="empty")


@pytest.fixture
def opened() -> Iterator[Callable[[str], Store]]:
    """Opens stores and closes them when the test ends."""
    stores: list[Store] = []

    def opening(url: str) -> Store:
        stores.append(open_store(url))
        return stores[-1]

    yield opening
    for store in stores:
        store.close()


@pytest.fixture(params=["sqlite", "postgresql"])
def store(request: pytest.FixtureRequest, tmp_path: Path, opened: Callable[[str], Store]) -> Store:
    """An open store at head: every test of the contract runs on both databases."""
    return opened(address(request, tmp_path, like="at_head"))


def address(request: pytest.FixtureRequest, tmp_path: Path, like: str) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'nulage.sqlite3'}"
    server: Server = request.getfixturevalue("postgres")
    return server.at_head() if like == "at_head" else server.database()
