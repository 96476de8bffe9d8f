"""What is said around answering a round."""

from typing import Annotated

from bot.domain.check_in import How
from bot.messages.texts.base import Fills, TextSection


class AnsweringTexts(TextSection):
    """Receipts, refusals, and what the arbetslag reads when one writes for all."""

    saved: str
    changed: str
    addition: str
    addition_shows: str
    standing: Annotated[str, Fills("answered", "asked")]
    standing_together: str
    may_undo: str
    mended: str
    masked: Annotated[str, Fills("what")]
    edit: str
    undo: str
    restore: str
    answer_anyway: str
    passed: dict[How, str]
    not_member: Annotated[str, Fills("arbetslag")]
    round_gone: str
    blank: str
    already_closed: str
    already_answered: str
    undone: str
    undone_bin: str
    undone_choice: str
    undo_late: str
    undo_nothing: str
    undo_changed: str
    undo_shared: str
    restored: str
    restore_late: str
    at_once: Annotated[str, Fills("who")]
    at_once_yours: str
    at_once_field: str
    at_once_empty: str
    writes_for: Annotated[str, Fills("who", "arbetslag")]
    changed_at: Annotated[str, Fills("time")]
    agree_ask: str
    agree: str
    edit_together: str
    agreed: Annotated[str, Fills("arbetslag")]
    agreed_receipt: str
    nothing_to_agree: str
    withdrawn: Annotated[str, Fills("who")]
    dialog_moved: str
