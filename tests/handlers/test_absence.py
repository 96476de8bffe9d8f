from datetime import UTC, date, datetime

import pytest

from bot.domain.events import Commanded, FormSubmitted, Pressed
from bot.domain.school import Account, Place
from bot.domain.value import PersonId
from bot.messages.tokens import Token
from bot.platforms.terminal.send import PLATFORM
from storage.people.absences import end_absence, set_absence
from tests.each import each
from tests.play import World

START = datetime(2026, 11, 20, 11, 0, tzinfo=UTC)
TODAY = START.date()
SARA = PersonId("sara")


def away(world: World) -> tuple[tuple[date, date], ...]:
    with world.store.begin() as unit:
        return unit.roster.away.get(SARA, ())


def submit(world: World, who: str, until: str) -> str:
    world.act(
        FormSubmitted(
            id=f"form-{who}-{until}",
            at=world.clock.now(),
            who=Account(platform=PLATFORM, user=who),
            where=Place(platform=PLATFORM, address=f"@{who}"),
            token=Token(verb="absence_form").pack(),
            values={"who": ("sara",), "until": (until,)},
        )
    )
    return "\n".join(heard.text for heard in world.fresh)


def commanded(who: str, text: str) -> Commanded:
    return Commanded(
        id=f"command-{text}",
        at=START,
        who=Account(platform=PLATFORM, user=who),
        where=Place(platform=PLATFORM, address=f"@{who}"),
        command="frånvaro",
        text=text,
    )


@pytest.mark.parametrize("who", ["sara", "lena", "pia", "rut"])
def test_oneself_a_colleague_the_processledare_and_the_rektor_may(who: str) -> None:
    with World(START) as world:
        assert "Sparat." in submit(world, who, "2026-11-30")
        assert away(world) == ((TODAY, date(2026, 11, 30)),)


@pytest.mark.parametrize("who", ["vide", "tove"])
def test_other_arbetslag_may_not(who: str) -> None:
    with World(START) as world:
        assert "Inget är ändrat" in submit(world, who, "2026-11-30")
        world.act(
            Pressed(
                id="end",
                at=world.clock.now(),
                who=Account(platform=PLATFORM, user=who),
                where=Place(platform=PLATFORM, address=f"@{who}"),
                token=Token(verb="absence_end", subject="sara").pack(),
            )
        )
        assert "Inget är ändrat" in world.fresh[0].text
        assert away(world) == ()


@pytest.mark.parametrize("until", ["", "soon", "2026-02-30", "2026-11-19", "2029-01-01"])
def test_a_day_that_cannot_be_changes_nothing(until: str) -> None:
    with World(START) as world:
        submit(world, "sara", until)
        assert "Inget är ändrat" in world.form_text("sara")
        assert away(world) == ()


@each(
    "said, day",
    (
        ("2026-12-01", "2026-12-01"),
        ("fredag", "2026-11-20"),
        ("torsdag", "2026-11-26"),
        ("Till och med 27 november", "2026-11-27"),
        ("fredag 27/11", "2026-11-27"),
        ("t.o.m. imorgon", "2026-11-21"),
        ("torsdag 27 november", ""),
        ("31 november", ""),
        ("fredag och måndag", ""),
        ("fredagar", ""),
        ("igår kanske", ""),
        ("till", ""),
    ),
)
def test_the_day_that_is_said_stands_in_the_form_or_is_said_to_be_unread(said: str, day: str) -> None:
    with World(START) as world:
        world.act(commanded("sara", said))
        shown = world.form_text("sara")
        assert ("Jag förstår inte datumet." in shown) == (not day)
        assert day in shown
        assert away(world) == ()


def test_who_is_away_and_says_a_day_is_asked_about_it() -> None:
    with World(START) as world:
        submit(world, "sara", "2026-11-30")
        world.act(commanded("sara", "2026-12-01"))
        assert "2026-12-01" in world.form_text("sara")


def test_ending_cuts_the_days_that_are_left() -> None:
    with World(START) as world, world.store.begin() as unit:
        set_absence(unit, SARA, date(2026, 11, 16), date(2026, 11, 30))
        assert end_absence(unit, SARA, TODAY)
        assert unit.roster.away[SARA] == ((date(2026, 11, 16), date(2026, 11, 19)),)
        assert not end_absence(unit, SARA, TODAY)
        set_absence(unit, SARA, TODAY, date(2026, 12, 1))
        set_absence(unit, SARA, TODAY, date(2026, 11, 25))
        assert unit.roster.away[SARA][1:] == ((TODAY, date(2026, 11, 25)),)
