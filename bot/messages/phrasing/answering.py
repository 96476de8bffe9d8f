"""How it is said what became of an answer."""

from collections.abc import Sequence
from typing import assert_never

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
from bot.messages.model import Block, Choices, Message, Paragraph, Quote, Small
from bot.messages.phrasing import guard
from bot.messages.phrasing.buttons import button
from bot.messages.texts import Texts, fill


def phrase(effect: AnsweringEffect, texts: Texts) -> Message:
    """Word what became of an answer."""
    said = texts.answering
    match effect:
        case AnswerSaved():
            return _saved(effect, texts)
        case RoundPassed():
            return _passed(effect, texts)
        case AnswerUndone(check_in=check_in, had_text=had_text):
            if not had_text:
                return Message(title=said.undone_choice)
            back = Choices(buttons=(button(said.restore, "restore", f"answer:{check_in}"),))
            return Message(title=said.undone, blocks=(Small(text=said.undone_bin), back))
        case AnswerRestored(lines=lines):
            return Message(title=said.restored, blocks=quoted(lines))
        case TogetherShown():
            return _together(effect, texts)
        case GuardedInChat() | CasePointedAway():
            return guard.phrase(effect, texts)
        case _:
            assert_never(effect)


def moved_to_form(question: str, texts: Texts) -> Message:
    """A question of a dialogue that was answered in the form meanwhile: no button stays behind."""
    return Message(title=question, blocks=(Small(text=texts.answering.dialog_moved),))


def quoted(lines: Sequence[SavedLine]) -> tuple[Block, ...]:
    """Each question, and under it the words of the answer as they were written."""
    blocks: list[Block] = []
    for line in lines:
        blocks += (Small(text=line.question), Quote(text=line.text))
    return tuple(blocks)


def _saved(effect: AnswerSaved, texts: Texts) -> Message:
    said = texts.answering
    blocks: list[Block] = []
    if effect.how == "addition":
        blocks.append(Paragraph(text=said.addition_shows))
    blocks += quoted(effect.lines)
    if effect.masked:
        blocks.append(Paragraph(text=fill(said.masked, what=guard.what(effect.masked, texts))))
    if effect.mended:
        blocks.append(Paragraph(text=said.mended))
    standing = effect.standing
    counted = fill(said.standing, answered=standing.answered, asked=standing.asked)
    blocks.append(Small(text=said.standing_together if effect.together else counted))
    blocks.append(Small(text=said.may_undo))
    since = effect.since.isoformat() if effect.since else ""
    buttons = (
        button(said.edit, "answer", effect.check_in),
        button(said.undo, "undo", f"answer:{effect.check_in}", since),
        button(texts.notes.raise_it, "raise_note", f"answer:{effect.check_in}"),
    )
    titles = {"new": said.saved, "changed": said.changed, "addition": said.addition}
    return Message(title=titles[effect.how], blocks=(*blocks, Choices(buttons=buttons)))


def _passed(effect: RoundPassed, texts: Texts) -> Message:
    said, standing = texts.answering, effect.standing
    blocks: list[Block] = []
    if effect.how != "skipped" and standing.asked > 1:
        blocks.append(Small(text=fill(said.standing, answered=standing.answered, asked=standing.asked)))
    buttons = (
        button(said.answer_anyway, "answer", effect.check_in),
        button(said.undo, "undo", f"passed:{effect.check_in}"),
    )
    return Message(title=said.passed[effect.how], blocks=(*blocks, Choices(buttons=buttons)))


def _together(effect: TogetherShown, texts: Texts) -> Message:
    said = texts.answering
    match effect.state:
        case "withdrawn":
            return Message(title=fill(said.withdrawn, who=effect.who))
        case "agreed":
            title = fill(said.agreed, arbetslag=effect.arbetslag)
        case _:
            title = fill(said.writes_for, who=effect.who, arbetslag=effect.arbetslag)
    if effect.changed_at:
        title = f"{title} {fill(said.changed_at, time=effect.changed_at)}"
    change = button(said.edit_together, "answer", effect.check_in)
    if effect.state == "agreed":
        ask = Choices(buttons=(change,))
    else:
        ask = Choices(
            prompt=said.agree_ask,
            buttons=(button(said.agree, "agree", effect.check_in, look="main"), change),
        )
    return Message(title=title, blocks=(*quoted(effect.lines), ask))
