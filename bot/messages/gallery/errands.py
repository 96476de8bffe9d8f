"""What is done elsewhere, and said of it here."""

from bot.messages.gallery.base import Example
from bot.messages.phrasing import errands

NAME = "Arbetslag 4–6"
FILE = "https://nulage.lundby.example/kalender/0a1b2c3d4e5f.ics"
TIMES = (
    ("torsdag 26 november 15.15", "https://teams.microsoft.com/l/meeting/new?subject=Avst%C3%A4mning"),
    ("torsdag 3 december 15.15", "https://teams.microsoft.com/l/meeting/new?subject=Avst%C3%A4mning"),
)
ONE_DRIVE = "https://lundby-my.sharepoint.com"
AGREED = "Orsaksanalys: Läsningen i åk 4"

EXAMPLES = (
    Example("errands/links", lambda texts: errands.links(NAME, TIMES, FILE, texts)),
    Example("errands/links_alone", lambda texts: errands.links(NAME, TIMES, "", texts)),
    Example("errands/stale", lambda texts: errands.stale(NAME, texts)),
    Example(
        "errands/filed",
        lambda texts: errands.filed("Björkskolan", 48, "https://lundby.sharepoint.com/v48.docx", texts),
    ),
    Example(
        "errands/beside",
        lambda texts: errands.beside("Björkskolan", 48, "https://lundby.sharepoint.com/v48%201.docx", texts),
    ),
    Example(
        "errands/filed_instead",
        lambda texts: errands.filed("Björkskolan", 48, f"{ONE_DRIVE}/v48.docx", texts, instead=True),
    ),
    Example("errands/report", lambda texts: errands.report(AGREED, f"{ONE_DRIVE}/a.docx", texts)),
    Example(
        "errands/report_beside",
        lambda texts: errands.report(AGREED, f"{ONE_DRIVE}/a%201.docx", texts, anew=True),
    ),
)
