"""What people wait for, and what every tick asks, is found by an index and not by reading everything."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import event

from bot.domain.school import Place
from bot.domain.value import ArbetslagId, PersonId, SchoolId
from storage.asked.answering import answer_history, latest_answers
from storage.asked.check_ins import open_rounds, rounds_of_plan
from storage.asked.plans import schools_without_summary
from storage.post import parts
from storage.post.shown import newest_about
from storage.post.waiting import held_for_rektor
from storage.store import open_store
from storage.unit import UnitOfWork

TEAM = ArbetslagId("t")
HERE = Place(platform="test", address="#a")


@pytest.mark.parametrize(
    "ask",
    [
        lambda unit: answer_history(unit, "c", "rost"),
        lambda unit: latest_answers(unit, "c", PersonId("lena")),
        lambda unit: open_rounds(unit, TEAM, "p"),
        lambda unit: rounds_of_plan(unit, TEAM, "p"),
        lambda unit: schools_without_summary(unit, (SchoolId("s"),)),
        held_for_rektor,
        lambda unit: newest_about(unit, HERE, "welcome"),
        lambda unit: parts.read(unit, HERE, "k", None),
        lambda unit: parts.read(unit, HERE, "k", "1"),
        lambda unit: parts.note(unit, HERE, "k", "1", "{}"),
    ],
    ids=(
        "history",
        "own_answers",
        "open_rounds",
        "rounds",
        "summaries",
        "held",
        "newest",
        "parts",
        "replaced",
        "noted",
    ),
)
def test_it_reads_by_an_index(ask: Callable[[UnitOfWork], Any]) -> None:
    store = open_store("sqlite://")
    asked: list[tuple[str, Any]] = []
    with store.begin() as unit:
        event.listen(
            store.engine,
            "before_cursor_execute",
            lambda _c, _cursor, sql, values, _context, _many: asked.append((sql, values)),
        )
        ask(unit)
    heard = [(f"EXPLAIN QUERY PLAN {sql}", values) for sql, values in asked]
    with store.engine.connect() as connection:
        plans = [row[3] for sql, values in heard for row in connection.exec_driver_sql(sql, values)]
    store.close()
    assert plans
    assert all(" USING " in plan or plan.startswith("USE TEMP B-TREE") for plan in plans), plans
