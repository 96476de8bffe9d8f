"""The sentences about when an arbetslag is asked."""

from typing import Annotated

from bot.messages.texts.base import Fills, Plural, TextSection


class ScheduleTexts(TextSection):
    """Agreeing on a time, and changing it."""

    not_yours: Annotated[str, Fills("who")]
    nobody: str
    no_channel: Annotated[str, Fills("arbetslag")]
    no_pack: Annotated[str, Fills("arbetslag")]
    ask_title: str
    ask_how: str
    yes_save: str
    change: str
    only: Annotated[str, Fills("date")]
    understood: str
    arbetslag: str
    answering: str
    questions: str
    closed: str
    a_week: str
    a_week_value: Annotated[Plural, Fills("most")]
    together: str
    each: str
    skip: str
    move: str
    rotation: str
    too_much_title: Annotated[str, Fills("arbetslag")]
    too_much: Annotated[str, Fills("minutes", "most")]
    too_much_do: str
    show: str
    draft_gone: str
    saved_already: str
    has_been: str
    agreed_once: Annotated[str, Fills("moment")]
    agreed_channel_once: Annotated[str, Fills("moment")]
    agreed: Annotated[str, Fills("moment")]
    agreed_channel: Annotated[str, Fills("pattern", "moment")]
    list_title: str
    list_none: str
    list_none_hint: str
    list_row: Annotated[str, Fills("number", "arbetslag", "pattern", "dates")]
    list_more: str
    show_number: Annotated[str, Fills("number")]
    new: str
    plan_title: Annotated[str, Fills("arbetslag")]
    coming: str
    none_coming: str
    state: str
    paused: str
    paused_until: Annotated[str, Fills("date")]
    pause: str
    move_once: str
    stop: str
    preview: str
    start: str
    undo: str
    plan_gone: str
    pause_said: str
    pause_until_said: Annotated[str, Fills("date")]
    started_said: Annotated[str, Fills("moment")]
    stopped_said: str
    stopped_keeps: str
    unstopped_paused: str
    unstopped_said: Annotated[str, Fills("moment")]
    undo_late: str
    moved_said: Annotated[str, Fills("from_day", "moment")]
    moved_past: Annotated[str, Fills("date")]
    cannot_move: str
    preview_who: Annotated[str, Fills("people")]
    preview_people: Plural
    preview_dates: Annotated[str, Fills("dates")]
    preview_title: str
    preview_press: str
    form_title: str
    form_arbetslag: str
    form_when: str
    form_when_help: str
    form_suggestion: str
    form_choose: Annotated[str, Fills("question")]
    form_rewrite: Annotated[str, Fills("question")]
    form_answers: str
    form_closed: str
    form_pack: str
    form_submit: str
    form_pick: str
    form_pack_of: Annotated[str, Fills("title", "skolformer")]
    skolformer: dict[str, str]
    pause_title: str
    pause_field: str
    pause_help: str
    pause_submit: str
    pause_past: str
    move_title: str
    move_which: str
    move_day: str
    move_time: str
    move_time_help: str
    move_submit: str
    day_closed: Annotated[str, Fills("day", "reason")]
    move_paused: Annotated[str, Fills("date")]
    bad_date: str
    new_dates_title: str
    new_dates_row: Annotated[str, Fills("arbetslag", "dates")]
    new_dates_withdrawn: Plural
