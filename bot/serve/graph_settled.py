"""What follows when an errand is done: who is told of it, and what waited for it."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from functools import partial
from typing import NamedTuple

from bot.domain.calendar.school_year import SchoolYear
from bot.domain.errands import DocumentErrand, Errand, Kept
from bot.domain.errands_files import Filed
from bot.domain.school import Place
from bot.messages.model import Message
from bot.messages.phrasing.errands import beside, filed
from bot.messages.phrasing.weekly import phrase_summary
from bot.messages.texts import Texts
from bot.platforms.teams.install.references import Reference, References
from bot.serve.graph_documents import as_it_may_be_read
from bot.serve.graph_wanted import PLATFORM
from bot.serve.in_store import Run
from prompts.book import Prompts
from storage.errands import kept as shelf
from storage.post.outbox import Promised, promise, standing_of, unpark
from storage.said import weekly
from storage.unit import UnitOfWork

Write = Callable[[DocumentErrand], Awaitable[bytes]]
"""Makes the file of an errand."""


class NothingToWrite(Exception):
    """The summary is not there any more."""


class Page(NamedTuple):
    """What a file is made of. `about` is what it belongs to, each thing named."""

    message: Message
    about: tuple[tuple[str, str], ...]


def page_of(unit: UnitOfWork, texts: Texts, errand: DocumentErrand) -> Page:
    """The summary as it may be read now. Raises NothingToWrite."""
    found = (one for one in weekly.sent_summaries(unit, errand.school) if one.week == errand.week)
    sent = next(found, None)
    if sent is None:
        raise NothingToWrite
    said, roster = texts.errands, unit.roster
    day = roster.calendars[errand.school].local(sent.at).date()
    about = (
        (said.file_school, roster.schools[errand.school].name),
        (said.file_year, SchoolYear.of(day).name),
        (said.file_week, str(errand.week % 100)),
        (said.file_sent, day.isoformat()),
    )
    return Page(phrase_summary(as_it_may_be_read(unit, sent.summary), texts), about)


def written(
    unit: UnitOfWork, prompts: Prompts, errand: Errand, begun: Kept, reference: str, now: datetime
) -> None:
    """It is done; the rektors hear where a file is, once, in the same transaction."""
    shelf.end(unit, begun, reference, now)
    filed_now = Filed.of(reference) if isinstance(errand, DocumentErrand) else None
    if isinstance(errand, DocumentErrand) and filed_now:
        school, week = unit.roster.schools[errand.school].name, errand.week % 100
        key, file = f"filed:{errand.school}:{errand.week}", filed_now.file
        tell = partial(_tell, unit, prompts, errand, now)
        tell(key, partial(filed, school, week, file.link))
        if file.beside and Filed.of(begun.reference):
            again = f"beside:{errand.school}:{errand.week}:{errand.mark}"
            tell(again, partial(beside, school, week, file.link))


def _tell(
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
        theirs = roster.accounts
        own = any(
            person == rektor.id and user.endswith(f"/{errand.user}") for (_, user), person in theirs.items()
        )
        mine = f"{key}:{rektor.id}"
        if rektor.direct is None or (not errand.drive and not own) or standing_of(unit, [mine]):
            continue
        promise(
            unit,
            Promised(
                key=mine,
                message_class="critical",
                concerns=mine,
                place=rektor.direct,
                message=message(prompts.said_to(rektor)),
                not_before=now,
                hours_of=errand.school,
            ),
        )


async def open_door(
    run: Run, references: References, tenant: str, user: str, chat: str, now: datetime
) -> None:
    """Keep where somebody's chat is, and let what waited for them go out."""
    known = await references.of_tenant(tenant)
    service_url = next((one.service_url for one in known if one.service_url), "")
    mine = await references.find(tenant, f"@{user}")
    reference = Reference(
        tenant=tenant,
        key=f"@{user}",
        kind="personal",
        conversation=chat,
        service_url=(mine.service_url if mine else "") or service_url,
        user=mine.user if mine else "",
    )
    await references.save(reference)
    place = Place(platform=PLATFORM, address=f"{tenant}/@{user}")
    await run(lambda unit: unpark(unit, place, now))
