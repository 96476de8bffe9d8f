"""Days and times as people in Sweden write them."""

from datetime import date, datetime

DAYS = ("måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag")
MONTHS = (
    *("januari", "februari", "mars", "april", "maj", "juni"),
    *("juli", "augusti", "september", "oktober", "november", "december"),
)


def day(moment: date) -> str:
    return f"{DAYS[moment.weekday()]} {moment.day} {MONTHS[moment.month - 1]}"


def time(moment: datetime) -> str:
    return f"{moment:%H.%M}"


def moment(moment: datetime, this_year: int) -> str:
    year = "" if moment.year == this_year else f" {moment.year}"
    return f"{day(moment)}{year} kl. {time(moment)}"


def week(moment: date) -> str:
    return f"v. {moment.isocalendar().week}"


def short(moment: date) -> str:
    return f"{DAYS[moment.weekday()].removesuffix('dag')} {moment.day} {MONTHS[moment.month - 1][:3]}"
