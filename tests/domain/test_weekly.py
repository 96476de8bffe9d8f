from datetime import UTC, date, datetime, timedelta
from typing import get_args

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.notes import Aspect, Perspective, Sign
from bot.domain.reports.current_state import FLOOR, Told
from bot.domain.reports.week_facts import NewCause, TeamWeek, WeekFacts, WeekNote
from bot.domain.reports.weekly import QUOTES_PER_TEAM, WeekSummary, digest, is_changed, summarise
from bot.domain.value import ArbetslagId, PersonId
from bot.messages.gallery.weekly import EMPTY, FEW, HALF, WHOLE, WITHOUT_WORDS
from bot.messages.phrasing.weekly import MOST_CAUSES, phrase_back, phrase_summary
from bot.messages.plain import lines
from prompts.book import load_texts

TEXTS = load_texts()
AT = datetime(2026, 11, 26, 14, 15, tzinfo=UTC)
WORDS = st.lists(
    st.sampled_from(
        "Halvklass läsgrupper matematik samtal planering fler eleverna. Grupprum <b> *räcker* !".split()
    ),
    min_size=1,
    max_size=30,
).map(" ".join)


@st.composite
def weeks(draw: st.DrawFn) -> WeekFacts:
    found = []
    for number in range(draw(st.integers(0, 4))):
        key, name = ArbetslagId(f"team-{number}"), f"Arbetslag {number}"
        closed = draw(st.integers(0, 5)) == 0
        notes = tuple(
            WeekNote(
                told=Told(
                    note=f"{key}-{n}",
                    arbetslag=name,
                    aspect=draw(st.sampled_from(get_args(Aspect))),
                    sign=draw(st.sampled_from(get_args(Sign))),
                    text=draw(WORDS | st.text(max_size=300)),
                    link=None,
                    at=AT + timedelta(minutes=n),
                ),
                arbetslag=key,
                writer=PersonId(draw(st.sampled_from("abcdef"))),
                perspective=draw(st.sampled_from(get_args(Perspective))),
                changed=draw(st.integers(0, 4)) == 0,
            )
            for n in range(0 if closed else draw(st.integers(0, 9)))
        )
        found.append(
            TeamWeek(
                arbetslag=key,
                name=name,
                notes=notes,
                asked=draw(st.integers(0, 2)),
                answered=draw(st.integers(0, 2)),
                before={"bekymrar": draw(st.integers(0, 8))},
                weeks_before=draw(st.integers(0, 4)),
                closed=closed,
            )
        )
    day = date(2026, 11, 27)
    return WeekFacts(school="S", week=day, since=day - timedelta(days=7), until=day, teams=tuple(found))


@given(weeks())
def test_is_total_and_always_the_same(facts: WeekFacts) -> None:
    summary = summarise(facts)
    assert summarise(facts) == summary
    again = WeekSummary.model_validate_json(summary.model_dump_json())
    assert phrase_summary(again, TEXTS) == phrase_summary(summary, TEXTS)
    for team in summary.teams:
        wordless = team.model_copy(update={"quotes": ()})  # what people write may well be "None"
        assert "None" not in "\n".join(lines(phrase_back(wordless, "Rut", TEXTS)))


@given(weeks())
def test_quotes_are_verbatim(facts: WeekFacts) -> None:
    texts = {note.told.note: note.told.text for team in facts.teams for note in team.notes}
    for team in summarise(facts).teams:
        assert len(team.quotes) <= QUOTES_PER_TEAM
        for quote in team.quotes:
            assert quote.text.removesuffix("…") in texts[quote.note]


@given(weeks())
def test_nothing_below_the_floor_is_broken_down(facts: WeekFacts) -> None:
    summary = summarise(facts)
    writers = {team.name: len({n.writer for n in team.notes if not n.changed}) for team in facts.teams}
    for team in summary.teams:
        assert (team.counts is None) == (writers[team.name] < FLOOR)
    for one in summary.sticks_out:
        assert all(writers[name] >= FLOOR for name in (*one.names, *one.others))


@given(weeks())
def test_what_stays_with_an_arbetslag_is_not_passed_up(facts: WeekFacts) -> None:
    summary = summarise(facts)
    closed = {team.arbetslag for team in facts.teams if team.closed}
    assert all(not team.quotes and not team.n for team in summary.teams if team.arbetslag in closed)


def test_a_rise_needs_something_usual_to_rise_from() -> None:
    (risen, *_) = WHOLE.teams
    assert [one.kind for one in summarise(WHOLE).sticks_out] == ["rise"]
    for unknown in ({"weeks_before": 1}, {"weeks_before": 0, "before": {}}, {"before": {"bekymrar": 12}}):
        facts = WHOLE.model_copy(update={"teams": (risen.model_copy(update=unknown),)})
        assert summarise(facts).sticks_out == ()


def test_a_changed_text_is_known_by_its_mark() -> None:
    sent = {"a": digest("Två grupper")}
    assert not is_changed("a", "Två grupper", sent)
    assert is_changed("a", "Tre grupper", sent)
    assert not is_changed("b", "Tre grupper", sent)


def said(facts: WeekFacts) -> list[str]:
    return list(lines(phrase_summary(summarise(facts), TEXTS)))


def test_an_empty_week() -> None:
    assert said(EMPTY) == [
        "Veckan på Björkskolan, v. 48",
        "Gäller 20 november till 27 november.",
        "Inga nya svar har kommit den här veckan.",
        "Väntar på ditt svar",
        "Ingen lyft fråga väntar på dig.",
        "Det här saknas",
        "• Inget svar har kommit från Arbetslag 4–6.",
        "0 av 1 arbetslag har svarat.",
        "Vad betyder det här för barnen och eleverna?",
        "[Svara arbetslaget] [Hämta en kopia] [Ändra tid]",
    ]


def test_a_week_when_they_only_chose_among_answers_does_not_say_that_nobody_answered() -> None:
    assert said(WITHOUT_WORDS)[2:] == [
        "Veckans svar har inga egna ord. Därför finns inget att citera.",
        "Väntar på ditt svar",
        "Ingen lyft fråga väntar på dig.",
        "1 av 1 arbetslag har svarat.",
        "Vad betyder det här för barnen och eleverna?",
        "[Svara arbetslaget] [Hämta en kopia] [Ändra tid]",
    ]


def test_a_week_below_the_floor() -> None:
    """Neither counts nor marks; whose the words are stands above them."""
    assert said(FEW)[2:8] == [
        "Arbetslag 4–6",
        "2 nya svar.",
        "Har färre än fem svarat delas svaren inte upp.",
        "”Exit tickets visade att begreppen satt bättre än förra året.”",
        "”Halvklass i matematik gav mer samtal mellan eleverna.”",
        "Väntar på ditt svar",
    ]


def test_half_a_week() -> None:
    text = said(HALF)
    assert text[2:5] == [
        "Arbetslag 4–6",
        "5 nya svar. Ett äldre svar är ändrat efter förra utskicket.",
        "• Undervisning och arbetssätt: 1 fungerar, 4 bekymrar.",
    ]
    assert text[-5:-2] == [
        "• Inget svar har kommit från Arbetslag 7–9.",
        (
            "• Frågan till Fritids Eken fredag 27 november ställdes inte. "
            "Jag var ur funktion, och det blev för sent."
        ),
        "1 av 2 arbetslag har svarat.",
    ]


def test_a_whole_week() -> None:
    text = said(WHOLE)
    assert text.index("Arbetslag 4–6") < text.index("Arbetslag 7–9") < text.index("Elevhälsan")
    assert "Arbetslaget har svarat. Innehållet stannar där tills de själva lyfter något." in text
    assert "• Arbetslag 4–6 skriver om 4 bekymmer. En vanlig vecka är det 1." in text
    assert "”Vi saknar grupprum.” – Arbetslag 4–6 har lyft en fråga" in text
    assert text[-2] == "Vad betyder det här för barnen och eleverna?"


def test_explanations_that_have_no_room_are_counted() -> None:
    def told(n: int) -> list[str]:
        causes = tuple(NewCause(name="4–6", text=f"Sak {one}", strength="visst") for one in range(n))
        return said(EMPTY.model_copy(update={"new_causes": causes}))

    assert not [line for line in told(MOST_CAUSES) if "till finns" in line]
    assert "En ny förklaring till finns i orsaksanalyserna." in told(MOST_CAUSES + 1)
    assert "2 nya förklaringar till finns i orsaksanalyserna." in told(MOST_CAUSES + 2)
