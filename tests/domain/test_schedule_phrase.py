from datetime import date, time, timedelta
from itertools import islice

import pytest

from bot.domain.schedule.due import planned_between
from bot.domain.schedule.recurrence import Recurrence
from tests.domain.tyreso import FRIDAY_NOON, ZONE, understood


def first_dates(recurrence: Recurrence, count: int) -> str:
    later = FRIDAY_NOON + timedelta(days=900)
    planned = planned_between(recurrence, FRIDAY_NOON, later, ZONE)
    months = ("jan", "feb", "mars", "apr", "maj", "juni", "juli", "aug", "sep", "okt", "nov", "dec")
    return ", ".join(f"{day.day} {months[day.month - 1]}" for day in islice(planned, count))


@pytest.mark.parametrize(
    ("phrases", "at", "dates"),
    [
        (
            "varje torsdag kl. 15.15 · torsdagar 15:15 · varje torsdag kl 1515 · torsdag kvart över tre",
            "15:15",
            "26 nov, 3 dec, 10 dec",
        ),
        ("fredag halv fyra", "15:30", "20 nov, 27 nov"),
        ("torsdag fem över halv fyra", "15:35", "26 nov"),
        ("torsdag kvart i åtta", "07:45", "26 nov"),
        ("torsdag halv åtta", "07:30", "26 nov"),
        ("torsdag halv ett", "12:30", "26 nov"),
        ("varje torsdag kl tre", "15:00", "26 nov"),
        ("torsdag kl 8", "08:00", "26 nov"),
        (
            "varannan torsdag kl 15.15 · torsdag 15.15 varannan vecka · var fjortonde dag torsdag 15.15",
            "15:15",
            "26 nov, 10 dec, 24 dec, 7 jan, 21 jan",
        ),
        (
            "varannan vecka på torsdag 15.15",
            "15:15",
            "26 nov, 10 dec, 24 dec, 7 jan, 21 jan",
        ),
        ("var tredje vecka på tisdag 8.15", "08:15", "24 nov, 15 dec, 5 jan"),
        ("tis och tors 14.30", "14:30", "24 nov, 26 nov"),
        ("måndag, onsdag och fredag 7.45", "07:45", "23 nov, 25 nov, 27 nov"),
        ("vardagar 07.45", "07:45", "23 nov, 24 nov, 25 nov, 26 nov, 27 nov, 30 nov"),
        ("onsdagar jämna veckor kl 15", "15:00", "25 nov, 9 dec, 23 dec, 13 jan"),
        (
            "onsdagar ojämna veckor kl 15 · onsdagar udda veckor kl 15",
            "15:00",
            "2 dec, 16 dec, 30 dec, 6 jan",
        ),
        ("första måndagen i månaden 8.15", "08:15", "7 dec, 4 jan, 1 feb"),
        ("andra torsdagen varje månad kl 14", "14:00", "10 dec, 14 jan"),
        ("sista fredagen i varje månad kl. 14", "14:00", "27 nov, 25 dec, 29 jan"),
        ("på torsdag 15.15 · 26 nov kl 15.15 · torsdag 26 november 15.15", "15:15", "26 nov"),
        ("torsdag v. 12 kl 15.15", "15:15", "25 mars"),
        ("torsdag vecka 49 15.15", "15:15", "3 dec"),
    ],
)
def test_must_parse(phrases: str, at: str, dates: str) -> None:
    for phrase in phrases.split(" · "):
        found = understood(phrase)
        assert found.at == time.fromisoformat(at)
        assert first_dates(found, dates.count(",") + 1) == dates


@pytest.mark.parametrize(
    ("phrase", "same_as"),
    [
        ("TORSDAGAR  KL.  15.15 ", "torsdag 15.15"),
        ("varje vecka på torsdagarna klockan 15:15.", "torsdag 15.15"),
        ("alla torsdagar kl 15.15", "torsdag 15.15"),
        ("15.15 torsdag", "torsdag 15.15"),
        ("torsdag tjugo i tre", "torsdag 14.40"),
        ("torsdag kl. fem i halv 4", "torsdag 15.25"),
        ("torsdagar 15.15 tills vidare", "torsdag 15.15"),
        ("varje vardag kl 8", "vardagar 8.00"),
        ("jämna veckor torsdagar 15.15", "torsdagar jämna veckor 15.15"),
        ("var 3:e torsdag 15.15", "var tredje torsdag 15.15"),
        ("torsdagen den 26:e november 15.15", "på torsdag 15.15"),
        ("26/11 kl 15.15", "på torsdag 15.15"),
        ("2026-11-26 kl 15.15", "på torsdag 15.15"),
        ("torsdag nästa vecka 15.15", "på torsdag 15.15"),
        ("torsdag v. 48 2026 15.15", "på torsdag 15.15"),
        ("torsdagar 15.15 från v. 49", "torsdag 15.15 från 30 november"),
        ("torsdagar 15.15 fr.o.m. 3 december t.o.m. 18 december", "torsdag 15.15 från 3/12 till 18/12"),
        ("torsdagar 15.15 fram till 18 december", "torsdag 15.15 till den 18 december 2026"),
        ("sista fredagen i terminen 14.00", "18 december 14.00"),
        ("första måndagen i terminen 14.00", "11 januari 14.00"),
        ("sista fredagen i höstterminen 14.00", "18 december 14.00"),
        ("sista fredagen i vårterminen 14.00", "11 juni 2027 14.00"),
        ("första måndagen på vårterminen 14.00", "11 januari 14.00"),
        ("på tisdag och torsdag 14.00", "tisdag och torsdag v. 48 14.00"),
        ("mån-fre 8.00", "vardagar 8.00"),
        ("måndag till fredag 8.00", "vardagar 8.00"),
        ("varje första måndag i månaden 8.15", "första måndagen i månaden 8.15"),
    ],
)
def test_the_same_said_otherwise(phrase: str, same_as: str) -> None:
    assert understood(phrase) == understood(same_as)


def test_the_days_of_one_week() -> None:
    found = understood("vardagar v. 49 kl 8")
    assert (found.anchor, found.last) == (date(2026, 11, 30), date(2026, 12, 4))
    assert first_dates(found, 9) == "30 nov, 1 dec, 2 dec, 3 dec, 4 dec"


def test_a_start_may_lie_behind_and_sets_the_phase() -> None:
    assert first_dates(understood("varannan torsdag 15.15 från 12 november"), 2) == "26 nov, 10 dec"
    assert first_dates(understood("varannan torsdag 15.15 från 19 november"), 2) == "3 dec, 17 dec"
    assert understood("varannan torsdag 15.15 från 1 december").anchor == date(2026, 12, 3)
    assert first_dates(understood("varannan torsdag 15.15 från v. 46"), 2) == "26 nov, 10 dec"
    assert first_dates(understood("varannan torsdag 15.15 från v. 45"), 2) == "3 dec, 17 dec"
    assert understood("varje torsdag 15.15 från v. 34").anchor == date(2026, 8, 17)
    assert understood("varannan torsdag 15.15 från v. 2").anchor == date(2027, 1, 14)
    assert understood("varannan torsdag 15.15 från v. 45 2027").anchor == date(2027, 11, 11)
