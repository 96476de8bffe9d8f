"""A small pack with everything in it, and short words for walking it."""

from datetime import UTC, datetime
from typing import Any

from bot.domain.conversation.interpreter import (
    Conversation,
    ConversationStep,
    Gave,
    SkippedQuestion,
    Turn,
    advance,
    begin,
)
from bot.domain.effects.conversation import Effect
from bot.domain.questions.answers import Answer
from bot.domain.questions.pack import QuestionPack
from bot.domain.value import ArbetslagId, PersonId

AT = datetime(2026, 11, 26, 14, 15, tzinfo=UTC)
ANNA, BO = PersonId("anna"), PersonId("bo")
TOPICS = {"tid": "Tid", "lokaler": "Lokaler", "material": "Material"}

PACK = QuestionPack.model_validate(
    {
        "key": "prov",
        "version": 1,
        "title": "Prov",
        "kind": "uppfoljning",
        "minutes": 2,
        "why": "Därför.",
        "readers": "Alla.",
        "words": {
            "yes": "Ja",
            "no": "Nej",
            "skip": "Hoppa över",
            "dont_know": "Vet inte",
            "joined": "och",
            "unnamed": "det",
        },
        "steps": [
            {
                "key": "gick",
                "kind": "scale",
                "text": "Hur gick det?",
                "required": True,
                "dont_know": True,
                "steps": {"inte": "Inte än", "ganska": "Ganska väl", "mycket": "Mycket väl"},
            },
            {
                "key": "svart",
                "kind": "text",
                "text": "Vad var svårt?",
                "only_if": {"question": "gick", "at_most": 2},
            },
            {"key": "hinder", "kind": "several", "text": "Vad?", "at_most": 2, "options": TOPICS},
            {
                "key": "hur",
                "kind": "text",
                "text": "Hur märktes {svart}?",
                "longest": 20,
                "only_if": {"question": "svart", "answered": True},
            },
            {
                "key": "orsak",
                "kind": "group",
                "at_most": 2,
                "more": "En till efter {orsak}?",
                "steps": [
                    {"key": "orsak", "kind": "text", "text": "Vad ligger bakom?"},
                    {"key": "gar_det", "kind": "yes_no", "text": "Går {orsak} att påverka?"},
                ],
            },
            {
                "key": "forst",
                "kind": "choice",
                "text": "Vilken först?",
                "options_from": "orsak",
                "only_if": {"question": "orsak", "at_least": 2},
            },
            {"key": "dag", "kind": "date", "text": "Vilken dag?"},
            {"key": "lank", "kind": "link", "text": "Vilken länk?"},
        ],
    }
)
FIELDS = {
    "gick": ("inte", "ganska", "mycket"),
    "svart": ("Att hinna.", "Att nå alla."),
    "hinder": ("tid", "lokaler"),
    "hur": ("Stök.", "Tyst."),
    "orsak.1": ("Schemat", "Gruppen"),
    "orsak.1.gar_det": ("yes", "no"),
    "orsak.1.more": ("yes", "no"),
    "orsak.2": ("Lokalen",),
    "orsak.2.gar_det": ("yes", "no"),
    "forst": ("orsak.1", "orsak.2"),
    "dag": ("2026-12-01", "2027-01-11"),
    "lank": ("https://exempel.se/a",),
}


def start(**more: Any) -> Conversation:
    about = {"id": "c", "pack": "prov", "pack_version": 1, "respondent": ArbetslagId("a")}
    return begin(Conversation.model_validate({**about, "together": True, **more}), PACK).conversation


def gave(path: str, *values: str, by: PersonId = ANNA, seen: int | None = None) -> Gave:
    return Gave(at=AT, by=by, path=path, values=values, seen=seen)


def skipped(path: str) -> SkippedQuestion:
    return SkippedQuestion(at=AT, by=ANNA, path=path)


def after(*steps: ConversationStep, conversation: Conversation | None = None) -> Turn:
    turn = Turn(conversation or start(), ())
    for step in steps:
        turn = advance(turn.conversation, step, PACK)
    return turn


def only(turn: Turn) -> Effect:
    (effect,) = turn.effects
    return effect


def known(*answers: tuple[str, str]) -> dict[str, Answer]:
    return {path: Answer(values=(value,), at=AT, by=ANNA) for path, value in answers}
