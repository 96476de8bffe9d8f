"""Plain Swedish as a test (PRODUCT.md 5 and 6): what is wrong with a sentence, and how to mend it.

`lint(text, kind)` gives one line in Swedish for each fault; none means that the text may be said. Answer
choices are not linted as buttons: they are the answers' own words. A placeholder counts as one short word.
"""

import re
from collections.abc import Iterator
from typing import Literal

from bot.domain.reports.ranker import sentences, stem
from tests.klarsprak_words import BAD_LABELS, FIXED_LABELS, GLOSSARY, REPLACEMENTS, VERBS

Kind = Literal["text", "question", "button", "error"]

MEAN_WORDS = 14
LONGEST_SENTENCE = 24
LIX = 40
LIX_FROM_WORDS = 20
LONG_WORD = 7
QUESTION_LENGTH = 140
BUTTON_LENGTH = 24

FORBIDDEN = tuple(
    (re.compile(rf"(?<!\w){pattern}(?!\w)", re.IGNORECASE), instead)
    for pattern, instead in REPLACEMENTS.items()
)
ABBREVIATION = re.compile(
    r"(?<![\w.])(?:t\.? ?ex\.?|m\.? ?m\.|m\.? ?fl\.?|d\.?v\.?s\.?|fr\.o\.m\.?|t\.o\.m\.?|bl\.? ?a\."
    r"|o\.?s\.?v\.?|s\.k\.?"
    r"|p\.?g\.?a\.?|m\.?h\.?a\.?|f\.d\.?|etc\.?|ev\.|ca\.?|resp\.|inkl\.?|exkl\.?|jfr\.?)(?!\w)",
    re.IGNORECASE,
)
DATES = (
    (re.compile(r"(?<![\d/])\d{1,2}/\d{1,2}(?![\d/])"), 'skriv datumet med ord: "26 november"'),
    (re.compile(r"(?<!\d)\d{4}-\d\d-\d\d(?!\d)"), 'skriv datumet med ord: "26 november"'),
    (re.compile(r"(?<![\d:])\d{1,2}:\d\d(?![\d:])"), 'skriv tiden med punkt: "kl. 15.15"'),
    (re.compile(r"(?<![\d.])\d+\.\d(?![\d.])"), 'skriv decimalkomma: "3,5"'),
    (re.compile(r"\d%"), 'skriv mellanslag eller ordet: "70 procent"'),
    (re.compile(r"(?<![\w.])kl(?:\.(?! ?(?:\d|ord))|(?!\.|\w))", re.IGNORECASE), 'skriv "kl." och siffror'),
    (re.compile(r"(?<![\w.])v(?:\.(?! ?(?:\d|ord))|(?= \d))", re.IGNORECASE), 'skriv "v." och siffror'),
)
TONE = re.compile(
    r"(?<!\w)(?:har fortfarande inte|har du glömt|har ni glömt|du glömde|ni glömde|ni missade"
    r"|du missade|äntligen svara\w*"
    r"|snabbt jobbat|snabba svar\w*|så snabbt|rekordsnabb\w*|varför har (?:du|ni) inte)(?!\w)",
    re.IGNORECASE,
)
WHY_NOT = re.compile(r"(?<!\w)varför (?:\w+ )?(?:\w+ )?inte(?!\w)", re.IGNORECASE)
TWO_THINGS = re.compile(r"(?:,| och| samt) (?:vad|hur|varför|vilka|vilken|vilket|vem)(?!\w)", re.IGNORECASE)
WE = re.compile(r"(?<!\w)(?:vi|oss|vår|vårt|våra)(?!\w)", re.IGNORECASE)

_EMOJI = "[\u231a\u231b\u23e9-\u23fa\u2600-\u27bf\u2b1b\u2b1c\u2b50\u2b55\U0001f000-\U0001faff]"
EMOJI = re.compile(
    f"[\U0001f1e6-\U0001f1ff]{{2}}|{_EMOJI}[\ufe0f\U0001f3fb-\U0001f3ff]*"
    f"(?:\u200d{_EMOJI}[\ufe0f\U0001f3fb-\U0001f3ff]*)*|:[a-z][a-z0-9_+-]+:"
)

YES_NO = re.compile(r"(?:Ja|Nej), (?P<rest>.+)")

JOKE = re.compile(r"(?<!\w)(?:hoppsan|ojsan|oj|oj då|ops|oops|attans|aj)(?!\w)", re.IGNORECASE)
CODE = re.compile(
    r"(?<!\w)(?:(?:fel(?:kod)?|error|http|status):? ?\d{3}|[A-Z]+_[A-Z_]+"
    r"|exception|timeout|null|traceback)(?!\w)",
    re.IGNORECASE,
)
TOKEN = re.compile(r"(?<!\w)(?=[A-Z]*\d)(?=\d*[A-Z])[A-Z\d]{4,8}(?!\w)")
ACTION = re.compile(r"(?:du|ni|hen) kan (?!inte)", re.IGNORECASE)
NOTHING_LOST = re.compile(
    r"kvar|spara[ts]|sparad|inget|ingenting|förlora|finns|väntar|saknas|tappa|försv|ändå|som förut",
    re.IGNORECASE,
)

WORD = re.compile(r"[^\W_]+(?:[-–.:/][^\W_]+)*")


def _readable(text: str) -> str:
    """The words without placeholders, marks for bold and the like."""
    return re.sub(r"[*`~]|(?<!\w)_|_(?!\w)", "", re.sub(r"\{[^{}]*\}", "ord", text)).strip()


def lint(text: str, kind: Kind = "text") -> list[str]:
    """What is wrong with a text of this kind, and how to mend it."""
    plain = _readable(text)
    if not plain:
        return ["texten är tom"]
    rules = [_words(plain), _emoji(plain, kind)]
    if kind == "button":
        rules.append(_button(plain))
    else:
        rules.append(_length(plain))
    if kind == "question":
        rules.append(_question(plain))
    if kind == "error":
        rules.append(_error(plain))
    return [fault for rule in rules for fault in rule]


def lix(text: str) -> float:
    """Words per sentence plus the share of long words; a fackterm is not counted as long."""
    words = [word for word in WORD.findall(text) if word[0].isalpha()]
    if not words:
        return 0.0
    long = [word for word in words if len(word) >= LONG_WORD and stem(word.casefold()) not in GLOSSARY]
    return len(words) / max(1, len(list(sentences(text)))) + 100 * len(long) / len(words)


def _length(text: str) -> Iterator[str]:
    lengths = [(len(WORD.findall(sentence)), sentence) for sentence in sentences(text)]
    lengths = [(words, sentence) for words, sentence in lengths if words]
    total = sum(words for words, _ in lengths)
    for words, sentence in lengths:
        if words > LONGEST_SENTENCE:
            yield f'{words} ord i en mening, högst {LONGEST_SENTENCE}: dela "{sentence[:40]}…"'
    if lengths and total / len(lengths) > MEAN_WORDS:
        yield f"{total / len(lengths):.0f} ord per mening i snitt, högst {MEAN_WORDS}: dela meningarna"
    if total >= LIX_FROM_WORDS and lix(text) > LIX:
        yield f"LIX {lix(text):.0f}, högst {LIX}: byt långa ord mot korta"


def _words(text: str) -> Iterator[str]:
    for pattern, instead in FORBIDDEN:
        if found := pattern.search(text):
            yield f'"{found[0]}": skriv {instead}'
    if found := ABBREVIATION.search(text):
        yield f'"{found[0]}": skriv ut förkortningen'
    for pattern, repair in DATES:
        if found := pattern.search(text):
            yield f'"{found[0]}": {repair}'
    if '"' in text:
        yield "raka citattecken: skriv ”så här”"
    if found := TONE.search(text):
        yield f'"{found[0]}": varken skuld eller beröm för fart'
    for sentence in sentences(text):
        ands = re.findall(r"(?<!\w)(samt|och)(?!\w)", sentence, re.IGNORECASE)
        if "samt" in ands and len(ands) > 1:
            yield '"samt" i en kedja: börja en ny mening'


def _emoji(text: str, kind: Kind) -> Iterator[str]:
    found = list(EMOJI.finditer(text))
    if found and kind in {"button", "error"}:
        yield "ingen emoji i knappar och felmeddelanden"
    if len(found) > 1:
        yield "högst en emoji"
    if found and found[0].start() == 0:
        yield "emoji står aldrig först"


def _question(text: str) -> Iterator[str]:
    if len(text) > QUESTION_LENGTH:
        yield f"{len(text)} tecken, högst {QUESTION_LENGTH}"
    marks = text.count("?")
    first = WORD.findall(text.casefold())[:1]
    if marks > 1 or TWO_THINGS.search(text):
        yield "fråga en sak i taget"
    if not marks and not VERBS.issuperset(first):
        yield 'sluta med frågetecken, eller börja med ett verb ("Ge ett exempel.")'
    if WHY_NOT.search(text):
        yield "fråga aldrig varför de inte gjorde något"
    if found := WE.search(text):
        yield f'"{found[0]}": säg ni'


def _button(text: str) -> Iterator[str]:
    if len(text) > BUTTON_LENGTH:
        yield f"{len(text)} tecken, högst {BUTTON_LENGTH}"
    if text[-1] in ".!?:":
        yield "inget skiljetecken sist på en knapp"
    if text.casefold() in BAD_LABELS:
        yield f'"{text}" säger inte vad som händer: skriv ett verb, till exempel "Ja, spara"'
    elif text not in FIXED_LABELS and not _begins_with_a_verb(text):
        yield f'"{text}": börja med ett verb (är det ett, lägg till det i VERBS i tests/klarsprak_words.py)'
    if not text[0].isupper():
        yield "stor bokstav först"


def _begins_with_a_verb(text: str) -> bool:
    answer = YES_NO.fullmatch(text)
    words = WORD.findall((answer["rest"] if answer else text).casefold())
    if not words:
        return False
    return words[0] in VERBS or (
        answer is not None and any(re.fullmatch(r"\w{2,}r|är|vill", word) for word in words)
    )


def _error(text: str) -> Iterator[str]:
    parts = list(sentences(text))
    if "!" in text:
        yield "inget utropstecken i felmeddelanden"
    if found := JOKE.search(text):
        yield f'"{found[0]}": inga skämt i felmeddelanden'
    if found := CODE.search(text):
        yield f'"{found[0]}": inga koder, utom en kod att lämna vidare'
    if any(TOKEN.search(part) for part in parts[:-1]):
        yield "koden att lämna vidare står sist"
    if not any(ACTION.search(part) or VERBS.issuperset(WORD.findall(part.casefold())[:1]) for part in parts):
        yield "säg vad den som läser kan göra"
    if not NOTHING_LOST.search(text):
        yield "säg att inget är förlorat, eller precis vad som är det"
