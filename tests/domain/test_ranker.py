"""The ranker quotes; it never rewrites."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.reports.ranker import LONGEST, Candidate, choose, sentences, shorten, stems

NOTES = (
    Candidate(id="a", text="Vi provade parläsning i åk 4. Eleverna läste mer än förut. Det var roligt."),
    Candidate(id="b", text="Parläsningen gjorde att fler elever läste varje dag. Schemat är trångt."),
    Candidate(id="c", text="Ljudnivån i matsalen stör eftermiddagens lektioner i alla klasser."),
    Candidate(id="d", text="Eleverna läste mer när parläsningen låg först på dagen."),
    Candidate(id="e", text="Bra!"),
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Det gick bra. Vi fortsätter.", ["Det gick bra.", "Vi fortsätter."]),
        (
            "Vi läser t.ex. sagor i åk. 4–6 kl. 15.15 v. 48.",
            ["Vi läser t.ex. sagor i åk. 4–6 kl. 15.15 v. 48."],
        ),
        ("Böcker, pennor m.m. Vi behöver mer.", ["Böcker, pennor m.m.", "Vi behöver mer."]),
        ("Papper m.m. finns här.", ["Papper m.m. finns här."]),
        ("Bl.a. läsning, s.k. högläsning.", ["Bl.a. läsning, s.k. högläsning."]),
        ("det gick bra. eleverna läste", ["det gick bra.", "eleverna läste"]),
        ("Den 3. mars börjar vi. Sen lov.", ["Den 3. mars börjar vi.", "Sen lov."]),
        ("Vi slutar i åk 4. Sedan kommer åk 5.", ["Vi slutar i åk 4.", "Sedan kommer åk 5."]),
        ("Vi ses kl. 15.15. Ta med boken.", ["Vi ses kl. 15.15.", "Ta med boken."]),
        ("K.L. läser bra.", ["K.L. läser bra."]),
        ("Vad hände? Bra! Nästa.", ["Vad hände?", "Bra!", "Nästa."]),
        ("- första\n- andra\n\ntredje", ["- första", "- andra", "tredje"]),
        ("”Vi kan!” Det sa eleverna.", ["”Vi kan!”", "Det sa eleverna."]),
        (
            "Eleverna sa ”det är svårt!” men sedan gick det.",
            ["Eleverna sa ”det är svårt!” men sedan gick det."],
        ),
        (
            "Vi frågade ”hur då?” och lyssnade… länge. Bra!",
            ["Vi frågade ”hur då?” och lyssnade… länge.", "Bra!"],
        ),
        ("", []),
        ("   \n ", []),
    ],
)
def test_sentences(text: str, expected: list[str]) -> None:
    assert list(sentences(text)) == expected


def test_what_many_say_comes_first_and_is_not_said_twice() -> None:
    first, second, third = choose(NOTES, 3)
    assert "läs" in first.text.casefold()
    assert {first.id, second.id, third.id} <= {"a", "b", "c", "d"}
    assert "c" in {each.id for each in choose(NOTES, 4)}


def test_the_same_sentence_twice_is_quoted_once() -> None:
    twins = [Candidate(id=str(number), text="Eleverna läser mer i år.") for number in range(5)]
    assert [each.id for each in choose(twins, 3)] == ["0"]


def test_a_new_note_comes_before_one_already_quoted() -> None:
    assert len({each.id for each in choose(NOTES, 4)}) == 4


def test_one_long_note_may_be_quoted_more_than_once() -> None:
    text = "Läsningen ökade i alla grupper. Matematiken gav svårare uppgifter. Rasten blev lugnare."
    assert len(choose([Candidate(id="a", text=text)], 3)) == 3


def test_weight_lifts_a_note() -> None:
    heavy = [note.model_copy(update={"weight": 5.0}) if note.id == "c" else note for note in NOTES]
    assert choose(heavy, 1)[0].id == "c"


def test_nothing_gives_nothing() -> None:
    assert choose([], 3) == ()
    assert choose([Candidate(id="a", text="  \n")], 3) == ()
    assert choose(NOTES, 0) == ()


def test_a_long_sentence_is_cut_between_words() -> None:
    text = "Vi provade många olika arbetssätt " * 12
    (excerpt,) = choose([Candidate(id="a", text=text)], 1)
    assert len(excerpt.text) <= LONGEST
    assert excerpt.text.endswith("…")
    assert text.startswith(excerpt.text[:-1])
    assert text[len(excerpt.text) - 1] == " "
    assert len(shorten("å" * 500)) == LONGEST


def test_stems_join_forms_and_skip_small_words() -> None:
    assert stems("Eleverna och eleven") == stems("elever")
    assert stems("och det som är") == frozenset()


TEXTS = st.text(alphabet="abåäö .!?\n", max_size=400) | st.sampled_from([note.text for note in NOTES])


@given(st.lists(TEXTS, max_size=8), st.integers(0, 5))
def test_every_excerpt_is_word_for_word_from_its_note(texts: list[str], n: int) -> None:
    notes = [Candidate(id=str(number), text=text) for number, text in enumerate(texts)]
    chosen = choose(notes, n)
    assert len(chosen) <= n
    assert chosen == choose(notes, n)
    for excerpt in chosen:
        assert len(excerpt.text) <= LONGEST
        assert excerpt.text.removesuffix("…") in texts[int(excerpt.id)]
