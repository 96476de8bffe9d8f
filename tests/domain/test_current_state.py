from datetime import UTC, datetime, timedelta
from typing import get_args

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.notes import Aspect, Perspective, Sign, find_out_note_id
from bot.domain.reports.current_state import (
    FLOOR,
    SIGNS_SHOWN,
    Count,
    Facts,
    Told,
    current_state,
)
from bot.domain.reports.gaps import GapKind, TeamRound
from bot.messages.gallery.current_state import EMPTY, FEW, HIDDEN, OWN, RESTING, SCHOOL
from bot.messages.model import Chart, Paragraph, Quote
from bot.messages.phrasing.current_state import phrase
from bot.messages.plain import lines
from prompts.book import load_texts

TEXTS = load_texts()
AT = datetime(2026, 11, 26, 14, 15, tzinfo=UTC)
NAMES = st.text(min_size=1, max_size=20).filter(lambda name: "None" not in name)

counts = st.builds(
    Count,
    arbetslag=st.sampled_from(["a", "b", "c"]),
    aspect=st.sampled_from(get_args(Aspect)),
    sign=st.sampled_from(get_args(Sign)),
    perspective=st.sampled_from(get_args(Perspective)),
    n=st.integers(1, 9),
)
tolds = st.builds(
    Told,
    note=NAMES,
    arbetslag=NAMES,
    aspect=st.sampled_from(get_args(Aspect)),
    sign=st.sampled_from(get_args(Sign)),
    text=NAMES,
    link=st.none() | NAMES,
    at=st.integers(0, 10_000).map(lambda minutes: AT - timedelta(minutes=minutes)),
)
teams = st.builds(
    TeamRound,
    arbetslag=NAMES,
    name=NAMES,
    planned=st.booleans(),
    paused=st.booleans(),
    shut=st.none() | st.just(AT.date()),
    asked=st.booleans(),
    answered=st.booleans(),
    weeks_silent=st.none() | st.integers(0, 60),
)
facts = st.builds(
    lambda whole, **given: EMPTY.model_copy(update={**given, "scope_id": None if whole else "a"}),
    st.booleans(),
    from_outside=st.booleans(),
    may_read=st.booleans(),
    named=st.booleans(),
    counts=st.lists(counts, max_size=8).map(tuple),
    writers=st.integers(0, 8),
    latest=st.lists(tolds, max_size=12).map(tuple),
    teams=st.lists(teams, max_size=6).map(tuple),
    results_without_causes=st.lists(NAMES, max_size=3).map(tuple),
    waiting=st.integers(0, 5),
    minutes=st.integers(0, 60),
)


@given(facts)
def test_is_total_and_always_the_same(given_facts: Facts) -> None:
    state = current_state(given_facts)
    assert current_state(given_facts) == state
    message = phrase(state, TEXTS, share=True)
    said = "\n".join(lines(message))
    assert "None" not in said
    assert message.blocks[-2] == Paragraph(text=TEXTS.current_state.for_whom)


@given(facts)
def test_nothing_is_broken_down_below_the_floor_for_who_stands_outside(given_facts: Facts) -> None:
    state = current_state(given_facts)
    if given_facts.from_outside and given_facts.writers < FLOOR:
        assert state.spreads == ()
        quotes = [block for block in phrase(state, TEXTS, share=False).blocks if isinstance(block, Quote)]
        assert all(quote.source in {"", *(told.arbetslag for told in given_facts.latest)} for quote in quotes)


@given(facts, st.dictionaries(st.sampled_from(["a", "b", "c"]), st.integers(0, 8)))
def test_each_arbetslag_below_the_floor_is_told_whole_in_the_schools_picture_too(
    given_facts: Facts, writers: dict[str, int]
) -> None:
    named = [EMPTY.teams[0].model_copy(update={"arbetslag": key, "name": f"team {key}"}) for key in "abc"]
    said = [
        told.model_copy(update={"arbetslag": f"team {'abc'[n % 3]}"})
        for n, told in enumerate(given_facts.latest)
    ]
    whole = {"scope_id": None, "from_outside": True, "may_read": True, "writers_in": writers}
    state = current_state(given_facts.model_copy(update={**whole, "teams": named, "latest": said}))
    quotes = [block for block in phrase(state, TEXTS, share=False).blocks if isinstance(block, Quote)]
    parted = [quote.source.partition(", ")[0] for quote in quotes if ", " in quote.source]
    enough = {f"team {key}" for key, n in writers.items() if n >= FLOOR <= given_facts.writers}
    assert parted == [one.arbetslag for one in state.signs if one.arbetslag in enough]
    assert [one for one in state.signs if one.arbetslag not in state.parted] == sorted(
        (one for one in state.signs if one.arbetslag not in state.parted),
        key=lambda told: (told.at, told.note),
        reverse=True,
    )


def test_small_arbetslag_are_added_up_only_together_and_never_set_apart() -> None:
    of_46, of_79 = SCHOOL.writers_in
    alone = SCHOOL.model_copy(update={"writers_in": {of_46: FLOOR, of_79: FLOOR - 1}})
    assert [(one.teams, one.worries, one.apart) for one in current_state(alone).spreads] == [
        (1, 0, False),
        (1, 2, False),
    ]
    assert current_state(alone).too_few
    pooled = SCHOOL.model_copy(update={"writers_in": {of_46: FLOOR - 1, of_79: FLOOR - 1}})
    assert [(one.teams, one.worries, one.apart) for one in current_state(pooled).spreads] == [(2, 7, False)]


@given(facts)
def test_signs_are_the_words_themselves(given_facts: Facts) -> None:
    state = current_state(given_facts)
    for told in state.signs:
        assert any(told.text.removesuffix("…") in whole.text for whole in given_facts.latest)
    for aspect in get_args(Aspect):
        assert sum(told.aspect == aspect for told in state.signs) <= SIGNS_SHOWN


@given(facts)
def test_who_may_not_read_sees_no_words(given_facts: Facts) -> None:
    state = current_state(given_facts.model_copy(update={"may_read": False}))
    assert not state.signs
    assert not state.spreads
    blocks = phrase(state, TEXTS, share=False).blocks
    assert not [block for block in blocks if isinstance(block, Quote | Chart)]


@given(facts)
def test_a_shared_place_gets_numbers_and_no_names(given_facts: Facts) -> None:
    state = current_state(given_facts.model_copy(update={"named": False, "may_read": False}))
    assert all(gap.names == () for gap in state.gaps)


def test_both_what_works_and_what_worries_shows() -> None:
    state = current_state(OWN)
    assert [told.sign for told in state.signs if told.aspect == "process"] == ["fungerar", "bekymrar"]


def test_apart_only_when_arbetslag_lean_different_ways() -> None:
    assert [spread.apart for spread in current_state(OWN).spreads] == [False, False]
    assert [spread.apart for spread in current_state(SCHOOL).spreads] == [False, True]


def test_a_chart_has_its_numbers_as_text_and_is_absent_below_three() -> None:
    message = phrase(current_state(OWN), TEXTS, share=False)
    (chart,) = [block for block in message.blocks if isinstance(block, Chart)]
    assert "9 tecken" in chart.alt
    text = "\n".join(block.text for block in message.blocks if isinstance(block, Paragraph))
    assert "6 fungerar, 2 bekymrar" in text
    two = OWN.model_copy(update={"counts": OWN.counts[:2]})
    assert not any(isinstance(b, Chart) for b in phrase(current_state(two), TEXTS, share=False).blocks)


def test_the_same_words_of_an_arbetslag_stand_once_and_are_the_newest() -> None:
    def told(note: str, team: str, aspect: Aspect, hours: int) -> Told:
        at = AT - timedelta(hours=hours)
        return Told(
            note=note, arbetslag=team, aspect=aspect, sign="bekymrar", text="Vi hann inte.", link=None, at=at
        )

    latest = (
        told("new", "a", "process", 1),
        told("old", "a", "resultat", 2),
        told("other", "b", "process", 3),
    )
    state = current_state(EMPTY.model_copy(update={"may_read": True, "latest": latest}))
    assert [one.note for one in state.signs] == ["new", "other"]


def test_what_is_left_to_find_out_gives_way_to_signs() -> None:
    def told(note: str, hours: int) -> Told:
        at = AT - timedelta(hours=hours)
        return Told(note=note, arbetslag="a", aspect="process", sign="neutral", text=note, link=None, at=at)

    question = told(find_out_note_id("01a", 1, 1), 1)
    for signs in (1, 2):
        latest = (question, *(told(f"n{n}", n + 2) for n in range(signs)))
        state = current_state(EMPTY.model_copy(update={"may_read": True, "latest": latest}))
        assert [one.note for one in state.signs] == [*(one.note for one in latest[1:]), question.note][:2]


def test_gaps_come_before_signs_and_every_kind_has_its_words() -> None:
    said = list(lines(phrase(current_state(SCHOOL), TEXTS, share=False)))
    assert said.index(TEXTS.current_state.gaps) < said.index(TEXTS.current_state.signs)
    assert set(get_args(GapKind)) == set(TEXTS.current_state.counted)


def test_questions_that_rest_are_not_said_to_be_without_a_time() -> None:
    for facts, since in ((RESTING, "tisdag 24 november"), (RESTING.model_copy(update={"named": False}), "")):
        said = "\n".join(lines(phrase(current_state(facts), TEXTS, share=False)))
        assert said.count("pausade") == 2
        assert since in said
        assert ("Fritids Eken" in said) is bool(since)
        assert "Ingen tid" not in said
        assert TEXTS.current_state.nothing_coming in said


def test_a_result_that_ends_as_a_sentence_does_not_end_ours_twice() -> None:
    under_way = {"may_read": True, "results_without_causes": ("Läsningen sjönk.",)}
    said = "\n".join(lines(phrase(current_state(EMPTY.model_copy(update=under_way)), TEXTS, share=True)))
    assert "Läsningen sjönk." in said
    assert ".." not in said


def test_few_and_hidden_say_why() -> None:
    assert TEXTS.current_state.too_few in "\n".join(lines(phrase(current_state(FEW), TEXTS, share=True)))
    assert TEXTS.current_state.hidden in "\n".join(lines(phrase(current_state(HIDDEN), TEXTS, share=False)))


def test_one_minute_is_said_as_one() -> None:
    for minutes, said in (
        (1, "ungefär en minut per"),
        (0, "ungefär 0 minuter per"),
        (2, "ungefär 2 minuter per"),
    ):
        state = current_state(OWN.model_copy(update={"minutes": minutes}))
        assert said in "\n".join(lines(phrase(state, TEXTS, share=False)))
