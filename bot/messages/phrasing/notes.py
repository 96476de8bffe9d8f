"""How it is said what became of a note."""

from typing import assert_never

from bot.domain.effects.notes import (
    NoteChanged,
    NoteFollowed,
    NoteRestored,
    NoteSaved,
    NotesEffect,
    NoteUndone,
    RaiseAsked,
    RaisedForRektor,
    RaiseTakenBack,
    RaiseTold,
    WordsOffered,
)
from bot.domain.notes import Note
from bot.messages.model import Block, Bullets, Choices, Message, Paragraph, Quote, Small
from bot.messages.phrasing.buttons import button
from bot.messages.phrasing.guard import what
from bot.messages.phrasing.labels import button_labels
from bot.messages.texts import Texts, fill


def phrase(effect: NotesEffect, texts: Texts) -> Message:
    """Word what became of a note."""
    said = texts.notes
    match effect:
        case NoteSaved() | NoteChanged():
            return _kept(effect, texts)
        case NoteFollowed(note=note) if note.state == "removed":
            return Message(title=said.followed_away, blocks=(Small(text=said.bin), _restore(note, texts)))
        case NoteFollowed(note=note, back=True):
            undo = button(said.undo, "undo", f"note:{note.id}", str(note.version))
            return Message(title=said.followed_back, blocks=(Quote(text=note.text), Choices(buttons=(undo,))))
        case NoteFollowed(note=note):
            return Message(title=said.followed, blocks=(Quote(text=note.text),))
        case NoteUndone(note=note, what="removed"):
            return Message(title=said.removed, blocks=(Small(text=said.bin), _restore(note, texts)))
        case NoteUndone(note=note):
            return Message(title=said.reverted, blocks=(Quote(text=note.text),))
        case NoteRestored(note=note):
            return Message(title=said.restored, blocks=(Quote(text=note.text),))
        case RaiseAsked() | RaiseTold() | RaisedForRektor() | RaiseTakenBack():
            return _raised(effect, texts)
        case WordsOffered(asks=asks):
            offered = (*_offered(effect, texts), *_shown(texts, asks=asks))
            title = said.direct_asked if asks else said.direct_help
            return Message(title=title, blocks=(Small(text=said.direct_hint), *offered))
        case _:
            assert_never(effect)


def _offered(effect: WordsOffered, texts: Texts) -> tuple[Block, ...]:
    """Ask whether, and where, to keep the words; where a name is too long for a button, by number."""
    said = texts.notes
    if not effect.teams:
        keep = button(said.keep_words, "keep_words", effect.note)
        return (Choices(prompt=said.direct_offer, buttons=(keep,)),)
    whole = [fill(said.keep_words_in, arbetslag=name) for _, name in effect.teams]
    labels = button_labels(whole)
    listed: tuple[Block, ...] = ()
    if list(labels) != whole:
        numbered = tuple(enumerate((name for _, name in effect.teams), 1))
        labels = tuple(fill(said.keep_words_number, n=n) for n, _ in numbered)
        listed = (Bullets(items=tuple(f"{n}. {name}" for n, name in numbered)),)
    buttons = tuple(
        button(label, "keep_words", effect.note, team)
        for label, (team, _) in zip(labels, effect.teams, strict=True)
    )
    return (*listed, Choices(prompt=said.direct_offer_which, buttons=buttons))


def kept_in(note: Note, arbetslag: str, texts: Texts) -> Message:
    """To who chose among several arbetslag: their words are a note, and in which."""
    title = fill(texts.notes.saved_in, arbetslag=arbetslag)
    return phrase(NoteSaved(note=note), texts).model_copy(update={"title": title})


def unsaved(why: str, texts: Texts, *, asks: bool = False) -> Message:
    """To who wrote outside every question: their words are not kept, and `why`."""
    title = texts.notes.direct_asked if asks else texts.notes.direct_help
    return Message(title=title, blocks=(Small(text=why), *_shown(texts, asks=asks)))


def _shown(texts: Texts, *, asks: bool) -> tuple[Block, ...]:
    """Where the answer may be, to who asked something."""
    return (Choices(buttons=(button(texts.home.show_state, "show_state"),)),) if asks else ()


def _kept(effect: NoteSaved | NoteChanged, texts: Texts) -> Message:
    said, note = texts.notes, effect.note
    blocks: list[Block] = []
    title = said.changed
    if isinstance(effect, NoteSaved):
        title = said.saved
        if effect.late:
            blocks.append(Paragraph(text=said.late))
    blocks.append(Quote(text=note.text))
    if effect.masked:
        blocks.append(Paragraph(text=fill(texts.guard.masked, what=what(effect.masked, texts))))
    if effect.mended:
        blocks.append(Paragraph(text=texts.answering.mended))
    blocks.append(Small(text=said.may_undo))
    buttons = (
        button(said.edit, "edit_note", note.id),
        button(said.undo, "undo", f"note:{note.id}", str(note.version)),
        button(said.raise_it, "raise_note", note.id),
    )
    return Message(title=title, blocks=(*blocks, Choices(buttons=buttons)))


def _raised(effect: RaiseAsked | RaiseTold | RaisedForRektor | RaiseTakenBack, texts: Texts) -> Message:
    said = texts.notes
    match effect:
        case RaiseAsked(note=note, arbetslag=arbetslag):
            sure = button(said.raise_yes, "raise_sure", note.id, str(note.version), look="main")
            explain = Paragraph(text=fill(said.raise_explain, arbetslag=arbetslag))
            return Message(
                title=said.raise_title, blocks=(explain, *_words(note, arbetslag), Choices(buttons=(sure,)))
            )
        case RaiseTold(note=note):
            back = Choices(buttons=(button(said.take_back, "unraise_note", note.id),))
            return Message(
                title=said.raised, blocks=(Quote(text=note.text), Small(text=said.raised_explain), back)
            )
        case RaisedForRektor():
            return _for_rektor(effect, texts)
        case RaiseTakenBack(arbetslag=arbetslag):
            return Message(title=fill(said.taken_back_for_rektor, arbetslag=arbetslag))


def _for_rektor(effect: RaisedForRektor, texts: Texts) -> Message:
    said, note = texts.notes, effect.note
    title = fill(said.rektor_title, arbetslag=effect.arbetslag)
    if effect.changed_at:
        title = fill(said.rektor_changed, arbetslag=effect.arbetslag, time=effect.changed_at)
    buttons = [button(said.answer_arbetslag, "reply_arbetslag", note.id, look="main")]
    if not effect.read:
        buttons.append(button(said.mark_read, "read_raised", note.id))
    hint = Small(text=said.rektor_read if effect.read else said.rektor_hint)
    words = _words(note, effect.arbetslag)
    return Message(title=title, blocks=(*words, hint, Choices(buttons=tuple(buttons))))


def _words(note: Note, arbetslag: str) -> tuple[Block, ...]:
    """Exactly what the rektor reads; the same in the preview and in the message."""
    quote = Quote(text=note.text, source=arbetslag)
    return (Small(text=note.question), quote) if note.question else (quote,)


def _restore(note: Note, texts: Texts) -> Choices:
    return Choices(buttons=(button(texts.notes.restore, "restore", f"note:{note.id}"),))
