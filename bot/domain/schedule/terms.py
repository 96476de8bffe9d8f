"""What "i terminen" and "hela läsåret" mean: a day of a term, or all that is left of it."""

from datetime import date, time, timedelta

from bot.domain.calendar.school_year import SchoolYear, Term
from bot.domain.calendar.swedish_dates import say_full_date
from bot.domain.schedule import ask
from bot.domain.schedule.ask import AskBack, ask_back
from bot.domain.schedule.recurrence import Recurrence
from bot.domain.schedule.said import DATES, JUNE, WEEKS, Said
from bot.domain.schedule.tidying import swap
from bot.domain.schedule.words import ORDINALS, Word

WEEK = timedelta(days=7)


def in_term(said: Said, at: time) -> Recurrence | AskBack:
    """Take "sista fredagen i terminen" as one date: of this term, or of the next when it has been."""
    other = said.has("from", "until", "next") or said.plain(*DATES, *WEEKS)
    for word in said.all("in_term"):
        if word.part("each") and not other:
            return ask.not_understood(word.text) if said.has("ordinal") else ask_back("which_of_term")
        if word.part("year") and not (other or said.once_each):
            return ask.not_understood(word.text) if said.has("ordinal") else _all_year(said, word)
    if (said.plural or said.recurring) and not said.has("ordinal") and not other:
        return _all_term(said)
    if other or said.recurring or len(said.days) != 1 or len(said.all("in_term")) > 1:
        return ask.TWO_PATTERNS
    nth = next((ORDINALS[word.match["nth"]] for word in said.all("ordinal")), None)
    if nth is None:
        return ask_back("which_of_term")
    days = [day for term in said.terms if (day := _nth_in(term, said.days[0], nth)) >= said.today]
    return Recurrence(once=days[0], at=at) if days else ask.HAS_BEEN


def _all_term(said: Said) -> Recurrence | AskBack:
    """Take "onsdagar under vårterminen" from its first day, or from now, to its last."""
    word = said.all("in_term")[0]
    term = next(term for term in said.terms if term.last >= said.today)
    start = f"från {say_full_date(term.first)} " if term.first > said.today else ""
    return said.read(swap(said.text, word, f"{start}till {say_full_date(term.last)}"))


def _all_year(said: Said, word: Word) -> Recurrence | AskBack:
    """Take "hela läsåret" from now to the last day of the spring, where it is known."""
    year = SchoolYear.of(said.today)
    ends = [term.last for term in said.terms if year.holds(term.last) and term.last.month <= JUNE]
    if not ends:
        return ask.NO_END
    return said.read(swap(said.text, word, f"till {say_full_date(max(ends))}"))


def _nth_in(term: Term, number: int, nth: int) -> date:
    if nth < 0:
        return term.last - timedelta(days=(term.last.weekday() - number) % 7)
    return term.first + timedelta(days=(number - term.first.weekday()) % 7) + (nth - 1) * WEEK


def term_unknown(said: Said) -> AskBack | None:
    if not said.has("in_term") or any(term.last >= said.today for term in said.terms):
        return None
    last = any(ORDINALS[word.match["nth"]] < 0 for word in said.all("ordinal"))
    return ask_back("term_ends" if last else "term_begins")
