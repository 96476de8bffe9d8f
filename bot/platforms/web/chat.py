"""The chat server's own memory, in its own SQLite file: it outlives the bot, as a real platform does."""

import secrets
import sqlite3
from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime

from pydantic import ValidationError

from bot.domain.value import PersonId
from bot.messages.model import Form, Message
from bot.platforms.web.lines import GONE, Draft, Line, OpenForm
from bot.platforms.web.memory import Memory

FORMS_KEPT = 200
DIGITS = 10


class ChatLog(Memory):
    """Lines, what was sent under which key, unread marks, open forms and a few meta values.

    Every change takes the next number in one row of changes, so that a window which knows the last
    number it saw can be given what it missed, also after a restart. Safe to use from any thread.
    """

    # what is said

    def post(self, draft: Draft) -> Line:
        """Keep a line, or return the one that already carries the draft's key."""
        with self._write():
            known = self._one("select line from sent where key = ?", draft.key)
            if known is None:
                message = draft.message.model_dump_json() if draft.message else None
                where = (draft.address, draft.thread, draft.author, draft.only_to)
                number = self._db.execute(
                    "insert into line(change, address, thread, author, only_to, text, message, at)"
                    " values (?, ?, ?, ?, ?, ?, ?, ?)",
                    (self._next(), *where, draft.text, message, draft.at.isoformat()),
                ).lastrowid
                self._db.execute("insert into sent values (?, ?)", (draft.key, number))
                self._touch(draft.thread)
            else:
                number = known["line"]
            row = self._one("select * from line where id = ?", number)
        assert row is not None  # noqa: S101  just written, or kept under its key
        return _line(row)

    def update(
        self, reference: str, at: datetime, content: Message | str | None, key: str = ""
    ) -> Line | None:
        """Put new content in a line (None removes it); what is already so stays untouched."""
        with self._write():
            line = self.line(reference)
            if line is None or line.removed:
                return line
            if key:
                self._db.execute("insert or ignore into sent values (?, ?)", (key, int(reference)))
            if content in (line.text, line.message) and content is not None:
                return line
            text = content if isinstance(content, str) else ""
            message = content.model_dump_json() if isinstance(content, Message) else None
            self._db.execute(
                "update line set change = ?, text = ?, message = ?, edited_at = ?, removed = ? where id = ?",
                (self._next(), text, message, at.isoformat(), content is None, int(reference)),
            )
            self._touch(line.thread)
            return self.line(reference)

    def find(self, key: str) -> str | None:
        row = self._one("select line from sent where key = ?", key)
        return reference(row["line"]) if row else None

    def line(self, reference: str) -> Line | None:
        row = self._one("select * from line where id = ?", _number(reference))
        return _line(row) if row else None

    def newest(self) -> datetime | None:
        """Return when something last happened here, by the provrum's clock."""
        rows = self._all("select coalesce(edited_at, at) as at from line order by change desc limit 50")
        return max((datetime.fromisoformat(row["at"]) for row in rows), default=None)

    def lines(self, address: str, thread: str | None = None, limit: int = 150) -> tuple[Line, ...]:
        """Return the newest lines at the place itself, or the replies under `thread`; oldest first."""
        rows = self._all(
            "select * from line where address = ? and thread is ? order by id desc limit ?",
            *(address, thread, limit),
        )
        return tuple(_line(row) for row in reversed(rows))

    def replies(self, address: str, person: PersonId) -> Mapping[str, int]:
        """Count the replies this person sees under each line of a place."""
        rows = self._all(
            "select thread, count(*) as many from line where address = ? and thread is not null"
            " and not removed and (only_to is null or only_to = ?) group by thread",
            *(address, person),
        )
        return {row["thread"]: row["many"] for row in rows}

    # what has changed

    def position(self) -> tuple[int, int]:
        """Return the number of the latest start over, and of the latest change."""
        with self._lock:
            return int(self.get_meta("chat.epoch") or 0), int(self.get_meta("chat.change") or 0)

    def changes(self, after: int, limit: int) -> tuple[Line, ...]:
        rows = self._all("select * from line where change > ? order by change limit ?", after, limit)
        return tuple(_line(row) for row in rows)

    # what one persona has

    def mark_seen(self, slug: str, address: str) -> None:
        with self._write(quietly=True):
            self._db.execute(
                "insert or replace into seen select ?, ?, coalesce(max(id), 0) from line where address = ?",
                (slug, address, address),
            )

    def unread(self, slug: str, person: PersonId, address: str) -> int:
        row = self._one(
            "select count(*) as many from line where address = ? and author != ? and not removed"
            " and (only_to is null or only_to = ?)"
            " and id > coalesce((select line from seen where slug = ? and address = ?), 0)",
            *(address, slug, person, slug, address),
        )
        return row["many"] if row else 0

    def keep_form(self, slug: str, address: str, thread: str | None, form: Form) -> str:
        name = secrets.token_hex(8)
        with self._write(quietly=True):
            self._db.execute(
                "insert into form(id, slug, address, thread, form) values (?, ?, ?, ?, ?)",
                (name, slug, address, thread, form.model_dump_json()),
            )
            self._db.execute(
                "delete from form where number <= (select max(number) from form) - ?", (FORMS_KEPT,)
            )
        return name

    def form(self, name: str, slug: str) -> OpenForm | None:
        row = self._one(
            "select id, slug, address, thread, form from form where id = ? and slug = ?", name, slug
        )
        if row is None:
            return None
        return OpenForm(**{**dict(row), "form": Form.model_validate_json(row["form"])})

    # the rest

    def clear(self) -> None:
        """Forget everything said, and who had read what. Meta values and numbers go on; windows reload."""
        with self._write():
            for statement in ("delete from line", "delete from sent", "delete from seen", "delete from form"):
                self._db.execute(statement)
            self._db.execute("insert or replace into meta values ('chat.epoch', ?)", (str(self._next()),))

    def _touch(self, root: str | None) -> None:
        if root is not None:
            self._db.execute("update line set change = ? where id = ?", (self._next(), _number(root)))


def reference(number: int) -> str:
    return f"{number:0{DIGITS}d}"


def _number(reference: str) -> int:
    return int(reference) if reference.isascii() and reference.isdigit() and len(reference) == DIGITS else -1


def _line(row: sqlite3.Row) -> Line:
    fields = {**dict(row), "reference": reference(row["id"])}
    del fields["id"]
    with suppress(ValidationError):
        fields["message"] = Message.model_validate_json(row["message"]) if row["message"] else None
    if isinstance(fields["message"], str):
        fields["message"] = GONE
    return Line(**fields)
