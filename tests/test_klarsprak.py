"""The linter itself: what it lets through, and what it stops."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from tests.each import each
from tests.klarsprak import Kind, lint, lix

PROMPTS = Path(__file__).parent.parent / "prompts"

GOOD: list[tuple[Kind, str]] = [
    # The hard moments of PRODUCT.md 5.
    ("error", "Jag kan inte spara just nu. Din text är kvar i rutan. Försök igen om en stund."),
    (
        "error",
        (
            "Jag vet inte om frågan till Arbetslag 4–6 kom fram. Titta gärna i kanalen. "
            "Inget svar har gått förlorat."
        ),
    ),
    (
        "error",
        "Det här gällde torsdag 26 november. Jag var ur funktion då. Ni kan svara ändå, eller hoppa över.",
    ),
    (
        "error",
        "Sara hann spara före dig. Här är båda texterna. Välj en eller skriv ihop dem. Din text finns kvar.",
    ),
    (
        "error",
        (
            "Jag har inte kommit åt #arbetslag-4-6 sedan 26 november. Bjud in mig i kanalen igen. "
            "Frågorna väntar tills dess."
        ),
    ),
    ("text", "Den här omgången är stängd. Ditt svar är sparat som tillägg. Det syns i nästa sammanfattning."),
    ("error", "Det ser ut som ett personnummer. Ta gärna bort det. Inget är sparat än."),
    ("text", "Svaren är anonyma. Jag sparar inte vem som svarat. Färre än fem svar visas aldrig."),
    (
        "text",
        (
            "Svar mellan kl. 22.00 och 09.10 saknas efter ett fel. Jag har listan på "
            "vilka omgångar det gäller. Resten finns kvar."
        ),
    ),
    (
        "error",
        (
            "Något gick fel hos mig. Ditt senaste sparade svar finns kvar. "
            "Försök igen, eller ge koden K7Q2 till den som sköter boten."
        ),
    ),
    # Others from PRODUCT.md.
    (
        "text",
        (
            "Varannan torsdag kl. 15.15: 26 november (v. 48), 10 december (v. 50), 21 januari (v. 3), "
            "4 februari (v. 5). Hoppar över 24 december (julafton) och 7 januari (lov). Stämmer det?"
        ),
    ),
    ("text", "4 av 5 arbetslag klara. Väntar: 1. Borta: 0."),
    ("text", "Skriv om undervisningen och gruppen, inte om enskilda barn eller elever."),
    ("text", "Menar du 06.30 eller 18.30? Båda ligger utanför arbetstid."),
    ("text", "25.99 är ingen tid. Skriv till exempel 15.15."),
    ("text", "Läsåret 2025/26 har {antal} studiedagar. Nästa är {datum} kl. {tid}."),
    ("text", "Klart. Tack för svaret 🙂"),
    ("text", "Huvudmannen får se insatsen när rektor släpper den."),
    ("question", "Vad i undervisningen fungerade bra de senaste två veckorna? Ge ett exempel."),
    ("question", "Hur långt har ni kommit med insatsen den här veckan?"),
    ("question", "Ge ett exempel på vad eleverna lärde sig."),
    ("question", "Vad hindrade er mest?"),
    ("question", "Vad märker ni på eleverna när ni arbetar med {insats}?"),
    *(
        ("button", label)
        for label in (
            "Ångra",
            "Hoppa över",
            "Påminn mig senare",
            "Lyft till rektor",
            "Dela i kanalen",
            "Börja",
            "Visa exempel",
            "Visa vem som ser vad",
            "Ändra",
            "Maskera",
            "Skicka ändå",
            "Markera som framme",
            "Ta bara 26 november",
            "Ta det på mötet",
            "Spara ändå",
            "Ja, spara",
            "Nej, ändra",
            "Ja, det stämmer",
            "Inget nytt",
            "Vet inte",
        )
    ),
]

BAD: list[tuple[Kind, str, str]] = [
    ("text", "", "tom"),
    ("text", "Läs {n} sidor " + "och sedan " * 12 + "slut.", "dela"),
    ("text", "En " + "kort " * 15 + "mening.", "snitt"),
    (
        "text",
        (
            "Organisationens dokumentationsansvar innefattar kontinuerliga sammanställningar. "
            "Verksamhetsutvecklingen "
            "förutsätter ändamålsenliga kommunikationsstrategier. Resultatredovisningarna tillhandahålls "
            "förvaltningsövergripande enligt delegationsordningen. Ansvarsfördelningen framgår av "
            "protokollen som nämnden lämnade. Underlaget bedöms därefter."
        ),
        "LIX",
    ),
    ("text", "Ni erhåller en länk.", "få"),
    ("text", "Nyttja kanalen.", "använda"),
    ("text", "Frågor avseende schemat.", "om"),
    ("text", "Ni ska inkomma med svar.", "lämna"),
    ("text", "Rektor tillser det.", "se till"),
    ("text", "Erforderliga svar finns.", "behövs"),
    ("text", "Det föreligger hinder.", "finns"),
    ("text", "I syfte att nå målen.", "för att"),
    ("text", "Det gäller ej er.", "inte"),
    ("text", "Se ovanstående.", "det här"),
    ("text", "Svaren och målen samt planen sparas.", "samt"),
    ("text", "Man kan svara senare.", "du, ni"),
    ("text", "Vänligen svara.", "gärna"),
    ("text", "Skriv t.ex. torsdag.", "förkortningen"),
    ("text", "Papper m.m. finns.", "förkortningen"),
    ("text", "Gäller fr.o.m. måndag.", "förkortningen"),
    ("text", "Det är klart, dvs. sparat.", "förkortningen"),
    ("text", "Mötet är 11/26.", "26 november"),
    ("text", "Mötet är 2026-11-26.", "26 november"),
    ("text", "Mötet är kl. 15:15.", "punkt"),
    ("text", "Mötet är kl 15.15.", '"kl."'),
    ("text", "Det är v 48.", '"v."'),
    ("text", "Snittet är 3.5 poäng.", "decimalkomma"),
    ("text", "Det är 70% klart.", "procent"),
    ("text", 'Jag förstod inte "torsd".', "citattecken"),
    ("text", "Du har fortfarande inte svarat.", "skuld"),
    ("text", "Så snabbt ni svarade.", "fart"),
    ("text", "🙂 Tack för svaret.", "först"),
    ("text", "Tack 🙂 för svaret 🎉", "högst en"),
    ("text", "Klicka här för mer.", "länken"),
    ("question", "Hur " + "mycket " * 22 + "då?", "tecken"),
    ("question", "Vad vill ni ändra? Hur märktes det?", "en sak"),
    ("question", "Vad gick bra, vad var svårt?", "en sak"),
    ("question", "Varför gjorde ni inte klart?", "aldrig"),
    ("question", "Hur säkra är vi på underlaget?", "säg ni"),
    ("question", "Insatsen den här veckan", "frågetecken"),
    ("button", "OK", "säger inte"),
    ("button", "Klicka här", "länken"),
    ("button", "Skicka in formulär", "säger inte"),
    ("button", "Ja", "säger inte"),
    ("button", "Ja, okej", "verb"),
    ("button", "Nästa fråga", "verb"),
    ("button", "spara", "stor bokstav"),
    ("button", "Spara!", "skiljetecken"),
    ("button", "Spara 🎉", "emoji"),
    ("button", "Visa allt som har skrivits hittills", "tecken"),
    ("error", "Jag kan inte spara! Din text är kvar. Försök igen.", "utropstecken"),
    ("error", "Jag kan inte spara. Din text är kvar.", "göra"),
    ("error", "Jag kan inte spara. Försök igen.", "förlorat"),
    ("error", "Hoppsan. Din text är kvar. Försök igen.", "skämt"),
    ("error", "Fel 500. Din text är kvar. Försök igen.", "koder"),
    ("error", "Ge koden K7Q2 till den som sköter boten. Din text finns kvar.", "sist"),
    ("error", "Jag kan inte spara 🙁 Din text är kvar. Försök igen.", "emoji"),
]


@pytest.mark.parametrize(("kind", "text"), GOOD)
def test_lets_plain_swedish_through(kind: Kind, text: str) -> None:
    assert lint(text, kind) == []


@pytest.mark.parametrize(("kind", "text", "repair"), BAD)
def test_stops_and_tells_the_repair(kind: Kind, text: str, repair: str) -> None:
    faults = lint(text, kind)
    assert faults
    assert repair in " ".join(faults)


def spoken(held: object) -> Iterator[str]:
    """Every text in a file of them."""
    if isinstance(held, str):
        yield held
    elif isinstance(held, dict | list):
        for one in held.values() if isinstance(held, dict) else held:
            yield from spoken(one)


@each("language", ["sv", "en"])
def test_words_that_are_quoted_stand_between_the_marks_of_their_language(language: str) -> None:
    texts = [
        (path.name, text)
        for path in sorted((PROMPTS / language).rglob("*.yaml"))
        for text in spoken(yaml.safe_load(path.read_text(encoding="utf-8")))
    ]
    others = {"sv": '"“„«»', "en": '"„«»'}[language]
    assert any("”" in text for _, text in texts)
    assert [(name, text) for name, text in texts if set(others) & set(text)] == []


def test_a_fackterm_is_not_counted_as_a_long_word() -> None:
    assert lix("Huvudmannen ser arbetslagets avstämning") < lix("Verksamheten beaktar rutinernas hantering")


def test_one_family_is_one_emoji() -> None:
    assert lint("Bra gjort 👩‍👩‍👧", "text") == []
    assert lint("Hej 🇸🇪", "text") == []
    assert lint("Klart :tada: nu :tada:", "text") == ["högst en emoji"]
