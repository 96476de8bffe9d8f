"""What `/sök` says: found, much found, nothing found, and its form."""

from datetime import date

from bot.messages.gallery.base import Example
from bot.messages.gallery.current_state import MARKUP, told
from bot.messages.phrasing.search import Found, Hit, phrase, search_form
from bot.messages.texts import fill

DAY = date(2026, 11, 26)
HITS = (
    Hit(told=told("Arbetslag 4–6", "process", "fungerar", "Läslyftet märks i no-ämnena också."), day=DAY),
    Hit(told=told("Arbetslag 4–6", "resultat", "neutral", MARKUP, 1), day=DAY),
)

EXAMPLES: tuple[Example, ...] = (
    Example("search/found", lambda texts: phrase(Found(words="läslyft", n=2, hits=HITS), texts)),
    Example("search/one", lambda texts: phrase(Found(words="läslyft", n=1, hits=HITS[:1]), texts)),
    Example("search/many", lambda texts: phrase(Found(words="läs", n=23, hits=HITS, read=2000), texts)),
    Example("search/none", lambda texts: phrase(Found(words="<b>*läslyft*</b>", n=0, hits=()), texts)),
    Example("search/form", search_form),
    Example(
        "search/form_long",
        lambda texts: search_form(texts, "läs " * 30, fill(texts.search.form_long, longest=100)),
    ),
    Example("search/form_empty", lambda texts: search_form(texts, "?!", texts.search.form_empty)),
)
