"""What follows when an errand is done: who is told of it, and what waited for it."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import NamedTuple

from bot.domain.calendar.school_year import SchoolYear
from bot.domain.errands import DocumentErrand, Errand, Kept, ReportErrand
from bot.domain.errands_files import File, Filed, OwnDrive
from bot.domain.school import Place
from bot.messages.model import Choices, Message
from bot.messages.phrasing import errands as said
from bot.messages.phrasing.weekly import phrase_summary
from bot.messages.texts import Texts
from handlers.informing import News, inform
from handlers.reports.as_sent import as_it_may_be_read
from prompts.book import Prompts
from storage.errands import kept as shelf
from storage.errands.posted import find_posted
from storage.post.outbox import Promised, promise, standing_of, unpark
from storage.said import weekly
from storage.unit import UnitOfWork


class NothingToWrite(Exception):
    """What a file was to be made of is not there any more."""


class Page(NamedTuple):
    """What a file is made of. `about` is what it belongs to, each thing named."""

    message: Message
    about: tuple[tuple[str, str], ...]


def page_of(unit: UnitOfWork, texts: Texts, errand: DocumentErrand | ReportErrand) -> Page:
    """What is to stand in the file, as it may be read now. Raises NothingToWrite."""
    return _summary(unit, texts, errand) if errand.kind == "document" else _report(unit, texts, errand)


def _summary(unit: UnitOfWork, texts: Texts, errand: DocumentErrand) -> Page:
    found = (one for one in weekly.sent_summaries(unit, errand.school) if one.week == errand.week)
    sent = next(found, None)
    if sent is None:
        raise NothingToWrite
    named, roster = texts.errands, unit.roster
    day = roster.calendars[errand.school].local(sent.at).date()
    about = (
        (named.file_school, roster.schools[errand.school].name),
        (named.file_year, SchoolYear.of(day).name),
        (named.file_week, str(errand.week % 100)),
        (named.file_sent, day.isoformat()),
    )
    return Page(phrase_summary(as_it_may_be_read(unit, sent.summary), texts), about)


def _report(unit: UnitOfWork, texts: Texts, errand: ReportErrand) -> Page:
    """The post itself, without its buttons: the file says what the channel was shown."""
    posted = find_posted(unit, errand.post)
    team = unit.roster.arbetslag_at(posted.place) if posted else None
    if posted is None or team is None:
        raise NothingToWrite
    named, roster = texts.errands, unit.roster
    day = roster.calendars[errand.school].local(posted.at).date()
    about = (
        (named.file_school, roster.schools[errand.school].name),
        (named.file_year, SchoolYear.of(day).name),
        (named.file_arbetslag, team.name),
        (named.file_agreed, day.isoformat()),
    )
    words = tuple(block for block in posted.message.blocks if not isinstance(block, Choices))
    return Page(Message(title=posted.message.title, blocks=words), about)


def written(
    unit: UnitOfWork, prompts: Prompts, errand: Errand, begun: Kept, reference: str, now: datetime
) -> None:
    """It is done; whose it is hear where a file is, once, in the same transaction."""
    shelf.end(unit, begun, reference, now)
    filed = Filed.of(reference)
    again = Filed.of(begun.reference) is not None
    if filed and isinstance(errand, DocumentErrand):
        _tell_rektors(unit, prompts, errand, now, filed.file, again=again)
    if filed and isinstance(errand, ReportErrand):
        _tell_channel(unit, prompts.texts, errand, now, filed.file, again=again)


def _tell_rektors(
    unit: UnitOfWork, prompts: Prompts, errand: DocumentErrand, now: datetime, file: File, *, again: bool
) -> None:
    school, week = unit.roster.schools[errand.school].name, errand.week % 100
    to_rektors = partial(_to_rektors, unit, prompts, errand, now)
    first = partial(said.filed, school, week, file.link, instead=errand.instead)
    to_rektors(f"filed:{errand.school}:{errand.week}", lambda texts: first(texts=texts))
    if file.beside and again:
        key = f"beside:{errand.school}:{errand.week}:{errand.mark}"
        to_rektors(key, partial(said.beside, school, week, file.link))


def _to_rektors(
    unit: UnitOfWork,
    prompts: Prompts,
    errand: DocumentErrand,
    now: datetime,
    key: str,
    message: Callable[[Texts], Message],
) -> None:
    """To the rektors whose file it is, each in their language, once for each `key`; to no former one."""
    roster = unit.roster
    for rektor in roster.holders("rektor", errand.school):
        own = any(
            person == rektor.id and user.endswith(f"/{errand.user}")
            for (_, user), person in roster.accounts.items()
        )
        mine = f"{key}:{rektor.id}"
        others = isinstance(errand.where, OwnDrive) and not own
        if rektor.direct is None or others or standing_of(unit, [mine]):
            continue
        told = News(mine, mine, message(prompts.said_to(rektor)))
        inform(unit, errand.school, now, rektor.direct, told)


def _tell_channel(
    unit: UnitOfWork, texts: Texts, errand: ReportErrand, now: datetime, file: File, *, again: bool
) -> None:
    """Under the post itself, where everybody has read the same already; a rewritten file is no news."""
    posted = find_posted(unit, errand.post)
    anew = again and file.beside
    key = f"report:{errand.analysis}" + (f":{errand.mark}" if anew else "")
    if posted is None or standing_of(unit, [key]):
        return
    promise(
        unit,
        Promised(
            key=key,
            message_class="critical",
            concerns=f"report:{errand.analysis}",
            place=posted.place,
            message=said.report(posted.message.title, file.link, texts, anew=anew),
            not_before=now,
            thread_of=errand.post,
            hours_of=errand.school,
        ),
    )


def opened(unit: UnitOfWork, place: Place, now: datetime) -> None:
    """Somebody's chat is open: what waited for them goes out."""
    unpark(unit, place, now)
