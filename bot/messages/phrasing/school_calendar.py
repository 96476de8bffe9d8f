"""How a calendar is asked for, and what was read out of it."""

from datetime import date

from bot.domain.calendar.rows import Unreadable
from bot.domain.value import Value
from bot.messages.model import Block, Form, Message, Paragraph, Small, TextField
from bot.messages.texts import Texts
from bot.messages.texts.base import fill
from bot.messages.tokens import Token

LONGEST = 200_000
LINES = 10


class CalendarAdded(Value):
    """What a file said, in numbers, how many plans got new dates, and who is sent word of it, by name.

    `withdrawn`: questions that waited for a day which is now closed.
    """

    lov: int
    study: int
    planning: int
    terms: int
    passed_over: int
    changed: int = 0
    withdrawn: int = 0
    told: tuple[str, ...] = ()
    covered: date | None


def unreadable(problem: Unreadable, texts: Texts) -> str:
    """Say what could not be read, what to do, and that nothing is saved."""
    said = texts.school_calendar
    where = said.a_line if problem.line is None else fill(said.the_line, n=problem.line)
    what = fill(said.unreadable[problem.reason], where=where, found=problem.found)
    return f"{what} {said.mend}"


def phrase(effect: CalendarAdded, texts: Texts) -> Message:
    """Word what was added."""
    said = texts.school_calendar
    parts = [
        plural.of(number)
        for plural, number in (
            (said.lov, effect.lov),
            (said.study, effect.study),
            (said.planning, effect.planning),
            (said.terms, effect.terms),
        )
        if number
    ]
    blocks: list[Block] = [Paragraph(text=_changed(effect, texts))]
    if effect.covered:
        blocks.append(Small(text=fill(said.covered, date=texts.dates.full_date(effect.covered))))
    if effect.passed_over:
        blocks.append(Small(text=said.passed_over.of(effect.passed_over)))
    return Message(title=fill(said.saved, what=texts.dates.all_of(parts)), blocks=tuple(blocks))


def _changed(effect: CalendarAdded, texts: Texts) -> str:
    said = texts.school_calendar
    news = [said.changed.of(effect.changed)] if effect.changed else []
    if effect.withdrawn:
        news.append(texts.schedules.new_dates_withdrawn.of(effect.withdrawn))
    if effect.told:
        news.append(fill(said.sent_to, who=texts.dates.all_of(effect.told)))
    elif effect.changed:
        news.append(said.see_them)
    return " ".join(news) or said.unchanged


def calendar_form(text: str, error: str, texts: Texts) -> Form:
    """Ask for the rows; what could not be read stays in the field."""
    said = texts.school_calendar
    field = TextField(
        key="calendar",
        label=said.field,
        help=said.field_help,
        required=True,
        value=text,
        lines=LINES,
        longest=LONGEST,
        file=".csv,.ics",
    )
    return Form(
        token=Token(verb="calendar_form").pack(),
        title=said.title,
        intro=(Small(text=said.intro),),
        fields=(field,),
        submit=said.submit,
        around=texts.forms.around,
        errors={"calendar": error} if error else {},
    )
