"""Answering a round: the form, the receipts, and what the guard says."""

from datetime import UTC, datetime
from typing import get_args

from bot.domain.check_in import How, Standing
from bot.domain.conversation.form import form_page
from bot.domain.effects.answering import (
    AnsweringEffect,
    AnswerRestored,
    AnswerSaved,
    AnswerUndone,
    CasePointedAway,
    GuardedInChat,
    RoundPassed,
    SavedLine,
    TogetherShown,
)
from bot.domain.privacy.guard import CaseKind
from bot.domain.privacy.verdict import Stopped
from bot.domain.questions.answers import Answer
from bot.domain.questions.pack import QuestionPack
from bot.domain.value import PersonId
from bot.messages.gallery.base import Example
from bot.messages.gallery.conversation import WORDS
from bot.messages.model import Form, Message, Paragraph, Quote, Small
from bot.messages.phrasing.answering import moved_to_form, phrase
from bot.messages.phrasing.forms import Page, form_of, introduction
from bot.messages.phrasing.guard import choice_fields, field_error, reason_error
from bot.messages.texts import Texts, fill
from bot.messages.tokens import Token

AT = datetime(2026, 11, 23, 13, 0, tzinfo=UTC)
LENA = PersonId("lena")
ROUND = "01a2087dec80000000000001"
TEAM = "Arbetslag 4–6"
HALF = Standing(answered=2, asked=4)
LINES = (
    SavedLine(question="Hur väl nådde undervisningen det ni hade tänkt?", text="Delvis"),
    SavedLine(question="Vad säger eleverna själva om undervisningen?", text="Många vill läsa mer."),
)
NUMBER = Stopped(("personnummer",), may_keep=False)
NAME = Stopped(("namn", "initialer", "telefon"), may_keep=True)
MISSING = Stopped(("namn",), may_keep=True, why="reason_missing")
UNFIT = Stopped(("namn",), may_keep=True, why="reason_unfit")
PACK = QuestionPack.model_validate(
    {
        "key": "exempelrunda",
        "version": 1,
        "title": "Hur gick undervisningen?",
        "kind": "uppfoljning",
        "minutes": 2,
        "why": "Svaren visar vad ni vill behålla.",
        "readers": "Arbetslaget ser vem som skrev. Rektor ser svaren som arbetslagets.",
        "words": WORDS,
        "steps": [
            {
                "kind": "scale",
                "key": "nadde",
                "text": "Hur väl nådde undervisningen det ni hade tänkt?",
                "required": True,
                "dont_know": True,
                "steps": {"inte_an": "Inte än", "delvis": "Delvis", "val": "Mycket väl"},
            },
            {"kind": "text", "key": "rost", "text": "Vad säger eleverna själva?"},
            {
                "kind": "several",
                "key": "vilka",
                "text": "Vilka gäller det?",
                "options": {"a": "Åk 4", "b": "Åk 5"},
            },
            {"kind": "date", "key": "nar", "text": "Vilken dag gällde det?"},
            {"kind": "link", "key": "lank", "text": "Finns det en länk?"},
            {"kind": "yes_no", "key": "fler", "text": "Gäller det fler grupper?"},
        ],
    }
)
TOKEN = Token(verb="answer_form", subject=ROUND, argument="nadde-0~rost-0").pack()


def _page(texts: Texts) -> Form:
    page = Page(PACK, form_page(PACK, {}))
    return form_of(page, texts, token=TOKEN, intro=introduction(PACK, texts))


def _wrong(texts: Texts) -> Form:
    reasons = texts.forms.reasons
    errors = {"nadde": reasons["empty"], "nar": reasons["not_a_date"]}
    return form_of(Page(PACK, form_page(PACK, {}), errors=errors), texts, token=TOKEN)


def _next(texts: Texts) -> Form:
    answers = {"nadde": Answer(values=("delvis",), at=AT, by=LENA)}
    asks = tuple(ask for ask in form_page(PACK, answers) if ask.path != "nadde")
    return form_of(Page(PACK, asks), texts, token=TOKEN, intro=(Paragraph(text=texts.forms.more_questions),))


def _guarded(texts: Texts, stopped: Stopped) -> Form:
    wrong = reason_error(stopped, texts)
    page = Page(
        PACK,
        form_page(PACK, {}),
        values={"rost": ("Texten som den skrevs.",)},
        errors={"rost~skal": wrong} if wrong else {"rost": field_error(stopped, texts)},
        extra={"rost": choice_fields("rost", stopped, texts, "change", "")},
    )
    return form_of(page, texts, token=TOKEN)


def _both(texts: Texts) -> Form:
    page = Page(
        PACK,
        form_page(PACK, {"rost": Answer(values=("De vill läsa mer.",), at=AT, by=LENA)}),
        values={"rost": ("De vill räkna mer.",)},
        errors={"rost": texts.answering.at_once_field},
    )
    intro = (
        Paragraph(text=fill(texts.answering.at_once, who="Lena Berg")),
        Small(text="Vad säger eleverna själva?"),
        Quote(text="De vill läsa mer.", source="Lena Berg"),
    )
    return form_of(page, texts, token=TOKEN, intro=intro)


def _said(name: str, effect: AnsweringEffect) -> Example:
    return Example(f"answering/{name}", lambda texts: phrase(effect, texts))


def _line(name: str, sentence: str, **values: str) -> Example:
    return Example(
        f"answering/{name}",
        lambda texts: Message(title=fill(getattr(texts.answering, sentence), **values)),
    )


def _together(name: str, **more: str) -> Example:
    shown = TogetherShown.model_validate(
        {"check_in": ROUND, "who": "Lena Berg", "arbetslag": TEAM, "lines": LINES, **more}
    )
    return _said(name, shown)


def _moved(texts: Texts) -> Message:
    return moved_to_form("Vad säger eleverna själva?", texts)


EXAMPLES = (
    Example("answering/moved_to_form", _moved),
    Example("answering/form", _page),
    Example("answering/form_wrong", _wrong),
    Example("answering/form_next_page", _next),
    Example("answering/form_number_found", lambda texts: _guarded(texts, NUMBER)),
    Example("answering/form_name_found", lambda texts: _guarded(texts, NAME)),
    Example("answering/form_reason_missing", lambda texts: _guarded(texts, MISSING)),
    Example("answering/form_reason_unfit", lambda texts: _guarded(texts, UNFIT)),
    Example("answering/form_two_at_once", _both),
    _said("saved", AnswerSaved(check_in=ROUND, how="new", lines=LINES, standing=HALF)),
    _said("changed", AnswerSaved(check_in=ROUND, how="changed", lines=LINES, standing=HALF, since=AT)),
    _said("addition", AnswerSaved(check_in=ROUND, how="addition", lines=LINES, standing=HALF)),
    _said(
        "masked",
        AnswerSaved(
            check_in=ROUND,
            how="new",
            lines=LINES,
            standing=Standing(answered=1, asked=1),
            together=True,
            masked=("personnummer",),
            mended=True,
        ),
    ),
    *(
        _said(how, RoundPassed(check_in=ROUND, how=how, arbetslag=TEAM, standing=HALF))
        for how in get_args(How)
    ),
    _said("undone", AnswerUndone(check_in=ROUND, had_text=True)),
    _said("undone_choice", AnswerUndone(check_in=ROUND, had_text=False)),
    _said("restored", AnswerRestored(check_in=ROUND, lines=LINES)),
    _together("together"),
    _together("together_changed", changed_at="15.20"),
    _together("together_agreed", state="agreed"),
    _together("together_withdrawn", state="withdrawn"),
    _said("guarded_in_chat", GuardedInChat(kinds=("namn", "kansligt"), note=ROUND)),
    *(_said(f"case_{case}", CasePointedAway(case=case)) for case in get_args(CaseKind)),
    _line("not_member", "not_member", arbetslag=TEAM),
    *(
        _line(name, name)
        for name in (
            "round_gone",
            "blank",
            "already_closed",
            "already_answered",
            "undo_late",
            "undo_nothing",
            "undo_changed",
            "undo_shared",
            "restore_late",
            "agreed_receipt",
            "nothing_to_agree",
        )
    ),
)
