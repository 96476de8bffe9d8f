"""The sentences about what is done elsewhere: times in a calendar, a summary as a file, a line in a feed."""

from typing import Annotated

from bot.messages.texts.base import Fills, TextSection


class ErrandTexts(TextSection):
    meeting: Annotated[str, Fills("arbetslag")]
    meeting_about: str
    links: Annotated[str, Fills("arbetslag")]
    links_do: str
    link_time: Annotated[str, Fills("when")]
    link_file: str
    link_about: str
    file_about: str
    no_file: str
    stale: Annotated[str, Fills("arbetslag")]
    stale_do: str
    filed: str
    filed_week: Annotated[str, Fills("school", "week")]
    filed_do: str
    filed_instead: str
    beside: str
    beside_do: str
    report: str
    report_do: str
    report_beside: str
    report_beside_do: str
    file_school: str
    file_year: str
    file_week: str
    file_sent: str
    file_arbetslag: str
    file_agreed: str
    nudge_check_in: str
    nudge_summary: str
    nudge_reply: str
