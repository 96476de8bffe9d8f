from datetime import UTC, date, datetime, time

import pytest

from bot.domain.schedule.ask import AskBack, Choice
from bot.domain.schedule.phrase import parse
from bot.messages.phrasing.times import asked as asks
from bot.messages.phrasing.times import label
from tests.domain.tyreso import TYRESO, UNKNOWN, asked, understood
from tests.each import each
from tests.play import prompts

SV = prompts().texts
EXAMPLE = "Skriv till exempel torsdag 15.15."
ONE_AT_A_TIME = "Jag ser två tider. Skriv en i taget, till exempel torsdag 15.15."


@pytest.mark.parametrize(
    ("phrase", "text", "labels"),
    [
        ("på torsdag", "Vilken tid? Skriv till exempel 15.15.", []),
        ("varannan vecka 15.15", "Vilken dag? Skriv till exempel torsdag.", []),
        ("torsdag 25.99", "25.99 är ingen tid. Skriv till exempel 15.15.", []),
        ("torsdag halv sju", "Menar du 06.30 eller 18.30? Båda ligger utanför arbetstid.", []),
        ("kvart över fem torsdag", "Menar du 05.15 eller 17.15? Båda ligger utanför arbetstid.", []),
        ("torsdag 3.15", "Menar du 15.15?", ["Ja, ta 15.15"]),
        ("torsdag kl 3", "Menar du 15.00?", ["Ja, ta 15.00"]),
        (
            "nästa torsdag 15.15",
            "Menar du 26 november eller 3 december?",
            ["Ta 26 november", "Ta 3 december"],
        ),
        ("i torsdags 15.15", "Den dagen har varit. Vilken dag gäller?", []),
        ("torsdag 14.00 eller 15.00", "Jag ser två tider. Vilken gäller?", ["Ta 14.00", "Ta 15.00"]),
        ("torsdag den 3.12 kl 15", "Menar du 3 december?", ["Ja, ta 3 december"]),
        (
            "torsdagar 15.15 utom lov",
            "Jag hoppar alltid över lov. Ska jag spara varje torsdag kl. 15.15?",
            ["Ja, det stämmer"],
        ),
        ("torsdagar 15.15 fram till jul", "Vilket datum är det sista?", []),
        ("efter sportlovet", "Vilken dag och tid? Sportlovet slutar 5 mars.", []),
        ("efter höstlovet", "Vilken dag och tid? Höstlovet slutade 30 oktober.", []),
        ("två gånger i veckan kl 15", "Vilka dagar? Skriv till exempel tisdag och torsdag.", []),
        ("inte torsdag 15.15", f"Jag förstod inte ”inte”. {EXAMPLE}", []),
        ("torsd 15.15", f"Jag förstod inte ”torsd”. {EXAMPLE}", []),
        ("torsdag 15,15", f"Jag förstod inte ”15,15”. {EXAMPLE}", []),
        ("lördag kl 10", "Det är utanför arbetstid. Välj en annan tid.", []),
        ("torsdag 18.30", "Det är utanför arbetstid. Välj en annan tid.", []),
        ("varje dag kl 8", "Menar du varje vardag?", ["Ja, ta vardagar"]),
        ("varje dag v. 45 kl 8", "Menar du varje vardag v. 45?", ["Ja, ta vardagar"]),
        ("varje dag v. 45", "Vilken tid? Skriv till exempel 15.15.", []),
        # Beyond the table.
        ("", "Vilken dag och tid? Skriv till exempel torsdag 15.15.", []),
        ("jämna veckor", "Vilken dag och tid? Skriv till exempel torsdag 15.15.", []),
        ("15.15", "Vilken dag? Skriv till exempel torsdag.", []),
        ("torsdag 15", "Menar du 15.00?", ["Ja, ta 15.00"]),
        ("torsdag 15.15-16.00", "Jag ser två tider. Vilken gäller?", ["Ta 15.15", "Ta 16.00"]),
        ("tisdag 14 och torsdag 15", ONE_AT_A_TIME, []),
        ("torsdag 15.15 eller fredag 14.00", ONE_AT_A_TIME, []),
        ("torsdag 14 eller 15 fredag", ONE_AT_A_TIME, []),
        ("torsdag 14.00 eller varannan vecka 15.00", ONE_AT_A_TIME, []),
        (
            "tisdag och torsdag 14.00 eller 15.00",
            "Jag ser två tider. Vilken gäller?",
            ["Ta 14.00", "Ta 15.00"],
        ),
        ("torsdag 15 och 16", "Jag ser två tider. Vilken gäller?", ["Ta 15.00", "Ta 16.00"]),
        (
            "första och tredje torsdagen i månaden 15.15",
            "Jag ser två sätt att upprepa. Vilket gäller? Skriv till exempel varannan torsdag 15.15.",
            [],
        ),
        (
            "torsdag eller fredag 15.15",
            "Jag ser två dagar. Vilken gäller?",
            ["Ta torsdag", "Ta fredag"],
        ),
        ("torsdag eller torsdag eller fredag 15.15", "Jag ser två dagar. Vilken gäller?", []),
        ("vardagar torsdag eller torsdag 15.15", "Jag ser två dagar. Vilken gäller?", []),
        ("vardagar torsdag eller fredag 15.15", "Jag ser två dagar. Vilken gäller?", []),
        ("vardagar första fredagen i månaden kl 15", "Vilken dag i månaden? Skriv en i taget.", []),
        ("sista fredagen i månaden på vardagar kl 15", "Vilken dag i månaden? Skriv en i taget.", []),
        ("första måndagen i höstterminen kl 14", "Den dagen har varit. Vilken dag gäller?", []),
        (
            "torsdagar 15.15 efter sportlovet",
            "Från vilket datum? Sportlovet slutar 5 mars.",
            ["Börja 8 mars"],
        ),
        ("första torsdagen 15.15", "Menar du första torsdagen i månaden?", ["Ja, ta varje månad"]),
        ("torsdag varje månad 15", "Vilken torsdag? Skriv till exempel första torsdagen i månaden.", []),
        (
            "varannan torsdag jämna veckor 15.15",
            "Menar du bara jämna veckor?",
            ["Ja, ta jämna veckor"],
        ),
        (
            "varje torsdag 26 november 15.15",
            "Menar du bara 26 november, eller flera gånger från 26 november?",
            ["Ta bara 26 november", "Börja 26 november"],
        ),
        (
            "fredag 26 november 15.15",
            "26 november är en torsdag. Vilket gäller?",
            ["Ta 26 november", "Ta 27 november"],
        ),
        ("på fredag 15.15", "Menar du 20 november eller 27 november?", ["Ta 20 november", "Ta 27 november"]),
        ("31 november 15.15", "31 november finns inte. Vilket datum gäller?", []),
        ("31/13 kl 15", "Det datumet finns inte. Vilket datum gäller?", []),
        ("torsdag v. 54 15.15", "V. 54 finns inte. Vilken vecka gäller?", []),
        (
            "24 december 15.15",
            "Torsdag 24 december är det stängt (julafton). Vilken dag gäller?",
            ["Ta 11 januari"],
        ),
        ("vardagar v. 9 8.00", "Alla de dagarna är stängda. Vilka dagar gäller?", []),
        ("20 november 8.00", "Den dagen har varit. Vilken dag gäller?", []),
        ("26 november 2020 15.15", "Den dagen har varit. Vilken dag gäller?", []),
        ("torsdag 15.15 till 24 november", "Då blir det ingen gång alls. Vilka dagar gäller?", []),
        ("i morgon kl 8", "Det är utanför arbetstid. Välj en annan tid.", []),
        ("x" * 500, "Det var för mycket på en gång. Skriv till exempel torsdag 15.15.", []),
    ],
)
def test_must_be_asked_back(phrase: str, text: str, labels: list[str]) -> None:
    found = asked(phrase)
    assert asks(found, SV) == text
    assert [label(choice, SV) for choice in found.choices] == labels


@each(
    "today, phrase, says",
    [
        (date(2026, 12, 30), "torsdagar 15.15 från 15 augusti", "Skriv till exempel 15 augusti 2027."),
        (date(2026, 12, 30), "torsdagar 15.15 från v. 34", "Skriv till exempel v. 34 2027."),
        (date(2026, 12, 30), "torsdagar 15.15 från 15 augusti 2026", ""),
        (date(2026, 12, 30), "torsdagar 15.15 från 15 augusti till 1 juni", ""),
        (date(2026, 12, 10), "torsdagar 15.15 från 15 augusti", ""),
        (date(2026, 12, 18), "torsdagar 15.15 från 19 november till 1 juni 2027", ""),
        (date(2026, 12, 18), "torsdagar 15.15 till 19 november", "Skriv till exempel 19 november 2027."),
        (date(2026, 12, 30), "torsdagar 15.15 till 19 november", ""),
        (date(2026, 11, 20), "torsdagar 15.15 till 19 november 2027", ""),
    ],
)
def test_the_year_is_asked_for_where_it_may_be_this_or_the_next(today: date, phrase: str, says: str) -> None:
    found = parse(phrase, today=today, now=datetime.combine(today, time(11), UTC), calendar=TYRESO)
    asks_now = asks(found, SV) if isinstance(found, AskBack) else ""
    assert asks_now == (says and f"Vilket år menar du? {says}")


def test_an_unknown_term_is_asked_about() -> None:
    assert asks(asked("sista fredagen i terminen", UNKNOWN), SV) == "När slutar terminen?"
    assert asks(asked("första fredagen i terminen 14.00", UNKNOWN), SV) == "När börjar terminen?"
    autumn = TYRESO.model_copy(update={"terms": TYRESO.terms[:1]})
    assert asks(asked("sista fredagen i vårterminen 14.00", autumn), SV) == "När slutar terminen?"


def test_a_button_says_a_phrase_that_is_understood() -> None:
    (choice,) = asked("varje dag kl 8").choices
    assert choice == Choice("take_workdays", "vardagar kl 8")
    for phrase in (
        "torsdag 3.15",
        "nästa torsdag 15.15",
        "torsdagar 15.15 efter sportlovet",
        "fredag 26/11 kl 9",
    ):
        for choice in asked(phrase).choices:
            understood(choice.phrase)
