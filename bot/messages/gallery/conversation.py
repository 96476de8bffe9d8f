"""One question at a time: every kind of question, and everything a step can lead to."""

from datetime import UTC, datetime
from functools import partial

from bot.domain.conversation.dialogue import Aside
from bot.domain.conversation.path import asking, spot_at, summary
from bot.domain.effects.conversation import (
    AlreadyClosed,
    Ask,
    AskMore,
    Changed,
    ClosedNow,
    Completed,
    Effect,
    MovedOn,
    NotUnderstood,
    PausedNow,
    PenMoved,
    ReadyToConfirm,
    WroteAtOnce,
)
from bot.domain.questions.answers import Answer
from bot.domain.questions.pack import QuestionPack
from bot.domain.school import Person
from bot.domain.value import PersonId, SchoolId
from bot.messages.gallery.base import Example
from bot.messages.model import Form, Message
from bot.messages.phrasing.conversation import at_once, change_form, chosen, merge_form, phrase
from bot.messages.phrasing.conversation_asking import Frame, answered
from bot.messages.texts import Texts

WORDS = {
    "yes": "Ja",
    "no": "Nej",
    "skip": "Hoppa över",
    "dont_know": "Vet inte",
    "joined": "och",
    "unnamed": "det här",
}
MANY = {"tid": "Tid", "grupp": "Gruppens storlek", "kompetens": "Kompetens", "lokaler": "Lokaler"}
PACK = QuestionPack.model_validate(
    {
        "key": "exempel",
        "version": 1,
        "title": "Vad kan ligga bakom?",
        "kind": "uppfoljning",
        "minutes": 5,
        "why": "Svaren hjälper er att se vad som fungerar.",
        "readers": "Arbetslaget och rektor läser.",
        "words": WORDS,
        "steps": [
            {
                "kind": "text",
                "key": "resultat",
                "text": "Vilket resultat vill ni förstå?",
                "help": "Skriv om gruppen, inte om enskilda barn eller elever.",
                "required": True,
            },
            {
                "kind": "group",
                "key": "orsak",
                "at_most": 3,
                "more": "Kan något mer ligga bakom?",
                "more_help": "Flera saker samverkar ofta.",
                "steps": [
                    {"kind": "text", "key": "orsak", "text": "Vad tror ni ligger bakom ”{resultat}”?"},
                    {
                        "kind": "choice",
                        "key": "paverkbar",
                        "text": "Hur mycket kan ni påverka ”{orsak}”?",
                        "required": True,
                        "dont_know": True,
                        "options": {"helt": "Helt", "delvis": "Delvis", "inte": "Inte"},
                    },
                    {
                        "kind": "several",
                        "key": "underlag",
                        "text": "Vad bygger ni förklaringen på?",
                        "options": {"anteckningar": "Anteckningar", "statistik": "Statistik"},
                    },
                    {
                        "kind": "several",
                        "key": "perspektiv",
                        "text": "Vilka kommer till tals?",
                        "options": {"personal": "Personalen", "barn_elever": "Eleverna"},
                    },
                    {"kind": "text", "key": "motbild", "text": "Vad talar emot att det är så?"},
                    {
                        "kind": "scale",
                        "key": "styrka",
                        "text": "Hur starkt stöd har förklaringen?",
                        "suggest": {"kinds": "underlag", "perspectives": "perspektiv", "against": "motbild"},
                        "steps": {
                            "inget_annu": "Inget ännu",
                            "svagt": "Svagt",
                            "visst": "Visst",
                            "starkt": "Starkt",
                        },
                    },
                ],
            },
            {
                "kind": "choice",
                "key": "vad",
                "text": "Vad hindrade er mest?",
                "options": {**MANY, "material": "Material", "annat": "Något annat"},
            },
            {"kind": "yes_no", "key": "fortsatta", "text": "Ska ni fortsätta så?"},
            {"kind": "date", "key": "nar", "text": "När följer ni upp?"},
            {"kind": "person", "key": "vem", "text": "Vem håller i det?"},
            {"kind": "link", "key": "kalla", "text": "Var finns källan?"},
        ],
    }
)
LENA, OMAR = PersonId("lena"), PersonId("omar")
PEOPLE = {
    LENA: Person(id=LENA, name="Lena Berg", school=SchoolId("bjork")),
    OMAR: Person(id=OMAR, name="Omar Haddad", school=SchoolId("bjork")),
}
AT = datetime(2026, 11, 26, 14, 15, tzinfo=UTC)
RESULT = Answer(values=("Läsförståelsen sjönk i åk 5",), at=AT, by=LENA)
CAUSE = Answer(values=("Vi läser för lite högt",), at=AT, by=LENA)
OTHER = Answer(values=("Texterna är svåra",), at=AT, by=OMAR, version=2)
HALF = Answer(values=("delvis",), at=AT, by=OMAR)
ANSWERS = {
    "resultat": RESULT,
    "orsak.1": CAUSE,
    "orsak.1.paverkbar": HALF,
    "orsak.1.underlag": Answer(values=("anteckningar", "statistik"), at=AT, by=LENA),
    "orsak.1.perspektiv": Answer(skipped=True, at=AT, by=LENA),
    "orsak.1.motbild": Answer(unknown=True, at=AT, by=LENA),
}
FRAME = Frame("01a217f1008030eeb29ea0ef", PACK, together=True, persons=PEOPLE, somebody="någon")
ALONE = FRAME._replace(together=False)
SUMMARY = summary(PACK.plan.walk(ANSWERS), PACK)
BESIDE = Aside(path="orsak.1", text="Texterna är svåra", by=OMAR, theirs=LENA, key="conv:1:2:0")


def _ask(path: str, **before: Answer) -> Ask | AskMore:
    way = PACK.plan.walk({**ANSWERS, **before})
    spot = spot_at(way, path)
    if spot is None:
        raise LookupError(path)
    return asking(spot, way, PACK)


EFFECTS: dict[str, Effect] = {
    "text": _ask("resultat"),
    "text_known": _ask("orsak.1"),
    "choice": _ask("orsak.1.paverkbar"),
    "several": _ask("orsak.1.underlag"),
    "scale_suggested": _ask("orsak.1.styrka"),
    "more": _ask("orsak.1.more"),
    "long_choice": _ask("vad"),
    "yes_no": _ask("fortsatta"),
    "date": _ask("nar"),
    "person": _ask("vem"),
    "link": _ask("kalla"),
    "wrote_at_once": WroteAtOnce("orsak.1", CAUSE, OTHER.values),
    "changed": Changed("orsak.1", CAUSE, OTHER),
    "changed_one_no_longer": Changed("orsak.1", CAUSE, OTHER, ("orsak.1.motbild",)),
    "changed_some_no_longer": Changed("orsak.1", CAUSE, OTHER, ("orsak.1.motbild", "orsak.1.styrka")),
    "pen_moved": PenMoved(LENA, OMAR),
    "paused": PausedNow("orsak.1", 7),
    "ready": ReadyToConfirm(SUMMARY),
    "moved_on": MovedOn(_ask("orsak.1")),
    "moved_on_ready": MovedOn(ReadyToConfirm(SUMMARY)),
    "completed": Completed(ANSWERS),
    "closed": ClosedNow(ANSWERS, complete=False),
    "already_closed": AlreadyClosed(),
    "not_a_choice": NotUnderstood("vad", "not_a_choice"),
    "not_a_date": NotUnderstood("nar", "not_a_date"),
    "not_a_link": NotUnderstood("kalla", "not_a_link"),
    "too_long": NotUnderstood("resultat", "too_long"),
    "too_many": NotUnderstood("orsak.1.underlag", "too_many"),
    "empty": NotUnderstood("vad", "empty"),
    "required": NotUnderstood("resultat", "required"),
    "other_question": NotUnderstood("orsak.3", "other_question"),
}


def _effect(effect: Effect, texts: Texts) -> Message:
    return phrase(effect, texts, FRAME)


def _ready_alone(texts: Texts) -> Message:
    return phrase(ReadyToConfirm(SUMMARY), texts, ALONE)


def _answered(answer: Answer | None, texts: Texts) -> Message:
    return answered(
        "Hur mycket kan ni påverka det?",
        answer,
        PACK.plan.leaves["orsak.*.paverkbar"].options,
        texts,
        "Lena Berg",
    )


def _at_once(texts: Texts) -> Message:
    return at_once(WroteAtOnce("orsak.1", CAUSE, OTHER.values), BESIDE, "2", (), texts, FRAME)


def _at_once_choice(texts: Texts) -> Message:
    options = PACK.plan.leaves["orsak.*.paverkbar"].options
    theirs = Answer(values=("delvis",), at=AT, by=LENA)
    return at_once(WroteAtOnce("orsak.1.paverkbar", theirs, ("inte",)), BESIDE, "2", options, texts, FRAME)


def _chosen(texts: Texts) -> Message:
    return chosen(BESIDE, OMAR, texts, FRAME)


def _merge(texts: Texts) -> Form:
    return merge_form(FRAME.conversation, "2", CAUSE.values[0], BESIDE, texts)


def _change(texts: Texts) -> Form:
    return change_form(FRAME.conversation, SUMMARY, texts)


EXAMPLES: tuple[Example, ...] = (
    *(Example(f"conversation/{name}", partial(_effect, effect)) for name, effect in EFFECTS.items()),
    Example("conversation/ready_alone", _ready_alone),
    Example("conversation/answered", partial(_answered, HALF)),
    Example("conversation/answered_unknown", partial(_answered, Answer(unknown=True, at=AT, by=LENA))),
    Example("conversation/answered_skipped", partial(_answered, Answer(skipped=True, at=AT, by=LENA))),
    Example("conversation/left", partial(_answered, None)),
    Example("conversation/at_once", _at_once),
    Example("conversation/at_once_choice", _at_once_choice),
    Example("conversation/at_once_chosen", _chosen),
    Example("conversation/merge_form", _merge),
    Example("conversation/change_form", _change),
)
