"""Every pack loads, can be walked to its end, and reads as plain Swedish."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.access import Relation
from bot.domain.conversation.form import PageAccepted, form_page, validate_page
from bot.domain.conversation.interpreter import (
    Confirmed,
    Conversation,
    DidNotKnow,
    Gave,
    SkippedQuestion,
    advance,
    begin,
)
from bot.domain.effects.conversation import Ask, AskMore, Completed, Effect, ReadyToConfirm
from bot.domain.questions.answers import Answer
from bot.domain.questions.kinds import Group, NoteSign, Question, Step, TextQuestion
from bot.domain.questions.pack import QuestionPack
from bot.domain.school import Skolform
from bot.domain.value import ArbetslagId, PersonId
from prompts.loader import load_packs
from tests.klarsprak import lint

PACKS = load_packs()
AT = datetime(2026, 11, 26, 14, 15, tzinfo=UTC)
ANNA = PersonId("anna")
SHORT_FIELD = 200
SHOWN = sorted(PACKS)


def steps_of(steps: tuple[Step, ...]) -> Iterator[Step]:
    for step in steps:
        yield step
        if isinstance(step, Group):
            yield from steps_of(step.steps)


def questions_of(pack: QuestionPack) -> list[Question]:
    return [step for step in steps_of(pack.steps) if not isinstance(step, Group)]


def first_answer(ask: Ask | AskMore) -> tuple[str, ...]:
    if ask.options:
        return (ask.options[0].key,)
    kind = ask.question.kind if isinstance(ask, Ask) else "yes_no"
    return ({"date": "2026-11-26", "link": "https://exempel.se/a"}.get(kind, "Gruppen fick välja själv."),)


def walked(
    pack: QuestionPack, choose: Callable[[Ask | AskMore], Gave | SkippedQuestion | DidNotKnow]
) -> list[Effect]:
    """All effects on the way to the end, and of the yes at the end."""
    conversation = Conversation(
        id="c", pack=pack.key, pack_version=pack.version, respondent=ArbetslagId("a"), together=True
    )
    conversation, effects = begin(conversation, pack)
    seen = list(effects)
    for _ in range(200):
        asked = effects[-1]
        if isinstance(asked, ReadyToConfirm):
            break
        assert isinstance(asked, Ask | AskMore)
        conversation, effects = advance(conversation, choose(asked), pack)
        seen.extend(effects)
    conversation, effects = advance(conversation, Confirmed(at=AT, by=ANNA), pack)
    assert conversation.state == "done"
    return [*seen, *effects]


def gave(ask: Ask | AskMore, *values: str) -> Gave:
    return Gave(at=AT, by=ANNA, path=ask.path, values=values)


@pytest.mark.parametrize("key", SHOWN)
def test_the_first_choice_leads_to_the_end(key: str) -> None:
    seen = walked(PACKS[key], lambda ask: gave(ask, *first_answer(ask)))
    assert isinstance(seen[-1], Completed)
    asked = [each.path for each in seen if isinstance(each, Ask | AskMore)]
    assert len(asked) == len(set(asked)), "no question is asked twice"
    assert list(seen[-1].answers) == asked
    assert all("{" not in each.text for each in seen if isinstance(each, Ask | AskMore))


@pytest.mark.parametrize("key", SHOWN)
def test_passing_everything_by_leads_to_the_end(key: str) -> None:
    def pass_by(ask: Ask | AskMore) -> Gave | SkippedQuestion | DidNotKnow:
        if isinstance(ask, AskMore) or ask.question.skippable:
            return SkippedQuestion(at=AT, by=ANNA, path=ask.path)
        if ask.question.dont_know:
            return DidNotKnow(at=AT, by=ANNA, path=ask.path)
        return gave(ask, *first_answer(ask))

    assert isinstance(walked(PACKS[key], pass_by)[-1], Completed)


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(SHOWN), st.data())
def test_any_choice_leads_to_the_end(key: str, data: st.DataObject) -> None:
    def at_random(ask: Ask | AskMore) -> Gave | SkippedQuestion | DidNotKnow:
        ways: list[Gave | SkippedQuestion | DidNotKnow] = [gave(ask, *first_answer(ask))]
        ways += [gave(ask, option.key) for option in ask.options]
        if isinstance(ask, AskMore) or ask.question.skippable:
            ways.append(SkippedQuestion(at=AT, by=ANNA, path=ask.path))
        elif ask.question.dont_know:
            ways.append(DidNotKnow(at=AT, by=ANNA, path=ask.path))
        return data.draw(st.sampled_from(ways))

    seen = walked(PACKS[key], at_random)
    numbers = [each for each in seen if isinstance(each, Ask)]
    assert all(1 <= each.number <= each.of for each in numbers)


@pytest.mark.parametrize("key", SHOWN)
def test_the_form_ends_where_the_conversation_does(key: str) -> None:
    pack = PACKS[key]
    told = walked(pack, lambda ask: gave(ask, *first_answer(ask)))[-1]
    assert isinstance(told, Completed)
    kept = dict[str, Answer]()
    for _ in range(60):
        new = {ask.path: first_answer(ask) for ask in form_page(pack, kept) if ask.path not in kept}
        if not new:
            break
        page = validate_page(pack, kept, new, AT, ANNA)
        assert isinstance(page, PageAccepted)
        kept = page.answers
    assert kept == told.answers


@pytest.mark.parametrize("key", SHOWN)
def test_nobody_is_said_to_read_who_does_not(key: str) -> None:
    """A huvudman reads nothing in the bot (bot.domain.access knows no such relation)."""
    assert "huvudman" not in f"{PACKS[key].why} {PACKS[key].readers}".casefold()
    assert "huvudman" not in get_args(Relation)


@pytest.mark.parametrize("key", SHOWN)
def test_every_text_is_plain_swedish(key: str) -> None:
    pack = PACKS[key]
    faults = [(text, fault) for text in (pack.title, pack.why, pack.readers) for fault in lint(text)]
    for step in steps_of(pack.steps):
        asked, help_ = (step.more, step.more_help) if isinstance(step, Group) else (step.text, step.help)
        faults += [(asked, fault) for fault in lint(asked, "question")]
        faults += [(help_, fault) for fault in lint(help_)]
        assert asked.count("?") == 1, asked
        assert len(asked) <= 140
    assert faults == []


@pytest.mark.parametrize("key", SHOWN)
def test_free_text_is_about_the_group(key: str) -> None:
    for question in questions_of(PACKS[key]):
        if isinstance(question, TextQuestion) and question.longest >= SHORT_FIELD:
            assert "enskilda" in question.help, question.key


@pytest.mark.parametrize("key", SHOWN)
def test_almost_every_question_has_a_way_out(key: str) -> None:
    stuck = [each.key for each in questions_of(PACKS[key]) if each.required and not each.dont_know]
    assert stuck == (["resultat", "skal"] if key == "orsaksanalys" else [])


def check_ins() -> list[QuestionPack]:
    return [pack for pack in PACKS.values() if pack.rotation and not pack.rotation.months]


@pytest.mark.parametrize("pack", check_ins(), ids=lambda pack: pack.key)
def test_a_check_in_is_short_and_asks_first_what_works(pack: QuestionPack) -> None:
    questions = questions_of(pack)
    signs = [each.note.sign for each in questions if each.note]
    assert signs.index("fungerar") < signs.index("bekymrar")
    assert pack.minutes <= 2
    assert [each.key for each in questions if each.required] == [questions[0].key]
    perspectives = {each.note.perspective for each in questions if isinstance(each.note, NoteSign)}
    assert len(perspectives) > 1
    assert questions[-1].key == "grupp"


def test_a_preschool_has_children_and_no_pupils() -> None:
    for pack in PACKS.values():
        if pack.skolformer == (Skolform.FORSKOLA,):
            assert "elev" not in pack.model_dump_json().casefold().replace("barn_elever", "")


@pytest.mark.parametrize("skolform", list(Skolform))
def test_the_areas_take_turns(skolform: Skolform) -> None:
    rotations = [PACKS.for_check_in(skolform, number).rotation for number in range(6)]
    areas = [rotation.area for rotation in rotations if rotation is not None]
    assert areas == ["undervisning", "resultat", "forutsattningar"] * 2
    assert all(PACKS.for_check_in(skolform, n).suits(skolform) for n in range(3))


def test_march_has_one_question() -> None:
    light = PACKS.for_check_in(Skolform.GRUNDSKOLA, 4, 3)
    assert light.key == "latt"
    assert len(questions_of(light)) == 1
    assert PACKS.for_check_in(Skolform.GRUNDSKOLA, 4, 4).key != "latt"
