"""How people write of a case, and of what only sounds like one. Used by `privacy.cases`.

Every pattern is linear: bounded repeats between plain words.
"""

from typing import Literal

from bot.domain.privacy.words import either

CaseKind = Literal["orosanmalan", "krankning", "tillbud"]

SENTENCE = r"(?<=[.!?])\s+|\n+"
CLAUSE = r"(?i)\batt\b|[;–]|\bmen\b"

PRETENDED = "(?i)på låtsas"
FIGURES = "(?i)" + either(
    "andel|(?<!ett )antal|enkät|procent|%|undersökning|statistik|färre|allt fler",
    r"jämfört med|\bvem som\b",
)
"""Beside these a case is merely named, but a deed may have been done to somebody: its author is asked."""
SUPPOSED = "(?i)" + either(
    r"\bhur (?:man|vi|ni)\b|\bnär (?:man|vi|ni) (?:ska|bör)\b",
    r"\bvad (?:man|vi|ni) (?:ska|bör|gör)\b|\bifall\b",
    r"(?<!anmälan )\bom (?:någon|en elev|man|det) (?:blir|är|har|far|sker|händer)\b",
)
"""What follows is a supposition and no case; what was said before it may be one."""
# Talk of the work in general is no case, unless the sentence says what was done to whom.
GENERAL = "(?i)" + either(
    r"rutin|riktlinje|checklist|utbildning|blankett|fortbild|föreläs|\bkurs|generellt|allmänt|förebygg",
    r"främja|plan(?:en|er)? mot|årshjul|indikator|\bmål\b|målet|fler|\bminska|\böka|\binga\b|\bingen\b",
    r"\binget\b|hur det|gick igenom|går igenom|läste om|arbeta(?:r|t|de)? (?:mot|med)|värdegrund",
    r"skyddsrond|\bAPT\b|nolltolerans|elevråd|följ(?:er|de|s|a)? upp|uppföljning|handlingsplan|tema(?:t)?\b",
    r"\bså gör\b|\böva(?:r|t|de)?\b|\bträna(?:r|t|de)?\b|studiebesök|\buppdraget\b|utrymning",
    r"\bi slaget vid\b|titanic|estonia",
)
_TALE = "bok|saga|berättelse|novell|roman|film|pjäs|histori|serie|läsebok"
STORY = "(?i)" + either(
    rf"\b(?:i|ur|från) (?:{_TALE}|text|dikt|högläsning)(?:e?n|a)?\b",
    rf"(?:{_TALE}|böck|text|dikt|avsnitt|kapit)\w{{0,5}} (?:(?!och\b)\w{{1,20}} ){{0,4}}"
    r"handla(?:r|de|t) om\b",
    r"\bläs(?:er|t|te|a) (?:\w{1,20} )?om\b|\bhuvudperson",
    rf"\b(?:{_TALE}|text)(?:e?n)? (?:där|om)\b|\b(?:teater|sketch|rollspel) om\b",
    r"\bläs(?:er|t|te) (?-i:[A-ZÅÄÖ])[\w ]{1,40} där\b",
)
BACK_TO_LIFE = r"(?i)" + either(
    r"\b(?:men|när|medan|rasten|sedan|sen|efteråt|därefter|idag|igår|nyss|verkligheten)\b",
    r"\b(?:i (?:dag|går|morse|eftermiddags|klassen|gruppen|korridoren)|på (?:riktigt|lektionen))\b",
)
"""After these words somebody tells of what happened at school again."""

_CHILD = either(
    "elev|flicka|pojke|kille|tjej|kompis|kamrat|klasskamrat",
    "kollega|vikarie|lärare|resurs|pedagog|vuxen|person",
)
PERHAPS_BACK = f"{BACK_TO_LIFE}|" + either(
    r"\b(?:då|skriver|skrev|skrivit|berättar|berättade|berättat|om sig själv)\b",
    r"(?:\boch|\bsa|,)(?: att)? (?:han|hon|hen|de)\b",
    rf"(?:\boch|\bsa|,)(?: att)? (?:en|ett) (?:\w{{2,20}} )?(?:{_CHILD}|barn)\b(?! som\b)",
)
"""After these words it may be the story that goes on, or life."""
_CHILDREN = "elever|barn|flickor|pojkar|killar|tjejer|kompisar|klasskamrater|kollegor|lärare"
_THE_CHILD = either(
    "eleven|barnet|flickan|pojken|killen|tjejen|kompisen|klasskamraten|kollegan|läraren|vikarien|resursen",
    "pedagogen|assistenten|brodern|systern|lillebror|storebror|lillasyster|storasyster|mamman|pappan",
)
_BARE = "han|hon|hen|jag|någon|honom|henne"
PERSON = "(?i)" + either(
    rf"\b(?:{_BARE}|{_THE_CHILD})\b",
    rf"\b(?:en|annan|den|denna|min|vår|någon) (?:\w{{2,20}} ){{0,2}}(?:{_CHILD})\b",
    r"\b(?:ett|det|detta|något) (?:\w{2,20} ){0,2}(?:barn|syskon)\b",
    r"\b(?:en|ett|två|tre|någon|några) (?:av (?:\w{2,20} ){0,2}(?:elever|barn|flick|pojk|kill|tjej)"
    r"|i (?:klassen|gruppen|[1-9][a-d])\b)",
    rf"\b(?:två|tre|fyra|fem|några) (?:\w{{2,20}} )?(?:{_CHILDREN})\b",
    r"\b(?:elev|pojke|flicka|barn) (?:nr |nummer )?(?:\d{1,2}|[a-zåäö])\b",
)

_MADE = either(
    "gör|gjort|gjorde|göra|skriver|skrev|skrivit|skriva|lämnar|lämnade|lämnat|lämna",
    "skickar|skickade|skickat|skicka|upprätta|upprättat",
)
_REPORTED = r"(?:anmäl|rapporter)(?:a|er|t|de|ar|at|ade|ats)"
_BECAME = "(?:blev|blir|blivit|är|var|varit)"
_GAME = (
    "i (?:schack|frågesport|kahoot|quiz|pingis|fotboll|brännboll|basket|kortspel|spel|match|tävling|uppgift)"
)
_HURT = either(
    rf"slag(?:en|na)(?! {_GAME}| av (?:förundran|häpnad|tanken|hur|att))",
    "sparkad|knuffad|mobbad|kränkt|trakasserad|misshandlad|nypt|antastad|fasthållen|rånad|ofredad",
    "sparkade|knuffade|mobbade|kränkta|trakasserade|misshandlade",
)
# Of a thing, or by a thing, they are only a way of speaking: "biten av schack", "jagad av klockan".
_THREATENED = either("biten|bitna|hotad|retad|jagad|utfryst|instängd|utsatt(?! för)|hotade|retade|utfrysta")
_NOT_BY_A_THING = (
    r"(?! (?:\w{2,20} )?av (?!(?:en|ett|två|tre|några|andra|flera|sina?|de|dem|alla|äldre|hela) (?!nya?\b)"
    r"|hon|han|kamrat|kompis|klass|elev|barn|vuxna|förälder|föräldr|lärar|pojk|flick|kill|tjej|mamma|pappa"
    r"|person|(?-i:[A-ZÅÄÖ])))"
)
_HITS = either(
    "(?<!det )(?:slog|slår)|slagit",
    "sparkade|sparkar|sparkat|knuffade|knuffar|mobbar|mobbade|mobbat|kränkte|kränker",
    "nöp|nyper|spottade på|bet|trakasserar|trakasserade|misshandlade|misshandlar|misshandlat",
)
_TEASES = "(?:retar|retade|hotade|hotar|jagade)"
_SOMEONE = either(
    r"honom|henne|hen|(?:en|annan|den|min|vår|ett|det) (?:\w{2,20} )?(?:elev|flicka|pojke|kille|tjej"
    r"|kompis|kamrat|klasskamrat|barn)",
    rf"(?:en|min) (?:kollega|lärare|vikarie)|{_THE_CHILD}",
)
_NOT_ON = (
    "(?! "
    + either(
        "upp|ihop|in|an|av|igenom|fast|ut|nytt|ett|sitt",
        _GAME,
        "på (?:projektor|dator|musik|ljus|film|skärm|tavl)",
    )
    + ")"
)
_A_NAME = r"(?-i:[A-ZÅÄÖ][a-zåäö]{2,15})(?! ihop| igenom| rekord)"
_ACCIDENT = r"(?:ett|en) (?:\w{2,20} )?(?:tillbud|olycka|olycksfall)\b"
_HAPPENED = r"(?:hände|hänt|inträffade|inträffat|inträffar|skedde|skett)\b"
_BODY = "(?:armen|benet|handen|fingret|foten|näsan|nyckelbenet|handleden)"
_ABUSE = r"(?:kränk|mobbning|våld|trakasserier|övergrepp|hot\b(?! om))"

SURE: dict[CaseKind, str] = {
    "orosanmalan": (
        rf"(?i)\b{_MADE} (?:vi |jag |en |ny |in |nu |precis ){{0,3}}(?:orosanmälan|anmälan till soc)"
        r"|\borosanmäl(?:er|t|de)\b|\bfar (?:nog |troligen )?illa hemma"
        r"|\b(?:han|hon|hen|eleven|barnet|flickan|pojken) far (?:nog |troligen )?illa\b"
        r"|\bmisstänker att (?:hon|han|hen|eleven|barnet|flickan|pojken) (?:far|utsätts"
        r"|(?:blir|har blivit|blivit) (?:slagen|misshandlad|utsatt|utnyttjad|hotad|bortgift|kränkt))"
        r"|\banmäl(?:a|er|t|de) (?!oss|mig)(?:\w{1,20} ){0,3}till soc(?:\b|ial(?!pedagog|kunskap))"
        r"|\borosanmäl(?:an|ning|ningen) (?:om|för|på|gällande|kring)"
        r" (?:en|ett|eleven|barnet|familjen|flickan|pojken)\b"
        r"(?! (?:\w{2,20} )?(?:far|mår|visar|inte)\b)"
    ),
    "krankning": (
        rf"(?i)\b{_MADE} (?:en |in |ny ){{0,2}}(?:kränkningsanmälan|anmälan om kränk)"
        rf"|\b{_REPORTED} (?:en |det |detta |som ){{0,3}}kränk(?!ningar\b|ningarna\b)"
        rf"|(?<!\bvi )\b{_HITS} (?:(?!vi\b|upp\b|på\b)\w{{2,15}} )?{_SOMEONE}\b{_NOT_ON}"
        rf"|\b{_THE_CHILD} mobbas\b|\b(?:gör|gjort|gjorde|tar|tagit|tog) (?:ett )?strypgrepp på\b"
        rf"|\b(?:de|dom|andra|eleverna|barnen|kamraterna|kompisarna) {_TEASES} {_SOMEONE}\b"
    ),
    "tillbud": (
        rf"(?i)\b{_REPORTED} (?:ett |in |en ){{0,2}}(?:tillbud|olycka\b|olycksfall|arbetsskada)"
        rf"|\b{_ACCIDENT} (?:har |hade )?(?:\w{{2,12}} )?{_HAPPENED}"
        rf"|\b(?:{_HAPPENED}|haft|(?:vi|jag|gruppen|klassen) hade|det (?:blev|var)) (?:det )?{_ACCIDENT}"
    ),
}
TO_SOMEONE: dict[CaseKind, str] = {
    "orosanmalan": r"(?i)\b(?:slagen|slaget|slås|misshandlas|misshandlad) (?:\w{2,12} )?hemma\b",
    "krankning": (
        rf"(?i)(?<!\bvi )\b{_BECAME} (?:\w{{1,12}} ){{0,4}}{_HURT}\b"
        rf"|\b(?:har|blivit|blev|är|blir) (?:\w{{2,12}} ){{0,2}}utsatta?s? för {_ABUSE}"
        r"|\bhota(?:r|t|de) (?:\w{2,12} )?med (?:en )?(?:kniv|sax|pistol|vapen|stryk|att (?:slå|döda))"
        rf"|\b(?:har|hade) utsatts för {_ABUSE}|\b(?:mobbas|mobbades|trakasseras|misshandlas)\b"
    ),
    "tillbud": (
        rf"(?i)(?<!\bvi )\bbröt {_BODY}|\b(?:skadade|brände) sig\b"
        r"|\bambulans(?:en)? (?:kom|fick|hämtade|tillkallades)\b(?! (?:\w{1,20} ){0,5}(?:studie)?besök)"
        r"(?: \w{1,15}){0,4}"
        r"|\bringa (?:efter )?ambulans(?: \w{1,15}){0,4}"
    ),
}
FIGURATIVE: dict[CaseKind, str] = {
    "orosanmalan": r"(?i)\bfar illa\b",
    "krankning": (
        rf"(?i)\b{_BECAME} (?:\w{{1,12}} ){{0,4}}{_THREATENED}\b{_NOT_BY_A_THING}"
        rf"|\b{_TEASES}(?= (?:{_SOMEONE}\b|{_A_NAME}))|\b{_HITS}(?= {_A_NAME})"
    ),
    "tillbud": r"(?i)(?<!\bdet )\bskar sig\b",
}
PERHAPS: dict[CaseKind, str] = {
    "orosanmalan": (
        r"(?i)\borosanmäl(?:an|ning|ningen)(?= (?:om|för|på|gällande|kring|till|är|har|nu)|[.!:]|$)"
        r"|\borosanmäla\b|\bblåmärken?\b"
    ),
    "krankning": (
        r"(?i)\bkränknings(?:anmälan|ärendet?)\b"
        r"|\banmäl(?:a|er|t|de) (?:det|detta|händelsen) till (?:rektor|huvudman)\b"
        rf"|\banmäl(?:t|de) till (?:rektor|huvudman(?:nen)?)(?:[.!]|$)|\b{_REPORTED} kränkningar"
    ),
    "tillbud": (
        r"(?i)\b(?:ett tillbud|tillbudet|tillbud (?:i|på|under|vid) |tillbud:|tillbudsanmälan|en olycka)\b"
        r"|\bolyckan (?:i|på|under|vid) |\btillbud[.!]?$"
    ),
}
