"""The bot's own page by role, and a message of the chat that becomes a note."""

from datetime import date

from bot.domain.reports.current_state import current_state
from bot.domain.value import PersonId
from bot.messages.gallery.base import Example, wall
from bot.messages.gallery.current_state import EMPTY, TEAM_46, TEAM_79, TEAMS
from bot.messages.gallery.notes import NOTE
from bot.messages.gallery.schedules import OPEN_PAUSE, SHOWN
from bot.messages.phrasing import home, saved
from bot.messages.phrasing.home import Home, LeaderHome, OpenQuestion, TeacherHome, TeamWords
from bot.messages.phrasing.note_form import NotePage
from bot.messages.phrasing.weekly import Standing
from bot.messages.tokens import Token

SENT = wall("2026-11-20T14:00")
NAMES = ((TEAM_46, "Arbetslag 4–6"), (TEAM_79, "Arbetslag 7–9"))
TEACHER = TeacherHome(
    questions=tuple(
        OpenQuestion(check_in=key, arbetslag=name, question="Vad fungerade bra? Ge ett exempel.")
        for key, name in NAMES
    ),
    words=tuple(
        TeamWords(arbetslag=key, name=name, standing=Standing(sent=SENT, read=read))
        for (key, name), read in zip(NAMES, (SENT, None), strict=True)
    ),
)
NEW = TeacherHome(
    questions=(), words=(TeamWords(arbetslag=TEAM_46, name="Arbetslag 4–6", standing=Standing()),)
)
RUT = LeaderHome(
    state=current_state(EMPTY.model_copy(update={"scope_id": None, "may_read": False})),
    waiting=2,
    plans=(SHOWN, OPEN_PAUSE),
    plans_first=False,
)
PIA = RUT.model_copy(update={"waiting": None, "plans_first": True, "plans": (SHOWN,) * 12})
FIRST = RUT.model_copy(update={"waiting": 0, "plans": ()})
WORDS = Token(verb="save_message", subject="1795165200.000100", argument="omar")
PAGE = NotePage(note=NOTE)


def _home(
    name: str, who: str, teacher: TeacherHome | None, leader: LeaderHome | None, away: date | None = None
) -> Example:
    page = Home(person=PersonId("lena"), name=who, away_until=away, teacher=teacher, leader=leader)
    return Example(f"home/{name}", lambda texts: home.phrase(page, texts))


EXAMPLES = (
    _home("teacher", "Lena Berg", TEACHER, None),
    _home("teacher_new", "Alva Roth", NEW, None, date(2026, 11, 30)),
    _home("rektor", "Rut Alm", None, RUT),
    _home("rektor_first_day", "Rut Alm", None, FIRST),
    _home("processledare", "Pia Norén", None, PIA),
    _home("both", "Kim Dahl", TEACHER, RUT),
    _home("without_team", "Nils Åker", None, None),
    Example("saved/form_mine", lambda texts: saved.saved_form(PAGE, WORDS, "mine", TEAMS[:1], texts)),
    Example("saved/form_theirs", lambda texts: saved.saved_form(PAGE, WORDS, "theirs", TEAMS[:2], texts)),
    Example("saved/form_own_words", lambda texts: saved.saved_form(PAGE, WORDS, "own_words", TEAMS, texts)),
    Example(
        "saved/told_writer",
        lambda texts: saved.told_writer("Lena Berg", "Arbetslag 4–6", NOTE.text, NOTE.id, texts),
    ),
    Example("saved/taken_back", saved.taken_back),
)
