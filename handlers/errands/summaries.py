"""Which files of summaries there should be, and which there are still to follow, whoever is rektor by now."""

import hashlib
from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from bot.domain.calendar.school_year import SchoolYear
from bot.domain.errands import DocumentErrand, Kept
from bot.domain.errands_files import Filed, Library, OwnDrive, Where, own_name
from bot.domain.reports.weekly import WeekSummary
from bot.domain.school import Person, School
from bot.domain.value import SchoolId
from handlers.errands.here import Chosen, Here
from handlers.errands.leaders import Leading, channel_for
from handlers.reports.as_sent import as_it_may_be_read
from storage.errands import kept as shelf
from storage.said import weekly
from storage.unit import UnitOfWork

NEWEST_SUMMARIES = 2
FOLLOWED_FOR = timedelta(days=14)
"""A file follows its summary so long: what is taken back in it is taken out of the file too."""

OWN = "rektor"
"""The setting that puts a summary in the rektor's own drive."""

FOLDER = "Nuläge"


class _Spot(NamedTuple):
    """Where a file goes, what that is called in its key, and whom it concerns."""

    where: Where
    whose: str
    user: str
    instead: bool = False


def summaries(here: Here, chosen: Chosen, leading: Leading) -> Iterator[DocumentErrand]:
    """Each school's newest summaries, if that was chosen, and every file that is not over."""
    known = shelf.kept(here.unit, "document")
    wanted = set()
    for one in _newest(here, chosen, leading):
        wanted.add(one.key)
        yield one
    for kept in known.values():
        filed = Filed.of(kept.reference)
        if filed and kept.key not in wanted and kept.ends > here.now and filed.school in here.schools:
            yield from _followed(here.unit, kept, filed)


def _newest(here: Here, chosen: Chosen, leading: Leading) -> Iterator[DocumentErrand]:
    roster = here.unit.roster
    for school in here.schools:
        spots = tuple(_spots(here, chosen, school, leading))
        sent = weekly.sent_summaries(here.unit, school, most=NEWEST_SUMMARIES) if spots else ()
        for one in sent:
            day = roster.calendars[school].local(one.at).date()
            for spot in spots:
                yield DocumentErrand(
                    key=_key(school, one.week, spot.whose),
                    mark=_digest(as_it_may_be_read(here.unit, one.summary)),
                    ends=one.at + FOLLOWED_FOR,
                    user=spot.user,
                    where=spot.where,
                    path=_path(roster.schools[school], day, one.week),
                    school=school,
                    week=one.week,
                    instead=spot.instead,
                )


def _spots(here: Here, chosen: Chosen, school: SchoolId, leading: Leading) -> Iterator[_Spot]:
    """Where a school's summary is put, once each; nowhere as long as nobody knows who would read it."""
    rektors = [one.id for one in here.unit.roster.holders("rektor", school) if one.id in here.users]
    users = [here.users[one] for one in rektors]
    if not users:
        return
    channel = channel_for(here, school, leading) if chosen.leaders else None
    if channel:
        yield _Spot(channel, channel.channel, users[0])
    elif chosen.leaders and leading.unsure:
        return
    elif chosen.leaders or chosen.files == OWN:
        for user in users:
            yield _Spot(OwnDrive(user=user), user, user, instead=bool(chosen.leaders))


def _followed(unit: UnitOfWork, kept: Kept, filed: Filed) -> Iterator[DocumentErrand]:
    """A file of somebody who is not rektor any more, or where files are not put any more."""
    for sent in weekly.sent_summaries(unit, filed.school):
        if sent.week == filed.week:
            own = kept.key == _key(filed.school, filed.week, kept.user)
            yield DocumentErrand(
                key=kept.key,
                mark=_digest(as_it_may_be_read(unit, sent.summary)),
                ends=kept.ends,
                user=kept.user,
                where=OwnDrive(user=kept.user) if own else Library(drive=filed.file.drive),
                path=filed.file.path,
                school=filed.school,
                week=filed.week,
            )


def filed_for(unit: UnitOfWork, rektor: Person, week: str) -> str:
    """Where a week's summary ("202648") lies as a file that this rektor may open; "" when it does not."""
    mine = {
        user.rpartition("/")[2] for (_, user), person in unit.roster.accounts.items() if person == rektor.id
    }
    for kept in shelf.kept(unit, "document").values():
        filed = Filed.of(kept.reference) if kept.state == "done" else None
        if filed and filed.school == rektor.school and str(filed.week) == week:
            own = kept.key == _key(filed.school, filed.week, kept.user)
            if kept.user in mine or not own:
                return filed.file.link
    return ""


def year_folder(day: date) -> str:
    return SchoolYear.of(day).name.replace("/", "-")


def _key(school: SchoolId, week: int, whose: str) -> str:
    return f"{school}:{week}:{whose}"


def _path(school: School, day: date, week: int) -> str:
    return "/".join(
        (FOLDER, own_name(school.name, "Skola", school.id), year_folder(day), f"v{week % 100}.docx")
    )


def _digest(summary: WeekSummary) -> str:
    return hashlib.sha256(summary.model_dump_json().encode()).hexdigest()[:20]
