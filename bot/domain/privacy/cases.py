"""A case does not belong in the bot: it is pointed to its routine and nothing is stored (DOMAIN.md L6)."""

import re
from typing import Literal

from bot.domain.privacy.plain import plain
from bot.domain.privacy.words import either

CaseKind = Literal["orosanmalan", "krankning", "tillbud"]

SENTENCE = re.compile(r"(?<=[.!?])\s+|\n+")

# Figures and hypotheses are never a case.
FIGURES = re.compile(
    either(
        "andel|antal|enkät|procent|%|undersökning|statistik|färre|allt fler",
        r"jämfört med|\bhur (?:man|vi|ni)\b|\bnär (?:man|vi|ni) (?:ska|bör)\b",
        r"\bvem som\b|\bom (?:någon|en elev|man|det) (?:blir|är|har)\b|\bifall\b",
    ),
    re.IGNORECASE,
)
# Talk of the work in general is no case, unless the sentence says what was done to whom.
GENERAL = re.compile(
    either(
        r"rutin|riktlinje|checklist|utbildning|blankett|fortbild|föreläs|\bkurs|generellt|allmänt|förebygg",
        r"främja|plan(?:en|er)? mot|årshjul|indikator|\bmål\b|målet|fler|\bminska|\böka|\binga\b|\bingen\b",
        r"\binget\b|hur det|gick igenom|går igenom|läste om|arbeta(?:r|t|de)? (?:mot|med)|värdegrund",
        r"skyddsrond|\bAPT\b|nolltolerans|elevråd|följ(?:er|de|s|a)? upp|uppföljning",
    ),
    re.IGNORECASE,
)

_MADE = either(
    "gör|gjort|gjorde|göra|skriver|skrev|skrivit|skriva|lämnar|lämnade|lämnat|lämna",
    "skickar|skickade|skickat|skicka|upprätta|upprättat",
)
_REPORTED = r"(?:anmäl|rapporter)(?:a|er|t|de|ar|at|ade|ats)"
_HURT = either(
    "slagen|sparkad|knuffad|mobbad|kränkt|hotad|retad|trakasserad|misshandlad|biten|jagad|utfryst|utsatt",
    "nypt|antastad|fasthållen|instängd|rånad|ofredad",
)
_HITS = either(
    "slog|slår|slagit|sparkade|sparkar|sparkat|knuffade|knuffar|mobbar|mobbade|hotade|hotar|kränkte|kränker",
    "nöp|nyper|spottade på|bet|trakasserar|trakasserade|retar|retade",
)
_SOMEONE = either(
    r"honom|henne|hen|(?:en|annan|den|min|vår) (?:\w{2,20} )?(?:elev|flicka|pojke|kille|tjej|kompis|kamrat)",
    r"(?:en|min) kollega|(?:ett|det) (?:\w{2,20} )?barn|eleven|barnet|flickan|pojken|killen|tjejen|läraren",
)
_NAMED = r"(?-i:[A-ZÅÄÖ][a-zåäö]{2,15})(?! ihop| igenom)"
_ACCIDENT = r"(?:ett|en) (?:\w{2,20} )?(?:tillbud|olycka|olycksfall)"
_HAPPENED = "(?:hände|hänt|inträffade|inträffat|inträffar|skedde|skett)"

SAYS_WHAT_HAPPENED: dict[CaseKind, re.Pattern[str]] = {
    "orosanmalan": re.compile(
        rf"\b{_MADE} (?:vi |jag |en |ny |in |nu |precis ){{0,3}}(?:orosanmälan|anmälan till soc)"
        r"|\borosanmäl(?:er|t|de|a)\b|\bfar (?:nog |troligen )?illa hemma"
        r"|\bmisstänker att (?:hon|han|hen|eleven|barnet|flickan|pojken) (?:blir|far|utsätts|har blivit)"
        r"|\banmäl(?:a|er|t|de) (?:\w{1,20} ){0,3}till soc",
        re.IGNORECASE,
    ),
    "krankning": re.compile(
        rf"\b(?:blev|blir|blivit|är|var) (?:\w{{2,12}} ){{0,2}}{_HURT}\b|\b{_HITS} (?:{_SOMEONE}|{_NAMED})\b"
        rf"|\b{_MADE} (?:en |in |ny ){{0,2}}(?:kränkningsanmälan|anmälan om kränk)"
        rf"|\b{_REPORTED} (?:en |det |detta |som ){{0,3}}kränk"
        r"|\b(?:har|blivit|blev|är) utsatts? för (?:kränk|mobbning|våld|trakasserier|övergrepp|hot)",
        re.IGNORECASE,
    ),
    "tillbud": re.compile(
        rf"\b{_REPORTED} (?:ett |in |en |som ){{0,2}}(?:tillbud|olycka|olycksfall|arbetsskada)"
        r"|\bbröt (?:armen|benet|handen|fingret|foten|näsan|nyckelbenet)|\b(?:skadade|skar|brände) sig\b"
        rf"|\bambulans(?:en)? (?:kom|fick|till)|\b{_ACCIDENT} (?:har |hade )?(?:\w{{2,12}} )?{_HAPPENED}"
        rf"|\b{_HAPPENED} (?:det )?{_ACCIDENT}",
        re.IGNORECASE,
    ),
}
NAMES_THE_CASE: dict[CaseKind, re.Pattern[str]] = {
    "orosanmalan": re.compile(
        r"\borosanmäl(?:an|ning|ningen)(?= (?:om|för|på|gällande|kring|till|är|har|nu)|[.!:]|$)",
        re.IGNORECASE,
    ),
    "krankning": re.compile(
        r"\bkränknings(?:anmälan|ärende)"
        r"|\banmäl(?:a|er|t) (?:det |detta |händelsen )?till (?:rektor|huvudman)",
        re.IGNORECASE,
    ),
    "tillbud": re.compile(
        r"\b(?:ett tillbud|tillbudet|tillbud (?:i|på|under|vid) |tillbud:|tillbudsanmälan|en olycka)"
        r"|\bolyckan (?:i|på|under|vid) |\btillbud[.!]?$",
        re.IGNORECASE,
    ),
}


def refers_to_case(text: str) -> CaseKind | None:
    """The kind of case a text reports, or nothing if it only talks of the work in general."""
    for sentence in SENTENCE.split(plain(text).text):
        if FIGURES.search(sentence):
            continue
        for kind, pattern in SAYS_WHAT_HAPPENED.items():
            if pattern.search(sentence):
                return kind
        if GENERAL.search(sentence):
            continue
        for kind, pattern in NAMES_THE_CASE.items():
            if pattern.search(sentence):
                return kind
    return None
