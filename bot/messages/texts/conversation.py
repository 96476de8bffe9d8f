"""The words around one question at a time."""

from typing import Annotated

from bot.messages.texts.base import Fills, Plural, TextSection


class ConversationTexts(TextSection):
    """`_alone` is said in a direct message, the same name without it where the arbetslag writes together."""

    somebody: str
    progress: Annotated[str, Fills("n", "of")]
    small: Annotated[str, Fills("why", "readers", "minutes")]
    write_here: str
    write_number: str
    write_numbers: str
    suggested: Annotated[str, Fills("label")]
    stands: str
    # buttons
    write: str
    choose: str
    back: str
    pause: str
    resume: str
    take_pen: str
    change: str
    confirm: str
    confirm_alone: str
    # what an answered question shows
    answered_by: Annotated[str, Fills("name")]
    just_answered: Annotated[str, Fills("question", "name", "answer")]
    passed_by: Annotated[str, Fills("name")]
    unknown_by: Annotated[str, Fills("name")]
    left: str
    unanswered: str
    too_long: str
    # what happened
    pen_moved: Annotated[str, Fills("before", "now")]
    changed: str
    no_longer: Plural
    paused: str
    paused_text: str
    in_thread: str
    ready: str
    ready_alone: str
    ready_text: str
    confirmed_by: Annotated[str, Fills("name")]
    completed: str
    closed: str
    already_closed: str
    after_end: str
    already_answered: str
    moved_on: str
    all_answered: str
    all_done: str
    none_yet: str
    left_team: Annotated[str, Fills("arbetslag")]
    removed_stays: str
    edit_by_button: str
    # two wrote at once
    at_once: Annotated[str, Fills("theirs", "yours")]
    at_once_choice: Annotated[str, Fills("theirs")]
    at_once_text: Annotated[str, Fills("theirs")]
    keep_theirs: str
    use_mine: str
    merge_texts: str
    chosen_text: Annotated[str, Fills("name")]
    aside_gone: str
    merge_title: str
    merge_label: str
    merge_help: str
    # changing an answer
    change_title: str
    change_label: str
    change_submit: str
