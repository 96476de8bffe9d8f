"""One occasion of a plan is moved: asked once, on its new day, whatever the plan does otherwise."""

from sqlalchemy import select

from bot.messages.tokens import Token
from storage.tables import occurrence
from tests.handlers.test_schedule_changes import (
    FRIDAY,
    ROOM,
    asked,
    at,
    move,
    plan_for,
    plans,
    press,
    submit_move,
)
from tests.play import World


def test_a_moved_occasion_and_the_next_one_after_an_outage() -> None:
    with World(FRIDAY) as world:
        plan_for(world, "torsdagar 15.15")
        move(world, 0, "2026-11-25", "10.00")
        world.sleep(at(4, 8, month=12))
        world.wind(at(4, 9, month=12))
        assert ["Det här gällde torsdag 3 december." in text for text in asked(world)] == [True]
        world.wind(at(10, 15, month=12))
        plan = next(one for one in plans(world) if one.part_of is None)
        with world.store.begin() as unit:
            rows = unit.rows(select(occurrence).where(occurrence.c.schedule_id == plan.id))
        assert {row["planned_local"]: row["verdict"] for row in rows} == {
            "2026-11-26T15:15": "moved",
            "2026-12-03T15:15": "sent_late",
            "2026-12-10T15:15": "sent",
        }


def test_the_only_occasion_can_be_moved() -> None:
    with World(FRIDAY) as world:
        plan_for(world, "torsdag 26 november 15.15")
        move(world, 0, "2026-11-27", "10.00")
        world.wind(at(27, 9, 1))
        assert len(asked(world)) == 1
        world.wind(at(30))
        assert not plans(world)


def test_who_moves_one_past_the_end_is_told_and_only_that_one_comes() -> None:
    with World(FRIDAY) as world:
        plan_for(world, "torsdagar 15.15 till 11 december")
        move(world, 1, "2026-12-11", "10.00")
        told = [heard.text for heard in world.fresh]
        assert not any("då avstämningen slutar" in one for one in told), "its last day is one of its days"
        move(world, 2, "2026-12-16", "10.00")
        (said,) = (heard.text for heard in world.fresh if heard.only_to == "pia")
        assert said.splitlines() == [
            "Frågan fredag 11 december är flyttad. Den kommer i stället onsdag 16 december kl. 10.00.",
            "Det är efter 11 december, då avstämningen slutar. Bara den här gången kommer senare.",
        ]
        world.wind(at(20, 9, month=12))
        with world.store.begin() as unit:
            ours = occurrence.c.schedule_id.startswith("plan-")
            rows = unit.rows(select(occurrence).where(ours, occurrence.c.verdict == "sent"))
        assert sorted(row["planned_local"][:10] for row in rows) == ["2026-11-26", "2026-12-10", "2026-12-16"]
        world.write("pia", "/avstämning", room=ROOM)
        assert "Det finns inga avstämningar än" in world.fresh[-1].text


def test_moving_into_a_pause_is_refused() -> None:
    with World(FRIDAY) as world:
        plan_for(world, "torsdagar 15.15")
        token = Token(verb="move_schedule", subject=plans(world)[0].id).pack()
        world.write("pia", "/avstämning", room=ROOM)
        world.press("pia", "Pausa")
        world.submit("pia", {"until": ("2026-12-04",)})
        press(world, "pia", token)
        submit_move(world, 0, "2026-11-25", "10.00")
        assert "pausa" in world.form_text("pia")


def test_a_new_time_may_be_said_in_words() -> None:
    with World(FRIDAY) as world:
        plan_for(world, "torsdagar 15.15")
        move(world, 0, "2026-11-27", "klockan tre")
        assert "fredag 27 november kl. 15.00" in world.fresh[0].text
