"""What may become of a plan, also when two do it at once, or at an unlucky moment."""

from datetime import UTC, datetime
from pathlib import Path

from bot.domain.check_in import CheckInPlan
from bot.domain.events import Pressed
from bot.domain.school import Account, Place
from bot.messages.model import ChoiceField
from bot.platforms.terminal.send import PLATFORM
from bot.rehearsal.example import TEAM_46
from storage.asked.plans import plans_of_arbetslag
from tests.play import World

FRIDAY = datetime(2026, 11, 20, 11, 0, tzinfo=UTC)
ROOM = "#arbetslag-4-6"


def at(day: int, hour: int = 14, minute: int = 0, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=UTC)


def plan_for(world: World, phrase: str) -> None:
    world.write("pia", f"/avstämning {phrase}", room=ROOM)
    world.press("pia", "Ja, spara")


def plans(world: World) -> tuple[CheckInPlan, ...]:
    with world.store.begin() as unit:
        return plans_of_arbetslag(unit, TEAM_46)


def move(world: World, which: int, day: str, time: str = "") -> None:
    world.write("pia", "/avstämning", room=ROOM)
    world.press("pia", "Flytta en gång")
    submit_move(world, which, day, time)


def submit_move(world: World, which: int, day: str, time: str) -> None:
    (field,) = [one for one in world.forms["pia"].fields if isinstance(one, ChoiceField)]
    world.submit("pia", {"which": (field.options[which].value,), "day": (day,), "time": (time,)})


def asked(world: World) -> list[str]:
    return [heard.text for heard in world.heard if heard.room == ROOM and "[Svara]" in heard.text]


def press(world: World, who: str, token: str) -> str:
    place = Place(platform=PLATFORM, address=f"@{who}")
    account = Account(platform=PLATFORM, user=who)
    world.act(
        Pressed(id=f"late-{len(world.heard)}", at=world.clock.now(), who=account, where=place, token=token)
    )
    return "\n".join(heard.text for heard in world.fresh)


def token_of(world: World, who: str, label: str) -> str:
    return world.find_button(who, label)[1].token


def test_nothing_moved_is_asked_during_a_pause() -> None:
    with World(FRIDAY) as world:
        plan_for(world, "torsdagar 15.15")
        move(world, 0, "2026-11-27", "10.00")
        world.write("pia", "/avstämning", room=ROOM)
        world.press("pia", "Pausa")
        world.submit("pia", {})
        world.wind(at(30))
        assert not asked(world)


def test_a_stop_that_is_undone_leaves_a_pause_as_it_was() -> None:
    with World(FRIDAY) as world:
        plan_for(world, "torsdagar 15.15")
        world.write("pia", "/avstämning", room=ROOM)
        world.press("pia", "Pausa")
        world.submit("pia", {})
        world.wind(at(26, 15))
        world.write("pia", "/avstämning", room=ROOM)
        world.press("pia", "Stoppa")
        world.press("pia", "Ångra")
        assert "pausade som förut" in world.fresh[0].text
        assert [plan.state for plan in plans(world)] == ["paused"]
        world.wind(at(4, 15, month=12))
        assert not asked(world)


def test_two_who_change_the_same_plan_do_not_make_two() -> None:
    with World(FRIDAY) as world:
        plan_for(world, "torsdagar 15.15")
        for who in ("pia", "rut"):
            world.write(who, "/avstämning", room=ROOM)
            world.press(who, "Ändra")
            world.submit(who, {"when": ("onsdagar 14.00" if who == "pia" else "tisdagar 14.00",)})
        world.press("pia", "Ja, spara")
        world.press("rut", "Ja, spara")
        assert len(plans(world)) == 1


def test_a_draft_that_was_changed_cannot_be_saved() -> None:
    with World(FRIDAY) as world:
        world.write("pia", "/avstämning torsdagar 15.15", room=ROOM)
        stale = token_of(world, "pia", "Ja, spara")
        world.press("pia", "Ändra")
        world.submit("pia", {"when": ("onsdagar 14.00",)})
        world.press("pia", "Ja, spara")
        press(world, "pia", stale)
        assert [plan.recurrence.days for plan in plans(world)] == [(2,)]


def test_an_old_undo_does_not_wake_what_was_replaced() -> None:
    with World(FRIDAY) as world:
        plan_for(world, "torsdagar 15.15")
        world.write("pia", "/avstämning", room=ROOM)
        world.press("pia", "Stoppa")
        stale = token_of(world, "pia", "Ångra")
        world.press("pia", "Ångra")
        world.write("pia", "/avstämning", room=ROOM)
        world.press("pia", "Ändra")
        world.submit("pia", {"when": ("onsdagar 14.00",)})
        world.press("pia", "Ja, spara")
        press(world, "pia", stale)
        assert len(plans(world)) == 1


def test_a_plan_is_saved_once_though_the_bot_restarts(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/nulage.sqlite3"
    with World(FRIDAY, url) as world:
        world.write("pia", "/avstämning torsdagar 15.15", room=ROOM)
        token = token_of(world, "pia", "Ja, spara")
        press(world, "pia", token)
    with World(FRIDAY, url) as world:
        assert "redan sparad" in press(world, "pia", token)
        assert len(plans(world)) == 1
        world.wind(at(26, 14, 20))
        assert len(asked(world)) == 1


def test_a_day_that_became_a_lov_is_not_agreed_on() -> None:
    with World(FRIDAY) as world:
        world.write("pia", "/avstämning torsdagar 15.15", room=ROOM)
        world.write("pia", "/kalender")
        world.submit("pia", {"calendar": ("2026-11-26;2026-11-26;lov;Extralov",)})
        world.press("pia", "Ta bara 26 november")
        assert "är det stängt (lov: Extralov)" in world.fresh[0].text
        assert not plans(world)


def test_what_is_paused_already_is_shown_as_it_is() -> None:
    with World(FRIDAY) as world:
        plan_for(world, "torsdagar 15.15")
        world.write("pia", "/avstämning", room=ROOM)
        pause = token_of(world, "pia", "Pausa")
        world.press("pia", "Pausa")
        world.submit("pia", {})
        assert "Läge: Pausad" in press(world, "pia", pause)


def test_a_pause_longer_than_the_plan_cannot_be_ended() -> None:
    with World(FRIDAY) as world:
        plan_for(world, "torsdagar 15.15 till 10 december")
        world.write("pia", "/avstämning", room=ROOM)
        world.press("pia", "Pausa")
        world.submit("pia", {})
        world.wind(at(14, month=12))
        world.write("pia", "/avstämning", room=ROOM)
        world.press("pia", "Starta igen")
        assert "har redan varit" in world.fresh[0].text


def test_what_begins_next_year_is_said_with_its_year_everywhere() -> None:
    with World(FRIDAY) as world:
        world.write("pia", "/avstämning torsdag 15.15 från 1 september 2027", room=ROOM)
        assert "2 september 2027 (v. 35), 9 september (v. 36)" in world.fresh[-1].text
        world.press("pia", "Ja, spara")
        receipt, posted = (heard.text for heard in world.fresh)
        assert "torsdag 2 september 2027 kl. 15.15" in receipt
        assert "torsdag 2 september 2027 kl. 15.15" in posted
        world.write("pia", "/avstämning", room=ROOM)
        assert "2 september 2027, 9 september" in world.fresh[-1].text
        world.write("pia", "/nuläge", room=ROOM)
        assert "torsdag 2 september 2027 kl. 15.15" in world.fresh[-1].text
