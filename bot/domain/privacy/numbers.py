"""What in a text is a personnummer, a phone number, an e-mail or a street address. Used by `privacy`.

The text is a plain shadow (`privacy.plain`): ASCII digits, ordinary spaces and dashes, nothing invisible.
Every pattern is linear: bounded repeats, or runs that begin where no such run is under way.
"""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from personnummer.personnummer import Personnummer, PersonnummerException

from bot.domain.patterns import compiled
from bot.domain.privacy.words import Hit, Kind

CENTURIES: Final = ("18", "19", "20")
COORDINATION_DAY: Final = 60

RUN = r"\d(?:(?:\W|_){0,3}\d){5,}"
GROUP = r"\d+"

# How people write the number: the lengths of its groups of digits, longest first.
LAYOUTS: Final = (
    (4, 2, 2, 4),
    (2, 2, 2, 2, 4),
    (2, 2, 2, 4),
    (4, 4, 4),
    (2, 6, 4),
    (8, 1, 1, 1, 1),
    (8, 2, 2),
    (6, 1, 1, 1, 1),
    (6, 2, 2),
    (8, 4),
    (6, 4),
    (12,),
    (10,),
)
_YEAR = r"(?<![\d.,])(?<!\d[-/:])(?:(?:18|19|20)\d\d|\d\d)"
NEAR = (
    rf"{_YEAR}[-./ ]?[01]\d[-./ ]?\d\d ?[-+] ?(?:\d{{3,5}}|[A-Za-zÅÄÖ]{{1,2}}\d{{2,3}}|[xX*]{{4}})(?![\w-])"
    rf"|{_YEAR}(?:0[1-9]|1[0-2])(?:[0267][1-9]|[1278]\d|[39][01]) ?[A-Z]?\d{{4}}(?!\d)"
)

_LOCAL = r"\d{2,3}(?:[ -]?\d{2,3}){1,3}"
PHONE = (
    r"(?i)(?<![\w+.,])(?<!\d:)(?:\+|00)\d{1,3}[ -]?(?:\(0\)[ -]?)?\d(?:[ .-]?\d){6,10}(?!\d)"
    r"|(?<![\w.,/+-])(?<!\d:)(?:"
    r"07\d[-. /]{0,3}\d(?:[-. ]?\d){6}"
    r"|\(?0[1-9]\d{0,2}\)? ?[-/] ?(?:\d{5,8}|\d{2,3}(?: \d{2,3}){1,3})"
    r"|\(?0[1-9]\d{0,2}\)? \d{3}(?: ?\d{2,3}){1,2}"
    r"|0[1-9]\d{7,8}"
    rf"|(?:(?<=ring )|(?<=tel )|(?<=tel\. )|(?<=tel: )|(?<=mobil )|(?<=mobil: )|(?<=telefon )|(?<=telefon: )"
    rf"|(?<=\bnummer )|(?<=\bnummer: )|(?<=[nl]nummer )|(?<=[nl]nummer: )"
    rf"|(?<=tfn )|(?<=tfn\. )|(?<=tfn: )|(?<=tel:)|(?<=tfn:)|(?<=mobil:)){_LOCAL}"
    r")(?![\d%]|[.,:/-]\d| ?%)"
)
SHORTEST_PHONE: Final = 8
SHORTEST_LOCAL_PHONE: Final = 6

EMAIL = r"(?i)(?<![\w.+-])[\w.+-]{1,64} ?(?:@|\(at\)|\[at\]|\(a\)) ?[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}"

_CITY = r"(?:, ?(?:\d{3} ?\d{2} )?[A-ZÅÄÖ][a-zåäöé]{1,20})?"
_BEFORE = r"[A-ZÅÄÖ][\wé:]{1,20} "
_STREET = "gatan|gata|vägen|väg|gränd|gränden"
_PLACE = "stigen|allén|torget|liden|esplanaden|svängen|kullen|höjden|(?<!Feedb)(?<!Tillb)backen"
_OTHER_ROADS = "[Ss]tudiev|utv|omv|genv|lärv|framv|arbetsv|motorv|järnv"
ADDRESS = (
    rf"(?<!\w)(?:(?:{_BEFORE}){{0,2}}(?:(?!{_OTHER_ROADS})\w{{1,30}}?(?:{_STREET})|[A-ZÅÄÖ]\w{{1,30}}?(?:{_PLACE}))"
    rf"|(?:{_BEFORE}){{1,2}}(?i:{_STREET}|torg|torget|allé|stig|backe))"
    rf"(?: nr\.?)? \d{{1,3}}(?: ?[A-Ea-e](?!\w)|(?!\w))(?!\.\d| (?:procent|elever|barn|gånger|%)){_CITY}"
)


def kind_of(digits: str) -> Kind | None:
    """Whose number these ten or twelve digits are, if the date exists and the checksum holds.

    Two digits of year are tried in every century, so that the answer does not depend on today's date.
    """
    candidates = (digits,) if len(digits) == len("ååååmmddnnnn") else (c + digits for c in CENTURIES)
    for full in candidates:
        if full[:2] not in CENTURIES:
            continue
        try:
            number = Personnummer(full)
        except PersonnummerException:
            continue
        return "samordningsnummer" if int(number.day) > COORDINATION_DAY else "personnummer"
    return None


def _parts(text: str, groups: list[re.Match[str]]) -> tuple[str, ...]:
    """What stands between the groups of digits."""
    return tuple(text[a.end() : b.start()] for a, b in pairwise(groups))


def _written_so(layout: tuple[int, ...], between: tuple[str, ...]) -> bool:
    """A date is parted by the same plain sign throughout; a clock time ("15.15") ends no number."""
    if layout in {(8, 2, 2), (6, 2, 2)}:
        return between[-1] in {" ", "\n"}
    date = between[:-1]
    return all(part.strip(" ") in {"", "-", ".", "/"} for part in date) and len({*date[-2:]}) <= 1


def _even(text: str, groups: list[re.Match[str]]) -> bool:
    """Digits one by one or two by two, ten or twelve in all, with the same sign between: "12 12 12 12 34"."""
    sizes = {len(group[0]) for group in groups}
    total = sum(len(group[0]) for group in groups)
    return sizes in ({1}, {2}) and total in {10, 12} and len(set(_parts(text, groups))) <= 1


def identities(text: str) -> Iterator[Hit]:
    """Every personnummer and samordningsnummer whose checksum holds, in any common layout."""
    for run in compiled(RUN).finditer(text):
        groups = list(compiled(GROUP).finditer(text, run.start(), run.end()))
        at = 0
        while at < len(groups):
            size, found = _identity_at(text, groups, at)
            if found:
                yield found
            at += size
        if _even(text, groups) and (whose := kind_of("".join(group[0] for group in groups))):
            yield (whose, run.start(), run.end())


def _identity_at(text: str, groups: list[re.Match[str]], at: int) -> tuple[int, Hit | None]:
    """How many groups to go on with, and the number that begins in this one."""
    for layout in LAYOUTS:
        here = groups[at : at + len(layout)]
        if tuple(len(group[0]) for group in here) != layout or not _written_so(layout, _parts(text, here)):
            continue
        if whose := kind_of("".join(group[0] for group in here)):
            return len(layout), (whose, here[0].start(), here[-1].end())
    return 1, None


def near_identities(text: str) -> Iterator[Hit]:
    """What looks like a personnummer but whose checksum does not hold: mistyped, masked or too short."""
    for match in compiled(NEAR).finditer(text):
        yield ("near_personnummer", match.start(), match.end())


def contacts(text: str) -> Iterator[Hit]:
    """E-mail, phone and street address."""
    for match in compiled(EMAIL).finditer(text):
        yield ("epost", match.start(), match.end())
    for match in compiled(PHONE).finditer(text):
        shortest = SHORTEST_PHONE if match[0][0] in "0(+" else SHORTEST_LOCAL_PHONE
        if sum(char.isdigit() for char in match[0]) >= shortest:
            yield ("telefon", match.start(), match.end())
    for match in compiled(ADDRESS).finditer(text):
        yield ("adress", match.start(), match.end())
