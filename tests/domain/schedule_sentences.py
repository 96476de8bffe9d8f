"""What people who plan write and is understood, said on the Friday in November.

Above the sentences stands how the bot would say them, and the first dates.
"""

UNDERSTOOD = """\
varje torsdag kl. 15.15 från 1 september 2026 till 29 november 2026: 26 november
    torsdagar 15.15 från 1 september till nästa vecka
tisdagar jämna veckor kl. 14.45 från 31 augusti 2026 till 13 december 2026: 24 november, 8 december
    tisdagar jämna veckor 14:45 från v 36 t.o.m. v 50
sista fredagen i månaden kl. 14.30: 27 november, 29 januari
    sista fredagen varje månad kl halv tre
varje torsdag kl. 15.15 från 3 december 2026: 3 december, 10 december
    tor kl. 15.15 fr.o.m. 3/12
torsdag 26 november 2026 kl. 15.00: 26 november
    på torsdag klockan tre
varje måndag och onsdag kl. 08.30: 23 november, 25 november
    måndag och onsdag 8.30
varje tisdag kl. 14.00 från 2 november 2026 till 13 december 2026: 24 november, 1 december
    tisdagar v 45-50 kl 14 · tisdagar v. 45–50 kl 14
varje tisdag kl. 14.00 från 23 november 2026 till 13 december 2026: 24 november, 1 december
    tisdagar vecka 48 till 50 kl 14 · tisdagar vecka 48-50, 14.00 · varje tisdag v 48 - v 50 kl 14
varje torsdag kl. 15.00: 26 november, 3 december
    1 gång i veckan torsdag 15.00 · varje torsdag em kl 15
första torsdagen i månaden kl. 14.30: 3 december, 4 februari
    första torsdagen i varje månad 14.30 · den första torsdagen i månaden kl 14.30
varannan torsdag kl. 15.15 från 26 november 2026: 26 november, 10 december
    var 14:e dag torsdag 15.15 · varannan vecka torsdag kl 15.15 med start v 48
    varannan torsdag med start 26 nov kl 15.15 · varannan torsdag från nästa vecka kl 15.15
    varannan torsdag kl 15.15 start nästa vecka
varje onsdag kl. 14.00 från 11 januari 2027: 13 januari, 20 januari
    från och med v 2 varje onsdag 14.00
varje onsdag kl. 14.00 till 18 december 2026: 25 november, 2 december
    onsdagar 14.00 hela terminen · onsdagar 14.00 resten av terminen
varje onsdag kl. 14.00 från 11 januari 2027 till 11 juni 2027: 13 januari, 20 januari
    onsdagar 14.00 under vårterminen
varje onsdag kl. 09.00: 25 november, 2 december
    onsdag förmiddag kl 9 · kl 9 på morgonen onsdagar
varje onsdag kl. 08.00: 25 november, 2 december
    onsdag morgon kl 8
varje onsdag kl. 15.00: 25 november, 2 december
    på onsdagar kl 15 · på onsdagarna 15.00 · om onsdagarna kl 15 · onsdagar klockan femton
    onsdag eftermiddag kl 15 · onsdagar kl 15 på eftermiddagen
varje onsdag kl. 15.15: 25 november, 2 december
    onsdag 15.15 veckovis · varje vecka onsdag 15.15 · onsdag kvart över 15
torsdag 26 november 2026 kl. 15.15: 26 november
    torsdag den 26 nov 15:15 · tors 26/11 15:15 · 26 november 2026 kl. 15.15 · 26 nov. kl 15.15
    nu på torsdag 15.15 · nästa vecka torsdag 15.15 · nästa vecka torsdag 26 november 15.15
varje torsdag kl. 15.15 från 1 september 2026 till 1 juni 2027: 26 november, 3 december
    torsdagar 15.15 från 1 september till 1 juni
varje torsdag kl. 15.15 från 3 december 2026 till 18 december 2026: 3 december, 10 december
    torsdagar 15.15 från 3/12 - 18/12 · torsdagar 15.15 3/12 - 18/12 · torsdagar 15.15 3/12-18/12
    torsdagar 15.15 3 december till 18 december · torsdagar 15.15 3-18 december
    torsdagar mellan 3 december och 18 december 15.15
varje torsdag kl. 15.15 från 23 november 2026 till 13 december 2026: 26 november, 3 december
    torsdagar mellan v 48 och v 50 15.15 · torsdagar mellan v. 48 och 50 15.15
varje tisdag och fredag kl. 15.00 från 20 november 2026 till 20 november 2026: 20 november
    tisdag och fredag v 47 kl 15
måndag 23 november 2026 kl. 08.00: 23 november
    på måndag kl 8 · på måndag morgon kl 8
varje torsdag kl. 15.15: 26 november, 3 december
    på torsdag varje vecka 15.15 · avstämning varje torsdag 15.15 · fråga oss på torsdagar kl 15.15
    Hej! Varje torsdag 15.15 tack · torsdagar 15.15, tack · fråga oss varje torsdag kl 15.15
varje måndag, tisdag och onsdag kl. 08.00: 23 november, 24 november
    mån tis ons 8.00 · måndag-onsdag 8.00
varje måndag och onsdag kl. 08.00: 23 november, 25 november
    mån & ons 8.00 · mån + ons 8.00 · måndagar & onsdagar kl 8
varje måndag, tisdag, onsdag och torsdag kl. 08.00: 23 november, 24 november
    mån-tors 8.00
varannan vecka på tisdag och torsdag kl. 14.30 från 24 november 2026: 24 november, 26 november
    varje tisdag och torsdag varannan vecka 14.30 · varannan tisdag, varannan torsdag 14.30
varje tisdag och torsdag kl. 14.30: 24 november, 26 november
    varje tisdag, varje torsdag 14.30 · tisdag, varje torsdag 14.30
    tis, tors 14.30 · tis tors 14.30 · tisdagar, torsdagar 14.30
tisdagar och torsdagar jämna veckor kl. 14.30: 24 november, 26 november
    tisdag & torsdag jämna veckor 14.30
tisdagar ojämna veckor kl. 14.30: 1 december, 15 december
    udda veckor tisdag 14.30 · udda vecka tisdag 14.30 · tisdagar (udda veckor) 14.30
tisdagar jämna veckor kl. 14.30: 24 november, 8 december
    tisdag jämn vecka kl 14:30 · tisdag, jämna veckor, 14:30
varannan tisdag kl. 14.30 från 24 november 2026: 24 november, 8 december
    var annan tisdag 14.30
var tredje tisdag kl. 14.30 från 24 november 2026: 24 november, 15 december
    var 3:e vecka tisdag 14.30 · var tredje tisdag 14.30
tredje tisdagen i månaden kl. 14.30: 15 december, 19 januari
    tredje tisdagen varje månad 14.30 · tredje tisdagen i månaden klockan halv tre
varje torsdag kl. 15.15 från 26 november 2026: 26 november, 3 december
    varje torsdag 15.15 börjar 26/11
varje torsdag kl. 15.15 från 11 januari 2027: 14 januari, 21 januari
    varje torsdag 15.15 startar v 2
vardagar kl. 08.00: 23 november, 24 november
    varje arbetsdag kl 8 · varje skoldag kl 8 · mån–fre 8.00
varje onsdag kl. 14.30: 25 november, 2 december
    onsdag halv 15
varje onsdag kl. 14.30 från 1 juni 2027: 2 juni, 9 juni
    onsdag 14.30 från 1 juni
varje onsdag kl. 14.30 från 15 augusti 2026: 25 november, 2 december
    onsdag 14.30 från 15 augusti
varje onsdag kl. 14.30 från 18 januari 2027 till 21 februari 2027: 20 januari, 27 januari
    onsdagar 14.30 v. 3-7
varje tisdag och onsdag kl. 14.00 från 23 november 2026 till 13 december 2026: 24 november, 25 november
    tisdag och onsdag v 48-50 kl 14
varje tisdag, onsdag och torsdag kl. 14.00: 24 november, 25 november
    tis-tors 14.00 · tisdag till torsdag 14.00
varannan onsdag kl. 14.00 från 13 januari 2027 till 11 juni 2027: 13 januari, 27 januari
    varannan onsdag 14.00 under vårterminen
vardagar kl. 08.00 till 18 december 2026: 23 november, 24 november
    varje vardag kl 8 under höstterminen · mån-fre kl 8 under höstterminen
fredag 18 december 2026 kl. 14.00: 18 december
    sista fredagen i terminen 14.00
varje onsdag kl. 09.30: 25 november, 2 december
    onsdag fm 9.30
onsdag 25 november 2026 kl. 15.00: 25 november
    på onsdag eftermiddag kl 15
måndag 23 november 2026 kl. 10.00: 23 november
    måndag den 23 november på förmiddagen kl 10
varje onsdag kl. 15.00 från 18 januari 2027: 20 januari, 27 januari
    onsdagar 15.00 fr o m v 3 · onsdagar 15.00 fr. o. m. v. 3 · onsdagar kl 15 efter v 2
varje onsdag kl. 15.00 till 14 mars 2027: 25 november, 2 december
    onsdagar 15.00 t o m v 10 · onsdagar 15.00 t. o. m. v. 10
onsdagar jämna veckor kl. 15.15: 25 november, 9 december
    onsdagar jämna v 15.15 · onsdagar, jämna v., 15.15 · onsdagar i jämna veckor 15.15
onsdagar ojämna veckor kl. 15.15: 2 december, 16 december
    onsdagar under ojämna veckor 15.15 · onsdagar ojämna v. 15.15
varje torsdag kl. 15.15 från 3 december 2026: 3 december, 10 december
    torsdagar från torsdag den 3 december 15.15 · från torsdag 3/12 kl 15.15
    torsdagar 15.15 efter 2 december
varje tisdag kl. 14.00 från 3 december 2026: 8 december, 15 december
    tisdagar från torsdag 3 december kl 14
fredag 26 november 2027 kl. 15.00: 26 november
    26 november 2027 v 47 kl 15
varannan torsdag kl. 15.15 från 26 november 2026: 26 november, 10 december
    varannan vecka från torsdag 26/11 kl 15.15
varje torsdag kl. 15.15 till 10 december 2026: 26 november, 3 december
    torsdagar 15.15 till torsdag 10 december
varje onsdag kl. 15.15 från 30 november 2026 till 11 december 2026: 2 december, 9 december
    onsdagar från måndag 30/11 till fredag 11/12 15.15
varje torsdag kl. 15.15: 26 november, 3 december
    torsdag: 15.15 · torsdag - 15.15 · torsdag – kl 15.15 · "torsdagar 15.15" · ”torsdagar 15.15”
    • torsdag 15.15 · - torsdag 15.15 · tors\u200bdag 15.15 · tors\u00addag 15.15 · \u202etorsdag 15.15
    torsdag\u00a015.15
    torsdagar börjar kl 15.15 · torsdagar startar 15.15 · torsdagar, start kl. 15.15
varje tisdag kl. 14.00 från 23 november 2026 till 13 december 2026: 24 november, 1 december
    tisdagar v. 48\u201150 kl 14 · tisdagar v. 48\u221250 kl 14
varje torsdag kl. 15.15 utom v. 44: 26 november, 3 december
    torsdagar 15.15 utom v. 44 · torsdagar 15.15 inte v 44 · torsdagar 15.15 men inte vecka 44
    utom v 44 torsdagar 15.15 · torsdagar 15.15 dock ej v 44
varje torsdag kl. 15.15 utom v. 8 och v. 44: 26 november, 3 december
    torsdagar 15.15 utom v. 44 och v. 8 · torsdagar 15.15 utom v 44 och 8 · torsdagar 15.15, ej v 8, ej v 44
varje torsdag kl. 15.15 utom v. 1–2 och v. 51–53: 26 november, 3 december
    torsdagar 15.15 utom v. 51-2 · torsdagar utom v 51 till v 2 15.15
    torsdagar utom från v 51 till v 2 15.15
varje torsdag kl. 15.15 till 1 juni 2027 utom v. 50: 26 november, 3 december
    torsdagar 15.15 till 1 juni utom v 50 · torsdagar 15.15 utom v 50 till 1 juni
varje torsdag kl. 15.15 från 31 augusti 2026 till 13 december 2026 utom v. 49: 26 november, 10 december
    torsdagar 15.15 från v 36 till v 50 utom v 49 · torsdagar 15.15 v 36–50 utom v 49
varannan torsdag kl. 15.15 från 26 november 2026 utom v. 50: 26 november, 21 januari
    varannan torsdag 15.15 utom v 50
varje måndag, tisdag, onsdag och torsdag kl. 08.00: 23 november, 24 november
    alla vardagar utom fredag kl 8 · vardagar inte fredag kl 8 · varje dag utom fredagar kl 8
    mån-fre utom fre kl 8
varje måndag, tisdag, torsdag och fredag kl. 07.45: 23 november, 24 november
    vardagar utom onsdagar 7.45
varje måndag, tisdag och torsdag kl. 08.00: 23 november, 24 november
    vardagar utom ons fre 8.00 · vardagar utom ons och fre 8.00
vardagar kl. 08.00: 23 november, 24 november
    varje dag utom helger kl 8 · alla dagar utom lördag och söndag kl 8 · vardagar utom helger kl 8
    helgfria vardagar kl 8
varje torsdag kl. 15.15: 26 november, 3 december
    torsda 15.15 · torsdan 15.15 · torsdar 15.15 · to 15.15 · torsdagar 15:15-tiden · torsdagar ca 15.15
    torsdag efter skoltid kl 15.15 · 1 ggr i veckan torsdag 15.15 · 1 gång/vecka torsdag 15.15
varje torsdag kl. 15.00: 26 november, 3 december
    torsdagar vid tretiden · torsdag kl 15-tiden
varje torsdag kl. 15.30: 26 november, 3 december
    torsdagar vid halv fyra-tiden
varje fredag kl. 13.00: 20 november, 27 november
    fredagar efter lunch kl 13
varje måndag och onsdag kl. 15.15: 23 november, 25 november
    måndag o onsdag 15.15 · må o on 15.15
torsdagar ojämna veckor kl. 15.15: 3 december, 17 december
    to udda v 15.15
var tredje onsdag kl. 14.00 från 25 november 2026: 25 november, 16 december
    var 3 vecka onsdag kl 14
varannan torsdag kl. 15.15 från 26 november 2026: 26 november, 10 december
    varannan v torsdag 15.15 · varann torsdag 15.15
varannan torsdag kl. 15.00 från 3 december 2026: 3 december, 17 december
    varannan tors med början 3 december kl 15
varje torsdag kl. 15.15 från 1 december 2026 till 31 december 2026: 3 december, 10 december
    torsdagar i december 15.15
varje torsdag kl. 15.15 från 1 augusti 2027 till 31 augusti 2027: 5 augusti, 12 augusti
    torsdagar i augusti 15.15
första torsdagen i månaden kl. 15.15 från 1 december 2026 till 31 december 2026: 3 december
    första torsdagen i december 15.15
varje torsdag kl. 15.15 från 11 januari 2027 till 11 juni 2027: 14 januari, 21 januari
    torsdagar i vår 15.15 · torsdagar under våren 15.15
varje torsdag kl. 15.15 till 18 december 2026: 26 november, 3 december
    torsdagar 15.15 till terminens slut · torsdagar 15.15 i höst
varje torsdag kl. 15.15 till 11 juni 2027: 26 november, 3 december
    torsdagar hela läsåret 15.15
varje torsdag kl. 15.00 från 3 december 2026 till 18 december 2026: 3 december, 10 december
    torsdagar fom 3/12 tom 18/12 kl 15
varje torsdag kl. 15.15 från 11 januari 2027 till 11 juni 2027: 14 januari, 21 januari
    torsdagar nästa termin 15.15
varje torsdag och fredag kl. 15.15: 20 november, 26 november
    15.15 tors+fre
varannan torsdag kl. 15.15 från 26 november 2026: 26 november, 10 december
    torsdag, kl 15.15; varannan vecka · torsdag kl 15.15 / varannan vecka · var 14 dag torsdag 15.15
varje torsdag kl. 15.00: 26 november, 3 december
    torsdagar från kl 15
varje måndag, tisdag, onsdag och torsdag kl. 08.15: 23 november, 24 november
    mån t.o.m. tors 8.15 · må-to 8.15
varje torsdag kl. 15.15 från 6 september 2027 till 7 november 2027: 9 september, 16 september
    torsdagar 15.15 v 36–44 2027
varje torsdag kl. 15.15 från 1 september 2027 till 1 oktober 2027: 2 september, 9 september
    torsdagar 15.15 från 1 september till 1 oktober 2027
varje torsdag kl. 15.00 utom v. 8–9: 26 november, 3 december
    torsdagar kl 15 utom v 8 & 9 · torsdagar kl 15 ej v 8, v 9
varje torsdag kl. 15.15 utom v. 44–46: 26 november, 3 december
    torsdagar 15.15 utom v 44 och 45 och 46
måndagar, tisdagar, onsdagar och torsdagar jämna veckor kl. 08.00: 23 november, 24 november
    vardagar jämna veckor utom fredag kl 8
varje tisdag och fredag kl. 08.00: 24 november, 27 november
    ti, fr 8.00
"""


def sentences(block: str) -> list[tuple[str, str]]:
    """Each sentence of a block, with what stands above it."""
    found: list[tuple[str, str]] = []
    head = ""
    for line in block.splitlines():
        if line.startswith(" "):
            found += [(sentence, head) for sentence in line.strip().split(" · ")]
        else:
            head = line
    return found
