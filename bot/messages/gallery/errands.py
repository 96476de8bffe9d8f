"""What is done elsewhere, and said of it here."""

from bot.messages.gallery.base import Example
from bot.messages.phrasing import errands

NAME = "Arbetslag 4–6"
FILE = "https://nulage.lundby.example/kalender/0a1b2c3d4e5f.ics"
TIMES = (
    ("torsdag 26 november 15.15", "https://teams.microsoft.com/l/meeting/new?subject=Avst%C3%A4mning"),
    ("torsdag 3 december 15.15", "https://teams.microsoft.com/l/meeting/new?subject=Avst%C3%A4mning"),
)

EXAMPLES = (
    Example("errands/links", lambda texts: errands.links(NAME, TIMES, FILE, texts)),
    Example("errands/links_alone", lambda texts: errands.links(NAME, TIMES, "", texts)),
    Example(
        "errands/filed",
        lambda texts: errands.filed("Björkskolan", 48, "https://lundby.sharepoint.com/v48.docx", texts),
    ),
    Example(
        "errands/beside",
        lambda texts: errands.beside("Björkskolan", 48, "https://lundby.sharepoint.com/v48%201.docx", texts),
    ),
)
