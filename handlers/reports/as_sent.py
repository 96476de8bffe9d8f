"""A summary that was sent, as it may be read now."""

from bot.domain.reports.weekly import WeekSummary
from storage.said import weekly
from storage.unit import UnitOfWork


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
