"""Reports are answered from indexes, however old the store is: the plans of the very statements they run."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import event

from bot.rehearsal import example
from tests.handlers.report_stage import DUE, Stage, words

MOST_STATEMENTS = 14
"""Of one `/nuläge`; the tables below grow with time, and none of them may be read through."""

GROWING = (
    "note",
    "analysis",
    "schedule",
    "note_version",
    "check_in",
    "participation",
    "outbox",
    "reply",
    "audit",
    "occurrence",
    "cause",
)


@pytest.fixture
def stage() -> Stage:
    made = Stage()
    made.plan()
    for n in range(30):
        made.note(f"Läsgrupp {n} kom igång.", ago=timedelta(days=n), raised=n % 7 == 0)
    made.round(example.TEAM_46, "lena")
    made.due(DUE - timedelta(days=20))
    return made


@pytest.fixture
def statements(stage: Stage) -> Iterator[list[tuple[str, object]]]:
    """Every statement that is run from now on, with its values."""
    run: list[tuple[str, object]] = []

    def listen(
        _c: object, _cursor: object, sql: str, values: object, _context: object, _many: object
    ) -> None:
        run.append((sql, values))

    event.listen(stage.store.engine, "before_cursor_execute", listen)
    yield run
    event.remove(stage.store.engine, "before_cursor_execute", listen)


@pytest.mark.parametrize("who", ["lena", "rut", "pia"])
@pytest.mark.parametrize(("command", "more"), [("/nuläge", ""), ("/veckan", ""), ("/sök", "läsgrupp")])
def test_no_report_reads_a_growing_table_through(
    stage: Stage, statements: list[tuple[str, object]], who: str, command: str, more: str
) -> None:
    words(stage.command(who, command, more))
    _assert_indexed(stage, statements)
    if command == "/nuläge":
        reads = [sql for sql, _ in statements if sql.startswith("SELECT") and " FROM note" in sql]
        assert len(reads) <= MOST_STATEMENTS


def test_nor_does_the_summary(stage: Stage, statements: list[tuple[str, object]]) -> None:
    stage.due()
    _assert_indexed(stage, statements)


def _assert_indexed(stage: Stage, statements: list[tuple[str, object]]) -> None:
    asked = [(sql, values) for sql, values in statements if sql.lstrip().startswith("SELECT")]

    for sql, values in asked:
        with stage.store.engine.connect() as connection:
            rows = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}", values).all()  # type: ignore[arg-type]  # as the driver was given them
        for row in rows:
            detail = str(row[-1])
            scanned = detail.startswith("SCAN") and detail.split()[1] in GROWING
            assert not scanned, f"{detail}\n{sql}"
            assert "schedule_next" not in detail, f"{detail}\n{sql}"


def test_the_roster_is_read_once(stage: Stage, statements: list[tuple[str, object]]) -> None:
    stage.command("lena", "/nuläge")
    statements.clear()
    stage.command("lena", "/nuläge")
    assert not [sql for sql, _ in statements if "FROM person" in sql]
    assert len([sql for sql, _ in statements if sql.startswith("SELECT")]) <= MOST_STATEMENTS


def test_both_databases_report_the_same(url: str) -> None:
    stage = Stage(url)
    try:
        stage.plan()
        for n in range(7):
            who = ("lena", "omar", "sara", "sam", "vide")[n % 5]
            stage.note(f"Läsgrupp {n} kom igång.", ago=timedelta(days=n), sign="fungerar", who=who)
        stage.note("Vi saknar grupprum.", sign="bekymrar", raised=True)
        stage.round(example.TEAM_46, "lena")
        said = words(stage.command("rut", "/nuläge"))
        assert "7 fungerar, 1 bekymrar" in said
        assert "1 av 1 arbetslag har svarat" in said
        assert "En lyft fråga väntar" in said
        assert "8 nya svar." in words(stage.command("lena", "/veckan"))
        assert "7 anteckningar passar" in words(stage.command("rut", "/sök", "läsgrupper"))
        assert "7 anteckningar passar" in words(stage.command("lena", "/sök", "läsgrupper"))
        stage.due()
        stage.due()
        assert len(stage.promised("summary:")) == 1
        stage.submit("rut", "reply_form", about="note:note-0008", text="Ni får biblioteket.")
        assert "lyft fråga väntar" not in words(stage.command("lena", "/nuläge"))
    finally:
        stage.store.close()
