"""Every story, with each press, form and command delivered once more under a new id: nothing more happens.

Platforms do that (Microsoft Learn, retries with a new activity id; two envelopes for one gesture), people do
it with a double tap. What is stored, row by row, and what is promised is the same after the second delivery.
Whoever pressed hears where things stand: that is no effect, and it may be said twice.

Excepted:
- words (`Replied`): their id is the message's own on every platform, so that no second one can come;
- a reading (`READINGS`): the audit says each time that somebody saw others' words, since they did.
"""

from pathlib import Path

import pytest
from sqlalchemy import select

from bot.domain.events import Commanded, Event, Pressed, Replied
from bot.domain.marks import bare
from bot.messages.tokens import Token
from storage import tables
from tests.play import World, play
from tests.stories.test_stories import STORIES

READINGS = {bare("nuläge"), bare("veckan"), bare("sök"), "show_state"}
"""Commands and verbs that show somebody what others wrote."""

Rows = dict[str, list[tuple[object, ...]]]


class Again(World):
    """A world where whatever people do comes twice, the second time under an id of its own."""

    def act(self, event: Event) -> None:
        super().act(event)
        if isinstance(event, Replied):
            return
        once = self._kept(event)
        self._runner.run(self._deliver(event.model_copy(update={"id": f"{event.id}-again"})))
        twice = self._kept(event)
        changed = {name: rows for name, rows in twice.items() if rows != once[name]}
        assert not changed, f"{_name(event)} had a second effect on {sorted(changed)}"

    async def _deliver(self, event: Event) -> None:
        """The second answer is to nobody: what the first one opened is what people go on with."""
        fresh = self.fresh
        await self.app.dispatch(event)
        await self.app.settle()
        self.fresh = fresh

    def _kept(self, event: Event) -> Rows:
        """Everything that is stored, but which events came; a reading may be noted in the audit."""
        left_out = {"inbox", "audit"} if _name(event) in READINGS else {"inbox"}
        with self.store.begin() as unit:
            return {
                table.name: sorted((tuple(row.values()) for row in unit.rows(select(table))), key=repr)
                for table in tables.metadata.sorted_tables
                if table.name not in left_out
            }


def _name(event: Event) -> str:
    match event:
        case Pressed(token=token):
            return Token.unpack(token).verb
        case Commanded(command=command):
            return bare(command)
        case _:
            return type(event).__name__


@pytest.mark.parametrize("story", STORIES, ids=lambda path: path.stem)
def test_the_same_once_more_has_no_second_effect(story: Path) -> None:
    play(story, Again)
