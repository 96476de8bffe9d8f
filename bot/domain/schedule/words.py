"""The words of a schedule phrase: what a Swedish phrase is cut into before it is understood.

A word is matched whole, from where it begins to a space: "ojämna" never reads as "jämna". What no
rule knows becomes `unknown`, and the phrase is asked about.
"""

import re
import unicodedata
from functools import cache
from typing import NamedTuple

from bot.domain.calendar.swedish_dates import MONTHS, WEEKDAYS

SHORT_WEEKDAYS = ("mån", "tis", "ons", "tors", "fre", "lör", "sön")
WEEKDAY_OF = {name: number for names in (WEEKDAYS, SHORT_WEEKDAYS) for number, name in enumerate(names)}
HOURS = {"ett": 1, "en": 1, "två": 2, "tre": 3, "fyra": 4, "fem": 5, "sex": 6} | {
    name: number for number, name in enumerate(("sju", "åtta", "nio", "tio", "elva", "tolv"), 7)
}
NUMBERS = HOURS | {"kvart": 15, "tjugo": 20}
ORDINALS = {"första": 1, "andra": 2, "tredje": 3, "fjärde": 4, "sista": -1} | {
    name: number for number, name in enumerate(("1:a", "2:a", "3:e", "4:e"), 1)
}
MONTH_OF = {
    **{name: number for number, name in enumerate(MONTHS, 1)},
    **{name[:3]: number for number, name in enumerate(MONTHS, 1)},
    "sept": 9,
}


class Word(NamedTuple):
    """One understood piece of the phrase; `match` holds its parts and where it stands."""

    kind: str
    match: re.Match[str]

    def part(self, name: str) -> str:
        return self.match[name] or ""

    @property
    def text(self) -> str:
        return self.match[0]


def _any(words: dict[str, int] | tuple[str, ...]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


_DAY = rf"(?:(?P<full>{_any(WEEKDAYS)})(?P<ending>en|ar|arna)?|(?P<short>mån|tis|ons|tors|fre|lör|sön)\.?)"
_HOURS = _any(HOURS)
_KL = r"(?:kl(?:ockan)?\b\.? ?|kl\.?(?=[0-9]))"
_MINUTES = r"(?P<minutes>fem|tio|kvart|tjugo|5|10|20) (?P<side>över|i|före|efter) "
_LOV = r"(?:[a-zåäö]*lov(?:et|en)?|lovdagar|lovveckor|helger|helgdagar|röda dagar)"
_N = r"[0-9]{1,2}"

# Tried in order; the first that matches up to a space wins.
_RULES = (
    ("except_lov", rf"(?:utom|förutom|(?:men |dock )?inte|ej|aldrig)(?: på| under| vid)? {_LOV}"),
    ("past", r"i (?:mån|tis|ons|tors|fre|lör|sön)dags|i ?går|i ?förrgår|förra veckan"),
    ("past", rf"förra {_DAY}"),
    ("next_week", r"nästa vecka"),
    ("next", r"nästa"),
    ("today", r"(?P<which>i ?dag|i ?morgon|i ?övermorgon)"),
    ("times_a_week", r"(?:två|tre|fyra|fem|flera|[2-5]) gånger (?:i veckan|per vecka|varje vecka)"),
    ("times_a_week", r"varannan dag"),
    ("daily", r"varje dag|alla dagar|dagligen"),
    ("parity", r"(?:på |varje )?(?P<which>jämna?|ojämna?|udda) (?:vecka|veckor|veckorna)"),
    ("monthly", r"(?:i|per) månad(?:en)?|(?:i |på )?varje månad"),
    ("in_term", r"(?:i|på|under) (?:den )?(?:termin(?:en)?|(?P<which>vår|höst)terminen)"),
    ("every", r"(?P<second>varannan)(?: vecka)?"),
    ("every", rf"(?:var|varje) (?P<nth>{_any(('tredje', 'fjärde', '3:e', '4:e'))})(?: vecka)?"),
    ("every", r"var (?P<second>fjortonde|14:e) dag"),
    ("every", r"varje vecka|en gång i veckan|varje|alla"),
    ("ordinal", rf"(?:den )?(?P<nth>{_any(ORDINALS)})(?= (?:och|samt|{_any(WEEKDAYS)}))"),
    ("workdays", r"(?:på )?vardag(?:ar|arna|en)?"),
    ("workdays", r"(?:på )?mån(?:dag(?:ar)?)? ?(?:-|–|till) ?fre(?:dag(?:ar)?)?"),
    ("day", rf"(?P<on>på |den )?{_DAY}"),
    ("week", rf"(?:i )?(?:v\.? ?|vecka ?)(?P<week>{_N})(?: (?P<year>20[0-9]{{2}}))?"),
    (
        "date",
        rf"(?:på |den )*(?P<day>{_N})(?::?[ea])? (?P<month>{_any(MONTH_OF)})\.?(?: (?P<year>20[0-9]{{2}}))?",
    ),
    ("date", rf"(?:på |den )*(?P<day>{_N})/(?P<number>{_N})(?:[ /-](?P<year>20[0-9]{{2}}))?"),
    ("date", rf"(?P<year>20[0-9]{{2}})-(?P<number>{_N})-(?P<day>{_N})"),
    ("spoken", rf"{_KL}?{_MINUTES}(?P<half>halv )?(?P<hour>{_HOURS}|{_N})"),
    ("spoken", rf"{_KL}?(?P<half>halv )(?P<hour>{_HOURS}|{_N})"),
    ("spoken", rf"{_KL}(?P<hour>{_HOURS})"),
    ("clock", rf"{_KL}?(?P<hour>[0-9]{{1,4}})[.:](?P<minute>[0-9]{{1,4}})"),
    ("clock", rf"{_KL}(?P<hour>{_N})(?P<minute>[0-9]{{2}})"),
    ("clock", rf"{_KL}(?P<hour>{_N})"),
    ("bare", rf"(?P<hour>{_N})"),
    ("from", r"från och med|fr\.?o\.?m\.?|från|med start|start|startar|börjar"),
    ("no_end", r"tills vidare"),
    ("until", r"(?:fram )?till och med|t\.?o\.?m\.?|(?:fram )?tills?|slutar"),
    ("after", r"efter (?P<what>[^ ]+)"),
    ("comma", r","),
    ("and", r"och|samt"),
    ("or", r"eller"),
    ("filler", r"den(?= [0-9])|kl\.?|klockan"),
    ("unknown", r"[^ ]+"),
)


@cache
def _compiled() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """By the first phrase: a start needs none."""
    return tuple((kind, re.compile(f"(?:{rule})(?= |$)")) for kind, rule in _RULES)


def tidy(phrase: str) -> str:
    """Fold to one form: NFC, small letters, one space, commas apart unless inside a number."""
    text = unicodedata.normalize("NFC", unicodedata.normalize("NFC", phrase).casefold())
    text = re.sub(r"(?<![0-9]),|,(?![0-9])", " , ", text)
    # A span of hours is two times, and asked about as such.
    text = re.sub(r"(?<=[0-9])\s?[-–]\s?(?=[0-9]{1,2}[.:])", " eller ", text)
    return " ".join(text.split()).strip(" .!?,;")


def cut(text: str) -> list[Word]:
    """Cut a tidied phrase into words, left to right; nothing is passed over."""
    words: list[Word] = []
    place = 0
    while place < len(text):
        for kind, rule in _compiled():
            if (match := rule.match(text, place)) is not None:
                words.append(Word(kind, match))
                place = match.end() + 1
                break
    return words


def swap(text: str, word: Word, new: str) -> str:
    """Say the phrase again with one word swapped."""
    start, end = word.match.span()
    return tidy(f"{text[:start]}{new}{text[end:]}")
