"""One errand done: what it is in Graph's words. Raises GraphRefused."""

from datetime import datetime
from typing import assert_never

from bot.domain.errands import (
    Do,
    DocumentErrand,
    DoorErrand,
    Errand,
    Kept,
    MeetingErrand,
    NudgeErrand,
    ReportErrand,
    Step,
    Undo,
)
from bot.domain.errands_files import Filed
from bot.platforms.graph.port import GraphRefused, Meeting, Notice
from bot.serve.graph.tenant import Tenant
from handlers.errands.wanted import preview_for


async def act(one: Tenant, step: Step, begun: Kept, now: datetime) -> str:
    """Do or undo it once; return what it is called there."""
    graph = one.graph
    if isinstance(step, Undo):
        if step.kept.reference:
            await graph.drop_meeting(begun.user, step.kept.reference)
        else:
            await graph.drop_meeting_called(begun.user, begun.sign)
        return ""
    doubtful = isinstance(step, Do) and step.again is not None
    return await _do(one, step.errand, begun, now, doubtful=doubtful)


async def _do(one: Tenant, errand: Errand, begun: Kept, now: datetime, *, doubtful: bool) -> str:
    match errand:
        case MeetingErrand():
            return await _meet(one, errand, begun, doubtful=doubtful)
        case DocumentErrand():
            return await _put(one, errand, begun, doubtful=doubtful)
        case ReportErrand(where=where):
            if not begun.reference and await one.graph.is_open(where.team):
                raise GraphRefused("content", "team_is_open")
            return await _put(one, errand, begun, doubtful=doubtful)
        case NudgeErrand(user=user, team=team, type=type_):
            said = await one.run(lambda unit: preview_for(one.here(unit, now), errand))
            await one.graph.notify(team, user, Notice(type=type_, preview=said))
            return ""
        case DoorErrand(user=user):
            return await one.graph.install(user, one.chosen.app)
        case _:
            assert_never(errand)


async def _meet(one: Tenant, errand: MeetingErrand, begun: Kept, *, doubtful: bool) -> str:
    meeting = _meeting(errand, begun)
    if begun.reference:
        await one.graph.move_meeting(errand.user, begun.reference, meeting)
        return begun.reference
    return await one.graph.meet(errand.user, meeting, doubtful=doubtful)


async def _put(one: Tenant, errand: DocumentErrand | ReportErrand, begun: Kept, *, doubtful: bool) -> str:
    """Write a file, anew where it was written before, wherever it lies by now."""
    known = Filed.of(begun.reference)
    before = known.file if known else None
    content = await one.write(errand)
    file = await one.graph.put_file(errand.where, errand.path, content, before, doubtful=doubtful)
    if isinstance(errand, ReportErrand):
        return Filed(file=file, school=errand.school, analysis=errand.analysis).model_dump_json()
    return Filed(file=file, school=errand.school, week=errand.week).model_dump_json()


def _meeting(errand: MeetingErrand, begun: Kept) -> Meeting:
    return Meeting(
        transaction=begun.attempt,
        sign=begun.sign,
        subject=errand.subject,
        about=errand.about,
        starts=errand.starts,
        minutes=errand.minutes,
        zone=errand.zone,
    )
