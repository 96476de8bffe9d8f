from datetime import UTC, datetime

import pytest
from sqlalchemy import select, update

from bot.domain.check_in import CheckInPlan, Participation
from bot.domain.events import Pressed
from bot.domain.school import Account, Place
from bot.domain.value import PersonId
from bot.messages.tokens import Token, Verb
from bot.platforms.terminal.send import PLATFORM
from handlers.asking.rounds import refresh_anchor, standing_of
from storage.asked.check_ins import latest_check_in, take_part
from storage.asked.plans import load_plan, plans_of_arbetslag
from storage.people.founding import change_person
from storage.tables import occurrence, schedule
from tests.play import World, prompts

START = datetime(2026, 11, 20, 11, 0, tzinfo=UTC)
AT = datetime(2026, 11, 23, 13, 0, tzinfo=UTC)


def agreed(world: World, phrase: str = "måndagar 14.00", answers: str = "each") -> CheckInPlan:
    world.write("pia", f"/avstämning {phrase}")
    world.submit("pia", {"arbetslag": ("arbetslag-4-6",), "answers": (answers,)})
    world.press("pia", "Ja, spara")
    with world.store.begin() as unit:
        (plan,) = plans_of_arbetslag(unit, unit.roster.persons[PersonId("lena")].arbetslag[0])
    return plan


def press(world: World, who: str, token: Token) -> str:
    place = Place(platform=PLATFORM, address=f"@{who}")
    account = Account(platform=PLATFORM, user=who)
    key = f"forged-{len(world.heard)}"
    world.act(Pressed(id=key, at=world.clock.now(), who=account, where=place, token=token.pack()))
    return "\n".join(heard.text for heard in world.fresh)


def test_progress_is_numbers_and_skipping_is_no_answer() -> None:
    with World(START) as world:
        agreed(world)
        world.wind(AT)
        with world.store.begin() as unit:
            check_in = latest_check_in(unit, unit.roster.persons[PersonId("lena")].arbetslag[0])
            assert check_in is not None
            take_part(unit, check_in.id, Participation(person=PersonId("lena"), how="skipped", at=AT))
            take_part(unit, check_in.id, Participation(person=PersonId("omar"), how="nothing_new", at=AT))
            take_part(unit, check_in.id, Participation(person=PersonId("omar"), how="answered", at=AT))
            standing = standing_of(unit, check_in, AT.date())
            assert (standing.answered, standing.asked, standing.away) == (1, 4, 0)
            refresh_anchor(unit, prompts(), check_in, AT)
            refresh_anchor(unit, prompts(), check_in, AT)
        world.wind(AT)
        (anchor,) = [heard for heard in world.fresh if heard.room == "#arbetslag-4-6"]
        assert "1 av 4 har svarat" in anchor.text
        assert not [name for name in ("Lena", "Omar") if name in anchor.text]


def test_each_occasion_gets_one_verdict() -> None:
    with World(START) as world:
        plan = agreed(world)
        world.wind(datetime(2027, 1, 18, 14, 0, tzinfo=UTC))
        with world.store.begin() as unit:
            rows = unit.rows(select(occurrence).where(occurrence.c.schedule_id == plan.id))
        verdicts = {row["planned_local"]: row["verdict"] for row in rows}
        assert len(rows) == len(verdicts) == 9
        assert verdicts["2026-12-14T14:00"] == "sent"
        assert verdicts["2026-12-21T14:00"] == "skipped"


@pytest.mark.parametrize(
    "verb", ["pause_schedule", "stop_schedule", "move_schedule", "preview_schedule", "start_schedule"]
)
def test_a_teacher_with_a_forged_button_changes_nothing(verb: Verb) -> None:
    with World(START) as world:
        plan = agreed(world)
        heard = press(world, "lena", Token(verb, plan.id))
        assert "Inget är ändrat" in heard
        with world.store.begin() as unit:
            assert load_plan(unit, plan.id) == plan


def test_what_is_gone_is_said() -> None:
    with World(START) as world:
        for verb in ("save_schedule", "pause_schedule", "snooze", "time_is_wrong"):
            assert press(world, "pia", Token(verb, "nowhere"))


def test_a_draft_without_a_yes_is_forgotten() -> None:
    with World(START) as world:
        world.write("pia", "/avstämning måndagar 14.00", room="#arbetslag-4-6")
        world.wind(datetime(2026, 11, 30, 11, 0, tzinfo=UTC))
        world.press("pia", "Ja, spara")
        assert "Förslaget finns inte kvar." in world.fresh[0].text


def test_the_paused_plan_wakes_even_when_the_bot_was_down() -> None:
    with World(START) as world:
        agreed(world)
        world.write("pia", "/avstämning", room="#arbetslag-4-6")
        world.press("pia", "Pausa")
        world.submit("pia", {"until": ("2026-12-04",)})
        world.sleep(datetime(2026, 12, 7, 15, 0, tzinfo=UTC))
        world.wind(datetime(2026, 12, 7, 15, 0, tzinfo=UTC))
        assert "Det här gällde måndag 7 december." in world.fresh[0].text


def test_a_rule_that_moves_asks_on_the_next_open_day() -> None:
    with World(START) as world:
        world.write("pia", "/avstämning onsdagar 14.00")
        world.submit("pia", {"arbetslag": ("arbetslag-4-6",), "closed_days": ("move",)})
        world.press("pia", "Ja, spara")
        world.wind(datetime(2027, 1, 11, 12, 59, tzinfo=UTC))
        world.wind(datetime(2027, 1, 11, 13, 0, tzinfo=UTC))
        asked = [heard for heard in world.fresh if heard.room == "#arbetslag-4-6" and "[Svara]" in heard.text]
        assert len(asked) == 1


def test_a_schedule_that_cannot_be_read_stops_nobody_else() -> None:
    with World(START) as world:
        agreed(world)
        world.write("pia", "/avstämning måndagar 14.00", room="#arbetslag-7-9")
        world.press("pia", "Ja, spara")
        with world.store.begin() as unit:
            broken = update(schedule).where(schedule.c.arbetslag_id == "arbetslag-4-6").values(body="{}")
            assert unit.change(broken) == 1
        world.wind(AT)
        assert [heard.room for heard in world.fresh] == ["#arbetslag-7-9"]


def test_who_left_the_arbetslag_is_neither_counted_nor_reminded() -> None:
    with World(START) as world:
        agreed(world)
        world.wind(AT)
        with world.store.begin() as unit:
            sara = unit.roster.persons[PersonId("sara")]
            change_person(unit, sara.model_copy(update={"arbetslag": ()}))
        world.press("lena", "Inget nytt")
        assert "1 av 3 har svarat" in world.fresh[0].text
        world.wind(datetime(2026, 11, 26, 13, 0, tzinfo=UTC))
        assert {heard.room for heard in world.fresh if "till dig" in heard.text} == {"@omar", "@sam"}


def test_a_closed_round_cannot_be_put_off() -> None:
    with World(START) as world:
        agreed(world)
        world.wind(AT)
        with world.store.begin() as unit:
            check_in = latest_check_in(unit, unit.roster.persons[PersonId("lena")].arbetslag[0])
        assert check_in is not None
        world.wind(datetime(2026, 11, 30, 13, 0, tzinfo=UTC))
        snooze = Token(verb="snooze", subject=check_in.id, argument="hour")
        assert "Den här omgången är stängd." in press(world, "omar", snooze)


@pytest.mark.parametrize("verb", ["snooze", "time_is_wrong"])
def test_who_left_the_arbetslag_has_no_say_about_its_round(verb: Verb) -> None:
    with World(START) as world:
        agreed(world)
        world.wind(AT)
        with world.store.begin() as unit:
            sara = unit.roster.persons[PersonId("sara")]
            check_in = latest_check_in(unit, sara.arbetslag[0])
            change_person(unit, sara.model_copy(update={"arbetslag": ()}))
        assert check_in is not None
        token = Token(verb, check_in.id, "hour")
        assert "Inget är ändrat" in press(world, "sara", token)
        assert not [heard for heard in world.fresh if heard.room == "@pia"]


def test_a_rektor_who_leads_alone_hears_that_the_time_does_not_suit() -> None:
    with World(START) as world:
        agreed(world)
        world.wind(AT)
        with world.store.begin() as unit:
            check_in = latest_check_in(unit, unit.roster.persons[PersonId("lena")].arbetslag[0])
            pia = unit.roster.persons[PersonId("pia")]
            change_person(unit, pia.model_copy(update={"roles": ("larare",)}))
        assert check_in is not None
        press(world, "lena", Token(verb="time_is_wrong", subject=check_in.id))
        assert {heard.room for heard in world.fresh} == {"@lena", "@rut"}
