"""The words of `klarsprak`: our fackterm, what to say instead, and the verbs a button may begin with."""

from bot.domain.reports.ranker import stem

# Fackterm: each has a line in the glossary, so its length is not held against a text.
GLOSSARY = frozenset(
    stem(word)
    for word in """
    anteckning anteckningar anteckningen arbetslag arbetslaget avstämning avstämningen december delaktighet
    elevhälsa elevhälsan februari framgångsfaktor fritidshem fritidshemmet förutsättning förutsättningar
    förutsättningarna huvudman huvudmannanivå huvudmannen insatsen insatser insatserna kvalitetsarbete
    kvalitetsarbetet kvalitetsrapport kvalitetsrapporten läroplan läroplanen läsår läsåret måluppfyllelse
    november nulägesbeskrivning orsaksanalys orsaksanalysen personnummer personuppgift personuppgifter
    processledare processledaren processledarens sammanfattning sammanfattningen samtalsledare september
    skolenhet skolenheten skolenkäten skolinspektionen skolverket studiedag studiedagar styrkedja styrkedjan
    systematiska systematiskt underlag undervisning undervisningen uppföljning uppföljningen
    utvecklingsområde utvärdering utvärderingen veckosammanfattning veckosammanfattningen vårdnadshavare
    vårdnadshavarna önskemål
    """.split()
)

REPLACEMENTS = {
    r"erhåll\w*": "få",
    r"nyttja\w*": "använda",
    r"avseende": "om",
    r"beträffande": "om",
    r"inkom(?:ma|mer|mit|na)? med": "lämna",
    r"tillse\w*": "se till",
    r"erforderlig\w*": "som behövs",
    r"förelig\w*": "finns",
    r"i syfte att": "för att",
    r"ej": "inte",
    r"ovanstående": "det här",
    r"nedanstående": "det här",
    r"vederbörande": "den det gäller",
    r"man": "du, ni eller den som gör det",
    r"vänligen": "gärna, eller inget alls",
    r"klicka här": "vart länken leder",
}
VERBS = frozenset(
    """
    ange anpassa anslut anteckna använd arkivera avbryt avsluta avvisa be bekräfta berätta beskriv bestäm bjud
    boka byt börja dela diskutera dölj exportera flytta fortsätt fråga fyll följ förhandsvisa förklara
    försök ge godkänn gå gör hantera hitta hjälp hoppa hämta håll importera jämför kom kontrollera kopiera
    koppla korta ladda lyft lyssna lägg lämna läs lås låt lös markera maskera meddela minska notera nämn ordna
    packa pausa peka planera prioritera prova påminn radera rapportera redigera ring rätta rör samla säg
    sammanfatta sammanställ se skapa skicka skjut skriv sluta släpp spara spela starta stoppa stryk stäm
    stäng svara sätt sök ta tacka tala testa titta tyck tänk töm uppdatera utse utvärdera vidta vila visa
    välj vänta ändra ångra återställ återta återuppta öka öppna överlämna
    """.split()
)
FIXED_LABELS = frozenset({"Inget nytt", "Vet inte", "Det är jag", "Jag skriver nu"})
BAD_LABELS = frozenset({"ok", "okej", "klicka här", "skicka in formulär", "ja", "nej"})
