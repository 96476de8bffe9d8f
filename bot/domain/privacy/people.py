"""Who in a text is pointed at: names, initials, and what is sensitive near one person. Used by `privacy`.

Reads the plain shadow of a text (see `privacy.plain`). A name alone is a guess: the author may keep it with a
reason. What is said of a group ("elever med adhd") is never flagged.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator

from bot.domain.patterns import compiled
from bot.domain.privacy.words import (
    ACRONYMS,
    CAPITAL_NAMES,
    CONTEXT_NAMES,
    KIN,
    NAMES,
    NOT_NAMES,
    PERSON_VERBS,
    PUBLIC_PEOPLE,
    PUBLIC_PHRASES,
    PUPIL,
    ROLE_ENDINGS,
    ROLES,
    SENSITIVE_STEMS,
    SENSITIVE_WORDS,
    WORD_NAMES,
    Hit,
)

WORD = r"[^\W\d_]+(?:-[^\W\d_]+)*"
SURNAME = r" (?:(?:von|af|de|al|el) )?([A-ZÅÄÖÉ][a-zåäöéü]{2,25}(?:-[A-ZÅÄÖ][a-zåäöéü]{2,25})?)(?!\w)"
POINTED_AT = (
    rf"(?<!\w)(?:(?i:{PUPIL})(?:,? (?i:som heter|heter|vid namn|kallad))?|(?i:{KIN}) (?i:till|åt)"
    r"|(?i:som heter|heter|vid namn|döpt till))"
    r",? ([A-ZÅÄÖÉ][a-zåäöéü]{1,25}(?:-[A-ZÅÄÖ][a-zåäöéü]{1,25})?)(?![\w-])"
)
INITIALS = (
    rf"(?<!\w)(?i:{PUPIL}|(?:{KIN}) till),? (?i:som heter |heter )?"
    r"([A-ZÅÄÖ]\. ?[A-ZÅÄÖ]\.?(?: ?[A-ZÅÄÖ]\.)?|[A-ZÅÄÖ] ?[A-ZÅÄÖ])(?![\w-])"
    r"|(?<![\w.])([A-ZÅÄÖ]\. ?[A-ZÅÄÖ]\.)(?! ?[A-ZÅÄÖ][a-zåäö])(?!\w)"
)
ASIDE = r" \((?:vår )?([^\W\d_]{3,30})"
PLACE = r" (?:kommun|stad|universitet|skola|station|förskola)(?!\w)"
CHILD_SURNAME = r"(?<![\w-])[A-ZÅÄÖ][a-zåäö]{2,20}sson(?:s)?(?![\w-])"

SENSITIVE = (
    rf"(?i)(?<!\w)(?:(?:{'|'.join(SENSITIVE_STEMS)})[\w-]{{0,30}}"
    rf"|(?:{'|'.join(SENSITIVE_WORDS)}|a[. -]d[. -]h[. -]d\.?|skär sig|skada(?:r|t|de)? sig själv"
    r"|(?:ta(?:r|git)?|tog) (?:sitt liv|livet av sig)|skyddad identitet|skyddade personuppgifter"
    r"|jehovas vittnen?|är (?:muslim|jude|kristen|katolik)|sök(?:er|t|te|a) asyl))(?![\w-])"
)
"""Not health alone: what else is nobody's business but one's own, like shelter, faith and whom one loves."""
ONE = (
    r"(?i)"
    r"(?<!\w)(?:(?:en|min|vår|denna|samma|en annan) (?:\w{2,20} )?(?:elev|flicka|pojke|kille|tjej|kollega)s?"
    r"|(?:någon|den enda|den ena|den andra) (?:elev|eleven|flickan?|pojken?|killen?|tjejen?)"
    r"|(?:ett|detta|vårt|mitt) (?:\w{2,20} )?(?:barn|syskon)s?|tvillingarna|ena tvillingen"
    r"|(?:elev|barn|pojke|flicka|person|nr) (?:nr |nummer )?(?:\d{1,2}(?! ?(?:-|år|[,.]\d))"
    r"|(?-i:[A-ZÅÄÖ]))"
    r"|(?:en|ett) av (?:(?:våra|mina|de|dessa) )?(?:\w{2,20} )?"
    r"(?:elever|eleverna|barn|barnen|flickorna|pojkarna|killarna|tjejerna)"
    r"|(?:en|ett|någon) i (?:klassen|gruppen|arbetslaget|[1-9][a-d]|årskurs \d|åk \d)"
    r"|eleven|elevens|barnet|barnets|flickan|flickans|pojken|pojkens|killen|killens|tjejen|tjejens|kollegan|kollegans"
    r"|han|hon|hen|honom|henne|hans|hennes|hens|mamman|mammans|pappan|pappans|lillebror|storebror|lillasyster"
    r"|storasyster|systern|brodern)(?!\w)"
)
NOT_ONE = r"(?i)(?:i taget|åt gången|per)(?!\w)"
GROUP_BEFORE = (
    r"(?i)(?<!\w)(?<!\bi )((?:en(?! grupp| klass| del | handfull)|ett|detta|vårt|mitt) (?:\w{2,20} ){0,3}"
    r"|(?:eleven|barnet|flickan|pojken|killen|tjejen|han|hon|hen|mamman|pappan) och )?"
    r"(?:barn|elever|eleverna|barnen|personer|ungdomar|flickor|pojkar|föräldrar|gruppen|grupp|klassen"
    r"|alla|flera|många|några|de|dem|dessa|andra|kollegor|varje elev|varje barn)"
    r"(?: i \w{2,20})?,? (?:\w{2,20} ){0,2}(?:med|som har|har|för|fått|utan) (?:[\w-]{2,20},? ){0,4}$"
)
TOPIC = (
    r"(?i)"
    r"föreläs|kurs|fortbild|utbildning|bok(?:en)?\b|artikel|film|forskning|webbin|studiecirk|\bmodul|generellt|allmänt"
    r"|\blyssna|\bpodd|workshop"
)
ABOUT = r"(?i)(?<!\w)(?:om|kring|inom|på temat) (?:[\w-]{2,20},? (?:och )?){0,3}$"
SUBJECT_TEST = r"(?i) (?:i|på|om|för) (?!bup|skolan)\w"
BREAK = r"[.!?…][\"”»)]*\s|\n"


def _starts_sentence(text: str, at: int) -> bool:
    before = text[max(0, at - 5) : at].rstrip(" \"”'»(*–-•")
    return not before or before[-1] in ".!?:\n…"


def _base(word: str) -> str:
    """The name itself: "Annas" is Anna, "Anna-Karin" begins with Anna, "Elias" is Elias."""
    low = word.casefold()
    low = low if low in NAMES or low in CAPITAL_NAMES or low in WORD_NAMES else low.removesuffix("s")
    return low.split("-")[0]


def _is_name(text: str, word: re.Match[str]) -> bool:
    written, low = word[0], _base(word[0])
    later = written.split("-")[1:]
    if not all(part.istitle() or part in NAMES for part in later):
        return False
    if low in NAMES or any(_base(part) in NAMES for part in later):
        return True
    if not written[0].isupper() or written.isupper():
        return False
    if low not in WORD_NAMES or "-" in written:
        return low in CAPITAL_NAMES
    following = compiled(WORD).match(text, word.end() + 1)
    verb = following is not None and following[0] in PERSON_VERBS
    return verb or not _starts_sentence(text, word.start())


def names(text: str) -> Iterator[Hit]:
    """First names from the list, what stands where a pupil's name stands, and surnames on -sson."""
    before, read = "", [phrase.span() for phrase in compiled(PUBLIC_PHRASES).finditer(text)]
    for word in compiled(WORD).finditer(text):
        low = word[0].casefold()
        if (
            _is_name(text, word)
            and not _is_role(before)
            and not _is_public(text, word)
            and not _is_read_about(read, word.start())
        ):
            yield ("namn", word.start(), _with_surname(text, word.end()))
        before = low
    for match in compiled(POINTED_AT).finditer(text):
        low = match[1].casefold()
        if low not in NOT_NAMES or low in CONTEXT_NAMES:
            yield ("namn", match.start(1), _with_surname(text, match.end(1)))
    for match in compiled(CHILD_SURNAME).finditer(text):
        if not _is_read_about(read, match.start()):
            yield ("namn", match.start(), match.end())


def _is_read_about(phrases: list[tuple[int, int]], at: int) -> bool:
    """Whether a word stands in the name of a book or of somebody in history: "Adam och Eva"."""
    here = bisect_right(phrases, at, key=lambda span: span[0]) - 1
    return here >= 0 and at < phrases[here][1]


def _is_role(word: str) -> bool:
    return word in ROLES or word.endswith(ROLE_ENDINGS)


def _is_public(text: str, word: re.Match[str]) -> bool:
    """A known author, a school or a municipality named after someone, or a colleague: "Lotta (resursen)"."""
    if (role := compiled(ASIDE).match(text, word.end())) and _is_role(role[1].casefold()):
        return True
    if compiled(PLACE).match(text, word.end()):
        return True
    following = compiled(SURNAME).match(text, word.end())
    if following is None:
        return False
    last = following[1].casefold()
    return f"{word[0].casefold()}|{last.removesuffix('s')}" in PUBLIC_PEOPLE or last.endswith(
        ("skolan", "skola")
    )


def _with_surname(text: str, end: int) -> int:
    following = compiled(SURNAME).match(text, end)
    return end if following is None or following[1].casefold() in NOT_NAMES else following.end()


def initials(text: str) -> Iterator[Hit]:
    """With dots anywhere; "K L" and "KL" only where a pupil's name stands."""
    for match in compiled(INITIALS).finditer(text):
        group = 1 if match[1] else 2
        if match[group].replace(" ", "") not in ACRONYMS:
            yield ("initialer", match.start(group), match.end(group))


def sensitive(text: str, people: Iterable[Hit]) -> Iterator[Hit]:
    """Sensitive words in the same sentence as one single person, unless said of a group or as a topic."""
    words = list(compiled(SENSITIVE).finditer(text))
    if not words:
        return
    breaks = [match.end() for match in compiled(BREAK).finditer(text)]
    ones = [m.start() for m in compiled(ONE).finditer(text) if not compiled(NOT_ONE).match(text, m.end() + 1)]
    pointed_at = {bisect_left(breaks, at + 1) for at in [*ones, *(start for _, start, _ in people)]}
    for word in words:
        sentence = bisect_left(breaks, word.start() + 1)
        if sentence in pointed_at and not _is_general(text, word, breaks, sentence):
            yield ("kansligt", word.start(), word.end())


def _is_general(text: str, word: re.Match[str], breaks: list[int], sentence: int) -> bool:
    begins = breaks[sentence - 1] if sentence else 0
    before = text[max(begins, word.start() - 100) : word.start()]
    if (
        (group := compiled(GROUP_BEFORE).search(before))
        and not group[1]
        and not compiled(ONE).search(before, group.start())
    ):
        return True
    if word[0].casefold().startswith("diagnos") and compiled(SUBJECT_TEST).match(text, word.end()):
        return True
    return bool(compiled(ABOUT).search(before) and compiled(TOPIC).search(before))
