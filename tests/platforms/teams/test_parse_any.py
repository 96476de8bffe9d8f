"""Whatever an activity has become on its way, reading never fails, nor lets through what cannot be."""

import copy
import json
import re
from dataclasses import replace
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.school import Account, Place
from bot.platforms.teams.install.references import Reference
from bot.platforms.teams.parse.values import Gone, Heard, ShowAgain
from tests.platforms.teams.reading import read
from tests.teams import payloads
from tests.teams.payloads import CHANNEL, GROUP, LENA, PERSONAL, SAM, filled, general

UUID = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
ADDRESS = re.compile(rf"{UUID}/(?:@{UUID}|19:[^;/\s]+)")
USER = re.compile(f"{UUID}/{UUID}")
ID = re.compile(r"[!-~]{1,450}")
ROOT = "1795440000000"
THREAD = replace(CHANNEL, root=ROOT)
TEAM = general(CHANNEL)
FORM = filled("x||", {"text": "a", "many": "1,2"}, opened_from="1", thread=ROOT, several=["many"])

ACTIVITIES = [
    payloads.message(LENA, THREAD, "Läsgrupperna går bra.", to_bot=True),
    payloads.message(LENA, GROUP, "/nuläge", targeted=True),
    payloads.message(LENA, PERSONAL, "sök läsning"),
    payloads.edited(LENA, THREAD, "1795443300000", "Nya ord"),
    payloads.deleted(LENA, THREAD, "1795443300000"),
    payloads.pressed(LENA, THREAD, "answer|r1|", on="1"),
    payloads.submitted(LENA, GROUP, {"token": "answer|r1|"}, on="1"),
    payloads.execute(LENA, THREAD, "send", FORM, on="1"),
    payloads.execute(LENA, PERSONAL, "show", {"from": "1"}),
    payloads.task(LENA, THREAD, "fetch", {"token": "x||"}, on="1"),
    payloads.task(LENA, THREAD, "submit", FORM),
    payloads.message_saved(LENA, CHANNEL, SAM, "<p>Bra!</p>", kept="1"),
    payloads.extension_sent(LENA, CHANNEL, FORM),
    payloads.installation(LENA, TEAM, chosen=CHANNEL),
    payloads.installation(LENA, PERSONAL),
    payloads.installation(LENA, GROUP, "remove"),
    payloads.members(LENA, TEAM, came=[SAM], bot="came"),
    payloads.members(LENA, TEAM, went=[SAM, LENA]),
    payloads.members(LENA, GROUP, bot="went"),
    *(payloads.changed(LENA, CHANNEL, f"channel{what}") for what in ("Deleted", "Renamed", "Restored")),
    *(payloads.changed(LENA, TEAM, f"team{what}") for what in ("Archived", "Deleted", "Restored")),
]

LEAVES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=20),
    st.sampled_from(
        [
            "19:x@thread.tacv2",
            "19:x@thread.v2",
            "19:a;messageid=1",
            "a:1",
            "a/b",
            "19:../..",
            "@",
            "19:",
            "28:",
            "\ud800",
            "<at>",
            "0001-01-01T00:00:00+14:00",
            "9999-12-31T23:59:59-14:00",
            LENA.aad,
            LENA.aad.upper(),
            "/x",
            "press",
            "send",
            "composeExtension/fetchTask",
            "x" * 300,
            "installationUpdate",
        ]
    ),
)
ODD = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=8), inner, max_size=3)
    ),
    max_leaves=5,
)


def paths(inner: Any, so_far: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    found = [so_far] if so_far else []
    pairs = inner.items() if isinstance(inner, dict) else enumerate(inner) if isinstance(inner, list) else ()
    for key, value in pairs:
        found += paths(value, (*so_far, key))
    return found


@st.composite
def damaged(draw: st.DrawFn) -> dict[str, Any]:
    activity: dict[str, Any] = copy.deepcopy(draw(st.sampled_from(ACTIVITIES)))
    for _ in range(draw(st.integers(1, 3))):
        *way, last = draw(st.sampled_from(paths(activity)))
        inner: Any = activity
        for key in way:
            inner = inner[key]
        if draw(st.integers(0, 3)):
            inner[last] = draw(ODD)
        else:
            del inner[last]
        if not activity:
            break
    return activity


def check(activity: dict[str, Any]) -> None:
    """Hold whatever comes out against the forms that addresses, accounts and ids are documented to have."""
    match read(activity):
        case Heard(event=event, learnt=learnt, also=also):
            for one in (event, *also):
                check_event(one)
            for reference in learnt:
                check_reference(reference)
        case Gone(tenant=tenant, key=key, event=event):
            assert ADDRESS.fullmatch(f"{tenant}/{key}")
            check_event(event)
        case ShowAgain(way=way, place_key=key):
            assert ADDRESS.fullmatch(f"{way.tenant}/{key}")
        case _:
            pass


def check_event(event: Any) -> None:
    if event is None:
        return
    json.loads(event.model_dump_json().encode())
    assert ID.fullmatch(event.id), event.id
    for name in type(event).model_fields:
        match getattr(event, name):
            case Place() as place:
                assert ADDRESS.fullmatch(place.address), place
                assert place.thread is None or ID.fullmatch(place.thread)
                assert place.thread is None or place.address.partition("/")[2].startswith("19:")
            case Account() as account:
                assert USER.fullmatch(account.user), account
            case _:
                pass


def check_reference(reference: Reference) -> None:
    assert ADDRESS.fullmatch(f"{reference.tenant}/{reference.key}")
    assert reference.service_url.startswith("http")
    assert (reference.kind == "personal") == reference.key.startswith("@")
    assert ";" not in reference.conversation
    assert reference.kind != "personal" or not reference.conversation.startswith("19:")
    json.loads(reference.model_dump_json().encode())


@given(damaged())
@settings(max_examples=800, deadline=None)
def test_nothing_that_is_damaged_falls_over(activity: dict[str, Any]) -> None:
    check(activity)


@given(st.dictionaries(st.sampled_from(["type", "name", "value", "from", "conversation", "id", "text"]), ODD))
@settings(max_examples=300, deadline=None)
def test_nothing_at_all_falls_over(activity: dict[str, Any]) -> None:
    check(activity)


def test_what_is_not_damaged_is_read() -> None:
    for activity in ACTIVITIES:
        assert isinstance(read(activity), Heard | Gone | ShowAgain), activity["type"]
        check(activity)


def test_long_markup_is_read_at_once() -> None:
    for piece in ("<img ", 'alt="', "<at ", "<quoted ", "&lt;", "<p>", "&#x", "<!--", " ", "\t", "\n", '."'):
        activity = payloads.message(LENA, PERSONAL, f"x{piece * 100_000}x", to_bot=True)
        check(activity)
        check({**activity, "textFormat": "xml"})
        check(payloads.message_saved(LENA, CHANNEL, SAM, f"x{piece * 100_000}x", kept="1"))
