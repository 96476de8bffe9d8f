"""A bound that can never be met is refused by name: of choices, steps and rounds, or of who asks for them."""

from typing import Any

import pytest
from pydantic import ValidationError

from tests.domain.test_questions import group, pack, scale, several, text
from tests.each import each

NEVER: dict[str, tuple[tuple[dict[str, Any], ...], str]] = {
    "a step past the last": (
        (scale("a"), text("b", only_if={"question": "a", "at_least": 4})),
        "b: only_if frågar a efter at_least: 4, men där går det bara från 1 till 3",
    ),
    "a step before the first": (
        (scale("a"), text("b", only_if={"question": "a", "at_most": 0})),
        "b: only_if frågar a efter at_most: 0, men där går det bara från 1 till 3",
    ),
    "more choices than there are": (
        (several("a"), text("b", only_if={"question": "a", "at_least": 3})),
        "b: only_if frågar a efter at_least: 3, men där går det bara från 1 till 2",
    ),
    "more choices than may be made": (
        (several("a", at_most=1), text("b", only_if={"question": "a", "at_least": 2})),
        "b: only_if frågar a efter at_least: 2, men där går det bara från 1 till 1",
    ),
    "more to choose than there is": ((several("a", at_most=3),), "a: at_most: 3, men det finns bara 2 val"),
    "too many rounds": ((group("g", text("g"), at_most=11),), "g: at_least"),
    "one thing to choose from": (
        (
            group("g", text("g"), at_most=1),
            {"key": "b", "kind": "choice", "text": "B?", "options_from": "g"},
        ),
        "b: options_from syftar på g, som bara har ett varv",
    ),
    "not answered, where it must be": (
        (text("a", required=True), text("b", only_if={"question": "a", "answered": False})),
        "b: only_if frågar a om den är obesvarad, men den måste besvaras",
    ),
    "fewer rounds than there are": (
        (
            group("g", text("g", required=True), at_least=2),
            text("b", only_if={"question": "g", "at_most": 1}),
        ),
        "b: only_if frågar g efter at_most: 1, men där går det bara från 2 till 3",
    ),
    "more rounds than there are": (
        (group("g", text("g"), at_most=2), text("b", only_if={"question": "g", "at_least": 3})),
        "b: only_if frågar g efter at_least: 3, men där går det bara från 0 till 2",
    ),
    "no rounds": ((group("g", text("g"), at_least=0),), "g: at_least"),
    "bounds crossed": ((group("g", text("g"), at_least=3, at_most=2),), "g: at_least"),
}


@each("case", NEVER)
def test_a_bound_that_can_never_be_met_is_refused_by_name(case: str) -> None:
    steps, why = NEVER[case]
    with pytest.raises(ValidationError) as refused:
        pack(*steps)
    assert f"Value error, {why}" in str(refused.value)


def test_the_bounds_are_within() -> None:
    step = {"question": "a", "at_most": 3}
    made = pack(scale("a"), text("b", only_if=step), minutes=60, sentences={"a": "Det är {b}."})
    assert made.minutes == 60
    few = {"question": "g", "at_most": 1}
    assert pack(several("a", at_most=2), group("g", text("g"), at_least=2), text("b", only_if=few)).steps
    maybe = group("g", text("g", required=True), at_least=2, only_if={"question": "a", "answered": True})
    assert pack(text("a"), maybe, text("b", only_if=few)).steps
    known = text("a", required=True, dont_know=True)
    assert pack(known, text("b", only_if={"question": "a", "answered": False})).steps
