"""Winding the clock to a minute: what the bot was some milliseconds late with is in it."""

from datetime import UTC, datetime, timedelta

from bot.rehearsal.teller import Teller
from bot.rehearsal.winding import A_MINUTE, wind
from tests.play import World

THURSDAY = datetime(2026, 11, 26, 14, 15, tzinfo=UTC)
MONDAY = datetime(2026, 11, 30, 14, 15, tzinfo=UTC)
PLANNED = (
    "pia direkt: /avstämning torsdagar 15.15",
    "pia väljer Arbetslag = Arbetslag 4–6",
    "pia väljer Vem svarar = Var och en för sig",
    "pia skickar",
    "pia trycker: Ja, spara",
)


def test_a_reminder_two_working_days_after_a_question_that_took_a_moment() -> None:
    with World(THURSDAY - timedelta(days=3)) as world:
        teller = Teller(world)
        for number, line in enumerate(PLANNED):
            teller.tell(number, line)
        world.clock.wind_to(THURSDAY + timedelta(milliseconds=300))
        world.wind(world.clock.now())
        world.fresh = []
        world._runner.run(wind(world.app, MONDAY, A_MINUTE))
        assert [one.room for one in world.fresh if "Det finns en fråga till dig" in one.text] == [
            "@lena",
            "@omar",
            "@sam",
            "@sara",
        ]
