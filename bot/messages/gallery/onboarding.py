"""The first meeting, absence, the calendar, and messages that did not get through."""

from datetime import UTC, date, datetime
from functools import partial
from typing import Literal

from bot.domain.calendar.rows import Unreadable
from bot.domain.value import PersonId
from bot.messages.delivery import Why
from bot.messages.gallery.base import Example
from bot.messages.model import Message
from bot.messages.phrasing import absence, school_calendar, trouble
from bot.messages.phrasing.onboarding import access_table, tied, welcome
from bot.messages.texts import Texts

NAME = "Arbetslag 4–6"
LENA = PersonId("lena")
UNTIL = date(2026, 11, 30)
ADDED = school_calendar.CalendarAdded(
    lov=10,
    study=2,
    planning=1,
    terms=1,
    passed_over=3,
    changed=1,
    withdrawn=1,
    told=("Pia Norén",),
    covered=date(2027, 6, 11),
)
FEW = school_calendar.CalendarAdded(
    lov=1, study=0, planning=0, terms=0, passed_over=0, changed=0, covered=None
)
WRONG = Unreadable(reason="no_such_date", line=1, found="Sportlov")
ALONE = absence.AwayAsked(people=((LENA, "Lena Berg"),))
OTHERS = absence.AwayAsked(people=((LENA, "Lena Berg"), (PersonId("omar"), "Omar Haddad")))
LOST = (datetime(2026, 11, 25, 22, tzinfo=UTC), datetime(2026, 11, 26, 9, 10, tzinfo=UTC))


def _trouble(
    state: Literal["uncertain", "parked", "quarantined"], *, to_person: bool = False, why: str = ""
) -> trouble.Trouble:
    return trouble.Trouble(
        state=state,
        key="check_in:01a1f89cfb809fc091fd308a",
        what="frågan till Arbetslag 4–6",
        where="Lena Berg" if to_person else "kanalen för Arbetslag 4–6",
        to_person=to_person,
        why=why,
        since=datetime(2026, 11, 26, 15, 15, tzinfo=UTC),
    )


def _trouble_settled(texts: Texts) -> Message:
    line = trouble.phrase(_trouble("uncertain"), texts)
    return trouble.settled(line, "Pia Norén", texts.trouble.sent_again, texts)


def _parked(why: Why, texts: Texts) -> Message:
    return trouble.phrase(_trouble("parked", why=why), texts)


EXAMPLES = (
    Example("onboarding/welcome", lambda texts: welcome("", texts)),
    Example("onboarding/welcome_again", lambda texts: welcome(NAME, texts)),
    Example("onboarding/access", access_table),
    Example("onboarding/tied", lambda texts: tied(NAME, texts)),
    Example("absence/form", lambda texts: absence.absence_form(ALONE, texts)),
    Example("absence/form_others", lambda texts: absence.absence_form(OTHERS, texts)),
    Example(
        "absence/form_wrong",
        lambda texts: absence.absence_form(ALONE.model_copy(update={"error": texts.absence.past}), texts),
    ),
    Example(
        "absence/saved",
        lambda texts: absence.phrase(absence.AwaySaved(person=LENA, name="", until=UNTIL), texts),
    ),
    Example(
        "absence/saved_other",
        lambda texts: absence.phrase(absence.AwaySaved(person=LENA, name="Lena Berg", until=UNTIL), texts),
    ),
    Example(
        "absence/told",
        lambda texts: absence.phrase(absence.AwayTold(person=LENA, by="Pia Norén", until=UNTIL), texts),
    ),
    Example("absence/now", lambda texts: absence.phrase(absence.AwayNow(person=LENA, until=UNTIL), texts)),
    Example("calendar/form", lambda texts: school_calendar.calendar_form("", "", texts)),
    Example(
        "calendar/form_wrong",
        lambda texts: school_calendar.calendar_form(
            "Sportlov;lov", school_calendar.unreadable(WRONG, texts), texts
        ),
    ),
    Example("calendar/added", lambda texts: school_calendar.phrase(ADDED, texts)),
    Example("calendar/added_few", lambda texts: school_calendar.phrase(FEW, texts)),
    Example("trouble/uncertain", lambda texts: trouble.phrase(_trouble("uncertain"), texts)),
    Example("trouble/parked", lambda texts: trouble.phrase(_trouble("parked"), texts)),
    Example("trouble/parked_person", lambda texts: trouble.phrase(_trouble("parked", to_person=True), texts)),
    Example("trouble/settled", _trouble_settled),
    *(
        Example(f"trouble/parked_{why}", partial(_parked, why))
        for why in (Why.ARCHIVED, Why.LOCKED, Why.SCOPE, Why.HELD)
    ),
    Example("trouble/hours_lost", lambda texts: trouble.hours_lost(*LOST, texts)),
    Example("trouble/quarantined", lambda texts: trouble.phrase(_trouble("quarantined"), texts)),
)
