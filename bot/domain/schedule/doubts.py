"""What makes a schedule phrase doubtful: each rule gives one plain question, or nothing.

They are tried in order, before anything is built. A word no rule understood is never passed over.
"""

from collections.abc import Callable
from datetime import date, timedelta

from bot.domain.calendar.swedish_dates import WEEKDAYS, capital, say_date, say_full_date, say_time
from bot.domain.schedule import ask
from bot.domain.schedule.ask import AskBack, Choice
from bot.domain.schedule.recurrence import Recurrence
from bot.domain.schedule.said import CLOCKS, DATES, WEEKS, Said, date_of, interval, name_of_date, weekday
from bot.domain.schedule.speech import pattern
from bot.domain.schedule.words import Word, swap

Doubt = Callable[[Said], AskBack | None]
SEAMS = ("or", "and", "filler")
ACROSS_A_WEEKEND = timedelta(days=5)  # a lov goes on across a weekend with a red day


def doubt(said: Said) -> AskBack | None:
    """Ask about the first thing that is not clear, if any."""
    return next((question for rule in RULES if (question := rule(said)) is not None), None)


def _past(said: Said) -> AskBack | None:
    return ask.HAS_BEEN if said.has("past") else None


def _end_without_date(said: Said) -> AskBack | None:
    times = len(said.all(*CLOCKS)) > 1
    loose = any(word is None or word.kind not in {*DATES, *WEEKS} for word in said.after("until"))
    return ask.NO_END if loose and not times else None


def _start_without_date(said: Said) -> AskBack | None:
    times = len(said.all(*CLOCKS)) > 1
    known = {*DATES, *WEEKS, "after"}
    loose = any(word is None or word.kind not in known for word in said.after("from"))
    return ask.NO_START if loose and not times else None


def _after_lov(said: Said) -> AskBack | None:
    """Answer "efter sportlovet" with the date when it ends; a day and a time are needed too."""
    for word in said.all("after"):
        name = word.match["what"]
        end = _end_of_lov(said, name)
        known = ""
        if end is not None:
            verb = "slutar" if end >= said.today else "slutade"
            known = f" {name.capitalize()} {verb} {say_date(end)}."
        timed, dated = said.has(*CLOCKS), bool(said.days)
        if not (timed and dated):
            missing = "Vilken tid?" if dated else "Vilken dag?" if timed else "Vilken dag och tid?"
            return AskBack(text=missing + known)
        choices: tuple[Choice, ...] = ()
        if end is not None and end >= said.today:
            start = said.calendar.next_open_day(end + timedelta(days=1)) or end
            phrase = swap(said.text, word, f"från {say_full_date(start)}").replace("från från", "från")
            choices = (Choice(f"Börja {say_date(start)}", phrase),)
        return AskBack(text=f"Från vilket datum?{known}", choices=choices)
    return None


def _end_of_lov(said: Said, name: str) -> date | None:
    """Find the last day of a named lov: the next one to end, else the latest known."""
    stem = "" if name in {"lov", "lovet"} else name.removesuffix("et").removesuffix("en") or name
    days = [
        day.date for day in said.calendar.days if day.kind == "lov" and day.name.casefold().startswith(stem)
    ]
    later = [*days[1:], date.max] if days else []
    ends = [day for day, following in zip(days, later, strict=True) if following - day > ACROSS_A_WEEKEND]
    return next((end for end in ends if end >= said.today), ends[-1] if ends else None)


def _unknown(said: Said) -> AskBack | None:
    """Rule 2: every word must be understood; "och" only between days, "eller" only between two things."""
    days = {"day", "workdays", "ordinal", *DATES, *WEEKS}
    words = [word for word in said.words if word.kind != "comma"]
    for place, word in enumerate(words):
        kinds = {other.kind for other in words[max(0, place - 1) : place + 2]} - {word.kind}
        wrong_and = word.kind == "and" and (not kinds <= days or place in {0, len(words) - 1})
        wrong_or = word.kind == "or" and len(said.all(*CLOCKS)) <= 1 and len(said.days) <= 1
        if word.kind == "unknown" or (wrong_and and len(said.all(*CLOCKS)) <= 1) or wrong_or:
            return ask.not_understood(word.text)
    return None


def _times_a_week(said: Said) -> AskBack | None:
    return ask.NO_DAYS if said.has("times_a_week") else None


def _except_lov(said: Said) -> AskBack | None:
    found = said.all("except_lov")
    if not found:
        return None
    rest = said.again(said.without(*found))
    if isinstance(rest, AskBack):
        return rest
    return AskBack(
        text=f"Jag hoppar alltid över lov. Ska jag spara {pattern(rest)}?",
        choices=(Choice("Ja, det stämmer", said.without(*found)),),
    )


def _two_times(said: Said) -> AskBack | None:
    clocks = said.all(*CLOCKS)
    match clocks:
        case [] | [_]:
            return None
        case [_, _]:
            offered = clocks
        case _:
            offered = []
    choices: dict[str, Choice] = {}
    for clock in offered:
        rest = (word for word in said.words if word is clock or word.kind not in {*CLOCKS, *SEAMS})
        phrase = " ".join(f"kl {word.text}" if word.kind == "bare" else word.text for word in rest)
        if isinstance(meant := said.again(phrase), Recurrence):
            label = f"Ta {say_time(meant.at)}"
            choices[label] = Choice(label, phrase)
    return AskBack(text="Jag ser två tider. Vilken gäller?", choices=tuple(choices.values()))


def _two_days(said: Said) -> AskBack | None:
    if not said.has("or"):
        return None
    choices: tuple[Choice, ...] = ()
    match said.all("day"):
        case [one, two]:
            seams = said.all("or")
            choices = tuple(
                Choice(f"Ta {WEEKDAYS[weekday(day)]}", said.without(other, *seams))
                for day, other in ((one, two), (two, one))
            )
        case _:
            pass
    return AskBack(text="Jag ser två dagar. Vilken gäller?", choices=choices)


def _daily(said: Said) -> AskBack | None:
    for word in said.all("daily"):
        week = next((f" v. {other.match['week']}" for other in said.all("week")), "")
        phrase = swap(said.text, word, "vardagar")
        return AskBack(text=f"Menar du varje vardag{week}?", choices=(Choice("Ja, ta vardagar", phrase),))
    return None


def _two_dates(said: Said) -> AskBack | None:
    if len(said.plain(*DATES)) > 1 or any(len(said.after(marker)) > 1 for marker in ("from", "until")):
        return AskBack(text="Jag ser två datum. Vilket gäller?")
    if len(said.plain(*WEEKS)) > 1:
        return AskBack(text="Jag ser två veckor. Vilken gäller?")
    return None


def _no_such_date(said: Said) -> AskBack | None:
    for word in said.all(*DATES, *WEEKS):
        if date_of(word, said.today) is None:
            name = f"v. {word.match['week']}" if word.kind == "week" else name_of_date(word)
            question = "Vilken vecka gäller?" if word.kind == "week" else "Vilket datum gäller?"
            return AskBack(text=f"{capital(name)} finns inte. {question}")
    return None


def _two_patterns(said: Said) -> AskBack | None:
    """Stop what cannot be both, like "varannan" and "jämna veckor"."""
    spaced = said.every - {1}
    parities = {word.match["which"][:1] for word in said.all("parity")}
    ordinals = said.all("ordinal")
    patterns = [bool(spaced), bool(parities), bool(ordinals) or said.has("monthly", "in_term")]
    once = said.has("next") or bool(said.plain(*DATES, *WEEKS))
    several = len(spaced) > 1 or len(ordinals) > 1 or len({p == "j" for p in parities}) > 1
    if sum(patterns) > 1 or several or (ordinals and once) or (said.has("next") and said.recurring):
        return _without_one(said, spaced) or ask.TWO_PATTERNS
    return None


def _without_one(said: Said, spaced: set[int]) -> AskBack | None:
    """Offer "jämna veckor" alone for "varannan … jämna veckor"."""
    every = [word for word in said.all("every") if interval(word) > 1]
    parity = said.all("parity")
    if len(parity) == 1 and spaced and not said.has("ordinal", "monthly", "next"):
        name = parity[0].text.removeprefix("på ").removeprefix("varje ")
        choice = Choice(f"Ja, ta {name}", said.without(*every))
        return AskBack(text=f"Menar du bara {name}?", choices=(choice,))
    return None


def _which_in_month(said: Said) -> AskBack | None:
    ordinal, day = said.all("ordinal"), said.all("day")
    if said.has("monthly") and not ordinal:
        name = WEEKDAYS[weekday(day[0])] if day else "torsdag"
        return AskBack(text=f"Vilken {name}? Skriv till exempel första {name}en i månaden.")
    if ordinal and not said.has("monthly", "in_term") and len(day) == 1:
        name = f"{ordinal[0].match['nth']} {WEEKDAYS[weekday(day[0])]}en"
        phrase = f"{said.text} i månaden"
        return AskBack(text=f"Menar du {name} i månaden?", choices=(Choice("Ja, ta varje månad", phrase),))
    return AskBack(text="Vilken dag i månaden? Skriv en i taget.") if ordinal and len(day) != 1 else None


def _only_or_from(said: Said) -> AskBack | None:
    """Rule 5: a date or a week means once, a recurrence word means more; both must be asked about."""
    named: list[Word] = said.plain(*DATES, *WEEKS)
    bounded = not (said.has("every", "parity"))
    if not named or bounded:
        return None
    found = date_of(named[0], said.today)
    if found is None:
        return None
    what = f"v. {found.isocalendar().week}" if named[0].kind in WEEKS else say_date(found)
    start = swap(said.text, named[0], f"från {say_full_date(found)}")
    return AskBack(
        text=f"Menar du bara {what}, eller flera gånger från {what}?",
        choices=(
            Choice(f"Ta bara {what}", said.without(*said.all("every", "parity"))),
            Choice(f"Börja {what}", start),
        ),
    )


def missing(said: Said) -> AskBack | None:
    """Ask for the day or the time that is not there; a date is a day."""
    dated = bool(said.days) or bool(said.plain(*DATES))
    if said.has(*CLOCKS):
        return None if dated else ask.NO_DAY
    return ask.NO_TIME if dated else ask.NO_DAY_OR_TIME


RULES: tuple[Doubt, ...] = (
    _past,
    _after_lov,
    _end_without_date,
    _start_without_date,
    _unknown,
    _times_a_week,
    _except_lov,
    _two_times,
    _two_days,
    _daily,
    _two_dates,
    _no_such_date,
    _two_patterns,
    _which_in_month,
    _only_or_from,
)
