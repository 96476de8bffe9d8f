"""What a calendar file says, row by row, and what can be wrong with a row.

A file is read whole or not at all: the first row that is not understood stops it, by its line.
"""

import re
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Literal, NamedTuple

from bot.domain.calendar.school_year import CalendarDay, DayKind, Term
from bot.domain.value import Value

LONGEST_SPAN = timedelta(days=400)
MOST_DAYS = 5_000
MOST_SHOWN = 60

Reason = Literal[
    "empty",
    "too_big",
    "not_text",
    "not_table",
    "not_ics",
    "no_date",
    "no_such_date",
    "ends_before_start",
    "too_long",
    "kind",
    "no_end",
    "repeats",
    "nothing",
]
Kind = DayKind | Literal["termin"]

# The first that is found decides: "studiedag (lov för elever)" is a studiedag. "Lovskola" is no lov.
_KINDS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    ("planeringsdag", re.compile(r"planering")),
    ("studiedag", re.compile(r"studiedag|kompetensutveckling|fortbildning|\bk-?dag")),
    ("termin", re.compile(r"termin(?:en)?\b|^(?:ht|vt)(?:\b|[0-9])")),
    ("lov", re.compile(r"lov(?:et|en|dag|dagen|dagar|vecka)?\b|\bledig(?:a|t|het)?\b")),
)
# "Sista dagen före jullovet", "Terminen börjar": beside the thing, not the thing.
_BESIDE = re.compile(r"\b(?:före|innan|efter|börjar|slutar|startar|första|sista|inför)\b")


class CalendarDays(Value):
    """All that a file says. `passed_over` names the entries of an .ics that are about other things."""

    days: tuple[CalendarDay, ...]
    terms: tuple[Term, ...] = ()
    passed_over: tuple[str, ...] = ()


class Unreadable(Value):
    """Why nothing was read: the line (1 is the first), the reason, and the words not understood."""

    reason: Reason
    line: int | None = None
    found: str = ""


class Row(NamedTuple):
    """One span of days, and the line it stands on."""

    line: int | None
    first: date
    last: date
    kind: Kind
    name: str


class Stop(Exception):
    """Raised inside the readers and caught at their door, never seen outside."""

    def __init__(self, reason: Reason, line: int | None = None, found: str = "") -> None:
        super().__init__(reason)
        shown = found if len(found) <= MOST_SHOWN else f"{found[: MOST_SHOWN - 1]}…"
        self.unreadable = Unreadable(reason=reason, line=line, found=shown)


def kind_of(*words: str) -> Kind | None:
    """Tell a kind from a category, else from a name: "Sportlov" is a lov, "HT 2026" a term."""
    for word in words:
        text = word.casefold().strip()
        if _BESIDE.search(text):
            continue
        for kind, sign in _KINDS:
            if sign.search(text):
                return kind
    return None


def gather(rows: Iterable[Row], passed_over: tuple[str, ...] = ()) -> CalendarDays:
    """Spread the spans out into days, each once; terms stay spans."""
    days: dict[CalendarDay, None] = {}
    terms: dict[Term, None] = {}
    for row in rows:
        if row.last < row.first:
            raise Stop("ends_before_start", row.line)
        if row.last - row.first > LONGEST_SPAN:
            raise Stop("too_long", row.line)
        if row.kind == "termin":
            if row.first == row.last:
                raise Stop("no_end", row.line)
            terms[Term(name=row.name or "termin", first=row.first, last=row.last)] = None
            continue
        for ahead in range((row.last - row.first).days + 1):
            days[CalendarDay(date=row.first + timedelta(days=ahead), kind=row.kind, name=row.name)] = None
        if len(days) > MOST_DAYS:
            raise Stop("too_big", row.line)
    if not days and not terms:
        raise Stop("nothing")
    in_order = sorted(days, key=lambda day: (day.date, day.kind, day.name))
    ordered_terms = sorted(terms, key=lambda term: (term.first, term.last))
    return CalendarDays(days=tuple(in_order), terms=tuple(ordered_terms), passed_over=passed_over)
