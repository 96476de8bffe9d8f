"""What an arbetslag agreed on, as a file among those of its own channel: what was posted there, no more."""

import hashlib
from collections.abc import Iterator

from bot.domain.calendar.school_year import Calendar
from bot.domain.errands import ReportErrand
from bot.domain.errands_files import ChannelFiles, own_name
from bot.domain.school import Arbetslag
from handlers.errands.here import Here
from handlers.errands.summaries import FOLDER, FOLLOWED_FOR, year_folder
from storage.errands.posted import Posted, posted_analyses
from storage.installed import references
from storage.said.analyses import load_analysis


def reports(here: Here) -> Iterator[ReportErrand]:
    """The newest of each analysis that was posted where its arbetslag talks, each as one file.

    What was posted there is what was agreed and shared; nothing else of an analysis is looked at.
    """
    newest = {one.analysis: one for one in posted_analyses(here.unit, here.lane(""), here.now - FOLLOWED_FOR)}
    for one in newest.values():
        errand = _report(here, one)
        if errand:
            yield errand


def _report(here: Here, posted: Posted) -> ReportErrand | None:
    """A file beside the post; none of elevhälsa's, whose words go nowhere but where they were said."""
    found = load_analysis(here.unit, posted.analysis)
    team = here.unit.roster.arbetslag.get(found.arbetslag) if found else None
    if found is None or team is None or team.kind == "elevhalsa" or team.school not in here.schools:
        return None
    folder = _folder(here, team, posted)
    if folder is None:
        return None
    calendar = here.unit.roster.calendars[team.school]
    return ReportErrand(
        key=f"{here.tenant}/{found.id}",
        mark=hashlib.sha256(posted.message.model_dump_json().encode()).hexdigest()[:20],
        ends=posted.at + FOLLOWED_FOR,
        user=folder.channel,
        where=folder,
        path=_path(calendar, posted),
        school=team.school,
        analysis=found.id,
        post=posted.key,
    )


def _folder(here: Here, team: Arbetslag, posted: Posted) -> ChannelFiles | None:
    """The files of the channel that was shown it, if that is where the arbetslag talks still."""
    spot = here.key_of(team.place)
    if spot is None or spot != here.key_of(posted.place) or team.silenced:
        return None
    known = references.find(here.unit, here.tenant, spot)
    return ChannelFiles(team=known.team, channel=spot) if known and known.team else None


def _path(calendar: Calendar, posted: Posted) -> str:
    """Named by the minute it was posted, for people to find it by."""
    when = calendar.local(posted.at)
    name = f"{when:%Y-%m-%d %H.%M} {own_name(posted.message.title, 'Orsaksanalys', posted.analysis)}.docx"
    return "/".join((FOLDER, year_folder(when.date()), name))
