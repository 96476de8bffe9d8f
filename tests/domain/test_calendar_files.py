from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.calendar.files import CalendarDays, Unreadable, read_calendar
from bot.messages.phrasing.school_calendar import unreadable
from tests.play import prompts

AUTUMN = [date(2026, 10, day) for day in range(26, 31)]


def read(text: str) -> CalendarDays:
    found = read_calendar(text)
    assert isinstance(found, CalendarDays), found
    return found


def dates(text: str) -> list[date]:
    return [day.date for day in read(text).days]


def refused(text: str) -> Unreadable:
    found = read_calendar(text)
    assert isinstance(found, Unreadable), found
    assert unreadable(found, prompts().texts).endswith("Rätta det och skicka igen. Inget är sparat.")
    return found


def ics(*events: str) -> str:
    spoken = "".join(f"BEGIN:VEVENT\r\nUID:x\r\n{event}\r\nEND:VEVENT\r\n" for event in events)
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n{spoken}END:VCALENDAR\r\n"


@pytest.mark.parametrize(
    "text",
    [
        "datum;slut;slag;namn\n2026-10-26;2026-10-30;lov;Höstlov\n",
        "\ufeffDatum;Slut;Slag;Namn\r\n26/10 2026;30/10 2026;Lov;Höstlov\r\n\r\n",
        "datum,slut,slag,namn\n20261026,20261030,lov,Höstlov",
        "från\ttill\ttyp\tbenämning\n26 oktober 2026\t30 okt 2026\tlov\tHöstlov",
        "2026-10-26;2026-10-30;lov;Höstlov",
        "2026-10-26;2026-10-30;Höstlov",
        '"2026-10-26 00:00:00";"2026-10-30 00:00:00";"lov";"Höstlov"',
        "namn;slag;slut;datum\nHöstlov;;26.10.2026;26/10/2026\nHöstlov;;30.10.2026;27/10-2026",
    ],
)
def test_a_table_is_read_however_it_is_written(text: str) -> None:
    assert dates(text) == AUTUMN
    assert {(day.kind, day.name) for day in read(text).days} == {("lov", "Höstlov")}


def test_all_kinds_of_days_and_the_terms() -> None:
    found = read(
        "datum;slut;slag;namn\n"
        "2026-08-17;2026-12-18;termin;HT 2026\n"
        "2027-01-11;2027-06-11;;Vårtermin\n"
        "2026-11-02;;studiedag;\n"
        "2026-11-03;;K-dag;Analys\n"
        "2026-11-04;;;Planeringsdag\n"
        "2027-05-07;;lovdag;Lovdag\n"
        "2027-05-07;;lovdag;Lovdag\n"
    )
    kinds = [(day.date.day, day.kind, day.name) for day in found.days]
    assert kinds == [
        (2, "studiedag", "studiedag"),
        (3, "studiedag", "Analys"),
        (4, "planeringsdag", "Planeringsdag"),
        (7, "lov", "Lovdag"),
    ]
    assert [(term.name, term.first, term.last) for term in found.terms] == [
        ("HT 2026", date(2026, 8, 17), date(2026, 12, 18)),
        ("Vårtermin", date(2027, 1, 11), date(2027, 6, 11)),
    ]


@pytest.mark.parametrize(
    ("text", "reason", "line", "word"),
    [
        ("", "empty", None, ""),
        (" \n\n", "empty", None, ""),
        ("datum;slut;slag;namn\n", "nothing", None, ""),
        ("2026-10-26;;lov;a\x00b", "not_text", None, ""),
        ("%PDF-1.7\n%\ufffd\ufffd", "not_text", None, ""),
        ("PK\x03\x04", "not_text", None, ""),
        ("hej;hopp", "no_such_date", 1, "hej"),
        ("datum;slag\n2026-10-26;lov\n2026-11-31;lov", "no_such_date", 3, "2026-11-31"),
        ("datum;slag\n26/10;lov", "no_such_date", 2, "26/10"),
        ("datum;slag\n30 foo 2026;lov", "no_such_date", 2, "30 foo 2026"),
        ("datum;slag\n;lov", "no_date", 2, ""),
        ("2026-10-30;2026-10-26;lov;Höstlov", "ends_before_start", 1, ""),
        ("2026-10-30;2027-12-26;lov;Höstlov", "too_long", 1, ""),
        ("datum;slag;namn\n2026-10-30;fest;Höstlov", "kind", 2, "fest"),
        ("2026-10-30;;;", "kind", 1, ""),
        ("2026-10-30;;lov;a;b", "not_table", 1, ""),
        ('2026-10-30;;lov;"a', "not_table", 1, ""),
        ("2026-08-17;;termin;HT", "no_end", 1, ""),
        ("BEGIN:VCALENDAR\nfoo", "not_ics", None, ""),
    ],
)
def test_what_is_not_understood_is_named_by_its_line(
    text: str, reason: str, line: int | None, word: str
) -> None:
    found = refused(text)
    assert (found.reason, found.line, found.found) == (reason, line, word)


def test_the_sentence_says_which_line_and_which_word() -> None:
    spoken = unreadable(refused("datum;slag\n2026-11-31;lov"), prompts().texts)
    assert spoken.startswith("Rad 2 har ett datum som jag inte förstår: ”2026-11-31”.")


def test_five_megabytes_are_refused_at_once() -> None:
    assert refused("2026-10-26;;lov;x\n" * 300_000).reason == "too_big"
    many = "\n".join(f"2026-10-26;2027-10-26;lov;{number}" for number in range(100))
    assert refused(many).reason == "too_big"


def test_an_ics_calendar_is_read_with_its_end_exclusive() -> None:
    found = read(
        ics(
            "SUMMARY:Höstlov\r\nDTSTART;VALUE=DATE:20261026\r\nDTEND;VALUE=DATE:20261031",
            "SUMMARY:Analys\r\nCATEGORIES:Studiedag\r\nDTSTART;VALUE=DATE:20261102",
            "SUMMARY:Lovdag\r\nDTSTART:20270506T220000Z\r\nDTEND:20270507T220000Z",
            "SUMMARY:Planeringsdag\r\nDTSTART;VALUE=DATE:20261103\r\nDURATION:P2D",
            "SUMMARY:Föräldramöte\r\nDTSTART:20261104T170000Z",
            "SUMMARY:Sista dagen före jullovet\r\nDTSTART;VALUE=DATE:20261218",
            "SUMMARY:VT 2027\r\nDTSTART;VALUE=DATE:20270111\r\nDTEND;VALUE=DATE:20270612",
        )
    )
    assert [day.date for day in found.days] == [
        *AUTUMN,
        *(date(2026, 11, 2), date(2026, 11, 3), date(2026, 11, 4), date(2027, 5, 7)),
    ]
    assert found.passed_over == ("Föräldramöte", "Sista dagen före jullovet")
    assert [(term.first, term.last) for term in found.terms] == [(date(2027, 1, 11), date(2027, 6, 11))]


@pytest.mark.parametrize(
    ("event", "reason", "word"),
    [
        ("SUMMARY:Lov\r\nDTSTART;VALUE=DATE:20261131", "no_such_date", "20261131"),
        ("SUMMARY:Lov", "no_date", ""),
        ("SUMMARY:Lov\r\nDTSTART;VALUE=DATE:20261030\r\nRRULE:FREQ=YEARLY", "repeats", ""),
        (
            "SUMMARY:Lov\r\nDTSTART;VALUE=DATE:20261030\r\nDTEND;VALUE=DATE:20261026",
            "ends_before_start",
            "",
        ),
        ("SUMMARY:Lov\r\nDTSTART;VALUE=DATE:20261030\r\nDURATION:P999999999D", "not_ics", ""),
    ],
)
def test_an_event_that_cannot_be_read_stops_the_whole_file(event: str, reason: str, word: str) -> None:
    good = "SUMMARY:Höstlov\r\nDTSTART;VALUE=DATE:20261026"
    found = refused(ics(good, event))
    assert (found.reason, found.found) == (reason, word)
    assert found.line == (None if reason == "not_ics" else 9)


PIECES = st.sampled_from(
    [
        "2026-10-26",
        "26/10 2026",
        ";",
        ",",
        "\t",
        "\n",
        '"',
        "lov",
        "termin",
        "datum",
        "BEGIN:VCALENDAR",
        "\r",
        "9",
    ]
)
LINES = st.sampled_from(
    [
        *(
            "BEGIN:VCALENDAR",
            "END:VCALENDAR",
            "BEGIN:VEVENT",
            "END:VEVENT",
            "SUMMARY:Lov",
            "CATEGORIES:lov,x",
        ),
        *(
            "DTSTART;VALUE=DATE:20261026",
            "DTEND:20261026T000000Z",
            "DTSTART:x",
            "DURATION:P1W",
            "RRULE:x",
            ":",
        ),
        *("DTSTART;VALUE=PERIOD:20261026T000000Z/P1D", "DTSTART;TZID=x:20261026T000000", "BEGIN:VTIMEZONE"),
    ]
)


@given(st.one_of(st.text(), st.lists(PIECES).map("".join), st.lists(LINES).map("\n".join)))
def test_no_text_raises(text: str) -> None:
    assert isinstance(read_calendar(text), CalendarDays | Unreadable)


@given(st.lists(LINES).map(lambda lines: ics("\n".join(lines))))
def test_no_event_raises(text: str) -> None:
    assert isinstance(read_calendar(text), CalendarDays | Unreadable)
