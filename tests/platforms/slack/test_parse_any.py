"""Whatever a payload has become on its way: reading it never fails, and never lets through what cannot be."""

import copy
import json
import re
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.platforms.slack.parse import payload as parse
from bot.platforms.slack.parse.values import Heard
from tests.platforms.slack.recorded import BOT_USER, NAMES, read, recorded

ODD = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=20),
    st.sampled_from(
        ["C0LAG4600", "D1", "../..", "T1/@U1", "\ud800", "1.2.3", "<@U1>", "again|", "again|/x|y"]
    ),
    st.sampled_from([[], {}, [{}], {"id": "U0LENA001", "type": "button", "value": "x"}]).map(copy.deepcopy),
)


def paths(inner: Any, so_far: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    found = [so_far] if so_far else []
    if isinstance(inner, dict):
        for key, value in inner.items():
            found += paths(value, (*so_far, key))
    elif isinstance(inner, list):
        for key, value in enumerate(inner):
            found += paths(value, (*so_far, key))
    return found


@st.composite
def damaged(draw: st.DrawFn) -> dict[str, Any]:
    payload = recorded(draw(st.sampled_from(NAMES)))
    for _ in range(draw(st.integers(1, 3))):
        *way, last = draw(st.sampled_from(paths(payload)))
        inner: Any = payload
        for key in way:
            inner = inner[key]
        if draw(st.booleans()):
            inner[last] = draw(ODD)
        else:
            del inner[last]
        if not payload:
            break
    return payload


@given(damaged())
@settings(max_examples=600, deadline=None)
def test_nothing_that_is_damaged_falls_over(payload: dict[str, Any]) -> None:
    parse.strangers(payload, BOT_USER)
    found = read(payload)
    if not isinstance(found, Heard):
        return
    kept = found.event.model_dump_json()
    json.loads(kept.encode())
    where = getattr(found.event, "where", None)
    assert where is None or re.fullmatch(r"[A-Z0-9]+/@?[A-Z0-9]+", where.address)
    assert re.fullmatch(r"[\x21-\x7e]{1,300}", found.event.id)
