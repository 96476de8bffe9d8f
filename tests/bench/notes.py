"""Notes by the hundred thousand, for `/nuläge` and the weekly summary."""

from datetime import date, timedelta

from bot.domain.calendar.school_year import school_week
from bot.rehearsal import example
from storage.store import Store
from tests.bench.turns import AT

WEEKS = 40
"""The notes lie in the forty weeks up to now."""

A_SCHOOLS_SHARE = 1000
"""A school has so many notes: a larger store has more schools, not schools that write more."""

COLUMNS = (
    "id, school_id, week, arbetslag_id, author_id, aspect, sign, perspective, group_label, link, text, "
    "question, check_in_id, source, state, kept_reason, created_at, version"
)
SAID = "Vi provade att läsa i par och det gick bättre än förra veckan"


def make_notes(store: Store, many: int) -> None:
    """Fill a store that holds Björkskolan with `many` notes; one school of them is Björkskolan."""
    schools = max(many // A_SCHOOLS_SHARE, 1)
    turn = f"i / {schools}"
    weeks = [_week(AT.date() - timedelta(weeks=back)) for back in range(WEEKS)]
    week = _case(f"({turn}) % {WEEKS}", [str(number) for number in weeks])
    names = [f"'{name}'" for name in (example.TEAM_46, example.TEAM_79, example.FRITIDS)]
    ours = _case(f"({turn}) % 3", names)
    statement = f"""
        WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < {many - 1})
        INSERT INTO note ({COLUMNS})
        SELECT printf('0180%08x', i),
               CASE i % {schools} WHEN 0 THEN '{example.SCHOOL}' ELSE 'school-' || (i % {schools}) END,
               {week},
               CASE i % {schools} WHEN 0 THEN {ours} ELSE 'team-' || (i % {schools}) END,
               'lena', {_case(f"({turn}) % 3", ["'process'", "'resultat'", "'forutsattning'"])},
               {_case(f"({turn}) % 2", ["'fungerar'", "'bekymrar'"])}, 'personal', '', '', '{SAID} ' || i,
               'q', NULL, '', 'shared', '',
               date('{AT.date()}', '-' || (7 * (({turn}) % {WEEKS})) || ' days') || 'T10:00:00.000000Z', 1
        FROM n"""  # noqa: S608  all parts are ours
    with store.engine.begin() as connection:
        connection.exec_driver_sql(statement)


def _case(what: str, values: list[str]) -> str:
    return f"CASE {what} " + " ".join(f"WHEN {n} THEN {value}" for n, value in enumerate(values)) + " END"


def _week(day: date) -> int:
    year, week = school_week(day)
    return year * 100 + week
