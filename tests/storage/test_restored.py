"""Yesterday's copy becomes the store again: nothing is sent blindly, and the lost hours are told once."""

from collections import Counter
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import select, text, update
from structlog.testing import capture_logs

from bot.domain.check_in import CheckInPlan
from bot.domain.schedule.recurrence import Recurrence
from bot.domain.value import PersonId, SchoolId
from bot.platforms.terminal.send import PLATFORM
from bot.rehearsal import example
from handlers.restoring import Restored
from storage.asked.check_ins import set_reminder
from storage.asked.plans import load_plan, save_plan
from storage.people.founding import change_person
from storage.post.claims import PLATFORM_OFF, switch_on
from storage.tables import check_in, occurrence, outbox, reminder, schedule
from storage.unit import UnitOfWork
from tests.faults.lasting import FilePlatform
from tests.storage.restoring import (
    COPIED,
    KEYS,
    LOST,
    RESTORED,
    SENT,
    Days,
    begin,
    in_file,
    on_server,
    questions,
    rows,
    run,
    states,
)


@pytest.fixture(params=["sqlite", "postgresql"])
def days(request: pytest.FixtureRequest, tmp_path: Path) -> Days:
    """Three questions are promised for tomorrow at ten; now it is ten in the evening."""
    made = in_file(tmp_path) if request.param == "sqlite" else on_server(request.getfixturevalue("postgres"))
    found = Days(made[0], FilePlatform(tmp_path / "chat", can_look=True), *made[1:])
    found.change(partial(example.found, platform=PLATFORM, today=COPIED.date()))
    run(found.url, found.chat, COPIED)
    found.change(questions)
    return found


def test_what_was_sent_since_the_copy_is_found_and_not_sent_again(days: Days) -> None:
    days.copy()
    run(days.url, days.chat, SENT)
    assert days.posted() == Counter(KEYS)
    url, restored = days.back()
    assert (restored.since, restored.doubts, restored.told) == (COPIED, 3, 2)
    run(url, days.chat, RESTORED, RESTORED + timedelta(minutes=5))
    assert max(days.posted().values()) == 1
    assert {states(url)[key] for key in KEYS} == {"sent"}
    assert sorted(days.told()) == [("@pia", LOST), ("@rut", LOST)]


def test_where_nobody_can_look_a_person_is_asked(days: Days, tmp_path: Path) -> None:
    blind = FilePlatform(tmp_path / "chat", can_look=False)
    days.copy()
    run(days.url, blind, SENT)
    url, _ = days.back()
    run(url, blind, RESTORED, RESTORED + timedelta(minutes=5))
    assert {key: number for key, number in days.posted().items() if key in KEYS} == dict.fromkeys(KEYS, 1)
    assert {states(url)[key] for key in KEYS} == {"uncertain"}
    assert sorted(said for _, said in days.told()) == sorted(
        (LOST, LOST, *(f"Jag vet inte om frågan till {name} kom fram" for _, name, _ in example.TEAMS))
    )


def test_where_nobody_can_look_no_lesser_message_is_posted_again_either(days: Days, tmp_path: Path) -> None:
    blind = FilePlatform(tmp_path / "chat", can_look=False)
    lesser = dict(zip(KEYS, ("replaceable", "receipt", "reminder"), strict=True))
    for key, kind in lesser.items():
        one = update(outbox).where(outbox.c.key == key).values(message_class=kind)
        days.change(partial(lambda unit, one: unit.change(one), one=one))
    days.copy()
    run(days.url, blind, SENT)
    url, _ = days.back()
    run(url, blind, RESTORED, RESTORED + timedelta(minutes=5))
    assert {key: days.posted()[key] for key in KEYS} == dict.fromkeys(KEYS, 1)
    assert [states(url)[key] for key in KEYS] == ["uncertain", "expired", "expired"]


def test_what_was_never_sent_is_looked_for_and_then_sent_once(days: Days) -> None:
    days.copy()
    url, _ = days.back()
    run(url, days.chat, RESTORED, *(RESTORED + timedelta(minutes=minute) for minute in (2, 4, 6)))
    assert {key: days.posted()[key] for key in KEYS} == dict.fromkeys(KEYS, 1)


def test_what_was_parked_in_the_copy_is_not_sent_again_when_its_chat_is_on(days: Days) -> None:
    days.change(lambda unit: unit.change(update(outbox).values(state="parked", why=PLATFORM_OFF)))
    days.copy()
    days.change(lambda unit: switch_on(unit, [PLATFORM], SENT))
    run(days.url, days.chat, SENT)
    assert days.posted() == Counter(KEYS)
    url, _ = days.back()
    store = days._replace(url=url)
    store.change(lambda unit: switch_on(unit, [PLATFORM], RESTORED))
    run(url, days.chat, RESTORED, RESTORED + timedelta(minutes=5))
    assert max(days.posted().values()) == 1


def test_restored_twice_it_is_told_once(days: Days) -> None:
    days.copy()
    run(days.url, days.chat, SENT)
    days.back()
    url, restored = days.back()
    assert restored.doubts == 3
    run(url, days.chat, RESTORED, RESTORED + timedelta(minutes=5))
    run(url, days.chat, RESTORED + timedelta(hours=1))
    assert sorted(days.told()) == [("@pia", LOST), ("@rut", LOST)]
    assert max(days.posted().values()) == 1


def test_a_rektor_who_leads_alone_is_told_in_her_own_language(days: Days) -> None:
    def alone(unit: UnitOfWork) -> None:
        pia, rut = (unit.roster.persons[PersonId(one)] for one in ("pia", "rut"))
        change_person(unit, pia.model_copy(update={"roles": ("larare",)}))
        change_person(unit, rut.model_copy(update={"language": "en"}))

    days.change(alone)
    days.copy()
    run(days.url, days.chat, SENT)
    url, _ = days.back()
    run(url, days.chat, RESTORED, RESTORED + timedelta(minutes=5))
    ((where, said),) = days.told()
    assert (where, said.partition(" from ")[0]) == ("@rut", "Answers")


def test_nobody_is_disturbed_at_night(days: Days) -> None:
    days.copy()
    night, morning = COPIED + timedelta(hours=1), COPIED + timedelta(hours=11)
    url, _ = days.back(night)
    run(url, days.chat, night)
    assert days.told() == []
    run(url, days.chat, morning)
    assert sorted(who for who, _ in days.told()) == ["@pia", "@rut"]


def test_without_a_mark_the_newest_event_says_when(days: Days) -> None:
    """As in what pg_dump or another program has copied: three ticks a minute are noted."""
    begun = list[Restored]()
    days.change(lambda unit: begun.append(begin(unit)))
    assert [one.since for one in begun] == [COPIED]
    run(days.url, days.chat, RESTORED)
    assert sorted(days.told()) == [("@pia", LOST), ("@rut", LOST)]


def plan(unit: UnitOfWork) -> None:
    """Every workday at 9.00, from before the copy."""
    asked = CheckInPlan(
        id="plan-1",
        school=example.SCHOOL,
        arbetslag=example.TEAM_46,
        owners=(PersonId("pia"),),
        answers="each",
        recurrence=Recurrence(days=(0, 1, 2, 3, 4), at=datetime(2026, 11, 23, 9).time()),  # noqa: DTZ001  a time on a wall
        created_at=COPIED,
    )
    save_plan(unit, asked, watermark=COPIED, next_at=SENT - timedelta(hours=2), was=None)


def test_what_was_asked_in_the_lost_hours_is_not_asked_again_and_tomorrow_is(days: Days) -> None:
    days.change(plan)
    days.copy()
    url, _ = days.back()
    run(url, days.chat, RESTORED, RESTORED + timedelta(minutes=1))
    assert not [key for key in days.posted() if key.startswith("check_in:") and key not in KEYS]
    assert [
        (one["planned_local"], one["verdict"], one["reason"]) for one in rows(url, select(occurrence))
    ] == [("2026-11-24T09:00", "skipped", "restored")]
    (looked,) = rows(url, select(schedule).where(schedule.c.id == "plan-1"))
    assert looked["next_at"].startswith("2026-11-25T08:00")
    run(url, days.chat, datetime(2026, 11, 25, 9, tzinfo=COPIED.tzinfo))
    assert [one.place.address for one in days.chat.entries()][-1] == "#arbetslag-4-6"


def test_one_plan_that_cannot_be_looked_at_stops_no_other(days: Days) -> None:
    def spoil(unit: UnitOfWork) -> None:
        """One is of a school that is out of the roster, one is damaged, and one cannot be noted twice."""
        plan(unit)
        like = load_plan(unit, "plan-1")
        assert like is not None
        elsewhere = like.model_copy(update={"school": SchoolId("out")})
        since = COPIED - timedelta(days=2)
        twice = like.model_copy(update={"created_at": since})
        bodies = {"plan-0": elsewhere.model_dump_json(), "plan-2": "{", "plan-00": twice.model_dump_json()}
        for key, body in bodies.items():
            other = like.model_copy(update={"id": key})
            save_plan(unit, other, watermark=since, next_at=SENT - timedelta(hours=2), was=None)
            unit.flush()
            unit.change(update(schedule).where(schedule.c.id == key).values(body=body))
        once = "CREATE UNIQUE INDEX once ON occurrence (schedule_id) WHERE schedule_id = 'plan-00'"
        unit.change(text(once))

    days.change(spoil)
    days.copy()
    with capture_logs() as lines:
        url, restored = days.back()
    assert (restored.stumbled, restored.told) == (3, 2)
    said = [line["key"] for line in lines if line["action"] == "restoring.schedule_failed"]
    assert said == ["plan-0", "plan-00", "plan-2"]
    assert [one["schedule_id"] for one in rows(url, select(occurrence))] == ["plan-1"]
    run(url, days.chat, RESTORED)
    assert not [key for key in days.posted() if key.startswith("check_in:") and key not in KEYS]


def remind_lena(unit: UnitOfWork) -> None:
    """An hour before the copy is laid back she is to be reminded of what she is asked."""
    (asked,) = unit.rows(select(check_in.c.id))
    unit.change(update(reminder).values(state="cleared"))
    set_reminder(unit, asked["id"], PersonId("lena"), RESTORED - timedelta(hours=1))


@pytest.mark.parametrize("restored", [True, False])
def test_nobody_is_reminded_of_what_they_may_have_been_reminded_of(days: Days, *, restored: bool) -> None:
    days.change(plan)
    run(days.url, days.chat, SENT)
    days.change(remind_lena)
    days.copy()
    url = days.back()[0] if restored else days.url
    run(url, days.chat, RESTORED)
    reminded = [key for key in days.posted() if key.startswith("reminder:")]
    assert len(reminded) == (0 if restored else 1)
