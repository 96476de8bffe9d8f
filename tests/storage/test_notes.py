"""Notes and their versions, and what is undone, on both databases."""

from contextlib import suppress
from datetime import timedelta

import pytest

from bot.domain.check_in import CheckIn, Participation
from bot.domain.notes import Note, answer_note_id
from bot.domain.questions.answers import Answer
from bot.domain.value import ArbetslagId, PersonId, SchoolId
from bot.rehearsal import example
from storage.asked.answering import (
    answer_history,
    keep_reason,
    kept_reasons,
    latest_answers,
    leave,
    record,
    recorded,
)
from storage.asked.check_ins import (
    clear_reminder,
    participations,
    reminders_due,
    save_check_in,
    set_reminder,
    take_part,
)
from storage.asked.conversations import record_answer
from storage.said.bin import empty_bin
from storage.said.notes import (
    add_note,
    change_note,
    load_note,
    notes_by_source,
    notes_from,
    notes_of_answer,
    notes_of_check_in,
    remove_note,
    restore_note,
    versions_of,
)
from storage.store import Store
from storage.unit import StaleVersion
from tests.storage.made import NOW

SCHOOL, TEAM, LENA = SchoolId("s"), ArbetslagId("t"), PersonId("lena")
ODD = "=1+1 <b> *fet* \u202etxet 👩‍🏫 ␀ 'å'; --"


def note(key: str, **more: object) -> Note:
    made = {
        "id": key,
        "school": SCHOOL,
        "arbetslag": TEAM,
        "author": LENA,
        "week": 202648,
        "text": ODD,
        "check_in": "c",
        "source": "m1",
        "created_at": NOW,
    }
    return Note.model_validate({**made, **more})


def test_a_note_is_found_by_everything_it_is_asked_for_by(store: Store) -> None:
    kept = note("c-lena~rost")
    with store.begin() as unit:
        add_note(unit, kept)
    with store.begin() as unit:
        assert load_note(unit, kept.id) == kept
        assert notes_from(unit, "m1", TEAM) == (kept,)
        assert not notes_from(unit, "m1", ArbetslagId("other"))
        assert notes_by_source(unit, "m1", LENA) == (kept,)
        assert notes_of_check_in(unit, "c") == (kept,)
        assert notes_of_answer(unit, "c", "c-lena") == {answer_note_id("c-lena", "rost"): kept}
        assert not notes_of_answer(unit, "c", "c-len")
        assert load_note(unit, "none") is None


def test_every_version_stays_also_through_the_bin(store: Store) -> None:
    with store.begin() as unit:
        add_note(unit, note("n"))
    with store.begin() as unit:
        found = load_note(unit, "n")
        assert found
        found = change_note(unit, found, LENA, NOW + timedelta(minutes=1), text="Två.")
        found = remove_note(unit, found, LENA, NOW + timedelta(minutes=2))
        assert not notes_of_check_in(unit, "c")
        restore_note(unit, found, LENA, NOW + timedelta(minutes=3))
    with store.begin() as unit:
        assert [(one.version, one.text, one.state) for one in versions_of(unit, "n")] == [
            (1, ODD, "shared"),
            (2, "Två.", "shared"),
            (3, "Två.", "removed"),
            (4, "Två.", "shared"),
        ]
        assert [one.text for one in notes_of_check_in(unit, "c")] == ["Två."]


def test_a_version_that_was_not_the_latest_is_refused(store: Store) -> None:
    with store.begin() as unit:
        add_note(unit, note("n"))
    with store.begin() as unit:
        stale = load_note(unit, "n")
        assert stale
        change_note(unit, stale, LENA, NOW, text="Två.")
    with pytest.raises(StaleVersion), store.begin() as unit:
        change_note(unit, stale, LENA, NOW, text="Tre.")
    with store.begin() as unit:
        assert [one.text for one in versions_of(unit, "n")] == [ODD, "Två."]


def test_leaving_a_round_brings_back_only_a_reminder_that_was_still_to_come(store: Store) -> None:
    omar = PersonId("omar")
    with store.begin() as unit:
        example.found(unit, "terminal", NOW.date())
        asked = CheckIn(
            id="c",
            plan=None,
            school=example.SCHOOL,
            arbetslag=example.TEAM_46,
            pack="latt",
            answers="each",
            planned=NOW.replace(tzinfo=None),
            opened_at=NOW,
            expected=(LENA, omar),
        )
        save_check_in(unit, asked, was=None)
    with store.begin() as unit:
        for person, due in ((LENA, NOW + timedelta(days=2)), (omar, NOW - timedelta(days=1))):
            set_reminder(unit, "c", person, due)
            take_part(unit, "c", Participation(person=person, how="answered", at=NOW))
            clear_reminder(unit, "c", person)
            leave(unit, "c", person, NOW)
        assert not participations(unit, "c")
        waiting = reminders_due(unit, NOW + timedelta(days=3))
        assert [one.person for one in waiting] == [LENA]


def test_who_took_part_in_what_was_undone_did_not(store: Store) -> None:
    with store.begin() as unit:
        assert not participations(unit, "c")
        with suppress(ValueError), unit.apart():
            take_part(unit, "c", Participation(person=LENA, how="answered", at=NOW))
            raise ValueError("undo")
        assert not participations(unit, "c")


def test_the_history_of_answers_is_read_back(store: Store) -> None:
    first = Answer(values=(ODD,), at=NOW, by=LENA)
    second = Answer(values=("Två.",), at=NOW + timedelta(minutes=1), by=LENA, version=2)
    with store.begin() as unit:
        record_answer(unit, "k", "rost", first)
        record_answer(unit, "k", "rost", second)
        keep_reason(unit, LENA, "En boktitel.", "conversation:k:rost", second.at)
        record_answer(unit, "k", "nadde", Answer(at=NOW, by=LENA, unknown=True))
    with store.begin() as unit:
        assert answer_history(unit, "k", "rost") == (first, second)
        assert latest_answers(unit, "k", LENA)["rost"] == second
        assert latest_answers(unit, "k", LENA)["nadde"].unknown
        assert kept_reasons(unit, "k", {"rost": second}) == {"rost": "En boktitel."}
        assert not kept_reasons(unit, "k", {"rost": first})
        assert not latest_answers(unit, "k", PersonId("omar"))


def test_the_audit_says_when_something_was_last_done(store: Store) -> None:
    with store.begin() as unit:
        record(unit, LENA, "note_read", "n", NOW)
        record(unit, LENA, "note_read", "n", NOW + timedelta(hours=1))
    with store.begin() as unit:
        assert recorded(unit, "note_read", "n") == NOW + timedelta(hours=1)
        assert recorded(unit, "note_raised", "n") is None


def test_only_what_was_removed_long_ago_leaves_the_bin(store: Store) -> None:
    old, new = NOW - timedelta(days=31), NOW - timedelta(days=29)
    with store.begin() as unit:
        for key in ("old", "new", "back", "c-lena~rost"):
            add_note(unit, note(key))
        removed = {key: load_note(unit, key) for key in ("old", "new", "back", "c-lena~rost")}
        for key, found in removed.items():
            assert found
            gone = remove_note(unit, found, LENA, new if key == "new" else old)
            if key == "back":
                restore_note(unit, gone, LENA, old)
    with store.begin() as unit:
        assert empty_bin(unit, (SchoolId("other"),), NOW - timedelta(days=30), NOW) == 0
        assert empty_bin(unit, (SCHOOL,), NOW - timedelta(days=30), NOW) == 2
        assert empty_bin(unit, (SCHOOL,), NOW - timedelta(days=30), NOW) == 0
    with store.begin() as unit:
        for key, words in (("old", ""), ("c-lena~rost", ""), ("new", ODD), ("back", ODD)):
            found = load_note(unit, key)
            assert found
            assert found.text == words
            assert {one.text for one in versions_of(unit, key)} == {words}
        assert recorded(unit, "bin_emptied:2", "bin") == NOW
