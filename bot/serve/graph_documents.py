"""Which files there should be, and which there are still to follow, whoever is rektor by now."""

import hashlib
from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING

from bot.domain.calendar.school_year import SchoolYear
from bot.domain.errands import DocumentErrand, Kept
from bot.domain.errands_files import Filed
from bot.domain.reports.weekly import WeekSummary
from bot.domain.value import SchoolId
from storage.errands import kept as shelf
from storage.said import weekly
from storage.unit import UnitOfWork

if TYPE_CHECKING:  # it asks us
    from bot.serve.graph_wanted import Here

NEWEST_SUMMARIES = 2
SUMMARY_FOR = timedelta(days=14)
"""A file follows its summary so long: what is taken back in it is taken out of the file too."""

OWN = "rektor"
"""The setting that puts a summary in the rektor's own OneDrive."""


def documents(here: "Here", files: str) -> Iterator[DocumentErrand]:
    """Each rektor's newest summaries, if that was chosen (`files`), and every file that is not over."""
    known = shelf.kept(here.unit, "document")
    wanted = set()
    for one in _newest(here, files) if files else ():
        wanted.add(one.key)
        filed = Filed.of(known[one.key].reference) if one.key in known else None
        yield one.model_copy(update={"path": filed.file.path}) if filed else one
    for kept in known.values():
        filed = Filed.of(kept.reference)
        if filed and kept.key not in wanted and kept.ends > here.now and filed.school in here.schools:
            yield from _followed(here.unit, kept, filed)


def _newest(here: "Here", files: str) -> Iterator[DocumentErrand]:
    roster = here.unit.roster
    for school in here.schools:
        rektors = [one.id for one in roster.holders("rektor", school) if one.id in here.users]
        if not rektors:
            continue
        for sent in weekly.sent_summaries(here.unit, school, most=NEWEST_SUMMARIES):
            own = files == OWN
            day = roster.calendars[school].local(sent.at).date()
            for rektor in rektors if own else rektors[:1]:
                yield DocumentErrand(
                    key=_key(school, sent.week, here.users[rektor] if own else files),
                    mark=_digest(as_it_may_be_read(here.unit, sent.summary)),
                    ends=sent.at + SUMMARY_FOR,
                    user=here.users[rektor],
                    drive="" if own else files,
                    path=_path(roster.schools[school].name, day, sent.week),
                    school=school,
                    week=sent.week,
                )


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
                drive="" if own else filed.file.drive,
                path=filed.file.path,
                school=filed.school,
                week=filed.week,
            )


def as_it_may_be_read(unit: UnitOfWork, summary: WeekSummary) -> WeekSummary:
    """A summary as it was sent, without what was taken back since."""
    quoted = [told.note for team in summary.teams for told in team.quotes]
    raised = [one.note for one in summary.raised]
    readable = weekly.readable_among(unit, [*quoted, *raised])
    teams = tuple(
        team.model_copy(update={"quotes": tuple(told for told in team.quotes if told.note in readable)})
        for team in summary.teams
    )
    kept = tuple(one for one in summary.raised if one.note in readable)
    return summary.model_copy(update={"teams": teams, "raised": kept})


def _key(school: SchoolId, week: int, whose: str) -> str:
    return f"{school}:{week}:{whose}"


def _path(school: str, day: date, week: int) -> str:
    return "/".join(("Nuläge", _file_name(school), _year(day), f"v{week % 100}.docx"))


def _digest(summary: WeekSummary) -> str:
    return hashlib.sha256(summary.model_dump_json().encode()).hexdigest()[:20]


def _year(day: date) -> str:
    return SchoolYear.of(day).name.replace("/", "-")


def _file_name(name: str) -> str:
    """A folder that SharePoint and OneDrive take (Microsoft, invalid file names); nothing climbs out."""
    kept = "".join(" " if sign in '"*:<>?/\\|#%~' or not sign.isprintable() else sign for sign in name)
    return " ".join(kept.split()).strip(". ")[:80] or "Skola"
