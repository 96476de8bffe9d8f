"""Personal data is found as teachers write it, and ordinary notes are left in peace."""

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.privacy.guard import Case, CaseKind, Suspicion, inspect, mask, may_keep, refers_to_case
from tests.domain.everyday_sentences import MAY_BE_A_CASE, POINTS_AT_ONE, REPORTS
from tests.domain.near_a_case import NEAR_A_CASE
from tests.domain.near_a_person import NEAR_A_PERSON
from tests.domain.privacy_sentences import CASES, MUST_FLAG
from tests.each import each


@each("text, kind", MUST_FLAG + POINTS_AT_ONE)
def test_flags(text: str, kind: str) -> None:
    found = inspect(text)
    assert kind in [each.kind for each in found]
    assert inspect(mask(text, found)) == ()


@each("stopped, passing", NEAR_A_PERSON.items())
def test_what_points_at_nobody_is_left_in_peace(stopped: str, passing: tuple[str, ...]) -> None:
    assert inspect(stopped)
    assert [text for text in passing if inspect(text) or refers_to_case(text)] == []


@each("text, kind", CASES + REPORTS)
def test_a_reported_case_is_pointed_to_its_routine(text: str, kind: CaseKind) -> None:
    assert refers_to_case(text) == Case(kind, sure=True)


@each("text, kind", MAY_BE_A_CASE)
def test_what_only_may_be_a_case_is_not_sure(text: str, kind: CaseKind) -> None:
    assert refers_to_case(text) == Case(kind, sure=False)


def test_a_sure_case_goes_before_one_that_may_be() -> None:
    text = "Vi anmälde det till rektor. Det gäller en elev som skar sig."
    assert refers_to_case(text) == Case("tillbud", sure=True)


@each("reported, passing", NEAR_A_CASE.items())
def test_talk_of_the_work_is_no_case(reported: str, passing: tuple[str, ...]) -> None:
    assert refers_to_case(reported)
    assert [text for text in passing if refers_to_case(text) or inspect(text)] == []


def test_the_mark_is_readable() -> None:
    text = "Ali (121212-2343) läser med Sara."
    assert (
        mask(text, inspect(text)) == "[namn borttaget] ([personnummer borttaget]) läser med [namn borttaget]."
    )


def test_spans_refer_to_the_given_text_also_when_it_is_decomposed() -> None:
    text = "Pratade med A\u030asa i dag."
    (name,) = inspect(text)
    assert text[name.start : name.end] == "A\u030asa"
    assert mask(text, [name]) == "Pratade med [namn borttaget] i dag."


def test_only_a_number_that_holds_can_never_be_kept() -> None:
    assert not may_keep(inspect("121212-2343"))
    assert not may_keep(inspect("Anna 720372-1233"))
    assert may_keep(inspect("Anna ringde från 070-123 45 67 om 121212-1111"))
    assert may_keep(())


def test_a_leap_day_is_tried_in_every_century() -> None:
    assert [each.certain for each in inspect("000229-001" + _check_digit("000229001"))] == [True]


def _check_digit(nine: str) -> str:
    doubled = (int(digit) * (2 - place % 2) for place, digit in enumerate(nine))
    return str(-sum(value - 9 if value > 9 else value for value in doubled) % 10)


@st.composite
def numbers(draw: st.DrawFn) -> tuple[str, str, str, str, str]:
    """Century, year, month, day and last four of a number that holds."""
    born = draw(st.dates())
    century = draw(st.sampled_from(("19", "20")))
    year, month = f"{born.year % 100:02}", f"{born.month:02}"
    day = f"{min(born.day, 28) + draw(st.sampled_from((0, 60))):02}"
    serial = f"{draw(st.integers(1, 999)):03}"
    return century, year, month, day, serial + _check_digit(year + month + day + serial)


WRITTEN = (
    "{y}{m}{d}{n}",
    "{y}{m}{d}-{n}",
    "{y}{m}{d}+{n}",
    "{y}{m}{d} {n}",
    "{y}{m}{d} - {n}",
    "{y}{m}{d}–{n}",
    "{c}{y}{m}{d}{n}",
    "{c}{y}{m}{d}-{n}",
    "{c}{y}{m}{d} {n}",
    "{c}{y}-{m}-{d}-{n}",
    "{c}{y} {m} {d} {n}",
    "{c}{y}-{m}-{d} {n}",
    "{y} {m} {d} {n}",
    "{y}.{m}.{d}-{n}",
    "{c} {y}{m}{d}-{n}",
    "{c}{y} {m}{d} {n}",
)
WIDE = str.maketrans("0123456789-", "０１２３４５６７８９－")


@given(
    numbers(),
    st.sampled_from(WRITTEN),
    st.sampled_from(("", "\u200b", "\u00ad", "\u2060", "\ufe0f")),
    st.sampled_from(("ascii", "wide")),
    st.sampled_from(("{}", "Eleven {} flyttar.", "({})", "pnr:{}, åk 4", "a{}b", "15 {} och 16", "\n{}\n")),
)
def test_a_number_that_holds_is_found_however_it_is_written(
    number: tuple[str, str, str, str, str], written: str, between: str, script: str, around: str
) -> None:
    c, y, m, d, n = number
    form = written.format(c=c, y=y, m=m, d=d, n=n)
    form = between.join(form.translate(WIDE).replace(" ", "\u00a0") if script == "wide" else form)
    text = around.format(form)
    found = inspect(text)
    assert any(each.certain for each in found)
    masked = mask(text, found)
    assert not any(each.certain for each in inspect(masked))
    assert n not in "".join(char for char in masked if char.isdigit() or char == " ").translate(WIDE)


NUMBER = "20121230-2382"
PIECES = st.lists(
    st.one_of(
        st.sampled_from(
            [text for text, _ in MUST_FLAG] + [text for near in NEAR_A_PERSON.values() for text in near]
        ),
        st.text(max_size=12),
        st.text(alphabet="0123456789-+. @ABab\u0301\u200b\n", max_size=30),
    ),
    max_size=6,
).map(" ".join)


@given(PIECES.map("{}. Pratade med Anna-Karin.".format))
def test_spans_are_ordered_within_bounds_and_never_overlap(text: str) -> None:
    found = inspect(text)
    assert found
    at = 0
    for one in found:
        assert at <= one.start < one.end <= len(text)
        at = one.end
    refers_to_case(text)


@given(PIECES)
def test_masking_twice_changes_nothing_more(text: str) -> None:
    once = mask(text, inspect(text))
    assert mask(once, inspect(once)) == once
    assert NUMBER not in mask(f"{once} {NUMBER}", inspect(f"{once} {NUMBER}"))


def test_a_suspicion_is_a_plain_value() -> None:
    assert inspect("K.L.") == (Suspicion(kind="initialer", start=0, end=4, certain=False),)
