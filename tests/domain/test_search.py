"""Search finds other forms and misspellings, newest first."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.reports.search import Searchable, matches, quote

DAY = datetime(2026, 11, 26, 15, 15, tzinfo=UTC)
TEXTS = tuple(
    Searchable(id=str(number), text=text, at=DAY + timedelta(days=number))
    for number, text in enumerate(
        (
            "Läslyftet åk 4 har börjat.",
            "Vi använder läslyft i trean.",
            "Trygghet på rasten i 4b.",
            "Frånvaron ökar i årskurs 9.",
            "Eleverna har högläsning varje dag.",
            "Studieron blev bättre. Vi har kortare genomgångar.",
        )
    )
)


def found(query: str) -> str:
    return "".join(text.id for text in matches(query, TEXTS))


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        ("läslyftet", "10"),
        ("läslyft", "10"),
        ("laslyftet", "10"),
        ("LASLYFTET", "10"),
        ("la\u0308slyftet", "10"),
        ("läslyfet", "10"),
        ("laslyftet 4a", "0"),
        ("Läslyftet åk 4", "0"),
        ("trygg", "2"),
        ("tryghet", "2"),
        ("trygghett", "2"),
        ("tryggheten", "2"),
        ("åk4", "0"),
        ("AK4 läslyft", "0"),
        ("årskurs9", "3"),
        ("4", "20"),
        ("4b", "20"),
        ("4c trygghet", ""),
        ("åk 9", "3"),
        ("närvaro", ""),
        ("frånvaro", "3"),
        ("läsning", "4"),
        ("elev", "4"),
        ("studiero", "5"),
        ("matematik", ""),
        ("läslyft trygghet", ""),
        ("och", ""),
        ("", ""),
        ("?!", ""),
    ],
)
def test_search(query: str, ids: str) -> None:
    assert found(query) == ids


def test_the_quote_is_the_sentence_that_matches() -> None:
    assert quote("genomgång", TEXTS[5].text) == "Vi har kortare genomgångar."
    assert quote("saknas", TEXTS[5].text) == "Studieron blev bättre."
    assert quote("saknas", "") == ""
