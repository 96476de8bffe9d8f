"""What a process recalls is never more than what was committed, and never stands in anybody's way."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import delete, update

from bot.domain.conversation.dialogue import Dialogue
from bot.domain.conversation.steps import Conversation
from bot.domain.school import Place
from bot.domain.value import PersonId
from storage.asked.conversations import load, save
from storage.asked.recall import MOST
from storage.store import Store, open_store
from storage.tables import conversation
from storage.unit import StaleVersion

HERE = Place(platform="terminal", address="#a")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = open_store(f"sqlite:///{tmp_path / 'nulage.sqlite3'}")
    yield opened
    opened.close()


def dialogue(key: str = "a", version: int = 1, at: str | None = None) -> Dialogue:
    held = Conversation(
        id=key,
        pack="latt",
        pack_version=1,
        respondent=PersonId("lena"),
        together=False,
        version=version,
        at=at,
    )
    return Dialogue(conversation=held, subject="check_in:1", place=HERE)


def test_what_was_committed_is_there_without_a_query(store: Store) -> None:
    with store.begin() as unit:
        save(unit, dialogue(), was=None)
    with store.begin() as unit:
        assert unit.recall.find("a") == load(unit, "a") == dialogue()


def test_what_was_rolled_back_is_forgotten(store: Store) -> None:
    with store.begin() as unit:
        save(unit, dialogue(), was=None)

    def fail() -> None:
        with store.begin() as unit:
            save(unit, dialogue(version=2, at="q2"), was=1)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    with store.begin() as unit:
        assert load(unit, "a") == dialogue()


def test_what_is_changed_by_query_is_read_again(store: Store) -> None:
    with store.begin() as unit:
        save(unit, dialogue(), was=None)
    with store.begin() as unit:
        unit.change(delete(conversation))
    with store.begin() as unit:
        assert load(unit, "a") is None


def test_what_is_deleted_in_the_unit_that_made_it_is_gone_from_both(store: Store) -> None:
    with store.begin() as unit:
        save(unit, dialogue(), was=None)
        unit.change(delete(conversation))
        assert load(unit, "a") is None
    with store.begin() as unit:
        assert load(unit, "a") is None


def test_what_is_changed_row_by_row_is_read_again(store: Store) -> None:
    with store.begin() as unit:
        save(unit, dialogue(), was=None)
        save(unit, dialogue("b"), was=None)
    newer = dialogue(version=2, at="q2").model_dump_json()
    with store.begin() as unit:
        statement = update(conversation).values(body=newer, version=2)
        unit.change_each(statement, [{}])
    with store.begin() as unit:
        assert load(unit, "a") == dialogue(version=2, at="q2")


def test_a_stale_recollection_is_refused_and_read_again(store: Store) -> None:
    """Somebody wrote behind our back, which the lock on the file forbids: even then nothing is lost."""
    with store.begin() as unit:
        save(unit, dialogue(), was=None)
    with store.engine.begin() as connection:
        newer = dialogue(version=2, at="q2").model_dump_json()
        connection.execute(update(conversation).values(body=newer, version=2))

    def go_on() -> None:
        with store.begin() as unit:
            found = load(unit, "a")
            assert found
            version = found.conversation.version
            save(unit, dialogue(version=version + 1), was=version)

    with pytest.raises(StaleVersion):
        go_on()
    go_on()


def test_only_so_many_are_kept(store: Store) -> None:
    with store.begin() as unit:
        for number in range(MOST + 1):
            save(unit, dialogue(str(number)), was=None)
    with store.begin() as unit:
        assert unit.recall.find("0") is None
        assert load(unit, "0") == dialogue("0")
        assert unit.recall.find(str(MOST)) == dialogue(str(MOST))
