"""Two check-ins on Monday at 14, so that one channel can be troubled while the other is well."""

from datetime import timedelta
from typing import Any

from sqlalchemy import select

from bot.rehearsal.teller import moment
from storage import tables
from tests.chat_world import B, ChatWorld
from tests.play import Heard

FRIDAY = moment("fredag 20 november 2026 12.00")
MONDAY = moment("måndag 23 november 2026 14.00")
HERE, THERE = "#arbetslag-4-6", "#arbetslag-7-9"


class ChatStage(ChatWorld[B]):
    """Björkskolan on Friday, once `agreed`; `ask` lets it become Monday."""

    def agreed(self) -> None:
        """Both arbetslag are to be asked on Mondays."""
        for room in (HERE, THERE):
            self.write("pia", "/avstämning måndagar 14.00", room=room)
            self.press("pia", "Ja, spara")

    def ask(self) -> None:
        self.wind(MONDAY)

    def after(self, **time: float) -> None:
        """So much time passes, and what is due then happens."""
        self.wind(self.clock.now() + timedelta(**time))

    def told(self, who: str, words: str) -> list[Heard]:
        """What somebody was told alone with these words in it."""
        return [
            heard
            for heard in self.heard
            if words in heard.text and (heard.only_to == who or heard.room == f"@{who}")
        ]

    def rows(self, table: Any) -> list[dict[str, Any]]:
        with self.store.begin() as unit:
            return [dict(row) for row in unit.rows(select(table))]

    def states(self) -> list[str]:
        """How every promised message fares."""
        return [str(row["state"]) for row in self.rows(tables.outbox)]

    def notes(self) -> list[str]:
        return sorted(str(row["text"]) for row in self.rows(tables.note) if row["state"] != "removed")
