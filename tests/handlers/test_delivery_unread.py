"""What cannot be read, as after a page was damaged or a version went back, leaves no message unsettled."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from bot.rehearsal import example
from handlers.places.delivery import on_trouble, opens
from storage import tables
from storage.post.outbox import reference_of
from storage.tables import outbox
from tests.handlers.test_delivery import NOW, claimed, in_trouble
from tests.play import World, prompts


def test_a_school_that_cannot_be_read_keeps_no_message_from_being_settled() -> None:
    """Its own people cannot be told; whoever runs the bot is, by the log and the doctor."""
    with World(NOW) as world, world.store.begin() as unit:
        unit.change(update(tables.school).values(body="{"))
        assert example.SCHOOL in unit.roster.out
        on_trouble(unit, prompts(), claimed(), "uncertain", NOW)
        assert not unit.rows(select(outbox.c.key).where(outbox.c.key.startswith("trouble:")))


@pytest.mark.parametrize("unread", ["check_in:1", "trouble:uncertain:check_in:1:1:pia"])
def test_a_doubt_is_settled_also_where_its_words_or_its_line_cannot_be_read(unread: str) -> None:
    """As after a step back to an older version."""
    with World(NOW) as world:
        with world.store.begin() as unit:
            in_trouble(unit)
        world.wind(NOW)
        with world.store.begin() as unit:
            ahead = '{"title":"x","blocks":[{"kind":"hologram"}]}'
            assert unit.change(update(outbox).where(outbox.c.key == unread).values(message=ahead)) == 1
        world.press("pia", "Markera som framme")
        with world.store.begin() as unit:
            settled = reference_of(unit, "check_in:1")
        assert settled
        assert settled.state == "sent"


def test_a_school_that_cannot_be_read_is_not_disturbed() -> None:
    """Nobody can say when its people work: what waits for them waits on."""
    with World(NOW) as world, world.store.begin() as unit:
        assert opens(unit, example.SCHOOL, NOW) == NOW
        unit.change(update(tables.school).values(body="{"))
        assert opens(unit, example.SCHOOL, NOW) > NOW + timedelta(minutes=1)
