"""One day as somebody says it, in the words that schedules are said in: "fredag", "t.o.m. 1 december"."""

from datetime import date, timedelta

from bot.domain.schedule.said import DATES, date_of, weekday
from bot.domain.schedule.tidying import tidy
from bot.domain.schedule.words import cut

BESIDE = ("until", "filler")


def one_day(phrase: str, today: date) -> date | None:
    """Give the day that is said and nothing else, today or later unless a year is said; None otherwise.

    A weekday may stand before its date ("fredag 27 november") if it is that weekday.
    """
    words = [word for word in cut(tidy(phrase)) if word.kind not in BESIDE]
    dates = [word for word in words if word.kind in DATES]
    days = [word for word in words if word.kind == "day" and word.part("ending") not in {"ar", "arna"}]
    if [*days, *dates] != words or max(len(days), len(dates)) != 1:
        return None
    ahead = today + timedelta(days=(weekday(days[0]) - today.weekday()) % 7) if days else None
    if not dates:
        return ahead
    found = date_of(dates[0], today)
    return found if found and (not days or found.weekday() == weekday(days[0])) else None
