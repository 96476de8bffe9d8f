"""What is said around a cause analysis: hypotheses, never verdicts."""

from typing import Annotated

from bot.domain.analysis.strength import Strength
from bot.messages.texts.base import Fills, Plural, TextSection


class AnalysisTexts(TextSection):
    """The questions themselves stand in the pack `orsaksanalys`."""

    # starting
    which_result: str
    which_result_text: str
    nothing_yet: str
    pick: str
    waiting: Plural
    waiting_row: Annotated[str, Fills("result", "state")]
    state_open: str
    state_paused: str
    resume: Annotated[str, Fills("n")]
    new: str
    form_title: str
    form_about: Annotated[str, Fills("arbetslag")]
    result_label: str
    result_help: str
    own_label: str
    own_help: str
    where_label: str
    together: str
    alone: str
    submit: str
    no_result: str
    which_team: str
    started: str
    begun_already: str
    # the opening
    title: Annotated[str, Fills("result")]
    opening: Annotated[str, Fills("name")]
    opening_alone: str
    end: str
    end_asked: Annotated[str, Fills("result")]
    end_asked_text: str
    end_sure: str
    ended: Annotated[str, Fills("name")]
    over_already: str
    related: str
    related_text: str
    no_related: str
    # what all agree on
    ranked: Annotated[str, Fills("n", "cause")]
    version: Annotated[str, Fills("n")]
    strengths: dict[Strength, str]
    own_strength: Annotated[str, Fills("suggested", "reason")]
    alternative: Annotated[str, Fills("text")]
    deeper: Annotated[str, Fills("text")]
    find_out: Annotated[str, Fills("text")]
    lifted: str
    no_causes: str
    hypothesis: str
    agreed_by: Annotated[str, Fills("name", "arbetslag")]
    settled: str
    done: str
    done_text: str
    share: str
    shared: str
    # to the rektor
    lift_title: Annotated[str, Fills("arbetslag")]
    lift_text: Annotated[str, Fills("result")]
    lift_waits: str
    lift_source: Annotated[str, Fills("arbetslag")]
    reply: str
    find_out_question: Annotated[str, Fills("result")]
