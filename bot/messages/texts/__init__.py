"""Every sentence the bot can say, as a model: a missing one stops the bot at start, by name."""

from bot.domain.value import Value
from bot.messages.texts.absence import AbsenceTexts
from bot.messages.texts.analysis import AnalysisTexts
from bot.messages.texts.answering import AnsweringTexts
from bot.messages.texts.base import Fills, Plural, TextSection, fill
from bot.messages.texts.check_ins import CheckInTexts
from bot.messages.texts.common import CommonTexts
from bot.messages.texts.conversation import ConversationTexts
from bot.messages.texts.current_state import CurrentStateTexts
from bot.messages.texts.dates import DateTexts
from bot.messages.texts.documents import DocumentTexts
from bot.messages.texts.errands import ErrandTexts
from bot.messages.texts.first_day import FirstDayTexts
from bot.messages.texts.forms import FormTexts
from bot.messages.texts.guard import GuardTexts
from bot.messages.texts.home import HomeTexts
from bot.messages.texts.language import LanguageTexts
from bot.messages.texts.notes import NoteTexts
from bot.messages.texts.onboarding import OnboardingTexts
from bot.messages.texts.people import PeopleTexts
from bot.messages.texts.places import PlaceTexts
from bot.messages.texts.roles import RoleTexts
from bot.messages.texts.rosters import RosterTexts
from bot.messages.texts.saved import SavedTexts
from bot.messages.texts.schedules import ScheduleTexts
from bot.messages.texts.school_calendar import SchoolCalendarTexts
from bot.messages.texts.search import SearchTexts
from bot.messages.texts.times import TimeTexts
from bot.messages.texts.trouble import TroubleTexts
from bot.messages.texts.weekly import WeeklyTexts

__all__ = ["CommonTexts", "Fills", "Plural", "TextSection", "Texts", "fill"]


class Texts(Value):
    """One section a topic, filled from `prompts/<language>/texts/<topic>.yaml`."""

    common: CommonTexts
    dates: DateTexts
    check_ins: CheckInTexts
    current_state: CurrentStateTexts
    weekly: WeeklyTexts
    search: SearchTexts
    schedules: ScheduleTexts
    times: TimeTexts
    absence: AbsenceTexts
    school_calendar: SchoolCalendarTexts
    onboarding: OnboardingTexts
    people: PeopleTexts
    roles: RoleTexts
    rosters: RosterTexts
    first_day: FirstDayTexts
    places: PlaceTexts
    home: HomeTexts
    saved: SavedTexts
    trouble: TroubleTexts
    forms: FormTexts
    guard: GuardTexts
    answering: AnsweringTexts
    notes: NoteTexts
    conversation: ConversationTexts
    analysis: AnalysisTexts
    errands: ErrandTexts
    language: LanguageTexts
    documents: DocumentTexts
