"""What is behind a button or a form: a typed, length-checked token.

What comes back from a client is only a claim: whoever unpacks a token checks tenant, person and
state again before anything happens.
"""

from typing import Literal, NamedTuple, cast, get_args
from urllib.parse import quote, unquote

LONGEST_TOKEN = 250
"""Characters: below Slack's 255 for an `action_id` and `callback_id` (Slack, Block Kit reference)."""

Verb = Literal[
    # answering a check-in
    "answer",
    "nothing_new",
    "at_meeting",
    "skip_round",
    "answer_form",
    "snooze",
    # one question of a conversation
    "choose",
    "skip_question",
    "dont_know",
    "back",
    "pause",
    "resume",
    "take_pen",
    "close",
    "confirm",
    "change_answer",
    "keep_theirs",
    "use_mine",
    "merge_texts",
    # what was written
    "edit_note",
    "edit_note_form",
    "undo",
    "restore",
    "agree",
    "raise_note",
    "raise_sure",
    "unraise_note",
    "read_raised",
    "keep_words",
    # schedules
    "save_schedule",
    "change_schedule",
    "only_once",
    "schedule_form",
    "pause_schedule",
    "start_schedule",
    "stop_schedule",
    "move_schedule",
    "move_form",
    "preview_schedule",
    "list_schedules",
    "new_schedule",
    "take_phrase",
    "pause_form",
    "time_is_wrong",
    # analysis
    "start_analysis",
    "analysis_form",
    "pick_result",
    "share_analysis",
    "end_analysis",
    # reports and replies
    "share",
    "share_form",
    "show_state",
    "show_week",
    "last_week",
    "reply_arbetslag",
    "reply_form",
    "summary_time",
    "summary_form",
    "summary_file",
    "state_file",
    # delivery
    "send_anyway",
    "mark_arrived",
    # the rest
    "absence",
    "absence_form",
    "absence_end",
    "set_language",
    "calendar_form",
    "who_sees",
    "show_example",
    "begin",
    "its_me",
    "link_form",
    "new_school",
    "found_form",
    "confirm_person",
    "deny_person",
    "let_out",
    "change_roles",
    "person_form",
    "roles_form",
    "save_message",
    "take_back_words",
    "search_form",
    "adopt_form",
    "pick_from_team",
    "team_form",
]
VERBS = frozenset(get_args(Verb))


def parts_of(packed: str) -> list[str]:
    """What a packed token consists of, still quoted; nothing when no token of ours can look so.

    A zero byte is text to no database.
    """
    ours = len(packed) <= LONGEST_TOKEN and "%00" not in packed and "\0" not in packed
    return packed.split("|") if ours else []


class TokenRefused(ValueError):
    """The token is not one of ours: forged, cut or from another version."""


class Token(NamedTuple):
    """`verb` says what, `subject` what it concerns (an id), `argument` with what (a choice, a version)."""

    verb: Verb
    subject: str = ""
    argument: str = ""

    def pack(self) -> str:
        packed = f"{self.verb}|{quote(self.subject, safe='')}|{quote(self.argument, safe='')}"
        if not parts_of(packed):
            raise TokenRefused(f"a token of {len(packed)} characters does not fit behind a button")
        return packed

    @classmethod
    def unpack(cls, packed: str) -> "Token":
        match parts_of(packed):
            case [verb, subject, argument] if verb in VERBS:
                return cls(verb=cast("Verb", verb), subject=unquote(subject), argument=unquote(argument))
            case _:
                raise TokenRefused("not a token of ours")
