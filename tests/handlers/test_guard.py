"""The guard: what it found is never stored, promised, logged or said back."""

import io
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
import structlog

from bot.domain.privacy.verdict import CaseRefused, Passed, Stopped, decide
from bot.messages.tokens import Token
from bot.runtime.dispatcher import TRIES
from bot.runtime.logs import set_up_logs
from tests.conftest import log_as_in_the_program
from tests.faults.doors import FailingDoor, watch_store
from tests.handlers.answer_stage import Answering, answering

CANARY = "20121230-2382"
SPELLINGS = (
    CANARY,
    "201212302382",
    "２０１２１２３０-２３８２",
    "2012\u200b1230-2382",
    "2012\x001230-2382",
    "20121230-2 3 8 2",
)
WORDS = f"Eleven {CANARY} har det svårt."


def _nowhere(world: Answering, capsys: pytest.CaptureFixture[str], *words: str) -> None:
    stored, said = world.everything(), capsys.readouterr()
    promised = "\n".join(heard.text for heard in world.heard)
    for word in words or (CANARY,):
        assert word not in stored
        assert word not in promised
        assert word not in said.out + said.err


@pytest.mark.parametrize("number", SPELLINGS)
def test_a_number_in_a_form_reaches_nothing(number: str, capsys: pytest.CaptureFixture[str]) -> None:
    with answering() as world:
        world.answer("lena", f"Eleven {number} vill läsa.")
        form = world.forms["lena"]
        assert form.errors
        assert number not in "".join(form.errors.values())
        assert not world.table("conversation")
        _nowhere(world, capsys, number, CANARY)


@pytest.mark.parametrize(
    ("words", "what"),
    [
        ("Astrid och Kalle läste högt.", "flera namn"),
        ("Astrid läste högt. Sedan läste Astrid igen.", "ett namn"),
        ("Astrid och Kalle har numret 070-123 45 67.", "flera namn och ett telefonnummer"),
    ],
)
def test_it_is_said_whether_one_or_several_were_taken_away(words: str, what: str) -> None:
    with answering() as world:
        world.reply("lena", words)
        told = world.said("lena")
        assert f"Ditt meddelande ser ut att innehålla {what}\n" in told
        assert f"Jag tog bort {what} innan jag sparade." in told


@pytest.mark.parametrize("number", SPELLINGS)
def test_a_number_in_a_thread_reaches_nothing(number: str, capsys: pytest.CaptureFixture[str]) -> None:
    with answering() as world:
        world.reply("lena", f"Eleven {number} vill läsa.")
        assert "[personnummer borttaget]" in world.notes()[0]["text"]
        assert "Ditt meddelande ser ut att innehålla ett personnummer" in world.said("lena")
        assert not world.said("omar")
        _nowhere(world, capsys, number, CANARY)


def test_a_number_written_directly_or_by_editing_reaches_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    with answering() as world:
        world.write("lena", WORDS)
        assert "ett personnummer" in world.said("lena")
        world.reply("lena", "Vi läste högt.", reference="m1")
        world.rewrite("lena", "m1", WORDS)
        assert world.notes()[-1]["text"] == "Eleven [personnummer borttaget] har det svårt."
        _nowhere(world, capsys)


def test_a_number_in_a_note_form_its_group_or_a_reason_reaches_nothing(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with answering() as world:
        world.reply("lena", "Vi läste högt.")
        world.press("lena", "Ändra")
        world.choose("lena", **{"Vilken grupp": CANARY})
        assert world.forms["lena"].errors.keys() == {"group"}
        world.choose("lena", **{"Vad vill du skriva": WORDS, "Vilken grupp": ""})
        assert world.forms["lena"].errors
        world.submit("lena", {"text": ("Alva läser.",), "text~val": ("keep",), "text~skal": (WORDS,)})
        assert "Skälet ser ut att innehålla" in world.errors("lena")
        assert world.notes()[0]["text"] == "Vi läste högt."
        _nowhere(world, capsys, CANARY, "Alva")


def test_a_number_that_holds_can_never_be_kept(capsys: pytest.CaptureFixture[str]) -> None:
    with answering() as world:
        world.answer("lena", WORDS)
        keys = {field.key for field in world.forms["lena"].fields}
        assert "rost~skal" not in keys
        token = world.forms["lena"].token
        forged: dict[str, tuple[str, ...]] = {
            "nadde": ("mycket_val",),
            "rost": (WORDS,),
            "rost~val": ("keep",),
            "rost~skal": ("Det är påhittat.",),
        }
        world.forge("lena", token, forged)
        assert world.forms["lena"].errors
        _nowhere(world, capsys)


def test_a_false_alarm_is_kept_with_its_reason_and_not_asked_about_twice() -> None:
    with answering() as world:
        world.answer("lena", "Många vill läsa Alva och trollet.")
        assert world.forms["lena"].errors
        world.submit("lena", {"rost~val": ("keep",), "rost~skal": ("Det är en boktitel.",)})
        note = world.notes()[0]
        assert note["text"] == "Många vill läsa Alva och trollet."
        assert note["kept_reason"] == "Det är en boktitel."
        world.press("lena", "Ändra")
        world.choose("lena", **{"Hur väl nådde": "Ganska väl"})
        assert world.notes()[0]["kept_reason"] == "Det är en boktitel."


@pytest.mark.parametrize("direct", [True, False])
def test_of_a_case_only_the_pointer_is_stored(*, direct: bool, capsys: pytest.CaptureFixture[str]) -> None:
    words = "Vi gjorde en orosanmälan om familjen i röda huset."
    with answering() as world:
        if direct:
            world.write("lena", words)
        else:
            world.reply("lena", words)
        assert "Det här hör till en egen rutin" in world.said("lena")
        assert not world.notes()
        assert [row["action"] for row in world.table("audit")] == ["pointed_to_routine:orosanmalan"]
        _nowhere(world, capsys, "röda huset")


def test_of_a_case_in_a_form_nothing_else_is_stored(capsys: pytest.CaptureFixture[str]) -> None:
    with answering() as world:
        world.answer("lena", "Vi gjorde en orosanmälan om familjen i röda huset.")
        assert "Det ser ut som en orosanmälan." in world.errors("lena")
        assert [row["action"] for row in world.table("audit")] == ["pointed_to_routine:orosanmalan"]
        world.choose("lena", **{"Vad säger eleverna": "De vill läsa."})
        assert [row["text"] for row in world.notes()] == ["De vill läsa."]
        _nowhere(world, capsys, "röda huset")


def test_the_dialogue_in_direct_messages_is_guarded_too(capsys: pytest.CaptureFixture[str]) -> None:
    with answering() as world:
        world.wind(world.clock.now().replace(day=25))
        world.press("lena", "Svara")
        world.press("lena", "Mycket väl")
        world.write("lena", WORDS)
        _nowhere(world, capsys)
        assert "[personnummer borttaget]" in world.everything()


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """The log as the running bot writes it."""
    written = io.StringIO()
    set_up_logs("json")
    structlog.configure(logger_factory=structlog.PrintLoggerFactory(written), cache_logger_on_first_use=False)
    yield written
    log_as_in_the_program()


def test_an_unforeseen_fault_does_not_log_the_words(
    log: io.StringIO, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with Answering(url=f"sqlite:///{tmp_path / 'nulage.sqlite3'}") as world:
        door = FailingDoor()
        watch_store(world.store, door)
        door.set(1, "write", times=TRIES, problem=RuntimeError(WORDS))
        world.reply("lena", WORDS)
        assert "Något gick fel hos mig." in world.said("lena")
        assert "dispatch.event_failed" in log.getvalue()
        assert door.fired == TRIES
        assert CANARY not in log.getvalue()
        _nowhere(world, capsys)


def test_the_verdicts() -> None:
    assert decide("Vi läste högt.") == Passed("Vi läste högt.")
    assert decide(WORDS) == Stopped(("personnummer",), may_keep=False)
    assert decide(WORDS, "keep", "skäl") == Stopped(("personnummer",), may_keep=False)
    assert decide(WORDS, "mask") == Passed(
        "Eleven [personnummer borttaget] har det svårt.", ("personnummer",)
    )
    assert decide("Alva läser.", "keep") == Stopped(("namn",), may_keep=True, why="reason_missing")
    assert decide("Alva läser.", "keep", "En titel.") == Passed("Alva läser.", reason="En titel.")
    assert decide("Alva läser.", "keep", "Ring 070-123 45 67.") == Stopped(
        ("telefon",), may_keep=True, why="reason_unfit"
    )
    assert decide("Vi gjorde en orosanmälan.", "keep", "skäl") == CaseRefused("orosanmalan")


def test_a_reason_given_on_the_first_page_follows_the_note() -> None:
    with answering() as world:
        world.answer("lena", "Många vill läsa Alva och trollet.", how_well="Delvis")
        world.submit("lena", {"rost~val": ("keep",), "rost~skal": ("Det är en boktitel.",)})
        world.choose("lena", **{"Vad i undervisningen vill": "Mer samtal."})
        assert {row["text"]: row["kept_reason"] for row in world.notes()} == {
            "Många vill läsa Alva och trollet.": "Det är en boktitel.",
            "Mer samtal.": "",
        }
        world.wind(world.clock.now() + timedelta(minutes=1))
        world.press("lena", "Ändra")
        world.choose("lena", **{"Vad säger eleverna": "De vill läsa mer."})
        assert {row["kept_reason"] for row in world.notes()} == {""}


def test_a_reason_given_in_a_dialogue_follows_the_note() -> None:
    with answering() as world:
        world.wind(world.clock.now().replace(day=25))
        world.press("lena", "Svara")
        world.press("lena", "Mycket väl")
        world.press("lena", "Skriv svar")
        world.choose("lena", **{"Vad i undervisningen fungerade": "Vi läste Alva och trollet."})
        world.submit("lena", {"fungerar~val": ("keep",), "fungerar~skal": ("En boktitel.",)})
        world.press("lena", "Hoppa över")
        world.press("lena", "Hoppa över")
        world.press("lena", "Ja, det stämmer")
        assert [(row["text"], row["kept_reason"]) for row in world.notes()] == [
            ("Vi läste Alva och trollet.", "En boktitel.")
        ]


def test_a_button_of_the_guard_leads_only_its_author_to_the_note() -> None:
    with answering() as world:
        world.reply("lena", WORDS)
        note = world.notes()[0]["id"]
        world.forge("omar", Token(verb="edit_note", subject=note))
        assert "någon annans" in world.said("omar")
        assert "omar" not in world.forms
        world.press("lena", "Skriv om")
        assert "[personnummer borttaget]" in world.form_text("lena")
