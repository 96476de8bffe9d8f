"""What was sent loses its words after a while, and a forgotten note its quotes; the rest stands."""

from datetime import date, timedelta

from sqlalchemy import select

from bot.domain.reports.current_state import Told
from bot.domain.reports.weekly import TeamSummary, WeekSummary
from bot.domain.value import ArbetslagId, SchoolId
from bot.rehearsal import example
from storage.moments import to_text
from storage.post.outbox import NO_WORDS, concern_of, reference_of
from storage.said.forgetting import forget_quotes, forget_sent
from storage.said.weekly import Sent, keep_summary, sent_summaries
from storage.store import Store
from storage.tables import summary
from tests.storage.made import NOW, finish, promise_all, promised, rows_of, take

LATER = NOW + timedelta(days=30, minutes=1)


def told(note: str) -> Told:
    return Told(
        note=note, arbetslag="4–6", aspect="process", sign="neutral", text=f"ord {note}", link=None, at=NOW
    )


def test_what_is_sent_loses_its_words_and_keeps_its_place(store: Store) -> None:
    promise_all(store, promised("a"), promised("b", "#b"), promised("new", not_before=LATER))
    sent, doubt = take(store)
    finish(store, sent, reference="r1")
    finish(store, doubt, state="uncertain")
    with store.begin() as unit:
        assert forget_sent(unit, NOW) == 0
        assert forget_sent(unit, LATER) == 1
        assert forget_sent(unit, LATER) == 0
    words = {key: row["message"] for key, row in rows_of(store).items()}
    assert words["a"] == NO_WORDS
    assert NO_WORDS not in {words["b"], words["new"]}
    with store.begin() as unit:
        assert concern_of(unit, sent.promised.place, "r1") == "test:a"
        standing = reference_of(unit, "a")
    assert standing is not None
    assert standing.reference == "r1"


def test_a_forgotten_note_is_quoted_nowhere(store: Store) -> None:
    school = SchoolId(example.SCHOOL)
    team = TeamSummary(
        arbetslag=ArbetslagId("t"), name="4–6", n=2, counts=None, quotes=(told("gone"), told("kept"))
    )
    day = date(2026, 11, 27)
    week = WeekSummary(
        school="Björkskolan",
        week=day,
        since=day,
        until=day,
        teams=(team,),
        silent=(),
        sticks_out=(),
        raised=(),
        new_causes=(),
        not_asked=(),
        missing_voice=False,
        answered=1,
        asked=1,
    )
    sent = Sent(week=202648, at=NOW, summary=week, held={"gone": "m"})
    with store.begin() as unit:
        example.found(unit, "terminal", day)
        keep_summary(unit, school, sent, "digest")
    with store.begin() as unit:
        forget_quotes(unit, (school,), ["gone"])
    with store.begin() as unit:
        (now,) = sent_summaries(unit, school)
    assert [one.note for one in now.summary.teams[0].quotes] == ["kept"]
    assert now.summary.teams[0].n == 2
    assert "ord gone" not in now.model_dump_json()


def test_a_forgotten_note_is_quoted_nowhere_by_another_version_either(store: Store) -> None:
    body = '{"said": {"anew": [{"note": "gone", "text": "ord gone"}, {"note": "kept", "text": "ord å"}]}}'
    with store.begin() as unit:
        example.found(unit, "terminal", date(2026, 11, 27))
        row = {"school_id": example.SCHOOL, "week": 202648, "digest": "d", "at": to_text(NOW)}
        unit.add(summary, {**row, "body": body})
    with store.begin() as unit:
        forget_quotes(unit, (SchoolId(example.SCHOOL),), ["gone"])
        (left,) = unit.rows(select(summary.c.body))
    assert left["body"] == '{"said": {"anew": [{"note": "kept", "text": "ord å"}]}}'
