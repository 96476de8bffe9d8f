"""What a killed story came to, and whether anything was sent twice or lost."""

from collections import Counter
from typing import Any

from sqlalchemy import select, text

from storage import tables
from storage.store import Store
from tests.faults.lasting import Entry, Lasting

SETTLED = {"sent", "replaced", "expired"}
MAY_BE_LOST = {"reminder", "receipt", "replaceable"}


def outbox_of(store: Store) -> dict[str, dict[str, Any]]:
    with store.begin() as unit:
        return {row["key"]: dict(row) for row in unit.rows(select(tables.outbox))}


def posts_of(entries: list[Entry]) -> Counter[str]:
    """How often each key was posted; edits do not count."""
    return Counter(entry.key for entry in entries if not entry.edit)


def facts(world: Lasting) -> dict[str, list[Any]]:
    """What the story came to, without what differs between two runs (ids, moments)."""
    notes, answers, people = tables.note.c, tables.answer.c, tables.participation.c
    asked, plans = tables.occurrence.c, tables.schedule.c
    queries = {
        "notes": select(notes.author_id, notes.text, notes.state, notes.version),
        "answers": select(answers.by, answers.value),
        "participations": select(people.person_id, people.how),
        "occurrences": select(asked.planned_local, asked.verdict, asked.reason),
        "plans": select(plans.kind, plans.arbetslag_id, plans.state).where(plans.state == "active"),
        "rounds": select(tables.check_in.c.arbetslag_id, tables.check_in.c.state),
    }
    with world.store.begin() as unit:
        found = {
            name: sorted(str(tuple(row.values())) for row in unit.rows(query))
            for name, query in queries.items()
        }
    rows = outbox_of(world.store)
    critical = [
        one
        for one in world.chat.entries()
        if rows[one.key]["message_class"] == "critical" and not one.key.startswith("trouble:")
    ]
    return {**found, "critical": sorted({f"{one.place.address}: {one.message.title}" for one in critical})}


def check(world: Lasting, approved: set[str]) -> None:
    """`approved`: the keys that a person wanted sent once more."""
    rows, entries = outbox_of(world.store), world.chat.entries()
    posts, logged = posts_of(entries), {entry.key for entry in entries}
    assert logged <= set(rows), "the platform has what nobody promised"
    for key, times in posts.items():
        assert times <= 1 + (key in approved), (key, times)
    for key, row in rows.items():
        assert row["state"] in SETTLED, (key, row["state"], row["why"])
        assert row["state"] != "sent" or key in logged, f"{key} is said to be sent"
        assert row["state"] == "sent" or row["message_class"] in MAY_BE_LOST, f"{key} is lost"
    with world.store.begin() as unit:
        seen = {row["key"] for row in unit.rows(select(tables.inbox.c.key))}
        versions = unit.rows(select(tables.note_version.c.note_id, tables.note_version.c.version))
        notes = {row["id"]: row["version"] for row in unit.rows(select(tables.note))}
        pragmas = [text(f"PRAGMA {ask}") for ask in ("integrity_check", "foreign_key_check")]
        checks = [list(row.values()) for ask in pragmas for row in unit.rows(ask)]
    assert world.acked() <= seen, "acknowledged, and not on disk"
    for note, newest in notes.items():
        kept = sorted(row["version"] for row in versions if row["note_id"] == note)
        assert kept == list(range(1, newest + 1)), (note, kept, newest)
    assert checks == [["ok"]]
