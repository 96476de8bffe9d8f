"""Two replicas on one PostgreSQL: of two who answer at the same moment, the last counts them both."""

import time
from datetime import UTC, datetime, timedelta
from threading import Thread

from sqlalchemy import select

import handlers
from bot.domain.events import Pressed
from bot.domain.school import Account, Place
from bot.messages.model import Message
from bot.messages.plain import lines
from bot.messages.tokens import Token
from bot.platforms.terminal.send import PLATFORM
from storage.store import open_store
from storage.tables import check_in, outbox
from storage.unit import UnitOfWork
from tests.play import World, prompts
from tests.postgres import Server

ROOM = "#arbetslag-4-6"
START, ASK = datetime(2026, 11, 23, 12, 0, tzinfo=UTC), datetime(2026, 11, 23, 13, 0, tzinfo=UTC)
WAITS = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"


def answer(unit: UnitOfWork, who: str, number: int, key: str) -> None:
    event = Pressed(
        id=f"p{number}",
        at=ASK + timedelta(seconds=number),
        who=Account(platform=PLATFORM, user=who),
        where=Place(platform=PLATFORM, address=ROOM),
        token=Token(verb="nothing_new", subject=key).pack(),
        reference="x",
    )
    handlers.handle(event, unit, prompts())
    unit.flush()


def test_both_are_counted(postgres: Server) -> None:
    url = postgres.at_head()
    with World(START, url) as world:
        world.write("pia", "/avstämning måndagar 14.00", room=ROOM)
        world.press("pia", "Ändra")
        world.submit("pia", {"answers": ("each",)})
        world.press("pia", "Ja, spara")
        world.wind(ASK)
        replica = open_store(url)

        def second() -> None:
            with replica.begin() as unit:
                answer(unit, "sam", 2, key)

        at_once = Thread(target=second)
        with world.store.begin() as unit:
            key = unit.rows(select(check_in.c.id))[0]["id"]
            answer(unit, "lena", 1, key)
            at_once.start()
            while at_once.is_alive() and postgres.say(WAITS) == [(0,)]:
                time.sleep(0.01)
        at_once.join()
        newest = select(outbox.c.message).where(outbox.c.replacing == f"check_in:{key}")
        with replica.begin() as unit:
            said = unit.rows(newest.order_by(outbox.c.seq.desc()).limit(1))[0]["message"]
        replica.close()
    assert "2 av 4 har svarat" in "\n".join(lines(Message.model_validate_json(said)))
