"""The floor: the same turn by hand, with nothing but `sqlite3`, five statements and one commit each."""

import json
import sqlite3
import time
from collections.abc import Sequence
from pathlib import Path

SCHEMA = """
CREATE TABLE conversation (
    id TEXT PRIMARY KEY, state TEXT NOT NULL, version INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE answer (
    id INTEGER PRIMARY KEY, conversation TEXT NOT NULL, question TEXT NOT NULL, value TEXT NOT NULL
);
CREATE TABLE inbox (key TEXT PRIMARY KEY, at REAL NOT NULL) WITHOUT ROWID;
CREATE TABLE outbox (
    id INTEGER PRIMARY KEY, key TEXT UNIQUE NOT NULL, body TEXT NOT NULL, state TEXT NOT NULL
);
"""


class Floor:
    """One connection, write-ahead log, `synchronous=FULL`."""

    def __init__(self, path: Path) -> None:
        self._connection = sqlite3.connect(path, isolation_level=None)
        self._connection.executescript("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;" + SCHEMA)
        self._number = 0

    def close(self) -> None:
        self._connection.close()

    def dialogues(self, many: int) -> list[str]:
        """Make fresh conversations, outside what is measured."""
        self._number += 1
        names = [f"{self._number:06d}-{dialogue:06d}" for dialogue in range(many)]
        rows = [(name, json.dumps({"answers": {}, "at": "q1"})) for name in names]
        self._connection.execute("BEGIN")
        self._connection.executemany("INSERT INTO conversation VALUES (?, ?, 1)", rows)
        self._connection.execute("COMMIT")
        return names

    def turn(self, name: str, question: int) -> None:
        say = self._connection.execute
        say("BEGIN IMMEDIATE")
        body, version = say("SELECT state, version FROM conversation WHERE id = ?", (name,)).fetchone()
        state = json.loads(body)
        state["answers"][f"q{question}"] = "a"
        state["at"] = f"q{question + 1}"
        key = f"{name}:{question}"
        say("INSERT INTO inbox VALUES (?, ?)", (key, time.time()))
        say(
            "INSERT INTO answer (conversation, question, value) VALUES (?, ?, ?)", (name, f"q{question}", "a")
        )
        say(
            "UPDATE conversation SET state = ?, version = ? WHERE id = ? AND version = ?",
            (json.dumps(state), version + 1, name, version),
        )
        message = json.dumps({"text": f"Fråga {question + 1}: Hur gick det?", "buttons": ["a", "b", "c"]})
        say("INSERT INTO outbox (key, body, state) VALUES (?, ?, 'new')", (key, message))
        say("COMMIT")

    def play(self, names: Sequence[str], questions: int) -> float:
        """Answer every question of every conversation; return turns a second."""
        started = time.perf_counter()
        for question in range(1, questions + 1):
            for name in names:
                self.turn(name, question)
        return len(names) * questions / (time.perf_counter() - started)
