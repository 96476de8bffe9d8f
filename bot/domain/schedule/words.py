"""The words of a schedule phrase: what a Swedish phrase is cut into before it is understood.

It is made plain first (`spans`).

A word is matched whole, from where it begins to a space: "ojämna" never reads as "jämna". What no
rule knows becomes `unknown`, and the phrase is asked about.
"""

import re
from functools import cache
from typing import NamedTuple

from bot.domain.calendar.swedish_dates import MONTHS, WEEKDAYS

SHORT_WEEKDAYS = ("mån", "tis", "ons", "tors", "fre", "lör", "sön")
WEEKDAY_OF = {name: number for names in (WEEKDAYS, SHORT_WEEKDAYS) for number, name in enumerate(names)} | {
    "tor": 3
}
HOUR_NAMES = {"ett": 1, "en": 1, "två": 2, "tre": 3, "fyra": 4, "fem": 5, "sex": 6} | {
    name: number
    for number, name in enumerate(
        (
            *("sju", "åtta", "nio", "tio", "elva", "tolv"),
            *("tretton", "fjorton", "femton", "sexton", "sjutton", "arton"),
        ),
        7,
    )
}
NUMBERS = HOUR_NAMES | {"kvart": 15, "tjugo": 20}
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
        return self.match.groupdict().get(name) or ""

    @property
    def text(self) -> str:
        return self.match[0]


def _any(words: dict[str, int] | tuple[str, ...]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


DAY = rf"(?:(?P<full>{_any(WEEKDAYS)})(?P<ending>en|ar|arna)?|(?P<short>mån|tis|ons|tors?|fre|lör|sön)\.?)"
_HOURS = _any(HOUR_NAMES)
KL = r"(?:kl(?:ockan)?\b\.? ?|kl\.?(?=[0-9]))"
_MINUTES = r"(?P<minutes>fem|tio|kvart|tjugo|5|10|20) (?P<side>över|i|före|efter) "
_LOV = r"(?:[a-zåäö]*lov(?:et|en)?|lovdagar|lovveckor|helger|helgdagar|röda dagar|studiedagar)"
_LOVS = rf"{_LOV}(?: ?,? (?:och |eller )?{_LOV})*"
N = r"[0-9]{1,2}"
MONTH = rf"(?:{_any(MONTH_OF)})\.?"
WEEK_NAME = r"(?:v\.?|veck(?:a|or|orna))"
HOUR = rf"(?:{N}(?:[.:][0-9]{{2}})?|[01][0-9][0-5][0-9])"
_DAY_OR_WEEK = rf"(?:(?:den )?{N}(?:/|(?::?[ea])? {MONTH})|(?:i )?{WEEK_NAME} ?[0-9])"
_BEGINS_AT = r"(?:start|startar|börjar)(?= kl| [0-9]{1,2}[.:][0-9])"

# Tried in order; the first that matches up to a space wins.
_RULES = (
    ("except_lov", rf"(?:utom|förutom|(?:men |dock )?inte|ej|aldrig)(?: på| under| vid)? {_LOVS}"),
    ("except_lov", r"(?:under |på )?terminstid"),
    ("except", rf"(?:utom|förutom|(?:men |dock )?inte|ej)(?= {_DAY_OR_WEEK})"),
    ("past", r"i (?:mån|tis|ons|tors|fre|lör|sön)dags|i ?går|i ?förrgår|förra veckan"),
    ("past", rf"förra {DAY}"),
    ("next_week", r"nästa vecka"),
    ("next", r"nästa|(?:näst)?kommande"),
    ("today", r"(?P<which>i ?dag|i ?morgon|i ?övermorgon)(?: bitti)?"),
    ("times_a_week", r"(?:två|tre|fyra|fem|flera|[2-5]) gånger (?:i veckan|per vecka|varje vecka)"),
    ("times_a_week", r"varannan dag"),
    ("times_a_month", r"(?:två|tre|fyra|flera|[2-4]) gånger (?:i månaden|per månad|varje månad)"),
    ("daily", r"varje dag|alla dagar|dagligen"),
    ("parity", rf"(?:på |i |under |varje )?(?P<which>jämna?|ojämna?|udda) {WEEK_NAME}"),
    ("monthly", r"(?:(?:en|1) gång )?(?:(?:i|per) månad(?:en)?|(?:i |på )?varje månad)|månadsvis"),
    ("in_term", r"(?P<each>(?:i )?varje) (?:vår|höst)?termin(?:en)?"),
    ("in_term", r"(?:i |på |under )?(?:den |hela |resten av )?(?:(?P<which>vår|höst)terminen|termin(?:en)?)"),
    ("every", r"(?P<second>var ?annan)(?: vecka)?"),
    ("every", rf"(?:var|varje) (?P<nth>{_any(('tredje', 'fjärde', '3:e', '4:e'))})(?: vecka)?"),
    ("every", r"var (?P<second>fjortonde|14:e) dag"),
    ("every", r"(?P<once>(?:en|1) gång) (?:i veckan|per vecka|varje vecka)"),
    ("every", r"varje vecka|veckovis|varje|alla"),
    ("ordinal", rf"(?:den )?(?P<nth>{_any(ORDINALS)})(?= (?:och|samt|{_any(WEEKDAYS)}))"),
    ("workdays", r"(?:på )?(?:vardag|arbetsdag|skoldag)(?:ar|arna|en)?"),
    ("day", rf"(?P<on>(?:nu )?på |den |om (?=[a-zåäö]+ar))?{DAY}"),
    ("week", rf"(?:i )?{WEEK_NAME} ?(?P<week>{N})(?: (?P<year>20[0-9]{{2}}))?"),
    (
        "date",
        rf"(?:på |den )*(?P<day>{N})(?::?[ea])? (?P<month>{_any(MONTH_OF)})\.?(?: (?P<year>20[0-9]{{2}}))?",
    ),
    ("date", rf"(?:på |den )*(?P<day>{N})/(?P<number>{N})(?:[ /-](?P<year>20[0-9]{{2}}))?"),
    ("date", rf"(?P<year>20[0-9]{{2}})-(?P<number>{N})-(?P<day>{N})"),
    ("spoken", rf"{KL}?{_MINUTES}(?P<half>halv )?(?P<hour>{_HOURS}|{N})"),
    ("spoken", rf"{KL}?(?P<half>halv )(?P<hour>{_HOURS}|{N})"),
    ("spoken", rf"{KL}(?P<hour>{_HOURS})"),
    ("clock", rf"{KL}?(?P<hour>[0-9]{{1,4}})[.:](?P<minute>[0-9]{{1,4}})"),
    ("clock", rf"{KL}(?P<hour>{N})(?P<minute>[0-9]{{2}})"),
    ("clock", rf"{KL}(?P<hour>{N})"),
    ("month_day", rf"(?:den )?{N}:?[ea]|den {N}"),
    ("bare", rf"(?P<hour>{N})"),
    ("bare", r"(?P<hour>0[7-9]|1[0-6])(?P<minute>[0-5][0-9])"),
    ("filler", _BEGINS_AT),
    ("from", r"från och med|fr\.? ?o\.? ?m\.?|från|med start|start|startar|börjar"),
    ("from", rf"(?P<after>efter)(?= (?:den )?[0-9]| {WEEK_NAME} ?[0-9])"),
    ("no_end", r"tills vidare"),
    ("until", r"(?:fram )?till och med|t\.? ?o\.? ?m\.?|(?:fram )?tills?|slutar"),
    ("after", r"efter (?P<what>[^ ]+)"),
    ("morning", r"(?:på )?(?:morgon(?:en)?|förmiddag(?:en)?|fm)"),
    ("afternoon", r"(?:på )?(?:eftermiddag(?:en)?|em)"),
    ("comma", r","),
    ("and", r"och|samt"),
    ("or", r"eller"),
    ("filler", r"den(?= [0-9])|kl\.?|klockan|tack|hej!?|(?:kan du )?fråga oss|avstämning"),
    ("unknown", r"[^ ]+"),
)


def nameless(pattern: str) -> str:
    """The same pattern without names for its parts, so that it may stand twice in another."""
    return re.sub(r"\(\?P<\w+>", "(?:", pattern)


def any_of(kind: str) -> str:
    """A pattern for every way to write one kind of word."""
    return "|".join(nameless(rule) for name, rule in _RULES if name == kind)


@cache
def _compiled() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """By the first phrase: a start needs none."""
    return tuple((kind, re.compile(f"(?:{rule})(?= |$)")) for kind, rule in _RULES)


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
