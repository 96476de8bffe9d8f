"""The words of a schedule phrase: what a Swedish phrase is cut into before it is understood.

It is made plain first (`tidying`).

A word is matched whole, from where it begins to a space: "ojämna" never reads as "jämna". What no
rule knows becomes `unknown`, and the phrase is asked about.
"""

import re
from functools import cache
from typing import NamedTuple

from bot.domain.calendar.swedish_dates import MONTHS, WEEKDAYS

SHORT_WEEKDAYS = ("mån", "tis", "ons", "tors", "fre", "lör", "sön")
SHORTEST_WEEKDAYS = ("må", "ti", "on", "to", "fr", "lö", "sö")
WEEKDAY_OF = {
    name: number
    for names in (WEEKDAYS, SHORT_WEEKDAYS, SHORTEST_WEEKDAYS)
    for number, name in enumerate(names)
} | {"tor": 3}
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


SEAMS = ("comma", "and", "or")
THINGS = ("day", "workdays", "daily", "week", "next_week", "date", "today", "month", "lov", "weekend")
"""What can be said to be left out."""
NARROWING = ("week", "next_week", "date", "today", "month")
"""What belongs to what is left out right before it: "utom fredag v. 50", "utom sportlovet v. 9"."""
BEFORE_THINGS = ("except", "not_from", "not_until", *(f"not_{seam}" for seam in SEAMS))


class Word(NamedTuple):
    """One understood piece of the phrase; `match` holds its parts and where it stands."""

    kind: str
    match: re.Match[str]

    def part(self, name: str) -> str:
        return self.match.groupdict().get(name) or ""

    @property
    def text(self) -> str:
        return self.match[0]

    @property
    def left_out(self) -> bool:
        """Tell "utom" and what it leaves out."""
        return self.kind == "except" or self.kind.startswith("not_")


def _any(words: dict[str, int] | tuple[str, ...]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


_SHORT = (
    r"mån|tis|ons|tors?|fre|lör|sön|må|ti|on|to|fr(?!\.? (?:o\b|v\b|veck|den\b|[0-9]+(?:/| [a-z])))|lö|sö"
)
DAY = rf"(?:(?P<full>{_any(WEEKDAYS)})(?P<ending>en|ar|arna)?|(?P<short>{_SHORT})\.?)"
HOUR_NAME = _any(HOUR_NAMES)
KL = r"(?:kl(?:ockan)?\b\.? ?|kl\.?(?=[0-9]))"
_MINUTES = r"(?P<minutes>fem|tio|kvart|tjugo|5|10|20) (?P<side>över|i|före|efter) "
_LOV = r"(?:[a-zåäö]*lov(?:et|en|s?veck(?:a|an|or|orna)|dagar)?|helgdagar|röda dagar|studiedagar)"
_WEEKEND = r"helg(?:en|er|erna)?"
N = r"[0-9]{1,2}"
MONTH = rf"(?:{_any(MONTH_OF)})\.?"
WEEK_NAME = r"(?:v\.?|veck(?:a|or|orna))"
HOUR = rf"(?:{N}(?:[.:][0-9]{{2}})?|[01][0-9][0-5][0-9])"
_IN = r"(?:i |på |under |vid |den )?"
_THING = (
    rf"{_IN}(?:{_LOV}|{_WEEKEND}|{_SHORT}|{_any(WEEKDAYS)}|{WEEK_NAME} ?[0-9]"
    rf"|{N}(?:/|(?::?[ea])? {MONTH})|{MONTH})"
)
_WORKDAY = r"(?:vardag|arbetsdag|skoldag)"
_ONCE = r"(?:en|1) gång(?:er)?"
_V = r"v\b\.?(?! ?[0-9]{1,2}(?: |$))"
_BEGINS_AT = r"(?:start|startar|börjar)(?= kl| [0-9]{1,2}[.:][0-9])"

# Tried in order; the first that matches up to a space wins.
_RULES = (
    ("unknown", r"(?:ändra|flytta|byt)(?: [^ ]+)? (?:till|från)|näst sista"),
    ("unknown", r"(?:i |per )?(?:varje|en gång (?:i|per)) (?:kvartal|halvår)(?:et)?"),
    ("unknown", r"(?:varannan|var(?:je)? (?:tredje|fjärde|annan)) månad"),
    ("unknown", rf"(?:efter|före|innan|tidigast|senast) (?:{KL}{N}(?:[.:]?[0-9]{{2}})?|{N}[.:][0-9]{{2}})"),
    ("unknown", rf"(?:den )?(?:{_any(ORDINALS)}) (?:veckan?|{_WORKDAY}(?:en)?)"),
    ("except", rf"utom|förutom|bortsett från|(?:men |dock )*(?:inte|ej|aldrig)(?= {_THING})"),
    ("lov", rf"{_IN}{_LOV}"),
    ("weekend", rf"{_IN}{_WEEKEND}"),
    ("term_time", r"(?:under |på )?terminstid"),
    ("past", r"i (?:mån|tis|ons|tors|fre|lör|sön)dags|i ?går|i ?förrgår|förra veckan"),
    ("past", rf"förra {DAY}"),
    ("next_week", r"(?:i |under )?nästa vecka"),
    ("in_term", r"(?:i |under )?(?P<next>nästa) (?P<which>vår|höst)?termin(?:en)?"),
    ("next", r"nästa|(?:näst)?kommande"),
    ("today", r"(?P<which>i ?dag|i ?(?:över)?morr?(?:g?on|n))(?: bitti)?"),
    ("times_a_week", r"(?:två|tre|fyra|fem|flera|[2-5]) gånger (?:i veckan|per vecka|varje vecka)"),
    ("times_a_week", r"varannan dag"),
    ("times_a_month", r"(?:två|tre|fyra|flera|[2-4]) gånger (?:i månaden|per månad|varje månad)"),
    ("daily", r"varje dag(?: i veckan)?|alla dagar|dagligen"),
    ("parity", rf"(?:på |i |under |varje )?(?P<which>jämna?|ojämna?|udda) {WEEK_NAME}"),
    ("monthly", rf"(?:{_ONCE} )?(?:(?:i|per) månad(?:en)?|i mån\.?|(?:i |på )?varje månad)|månadsvis"),
    ("in_term", rf"(?P<each>(?:i )?varje|{_ONCE} (?:per|i|varje)) (?:vår|höst)?termin(?:en)?"),
    ("in_term", r"(?:i |på |under )?(?:den |hela |resten av )?(?:(?P<which>vår|höst)terminen|termin(?:en)?)"),
    ("in_term", r"(?:i|under) (?:hela )?(?P<which>vår|höst)(?:en)?"),
    ("in_term", r"(?:fram )?till (?:terminens slut|slutet (?:av|på) terminen)"),
    ("in_term", r"(?:i |under )?(?P<year>(?:hela |resten av )?(?:läsåret|skolåret)|hela året)"),
    ("every", rf"(?P<second>var ?ann?(?:an)?)(?: (?:vecka|{_V}))?"),
    ("every", rf"(?:var|varje) (?P<nth>{_any(('tredje', 'fjärde', '3:e', '4:e'))})(?: vecka)?"),
    ("every", r"var (?P<second>fjortonde|14:e|14) dag"),
    ("every", rf"(?P<once>{_ONCE}) (?:i veckan|per vecka|varje vecka)"),
    ("every", rf"varje (?:vecka|{_V})|veckovis|varje|alla"),
    ("ordinal", rf"(?:den )?(?P<nth>{_any(ORDINALS)})(?= (?:och|samt|o|{_any(WEEKDAYS)}|(?:{_SHORT})\b))"),
    ("workdays", rf"(?:på )?(?:helgfria? )?{_WORKDAY}(?:ar|arna|en)?"),
    ("day", rf"(?P<on>(?:nu )?på |den |om (?=[a-zåäö]+ar))?{DAY}"),
    ("week", rf"(?:i |under )?{WEEK_NAME} ?(?P<week>{N})(?: (?P<year>20[0-9]{{2}}))?"),
    (
        "date",
        rf"(?:på |den )*(?P<day>{N})(?::?[ea])? (?P<month>{_any(MONTH_OF)})\.?(?: (?P<year>20[0-9]{{2}}))?",
    ),
    ("date", rf"(?:på |den )*(?P<day>{N})/(?P<number>{N})(?:[ /-](?P<year>20[0-9]{{2}}))?"),
    ("date", rf"(?P<year>20[0-9]{{2}})-(?P<number>{N})-(?P<day>{N})"),
    ("spoken", rf"{KL}?{_MINUTES}(?P<half>halv )?(?P<hour>{HOUR_NAME}|{N})"),
    ("spoken", rf"{KL}?(?P<half>halv )(?P<hour>{HOUR_NAME}|{N})"),
    ("spoken", rf"{KL}(?P<hour>{HOUR_NAME})"),
    ("clock", rf"{KL}?(?P<hour>[0-9]{{1,4}})[.:](?P<minute>[0-9]{{1,4}})"),
    ("clock", rf"{KL}(?P<hour>{N})(?P<minute>[0-9]{{2}})"),
    ("clock", rf"{KL}(?P<hour>{N})"),
    ("month", rf"(?:i|under)(?: hela)? (?P<month>{_any(MONTH_OF)})\.?"),
    ("month_day", rf"(?:den )?{N}:?[ea]|den {N}"),
    ("bare", rf"(?P<hour>{N})"),
    ("bare", r"(?P<hour>0[7-9]|1[0-6])(?P<minute>[0-5][0-9])"),
    ("filler", _BEGINS_AT),
    ("filler", rf"från(?= kl)|en(?= (?:{_any(WEEKDAYS)}) (?:i|per) månad)"),
    ("from", r"från och med|fr?\.? ?o\.? ?m\.?|från|med (?:start|början)|start|startar|börjar"),
    ("from", rf"(?P<after>efter)(?= (?:den )?[0-9]| {WEEK_NAME} ?[0-9])"),
    ("no_end", r"tills vidare"),
    ("until", r"(?:fram )?till och med|t\.? ?o\.? ?m\.?|(?:fram )?tills?|slutar"),
    ("morning", r"(?:på )?(?:morgon(?:en)?|förmiddag(?:en)?|f\.?m\.?)|(?:före|innan) lunch(?:en)?"),
    (
        "afternoon",
        r"(?:på )?(?:eftermiddag(?:en)?|e\.?m\.?)|(?:direkt )?efter (?:lunch(?:en)?|skolan|skoltid)",
    ),
    ("after", r"efter (?P<what>[^ ]+)"),
    ("comma", r","),
    ("and", r"och|samt|o"),
    ("or", r"eller"),
    ("filler", r"den(?= [0-9])|kl\.?|klockan|tack|gärna|hej!?|(?:kan du )?fråga oss|avstämning"),
    ("filler", r"vid|runt|kring|omkring|ungefär|cirka|ca\.?"),
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
    """Cut a tidied phrase into words, left to right; nothing is passed over.

    What stands after "utom" gets names of its own ("not_week"), so that no rule takes it for what is wished.
    """
    return _set_apart(_pieces(text))


def _set_apart(words: list[Word]) -> list[Word]:
    found: list[Word] = []
    inside = False
    for place, word in enumerate(words):
        after = next((other.kind for other in words[place + 1 :] if other.kind not in SEAMS), "")
        inside = word.kind == "except" or (inside and _goes_on(found[-1].kind, word.kind, after))
        name = f"not_{word.kind}" if inside and word.kind != "except" else word.kind
        found.append(Word(name, word.match))
    return found


def _goes_on(before: str, kind: str, after: str) -> bool:
    """Tell whether what is left out goes on: "v. 44 till v. 46", "lov och fredagar", "ons fre"."""
    match kind:
        case "and" | "or" | "comma":
            return after in THINGS or after == "except"
        case "until":
            return before == "not_date" or (before == "not_week" and after == "week")
        case "from":
            return before == "except" and after == "week"
        case _:
            return kind in NARROWING or (kind in THINGS and before in {*BEFORE_THINGS, f"not_{kind}"})


def _pieces(text: str) -> list[Word]:
    words: list[Word] = []
    place = 0
    while place < len(text):
        for kind, rule in _compiled():
            if (match := rule.match(text, place)) is not None:
                words.append(Word(kind, match))
                place = match.end() + 1
                break
    return words
