"""A cause analysis through its handlers: how it starts, what it leaves behind, who may come near it."""

from collections.abc import Iterator, Mapping

import pytest
from sqlalchemy import select

from bot.domain.analysis.causes import Cause
from bot.domain.events import Commanded, FormSubmitted, Pressed
from bot.domain.notes import Note
from bot.domain.school import Account, Place
from bot.domain.value import PersonId
from bot.messages.model import ChoiceField, Open, Quiet, Response, Say
from bot.messages.tokens import Token, Verb
from bot.rehearsal import example
from storage.asked.conversations import load
from storage.people.founding import change_person
from storage.said.analyses import (
    analyses_of,
    latest_causes,
    open_causes,
    results_without_causes,
)
from storage.said.notes import add_note
from storage.tables import cause
from tests.handlers.conversation_stage import AT, Stage
from tests.play import prompts

CHANNEL = Place(platform="terminal", address="#arbetslag-4-6")
FORM = {"eget": ("Läsningen sjönk",), "var": ("tillsammans",)}


class Analysing(Stage):
    """The same stage, seen from the channel."""

    def command(
        self, who: str, text: str = "", where: Place = CHANNEL, command: str = "orsaksanalys"
    ) -> Response:
        account = Account(platform="terminal", user=who)
        return self.do(
            Commanded(id=self.next(), at=self.at, who=account, where=where, command=command, text=text)
        )

    def push(self, who: str, verb: Verb, subject: str) -> Response:
        account, token = Account(platform="terminal", user=who), Token(verb=verb, subject=subject).pack()
        return self.do(Pressed(id=self.next(), at=self.at, who=account, where=CHANNEL, token=token))

    def begin(self, who: str, values: Mapping[str, tuple[str, ...]], team: str = example.TEAM_46) -> Response:
        token = Token(verb="analysis_form", subject=team).pack()
        account = Account(platform="terminal", user=who)
        response = self.do(
            FormSubmitted(
                id=self.next(), at=self.at, who=account, where=CHANNEL, token=token, values=dict(values)
            )
        )
        with self.store.begin() as unit:
            found = analyses_of(unit, example.TEAM_46)
        self.key = found[0].conversation if found else self.key
        return response

    def note(self, key: str, text: str, aspect: str = "resultat", state: str = "shared") -> None:
        with self.store.begin() as unit:
            note = {
                "id": key,
                "school": example.SCHOOL,
                "arbetslag": example.TEAM_46,
                "author": "omar",
                "week": 202648,
                "text": text,
                "aspect": aspect,
                "sign": "bekymrar",
                "source": "w9",
                "state": state,
                "created_at": AT,
            }
            add_note(unit, Note.model_validate(note))

    def answer_all(self, cause: str, influence: str = "helt") -> None:
        """One cause, with as little as the pack takes."""
        self.write("sam", cause)
        self.press("sam", "dont_know", "orsak.1.hor_till")
        self.press("sam", "choose", f"orsak.1.paverkbar~{influence}~0")
        for path in ("underlag", "motbild", "annan_forklaring", "varfor.1", "gjort"):
            self.press("sam", "skip_question", f"orsak.1.{path}")
        self.press("sam", "choose", "orsak.1.styrka~inget_annu~0")
        self.write("sam", "Hur ser det ut i åk 6?")
        self.press("sam", "choose", "orsak.1.more~no~0")


@pytest.fixture
def stage() -> Iterator[Analysing]:
    stage = Analysing()
    yield stage
    stage.store.close()


def test_related_notes_come_before_the_first_question_word_for_word(stage: Analysing) -> None:
    stage.note("n1", "Läsningen sjönk i 5b")
    stage.note("n2", "Matematiken är som förut")
    stage.note("gone", "Läsningen sjönk, borttaget", state="removed")
    opened = stage.push("sam", "start_analysis", example.TEAM_46)
    assert isinstance(opened, Open)
    field = opened.form.fields[0]
    assert isinstance(field, ChoiceField)
    assert {option.value for option in field.options} == {"n1", "n2"}
    assert isinstance(stage.begin("sam", {"resultat": ("n1",), "var": ("tillsammans",)}), Quiet)
    opening, related, first = (message for _, message, _ in stage.promised()[-3:])
    assert opening.title == "Orsaksanalys: Läsningen sjönk i 5b"
    quotes = [block for block in related.blocks if block.kind == "quote"]
    assert [(quote.text, quote.link) for quote in quotes] == [
        ("Läsningen sjönk i 5b", "#w9"),
        ("Matematiken är som förut", "#w9"),
    ]
    assert first.title.startswith("Vad tror ni ligger bakom ”Läsningen sjönk i 5b”")


@pytest.mark.parametrize("values", [{}, {"eget": ("   ",)}, {"resultat": ("forged",)}])
def test_without_a_result_nothing_starts(stage: Analysing, values: dict[str, tuple[str, ...]]) -> None:
    again = stage.begin("sam", values)
    assert isinstance(again, Open)
    assert "Analysen behöver något att förklara" in again.form.errors["eget"]


@pytest.mark.parametrize("who", ["vide", "rut", "pia", "tove"])
def test_only_the_arbetslag_itself_starts_its_analysis(stage: Analysing, who: str) -> None:
    before = len(stage.promised())
    answers = [
        stage.command(who),
        stage.push(who, "start_analysis", example.TEAM_46),
        stage.begin(who, FORM),
        stage.push(who, "pick_result", "nobody"),
    ]
    assert all(isinstance(answer, Say) for answer in answers)
    assert len(stage.promised()) == before


@pytest.mark.parametrize("team", ["nowhere", "../../etc", "arbetslag-7-9"])
def test_a_forged_arbetslag_is_refused(stage: Analysing, team: str) -> None:
    assert isinstance(stage.begin("sam", FORM, team), Say)
    assert isinstance(stage.push("sam", "start_analysis", team), Say)


def test_what_is_agreed_is_kept_posted_lifted_and_noted(stage: Analysing) -> None:
    stage.begin("sam", FORM)
    with stage.store.begin() as unit:
        team = unit.roster.arbetslag[example.TEAM_46]
        assert results_without_causes(unit, [team])[0] == "Läsningen sjönk"
    stage.answer_all("Biblioteket är stängt", "inte")
    stage.press("lena", "confirm")
    told = {key: message for key, message, _ in stage.promised()}
    with stage.store.begin() as unit:
        [analysis, *_] = analyses_of(unit, example.TEAM_46)
        assert (analysis.state, analysis.ranked) == ("done", (1,))
        assert [one.text for one in open_causes(unit, [team])] == ["Biblioteket är stängt"]
        assert "Läsningen sjönk" not in results_without_causes(unit, [team])
    assert told[f"analysis:{analysis.id}:lift:1:1:rut"].title == "Önskemål från Arbetslag 4–6"
    assert told[f"analysis:{analysis.id}:post:1"].title == "Orsaksanalys: Läsningen sjönk"


def test_a_rektor_who_cannot_be_reached_is_not_told_and_stops_nobody(stage: Analysing) -> None:
    with stage.store.begin() as unit:
        rut = unit.roster.persons[PersonId("rut")]
        change_person(unit, rut.model_copy(update={"direct": None}))
    stage.begin("sam", FORM)
    stage.answer_all("Biblioteket är stängt", "inte")
    stage.press("lena", "confirm")
    keys = [key for key, _, _ in stage.promised()]
    assert (sum(":post:" in key for key in keys), sum(":lift:" in key for key in keys)) == (1, 0)


def test_a_change_makes_a_new_version_and_lifts_nothing_twice(stage: Analysing) -> None:
    stage.begin("sam", FORM)
    stage.answer_all("Biblioteket är stängt", "inte")
    stage.press("sam", "confirm")
    stage.fill("omar", "change_answer", "", {"path": ("orsak.1.hor_till",)})
    stage.press("omar", "choose", "orsak.1.hor_till~forutsattningar~1")
    stage.press("omar", "skip_question", "orsak.1.forutsattning")
    stage.press("omar", "confirm")
    with stage.store.begin() as unit:
        [analysis, *_] = analyses_of(unit, example.TEAM_46)
        mine = (cause.c.analysis_id == analysis.id, cause.c.number == 1)
        rows = unit.rows(select(cause.c.body).where(*mine).order_by(cause.c.version))
        kinds = [Cause.model_validate_json(row["body"]).kind for row in rows]
        assert kinds == [None, "forutsattningar"]
        assert latest_causes(unit, [analysis.id])[analysis.id][1].version == 2
    keys = [key for key, _, _ in stage.promised()]
    assert analysis.version == 2
    assert sum(":lift:" in key for key in keys) == 1
    assert f"analysis:{analysis.id}:post:2" in keys


def test_confirming_twice_posts_once(stage: Analysing) -> None:
    stage.begin("sam", FORM)
    stage.answer_all("För få böcker")
    stage.press("sam", "confirm")
    told = len(stage.promised())
    assert isinstance(stage.press("lena", "confirm"), Say)
    assert len(stage.promised()) == told


def test_alone_stays_between_the_person_and_the_bot(stage: Analysing) -> None:
    assert isinstance(stage.begin("lena", {"eget": ("Läsningen",), "var": ("ensam",)}), Say)
    with stage.store.begin() as unit:
        dialogue = load(unit, stage.key)
    assert dialogue is not None
    assert (dialogue.place.address, dialogue.conversation.respondent) == ("@lena", PersonId("lena"))
    assert isinstance(stage.press("omar", "resume"), Say)
    waiting = stage.command("omar")
    assert isinstance(waiting, Say)
    assert waiting.message.title == prompts().texts.analysis.which_result
    mine = stage.command("lena")
    assert isinstance(mine, Say)
    assert mine.message.title.startswith("Det finns en påbörjad")


def test_a_draft_is_nobodys_business_until_it_is_shared(stage: Analysing) -> None:
    stage.begin("sam", {"eget": ("Läsningen sjönk",), "var": ("ensam",)})
    stage.answer_all("Biblioteket är stängt", "inte")
    stage.press("sam", "confirm")
    with stage.store.begin() as unit:
        team = unit.roster.arbetslag[example.TEAM_46]
        [analysis, *_] = analyses_of(unit, team.id)
        assert not open_causes(unit, [team])
    assert not any(":lift:" in key or ":post:" in key for key, _, _ in stage.promised())
    assert isinstance(stage.push("omar", "share_analysis", analysis.id), Say)
    assert not any(":post:" in key for key, _, _ in stage.promised())
    for _ in range(2):
        stage.push("sam", "share_analysis", analysis.id)
    keys = [key for key, _, _ in stage.promised()]
    assert sum(":lift:" in key for key in keys) == sum(":post:" in key for key in keys) == 1
    with stage.store.begin() as unit:
        assert [one.text for one in open_causes(unit, [team])] == ["Biblioteket är stängt"]


def test_words_after_the_command_are_the_start_of_a_result(stage: Analysing) -> None:
    opened = stage.command("lena", "Fler läser hela boken")
    assert isinstance(opened, Open)
    assert "Fler läser hela boken" in {getattr(field, "value", "") for field in opened.form.fields}


def test_a_name_in_the_result_is_stopped_in_the_form(stage: Analysing) -> None:
    again = stage.begin("sam", {"eget": ("Eleven Elin Svensson läser sämre",), "var": ("tillsammans",)})
    assert isinstance(again, Open)
    assert {"eget~val", "eget~skal"} <= {field.key for field in again.form.fields}
    passed = stage.begin(
        "sam",
        {"eget": ("Eleven Elin Svensson läser sämre",), "eget~val": ("mask",), "var": ("tillsammans",)},
    )
    assert isinstance(passed, Quiet)
    assert not any("Svensson" in message.model_dump_json() for _, message, _ in stage.promised())
