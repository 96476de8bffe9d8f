"""Check-ins in a calendar without Graph: links that open a meeting, and a file any calendar takes in."""

import asyncio
from datetime import UTC, datetime, time, timedelta
from urllib.parse import parse_qs, urlsplit

import httpx
from icalendar import Calendar as File
from sqlalchemy import select
from starlette.applications import Starlette

from bot.domain.calendar.school_year import Calendar, CalendarDay
from bot.domain.check_in import CheckInPlan
from bot.domain.errands_meetings import Words, deep_link, held, ics_of
from bot.domain.schedule.recurrence import Recurrence
from bot.domain.value import ArbetslagId, PersonId, SchoolId
from bot.messages.model import Link, Message
from bot.serve.graph.calendar_files import Files
from handlers.errands.here import Chosen
from storage.people.founding import change_person
from storage.tables import outbox
from tests.graph.fake import ALL
from tests.graph.settings import KEY
from tests.graph.stage import Stage, aad, spelled

OCTOBER = datetime(2026, 10, 12, 8, 0, tzinfo=UTC)
IN_LOV = datetime(2026, 10, 30, 8, 0, tzinfo=UTC)
LOV = tuple(CalendarDay(date=datetime(2026, 10, day, tzinfo=UTC).date(), kind="lov") for day in range(26, 31))
CALENDAR = Calendar(days=LOV)
WORDS = Words(subject="Avstämning Åk 4–6; å", about="Rad ett,\nrad två")
PLAN = CheckInPlan(
    id="p1",
    school=SchoolId("s"),
    arbetslag=ArbetslagId("a"),
    owners=(PersonId("pia"),),
    recurrence=Recurrence(days=(3,), at=datetime(2026, 1, 1, 15, 15, tzinfo=UTC).time()),
    created_at=OCTOBER,
)


def test_a_file_holds_each_time_as_it_will_be_and_says_the_same_when_it_is_made_again() -> None:
    coming = list(held(PLAN, CALENDAR, OCTOBER, timedelta(weeks=5), ()))
    written = ics_of(coming, PLAN, WORDS, OCTOBER)
    assert written
    events = File.from_ical(written).walk("VEVENT")
    assert [event.decoded("dtstart").isoformat() for event in events] == [
        "2026-10-15T13:15:00+00:00",
        "2026-10-22T13:15:00+00:00",
        "2026-11-05T14:15:00+00:00",
        "2026-11-12T14:15:00+00:00",
    ]
    assert {str(event["summary"]) for event in events} == {WORDS.subject}
    assert str(events[0]["description"]) == WORDS.about
    later = ics_of(coming, PLAN, WORDS, OCTOBER + timedelta(days=1))
    assert later
    again = File.from_ical(later).walk("VEVENT")
    assert [event["uid"] for event in events] == [event["uid"] for event in again]
    assert len({str(event["uid"]) for event in events}) == len(events)
    assert ics_of((), PLAN, WORDS, OCTOBER) is None


def test_a_link_opens_a_meeting_at_that_time_on_the_wall() -> None:
    first, *_, last = held(PLAN, CALENDAR, OCTOBER, timedelta(weeks=5), ())
    address = urlsplit(deep_link(first, PLAN, CALENDAR, WORDS))
    asked = parse_qs(address.query, strict_parsing=True)
    assert f"{address.scheme}://{address.netloc}{address.path}" == "https://teams.microsoft.com/l/meeting/new"
    assert asked == {
        "subject": [WORDS.subject],
        "startTime": ["2026-10-15T15:15:00+02:00"],
        "endTime": ["2026-10-15T15:30:00+02:00"],
        "content": [WORDS.about],
    }
    assert "2026-11-12T15%3A15%3A00%2B01%3A00" in deep_link(last, PLAN, CALENDAR, WORDS)


def test_what_is_paused_stopped_or_decided_is_not_held() -> None:
    weeks = timedelta(weeks=5)
    for state in ("stopped", "draft", "paused"):
        assert not list(held(PLAN.model_copy(update={"state": state}), CALENDAR, OCTOBER, weeks, ()))
    until = {"state": "paused", "paused_until": datetime(2026, 11, 1, tzinfo=UTC)}
    resting = list(held(PLAN.model_copy(update=until), CALENDAR, OCTOBER, weeks, ()))
    assert [one.planned.day for one in resting] == [5, 12]
    decided = {("p1", "2026-10-15T15:15")}
    assert next(held(PLAN, CALENDAR, OCTOBER, weeks, decided)).planned.day == 22


def test_what_was_planned_before_the_plan_was_agreed_is_not_held_though_it_is_moved_past_it() -> None:
    moving = PLAN.model_copy(update={"closed_days": "move"})
    assert [one.planned.day for one in held(moving, CALENDAR, IN_LOV, timedelta(days=5), ())] == [29]
    late = moving.model_copy(update={"created_at": IN_LOV})
    assert [one.planned.day for one in held(late, CALENDAR, IN_LOV, timedelta(days=5), ())] == []


def test_who_leads_the_talk_gets_links_once_and_the_file_is_there() -> None:
    async def play() -> None:
        async with Stage(Chosen(calendar="links")) as stage:
            await stage.plan()
            for _ in range(2):
                await stage.side.round()
                await stage.app.settle()
            (told,) = [one for one in stage.heard("sam") if "kalendern" in one]
            assert "torsdag 19 november" in told.replace("\N{NO-BREAK SPACE}", " ")
            (link,) = [one for one in links_to(stage, "sam") if one.endswith(".ics")]
            assert stage.graph.made("meet") == []

            asked = urlsplit(link).path
            doors = httpx.ASGITransport(Starlette(routes=stage.side.routes()))
            async with httpx.AsyncClient(transport=doors, base_url="http://test") as browser:
                given = await browser.get(asked)
                assert given.status_code == 200
                assert given.headers["content-type"] == "text/calendar; charset=utf-8"
                assert len(File.from_ical(given.text).walk("VEVENT")) > 10
                assert "Lena" not in given.text
                forged = asked.replace("/plan-46/", "/plan-79/")
                for wrong in (forged, asked[:-5] + "x.ics", "/kalender/plan-46/%C3%A5.ics"):
                    assert (await browser.get(wrong)).status_code == 404
                assert (
                    await browser.get(wrong)
                ).text == "Kalenderfilen finns inte. Fråga den som planerar era avstämningar."

    asyncio.run(play())


def events(given: httpx.Response) -> list[tuple[str, str, int, str]]:
    """Each of a file's times: what it is, whether it is to be, which saying of it, and when (UTC)."""
    found = File.from_ical(given.text).walk("VEVENT")
    return [
        (str(one["uid"]), str(one["status"]), int(str(one["sequence"])), one.decoded("dtstart").isoformat())
        for one in found
    ]


def test_a_file_that_is_taken_in_again_moves_and_cancels_what_it_gave_before() -> None:
    async def play() -> None:
        async with Stage(Chosen(calendar="links")) as stage:
            files = Files("https://nulage.lundby.example", (KEY,))
            doors = httpx.ASGITransport(Starlette(routes=stage.side.routes()))
            async with httpx.AsyncClient(transport=doors, base_url=files.public_url) as browser:
                address = files.address("plan-46")
                await stage.plan()
                first = events(await browser.get(address))
                assert {one[1:3] for one in first} == {("CONFIRMED", 0)}
                await stage.plan(recurrence=Recurrence(days=(3,), at=time(14, 30)))
                moved = events(await browser.get(address))
                assert [one[0] for one in moved] == [one[0] for one in first]
                assert {one[2] for one in moved} == {1}
                assert moved[0][3] == "2026-11-19T13:30:00+00:00"
                await stage.plan(state="stopped", stopped_at=stage.now)
                gone = events(await browser.get(address))
                assert [one[0] for one in gone] == [one[0] for one in first]
                assert {one[1:3] for one in gone} == {("CANCELLED", 2)}
                await stage.plan(state="active", stopped_at=None)
                assert {one[1:3] for one in events(await browser.get(address))} == {("CONFIRMED", 3)}
                await stage.plan(state="stopped", stopped_at=stage.now)
                stage.now += timedelta(weeks=21)
                assert (await browser.get(address)).status_code == 404

    asyncio.run(play())


def test_who_reads_english_is_given_a_file_in_english() -> None:
    async def play() -> None:
        async with Stage(Chosen(calendar="links")) as stage:
            await stage.run(
                lambda unit: change_person(
                    unit, unit.roster.persons[PersonId("sam")].model_copy(update={"language": "en"})
                )
            )
            await stage.plan()
            await stage.side.round()
            (link,) = [one for one in links_to(stage, "sam") if ".ics" in one]
            asked = urlsplit(link)
            doors = httpx.ASGITransport(Starlette(routes=stage.side.routes()))
            async with httpx.AsyncClient(transport=doors, base_url="http://test") as browser:
                given = await browser.get(f"{asked.path}?{asked.query}")
                assert "SUMMARY:Check-in Arbetslag 4" in given.text
                swedish = await browser.get(asked.path)
                assert "SUMMARY:Avstämning Arbetslag 4" in swedish.text
                missing = await browser.get(f"{asked.path[:-5]}x.ics?{asked.query}")
                assert missing.text.startswith("The calendar file is not there")

    asyncio.run(play())


def links_to(stage: Stage, slug: str) -> list[str]:
    with stage.store.begin() as unit:
        rows = unit.rows(select(outbox.c.message).where(outbox.c.lane == f"teams:{spelled(f'@{slug}')}"))
    messages = [Message.model_validate_json(row["message"]) for row in rows]
    return [block.link for one in messages for block in one.blocks if isinstance(block, Link)]


def test_without_an_address_or_a_key_there_is_no_file() -> None:
    assert Files("", (KEY,)).address("p1") == ""
    assert Files("https://nulage.lundby.example", ()).address("p1") == ""


def test_an_address_outlives_the_key_that_signed_it() -> None:
    old, new = Files("https://x.example", ("first",)), Files("https://x.example", ("second", "first"))
    assert new.takes("p1", old.sign("p1"))
    assert new.takes("p1", new.sign("p1"))
    assert new.sign("p1") == Files("https://x.example", ("second",)).sign("p1") != old.sign("p1")
    assert not old.takes("p1", new.sign("p1"))
    assert not new.takes("p2", old.sign("p1"))


def test_a_calendar_that_nobody_let_us_into_becomes_links() -> None:
    async def play() -> None:
        async with Stage(Chosen(calendar="samtalsledare")) as stage:
            stage.graph.granted = ALL - {"Calendars.ReadWrite"}
            await stage.plan()
            await stage.side.round()
            await stage.app.settle()
            assert [one for one in stage.heard("sam") if "kalendern" in one]
            assert stage.graph.cloud.meetings(aad("sam")) == []

    asyncio.run(play())
