"""Word lists for `privacy`: what points at a person, and what only looks as if it did.

First names are common ones in Sweden, of every background. A list of pupils is neither needed nor wanted.
"""

from typing import Literal

Kind = Literal[
    "personnummer",
    "samordningsnummer",
    "near_personnummer",
    "telefon",
    "epost",
    "adress",
    "namn",
    "initialer",
    "kansligt",
]
Hit = tuple[Kind, int, int]


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


def either(*alternatives: str) -> str:
    """A pattern for one of many: the lines of a long list, joined."""
    return f"(?:{'|'.join(alternatives)})"


MARKS: dict[Kind, str] = {
    "personnummer": "[personnummer borttaget]",
    "samordningsnummer": "[samordningsnummer borttaget]",
    "near_personnummer": "[nummer borttaget]",
    "telefon": "[telefonnummer borttaget]",
    "epost": "[e-postadress borttagen]",
    "adress": "[adress borttagen]",
    "namn": "[namn borttaget]",
    "initialer": "[initialer borttagna]",
    "kansligt": "[känslig uppgift borttagen]",
}

# Plain names: flagged wherever they stand, also written in lower case.
NAMES = _words(
    """
    aaliyah abbas abbe abdi abdirahman abdul abdullah abdullahi abel abshir ada adam adelina adina adnan
    adrian agnes agneta ahmad ahmed aida aisha ajla albert albin aleksander alexander alexandra alfred ali
    alice alicia alina alma althea alva alvin alwin amal amanda amar amela amelia amelie amin amina aminata
    amir amira anders andrea andreas andrei anette angelica anita anja ann anna anneli annika anton antonia
    arash arbnor arian armin arne artur arvid arwa asma asta astrid ayan ayla ayman ayse ayub barbro bartosz
    beatrice belal bengt benjamin berit bilal birgitta bjarne blerta boel bosse britt britta carina carl
    carola caroline casper cassandra catarina cecilia charlie charlotta charlotte chloe christer christian
    christina christoffer claes clara cornelia daniel daniela daniella danijel dante darin david dawit
    denise deniz diana diego diyar dragana ebba ebbe eddie edith edvard edvin elena elham eli elias elif
    elin elina elinor elisa elisabeth elise ella ellen ellie ellinor elliot elmer elona elsa elton elvin
    elvira elvis embla emelie emil emilia emilio emily emir emma emmy enes enzo erik erika erion esmeralda
    eva evelina evin fabian fadi faisal farah fares fatima fatma fatou felicia felix ferhat filip filippa
    folke fredrik freja frida fritiof gabriel gabriella george gerd gunilla gunnar gustaf gustav göran gösta
    habiba hadi halima hamid hamza hanna hannah hannes harald harun hasan hassan hawa heba hedda hedvig
    helen helena helene helin helmer henning henrik henry hiba hilda hilma hodan houda hugo hussein ibrahim
    ida idil idris ifrah igor ilhan ilyas iman imran ines ingrid irena irina irma isa isabella isak ismail
    ivan ivar jaafar jacob jakob jakub jamal jamila jana jasmina jelena jennifer jenny jens jerker jesper
    jessica joakim joel johan johanna johannes john jon jonas jonathan jonna josef josefin josefine julia
    julian julius jörgen kajsa kalle kamal karim karin karl karolina kasper katarina katja katrin kenneth
    kent kerim kerstin kevin khadija khadra khaled khalid kjell kristian kristina kristoffer kurt laila lars
    leah leila lejla lennart leon leona leonora liam lidia lilian lilly linn linnéa linus lisbeth lisen
    livia loke loreen lotta louise lovisa luca lucas ludvig lukas luna mahdi mahmoud majid majken malak
    malcolm malek malik malin malte manal manuel marcus margareta margit maria mariam marianne marie marika
    markus marta martin maryam mateo mathias mathilda matilda matteo mattias maya mehdi mehmet melina
    melissa melker melvin melwin meryem mia micael michael mikael milad milan milena milla milo milton
    mirjam mirza moa mohamad mohamed mohammad mohammed molly mona monika mostafa moussa muhammad muhammed
    mustafa mykola måns mårten märta nabil nada nadia nadja naima najma nasra natalia natasha nathalie nawal
    nevin nicklas niclas nicolas nicole niklas nikola nikolina nils nina noah noel noelle nora nour noura
    novalie nur oksana oleksandr olivia olle olof omar omid oscar oskar osman otto parisa patricia patrick
    patrik paulina pelle pernilla peter petra petter philip pia piotr rahaf rahma rami ramin rana rania
    rasmus rebecca rebecka reza rickard rikard robert roger rojin rolf ronja rosita roza ruben rukia sabina
    sabrina sadia safa safia sahar saleh salma samir samuel sandra sara sarah sebastian selam selin selma
    semir seyed shahad shirin sigge sigrid simon sindi sixten sofia sofie soheil solveig sonja sophie stefan
    stina sumaya susanne svante sven swen tahir tamara tarek tariq tekla teo teodor thea theo theodor
    therese thomas tilda tobias tomas tommy torsten tove tyra ulla ulrika umar valentina valter vanessa
    veronica veronika victor victoria vidar viggo viktor viktoria vilgot vilhelm viliam vilma vincent wael
    walid wilhelm william wilma yasin yasir yasmin yasmine ylva yohannes yonas yousef youssef yusra yusuf
    zackarias zahra zainab zakaria zara zeinab zeynep zlatan åke åsa östen
    """
)

# Names that are words in lower case: flagged with a capital, wherever they stand.
CAPITAL_NAMES = _words(
    """
    albina alexa anis aron aster astor bella ben bruno doris erin ester falk frank gina glenn greta hana
    harry holger inger iris isabelle ismael jack jasmin jimmy joar joline judit karla kim lea lena leo lia
    lin lina linda linnea lisa lola lou lova lovis lykke maja marina marko mats mattis meja melva melwa mika
    milia mira miriam morgan musa nellie nelly niko noa noor nova oliver ove pontus pär ravi richard robin
    roland romeo ronny roy runa rut ruth said samira sander siri sofi stella sune svea ted tess tina tintin
    ture tuva valentin vera verner viola yara yngve zoe
    """
)

# Names that are everyday words: flagged with a capital inside a sentence, or when a person's verb follows.
WORD_NAMES = _words(
    """
    ask björn bo dan gun hans jo klara liv lo love max mina mio my per rosa saga sam sanna signe siv sol
    sten stig storm tage tea tim tindra tom tor ulf vilde ville
    """
)

# Names that are also months or everyday words with capitals: only right after "elev", "mamma till" …
CONTEXT_NAMES = _words("april august dag dina inga islam jan juni maj mark man vi du din")

PUPIL = either(
    "elev|eleven|elevens|elever|eleverna|barn|barnet|barnets|barnen|flicka|flickan|flickorna|pojke|pojken|pojkarna",
    "kille|killen|killarna|tjej|tjejen|tjejerna",
)
KIN = either(
    "mamma|mamman|pappa|pappan|förälder|vårdnadshavare|syster|bror|storebror|lillebror|storasyster|lillasyster"
)

# A colleague is named by role; a name right after the role is a colleague's ("rektor Lena").
ROLES = _words(
    """
    rektor rektorn biträdande lärare läraren klasslärare klassläraren mentor mentorn kurator kuratorn
    kollega kollegan specialpedagog specialpedagogen speciallärare specialläraren skolsköterska
    skolsköterskan psykolog skolpsykolog skolpsykologen fritidspedagog fritidspedagogen fritidsledare resurs
    resursen pedagog pedagogen förskollärare förskolläraren bibliotekarie bibliotekarien skolbibliotekarien
    förstelärare försteläraren processledare processledaren samtalsledare samtalsledaren vaktmästare
    vaktmästaren assistent assistenten elevassistent elevassistenten barnskötare studiehandledare
    studiehandledaren modersmålslärare syv handledare vikarie vikarien arbetslagsledare arbetslagsledaren
    skolchef skolchefen föreläsaren forskaren
    """
)

ROLE_ENDINGS = (
    "lärare",
    "läraren",
    "pedagog",
    "pedagogen",
    "direktör",
    "direktören",
    "rektor",
    "rektorn",
    "chef",
)

# Words that may carry a capital right after "elev" or "barnen" without being a name.
NOT_NAMES = ROLES | _words(
    """
    arbetslag avdelning svenska engelska matematik matte idrott musik bild slöjd biologi fysik kemi teknik
    historia geografi religion samhällskunskap franska spanska tyska arabiska somaliska fritids fritidshem
    förskola skola skolan sverige måndag tisdag onsdag torsdag fredag lördag söndag januari februari mars
    april maj juni juli augusti september oktober november december teams slack unikum classroom elevhälsa
    elevhälsan elevråd elevrådet skolverket skolinspektionen spsm skolenkäten barnkonventionen läslyftet vi
    ni de det den en ett i och eller som har är var kan ska vill får på med till om när hur vad alla inga
    flera några många
    """
)

# People everybody reads about; an author or a researcher is no pupil.
PUBLIC_PEOPLE = _words(
    """
    astrid|lindgren selma|lagerlöf elsa|beskow anne|frank anna|frank harry|potter alfons|åberg
    greta|thunberg gustav|vasa gustav|adolf martin|widmark john|hattie dylan|wiliam john|dewey lev|vygotskij
    august|strindberg karin|boye carl|linné alfred|nobel rosa|parks nelson|mandela martin|luther
    barbro|lindgren sven|nordqvist maria|montessori jan|björklund adam|smith william|shakespeare
    johan|unenge erik|dahlberg albert|einstein viktor|rydberg karl|marx isaac|newton marie|curie jesper|juul
    ross|greene anna|ekström marcus|samuelsson christian|andersen
    """
)

# Books, legends and history: these words together name what is read, not who reads.
PUBLIC_PHRASES = (
    r"(?i)(?<![\w-])"
    + either(
        "alice i underlandet|adam och eva|(?:kain och abel|abel och kain)|nils holgerssons?",
        "emil i lönneberga|emil i katthult|karlsson på taket|ronja rövardotter|pelle svanslös",
        "maja gräddnos|sune och svarta mannen|charlie och chokladfabriken|oliver twist|tom sawyer",
        "peter pan|robin hood|mona lisa|hans och greta|romeo och julia|kalle blomkvist|kalle anka",
        "kajsa kavat|lotta på bråkmakargatan|alfons åbergs?|tobias tummetott|anne franks?",
        "johannes döparen|jungfru maria|carl larssons?|carl von linné|adolf fredriks?",
        "alexander den store",
        "(?-i:(?:Karl|Gustav|Gustaf|Oskar|Oscar|Erik|Johan|Kristian|Henrik|Ludvig|Fredrik) [IVX]{1,4})",
        "(?:drottning|kung|kungen|prins|prinsessan|kronprinsessan|kejsar|tsar|sankt|profeten",
        "aposteln) [a-zåäö]{3,15}",
        "katarina den stora|love (?:to|you|is|it|story|poems?)|max och moritz|julius c(?:ae|ä)sar",
        "tom tits",
    )
    + r"(?![\w-])"
)

PERSON_VERBS = _words(
    """
    har behöver vill mår slog slår sa säger fick får gick går kom kommer kan gör gjorde blev blir grät
    gråter vägrar vägrade klarar klarade läser läste skriver skrev bråkar bråkade berättar berättade saknar
    sitter satt
    """
)

# Capitals that are not initials.
ACRONYMS = _words(
    """
    SVA SV NPF LSS NO SO IUP AI TV IT HT VT PE IKT VH EHT AKK BVC BUP SFI IM NP EHM APT SKA USK GY FSK MA EN
    ID HK BL SL MU TK LIA SYV FF ÅK PC OK TAKK DLD ADHD LVU SOC P.S. P.S
    """
)

# Of health, and of what else is nobody's business: begins with one of these, or is a whole word below.
SENSITIVE_STEMS = _words(
    """
    adhd autis asperg dyslex dyskalkyl språkstörning npf neuropsyk tourette tvångstank tvångssyndrom ångest
    depression depressiv deprimera självskad självmord suicid ätstörning anore bulimi ritalin concerta
    elvanse epilep diabet allergi astma hörselnedsätt hörselskad synnedsätt synskad dyslekti cp-skad
    rullstol funktionsnedsätt funktionshinder utvecklingsstör mutis ptsd posttrauma sjukskriv utmattning
    missbruk missbrukar cancer psykos psykisk psykiatri bipolär panikattack hemmasittar familjehem
    socialtjänst medicinera läkemed bup-utred npf-utred adhd-utred antidepressiv alkoholis homosexu bisexu
    transsexu könsdysfori asylsök papperslös sekretessmarker
    """
)
SENSITIVE_WORDS = _words(
    """
    diagnos diagnosen diagnoser diagnoserna diagnosticerad diagnostiserad medicin medicinen mediciner add
    ocd dld bup gravid migrän allergisk soc lvu cp downs epipen insulin asperger
    """
)
