"""Years of old rows, made quickly by bulk SQL: what a store looks like that has been used for long."""

from storage.store import Store

INBOX_SHARE = 20
"""One old turn in so many still has its inbox key: they are purged after 72 hours."""

COUNT = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :{many}) "
AT = "printf('2024-%02d-%02dT10:00:00.000000Z', 1 + i * 12 / (:turns + 1), 1 + i % 28)"
ID = "printf('0180%08x', i / 6)"
ROWS = (
    (
        "answer (conversation_id, path, value, by, at)",
        "turns",
        f"{ID}, 'q' || (i % 6), '{{\"values\": [\"a\"]}}', 'lena', {AT}",
    ),
    (
        "outbox (key, message_class, concerns, lane, place, message, state, not_before, reference)",
        "turns",
        (
            f"'conv:' || {ID} || ':' || (i % 6), 'critical', 'conversation:' || {ID}, 'bench:#old', '{{}}',"
            f'\'{{"title": "En gammal fråga", "rest": "\' || hex(zeroblob(200)) || \'"}}\', \'sent\', {AT},'
            "printf('r%08x', i)"
        ),
    ),
    (
        "conversation (id, subject, state, body, version)",
        "dialogues",
        "printf('0180%08x', i), printf('check_in:0180%08x', i), 'done', hex(zeroblob(300)), 7",
    ),
    ("inbox (key, at)", "keys", f"printf('0180%08x-%08x', i, i), {AT}"),
)


def make_history(store: Store, turns: int) -> None:
    """Fill a fresh store with so many old turns: answers, sent messages, conversations, inbox keys.

    Keys sort by time and lie before today's, as ours do: ids begin with the moment they were made.
    """
    many = {"turns": turns, "dialogues": turns // 6, "keys": turns // INBOX_SHARE}
    with store.engine.begin() as connection:
        for columns, number, values in ROWS:
            count = COUNT.format(many=number)
            statement = f"INSERT INTO {columns} {count} SELECT {values} FROM n"  # noqa: S608  all parts are ours
            connection.exec_driver_sql(statement, many)
    with store.engine.connect() as connection:
        connection.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
