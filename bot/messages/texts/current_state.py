"""The sentences of `/nuläge`."""

from typing import Annotated

from bot.domain.analysis.strength import Strength
from bot.domain.notes import Aspect, Sign
from bot.domain.reports.gaps import GapKind
from bot.messages.texts.base import Fills, Plural, TextSection


class CurrentStateTexts(TextSection):
    """`named` says a gap with its names, `counted` with its number alone: that is for shared places."""

    title: Annotated[str, Fills("scope")]
    where: Annotated[str, Fills("phase", "question")]
    next_check_in: Annotated[str, Fills("when")]
    nothing_planned: str
    nothing_coming: str
    next_phase: Annotated[str, Fills("phase")]
    gaps: str
    no_gaps: str
    named: Annotated[dict[GapKind, str], Fills("names", "weeks", "since")]
    counted: Annotated[dict[GapKind, Plural], Fills("n", "weeks")]
    signs: str
    no_signs: str
    too_few: str
    hidden: str
    aspects: dict[Aspect, str]
    signs_of: dict[Sign, str]
    find_out: str
    spread: Annotated[str, Fills("aspect", "works", "worries")]
    spread_teams: Annotated[str, Fills("aspect", "works", "worries", "teams")]
    apart: str
    chart_title: str
    chart_alt: Annotated[str, Fills("works", "worries")]
    chart_works: Annotated[str, Fills("aspect")]
    chart_worries: Annotated[str, Fills("aspect")]
    chart_unit: str
    causes: str
    no_causes_yet: str
    causes_under_way: str
    more_causes: Plural
    cause: Annotated[str, Fills("cause", "strength", "result")]
    strengths: dict[Strength, str]
    participation: str
    teams: Annotated[str, Fills("answered", "asked")]
    team_answered: str
    team_not_answered: str
    nobody_asked: str
    minutes: Annotated[Plural, Fills("ceiling")]
    for_whom: str
    share: str
    whole_school: str
    shared: Annotated[str, Fills("who", "title")]
    shared_receipt: Annotated[str, Fills("team")]
    shared_already: Annotated[str, Fills("team")]
    share_title: str
    share_where: str
    share_what: str
    share_school: str
    share_own: str
    share_help: str
    share_nowhere: str
    share_nowhere_yours: str
    choose_title: str
    choose_help: str
    choose_number: Annotated[str, Fills("n")]
    choose: Annotated[str, Fills("team")]
    no_scope: str
    none_yet: str
