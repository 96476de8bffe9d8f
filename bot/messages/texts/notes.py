"""What is said about notes: kept, changed, removed, raised."""

from typing import Annotated

from bot.domain.notes import Aspect, Perspective, Sign
from bot.messages.texts.base import Fills, TextSection


class NoteTexts(TextSection):
    """Receipts, the form of one note, and what goes to the rektor."""

    saved: str
    saved_in: Annotated[str, Fills("arbetslag")]
    late: str
    changed: str
    followed: str
    followed_away: str
    followed_back: str
    removed: str
    reverted: str
    bin: str
    restored: str
    may_undo: str
    edit: str
    undo: str
    restore: str
    raise_it: str

    form_title: str
    text: str
    aspect: str
    aspects: dict[Aspect, str]
    sign: str
    signs: dict[Sign, str]
    perspective: str
    perspectives: dict[Perspective, str]
    group: str
    group_help: str
    submit: str
    empty: str
    at_once: Annotated[str, Fills("who")]
    at_once_yours: str
    at_once_field: str

    gone: str
    not_yours: str
    undo_late: str
    undo_nothing: str
    restore_late: str
    too_long_here: Annotated[str, Fills("longest")]
    not_in_arbetslag: Annotated[str, Fills("arbetslag")]

    raise_title: str
    raise_which: str
    raise_submit: str
    raise_explain: Annotated[str, Fills("arbetslag")]
    raise_yes: str
    raise_changed: str
    raised: str
    raised_explain: str
    take_back: str
    taken_back: str
    already_raised: str
    not_raised: str
    read_already: Annotated[str, Fills("day")]
    nothing_to_raise: str
    no_rektor: str
    rektor_title: Annotated[str, Fills("arbetslag")]
    rektor_changed: Annotated[str, Fills("arbetslag", "time")]
    rektor_hint: str
    rektor_read: str
    mark_read: str
    answer_arbetslag: str
    marked_read: str
    taken_back_for_rektor: Annotated[str, Fills("arbetslag")]

    direct_help: str
    direct_asked: str
    direct_hint: str
    direct_unsaved: str
    direct_offer: str
    direct_offer_which: str
    keep_words: str
    keep_words_in: Annotated[str, Fills("arbetslag")]
    keep_words_number: Annotated[str, Fills("n")]
