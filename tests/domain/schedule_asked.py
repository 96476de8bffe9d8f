"""What people who plan write and is asked about, said on the Friday in November.

Above the sentences stands what the bot asks, and its buttons.
"""

ASKED = """\
Jag ser två datum. Vilket gäller?
    torsdagar 15.15 från 1 december från 3 december
    31 december eller 20 november kl 8
21 november är en lördag. Vilket gäller? [Börja 21 november] [Ta 26 november]
    torsdagar imorgon kl 9
Vilken tid? Skriv till exempel 15.15.
    varje torsdag utom lov och v 44 · alla vardagar utom fredag · varje torsdag efter lunch
    varje fredag imorgon · onsdagar under terminen · torsdagar fm
Menar du varje vardag? [Ja, ta vardagar]
    varje dag varannan vecka jämna veckor 3
Menar du bara jämna veckor? [Ja, ta jämna veckor]
    varannan tisdag jämna veckor 14:45 från v 36 t.o.m. v 50 · varannan tisdag (jämna veckor) kl 14.30
Menar du 15.00? [Ja, ta 15.00]
    ons 15 · en gång i veckan på torsdag 15 · onsdag eftermiddag kl 3 · torsdag v. 48, 15
Vilken dag och tid? Skriv till exempel torsdag 15.15.
    var tredje vecka · var fjortonde dag · varje termin
Vilket år menar du? Skriv till exempel 19 november 2027.
    onsdagar 15.15 till 19 november
Vilket år menar du? Skriv till exempel v. 46 2027.
    onsdagar 15.15 till v 46 · onsdagar 15.15 t.o.m. vecka 46
Vilken torsdag? Skriv till exempel första torsdagen i månaden.
    en gång i månaden · en gång i månaden på torsdag kl 15 · varje månad · varje månad torsdag kl 15
    den 26e varje månad kl 15 · den 15 varje månad kl 9 · den 15:e i varje månad kl 9
Jag förstod inte ”inte”. Skriv till exempel torsdag 15.15.
    torsdag inte 15.15 utan 16.00
Jag ser två tider. Vilken gäller? [Ta 15.00] [Ta 16.00]
    torsdag kl 15-16 · torsdag 15-16
Jag ser två tider. Vilken gäller? [Ta 15.15] [Ta 16.00]
    torsdagar 15.15 till 16.00 · torsdagar kl 15.15 till kl 16
    torsdagar 15.15–16.00 · torsdagar kl 15.15 - 16.00 · torsdagar kl. 1515-1600
Jag ser två veckor. Vilken gäller? [Ta v. 48] [Ta v. 50]
    tisdagar v48, v50 kl 14 · tisdag v 48 och 50 kl 14 · tisdag och torsdag v. 48 och 50 kl 14
Vilken dag? Skriv till exempel torsdag.
    från måndag 30/11 till fredag 4/12 kl 8 · varannan vecka till torsdag 10 december kl 15
    en gång i veckan kl 15
Vilken dag i månaden? Skriv en i taget.
    två gånger i månaden
Menar du 14.00? [Ja, ta 14.00]
    från v. 2 onsdagar 14 · jämna veckor onsdag 14 hela vårterminen
Från vilket datum? Skriv till exempel 26 november.
    torsdagar från torsdag 2 december kl 15
    onsdagar kl 14 från januari · onsdagar kl 14 från och med februari · från tisdag till torsdag 14.00
Vilket datum är det sista?
    onsdagar 14.00 t.o.m. maj · onsdagar 14.00 fram till jul
    varje torsdag 15.15 fram till sportlovet · varje torsdag 15.15 till påsk
Jag förstod inte ”torsdag-måndag”. Skriv till exempel torsdag 15.15.
    torsdag-måndag 15.15
Jag förstod inte ”-”. Skriv till exempel torsdag 15.15.
    torsdag - måndag 15.15
Menar du bara 26 november, eller flera gånger från 26 november? [Ta bara 26 november] [Börja 26 november]
    torsdagar 26 november 15.15
Menar du bara v. 49, eller flera gånger från v. 49? [Ta bara v. 49] [Börja v. 49]
    torsdagar v. 49 15.15 · varje vardag v 49 kl 8 · torsdag v 49 varje vecka 15.15
26 november ligger i v. 48. Vilket gäller?
    torsdag 26 november v 50 kl 15
3 december ligger i v. 49. Vilket gäller?
    nästa vecka torsdag 3 december 15.15
26 november är en torsdag. Vilket gäller? [Ta 26 november]
    vardagar 26 november 15.15
Vilket datum gäller? Skriv till exempel 26 november.
    den 26 kl 15 · den 26:e kl 15
Menar du 26 november eller 3 december? [Ta 26 november] [Ta 3 december]
    kommande torsdag 15.15
Det är utanför arbetstid. Välj en annan tid.
    imorgon 15.15 · i morgon bitti kl 8 · torsdag kl 17 · onsdag kvart över 20 · onsdagar klockan 20
    i morgon förmiddag kl 9
Menar du bara v. 48, eller flera gånger från v. 48? [Ta bara v. 48] [Börja v. 48]
    varje torsdag nästa vecka 15.15
Jag ser två tider. Skriv en i taget, till exempel torsdag 15.15.
    tisdagar 14.30 och torsdagar 14.30 · tisdagar 14.30, torsdagar 15.00 · fredag 13.00 eller torsdag 15.00
Jag förstod inte ”udda”. Skriv till exempel torsdag 15.15.
    tisdag udda 14.30 · varannan vecka, udda, tisdag 14.30 · varje udda tisdag 14.30
Menar du bara udda veckor? [Ja, ta udda veckor]
    varannan tisdag udda veckor från v 49 14.30
Menar du 15.15? [Ja, ta 15.15]
    torsdag 1515
Jag förstod inte ”apt”. Skriv till exempel torsdag 15.15.
    torsdag 15.15 (APT) · APT torsdag 15.15
Från vilket datum? Jullovet slutar 8 januari. [Börja 11 januari]
    varje torsdag 15.15 efter jullovet · varje torsdag 15.15 efter jul
Menar du första torsdagen i månaden? [Ja, ta varje månad]
    första torsdagen 15.15 · varje första torsdag efter jullovet 15.15
Vilket datum gäller? Jullovet slutar 8 januari. [Ta 14 januari]
    första torsdagen efter jullovet 15.15 · på torsdag 15.15 efter jullovet
Vilket datum gäller? Jullovet slutar 8 januari. [Ta 28 januari]
    tredje torsdagen efter jullovet 15.15
Från vilket datum? Jullovet slutar 8 januari. [Börja 11 januari]
    första torsdagen i månaden efter jullovet 15.15
Jag förstod inte ”sista”. Skriv till exempel torsdag 15.15.
    sista torsdagen efter jullovet 15.15
Jag hoppar alltid över lov. Ska jag spara varje fredag kl. 09.15 från 18 januari till 2 maj? [Ja, det stämmer]
    fredagar v 3-17 utom lov 9.15
Jag hoppar alltid över lov. Ska jag spara varje torsdag kl. 15.15 till 1 juni? [Ja, det stämmer]
    torsdagar utom lov 15.15 till 1 juni
Jag hoppar alltid över lov. Ska jag spara varje torsdag kl. 15.15? [Ja, det stämmer]
    torsdagar 15.15 utom på loven · utom på loven torsdagar 15.15 · torsdagar 15.15 utom sportlovsveckan
    torsdagar 15.15 ej 24/12 · torsdagar 15.15 utom sommarlovet
    torsdagar 15.15 utom 24-26 december · torsdagar 15.15 utom jullov 21/12-8/1
    torsdagar 15.15 ej helger 24/12
    varje torsdag 15.15 inte på lov · varje torsdag 15.15 men inte jullovet · varje torsdag 15.15 ej lov
    varje torsdag 15.15 utom lov och studiedagar · varje torsdag 15.15 (ej lov)
    varje torsdag 15.15 under terminstid
Jag förstod inte ”fredag-tisdag”. Skriv till exempel torsdag 15.15.
    fredag-tisdag kl 8
Jag ser två veckor. Vilken gäller?
    onsdagar v. 3-10 och 12-20 kl 14 · onsdagar v 3-10 och v 12-20 kl 14 · onsdagar v. 3,5,7 kl 14
    onsdagar 14.30, v. 3, 5 och 7 · måndag v 49 och tisdag v 50 kl 8 · tis v. 48 eller tors v. 49 kl 15
    onsdag v 48, fredag v 50 kl 15
Jag ser två veckor. Vilken gäller? [Ta v. 3] [Ta v. 5]
    onsdagar kl 14 v 3, 5
Jag ser två sätt att upprepa. Vilket gäller? Skriv till exempel varannan torsdag 15.15.
    på onsdag v 48-50 kl 14 · torsdagar 15.15 i terminen från v 2
    varannan måndag, varje onsdag kl 15 · varje tisdag, varannan vecka torsdag 15.15
    måndag varannan vecka, onsdag varje vecka kl 15 · måndagar, jämna veckor onsdagar kl 15
    tisdagar jämna veckor udda veckor kl 15 · första och tredje torsdagen efter jullovet 15.15
    på tisdag och torsdag efter jullovet 15.15
Jag ser två dagar. Vilken gäller? [Ta tisdag] [Ta torsdag]
    en gång i veckan tisdag och torsdag 15.15
Jag ser två tider. Vilken gäller? [Ta 08.00] [Ta 09.00]
    varje dag 8-9
Vilken gång i terminen? Skriv till exempel sista fredagen i terminen.
    onsdag 14.00 resten av terminen · onsdag 14.00 i terminen · torsdag 15.15 varje termin
    varje termin torsdag 15.15 · torsdagar 15.15 varje termin · varje hösttermin torsdag 15.15
Jag förstod inte ”förmiddag”. Skriv till exempel torsdag 15.15.
    onsdag förmiddag kl 15
Jag ser två datum. Vilket gäller? [Ta 26 november] [Ta 3 december]
    26 november eller 3 december kl 15 · 26/11 och 3/12 kl 15
    på torsdag den 26 november eller 3 december kl 15 · torsdag 26 november, 3 december kl 15
Menar du 13.00? [Ja, ta 13.00]
    em torsdag 13
Jag ser två tider. Vilken gäller?
    torsdag kl 13.00, 14.00 eller 15.00
Jag ser två dagar. Vilken gäller?
    torsdag eller fredag v 48 eller 49 kl 15
Menar du 3 december? [Ja, ta 3 december]
    torsdag 3.12 kl 15 · kl 15 torsdag 3.12 · torsdag 3.12 15.00 · torsdag 3.12. kl 15
    torsdagar från 3.12 kl 15 · torsdagar från 3.12 till 18.12 kl 15
Menar du 18 december? [Ja, ta 18 december]
    torsdagar 15.15 till 18.12
Menar du bara 3 december, eller flera gånger från 3 december? [Ta bara 3 december] [Börja 3 december]
    torsdagar 3.12 kl 15
Jag ser två tider. Vilken gäller?
    torsdag 8.10 9.10 · torsdag 8.10 15.00 · torsdag 14.00 15.00 · torsdag 3.12 eller 10.12 kl 15
Menar du 15.15? [Ja, ta 15.15]
    torsdag kl 15 15
Vilken dag och tid? Skriv till exempel torsdag 15.15.
    inte v 44 · utom på loven · i augusti · en gång per termin
Jag hoppar alltid över lov. Ska jag spara varje torsdag kl. 15.15 utom v. 44? [Ja, det stämmer]
    torsdagar 15.15 utom höstlovet v 44 · torsdagar ej höstlov v.44 kl 15.15
    varje torsdag utom lov och v 44 15.15 · torsdagar 15.15 utom v. 44, lov och studiedagar
Jag hoppar alltid över lov. Ska jag spara varje torsdag kl. 15.15 utom v. 8 och v. 50? [Ja, det stämmer]
    torsdagar 15.15 utom v 8, 24/12-26/12 och v 50 · torsdagar 15.15 utom 24-26 december, v 8 och v 50
Jag hoppar alltid över lov. Ska jag spara varje torsdag kl. 15.15 utom v. 10–51? [Ja, det stämmer]
    torsdagar 15.15 utom lov och v 10-51
Jag hoppar alltid över lov. Ska jag spara varje måndag och onsdag kl. 08.00 utom v. 8? [Ja, det stämmer]
    mån-ons utom lov, v. 8 och tisdagar 8.00
Jag kan inte hoppa över ”3 december”, bara lov, veckor och veckodagar. Skriv till exempel utom v. 44.
    torsdagar 15.15 utom 3 december
Jag kan inte hoppa över ”i december”, bara lov, veckor och veckodagar. Skriv till exempel utom v. 44.
    torsdagar 15.15 men inte i december
Jag kan inte hoppa över ”12/12 till 20/12”, bara lov, veckor och veckodagar. Skriv till exempel utom v. 44.
    torsdagar 15.15 utom 12/12-20/12 · torsdagar 15.15 utom 12/12 till 20/12
Jag kan inte hoppa över ”24/12 till v 2”, bara lov, veckor och veckodagar. Skriv till exempel utom v. 44.
    torsdagar 15.15 utom 24/12 till v 2
Jag kan inte hoppa över ”fr.o.m. v 50”, bara lov, veckor och veckodagar. Skriv till exempel utom v. 44.
    torsdagar 15.15 utom fr.o.m. v 50
Jag kan inte hoppa över ”efter v 50”, bara lov, veckor och veckodagar. Skriv till exempel utom v. 44.
    torsdagar 15.15 utom efter v 50
Jag kan inte hoppa över ”v 50 fredagar”, bara lov, veckor och veckodagar. Skriv till exempel utom v. 44.
    vardagar kl 9 dock inte v 50 fredagar
Jag kan inte hoppa över ”fredag nästa vecka”, bara lov, veckor och veckodagar. Skriv till exempel utom v. 44.
    vardagar utom fredag nästa vecka kl 8
Jag kan inte hoppa över ”fredag i december”, bara lov, veckor och veckodagar. Skriv till exempel utom v. 44.
    vardagar utom fredag i december kl 8
Jag kan inte hoppa över ”lov v. 36”, bara lov, veckor och veckodagar. Skriv till exempel utom v. 44.
    torsdagar utom lov v 36-50 kl 15
Jag kan inte hoppa över ”v 44 2027”, bara lov, veckor och veckodagar. Skriv till exempel utom v. 44.
    torsdagar 15.15 utom v 44 2027
V. 54 finns inte. Vilken vecka gäller?
    torsdagar 15.15 utom v 54
Då blir det ingen gång alls. Vilka dagar gäller?
    torsdagar 15.15 utom v. 1–53
Jag förstod inte ”utom”. Skriv till exempel torsdag 15.15.
    torsdagar utom fredagar 15.15 · tisdagar utom v 44 och torsdagar 15.15 · på torsdag 15.15 utom v 44
    nästa torsdag 15.15 utom v 49 · torsdag 26 november 15.15 utom v 49
    fredag 26 november 15.15 utom v 49
    torsdagar utom torsdagar 15.15 · torsdagar 15.15 utom
Jag förstod inte ”utom”. Skriv till exempel torsdag 15.15. [Börja v. 49]
    utom v 51 varje vecka v 49 torsdagar 15.15
Jag förstod inte ”första”. Skriv till exempel torsdag 15.15.
    varje torsdag 15.15 utom första i månaden
Jag förstod inte ”kalles dag”. Skriv till exempel torsdag 15.15.
    torsdagar 15.15 utom kalles dag
Jag förstod inte ”helger”. Skriv till exempel torsdag 15.15.
    helger kl 10
Jag förstod inte ”sista veckan”. Skriv till exempel torsdag 15.15.
    sista veckan i månaden torsdag 14.30
Jag förstod inte ”första vardagen”. Skriv till exempel torsdag 15.15.
    första vardagen i månaden kl 9
Jag förstod inte ”var sjätte vecka”. Skriv till exempel torsdag 15.15.
    var sjätte vecka tisdag kl 14.30
Jag förstod inte ”före jul”. Skriv till exempel torsdag 15.15.
    sista torsdagen före jul 15.15
Jag förstod inte ”innan lov”. Skriv till exempel torsdag 15.15.
    sista fredagen innan lov kl 14
Jag förstod inte ”ändra till”. Skriv till exempel torsdag 15.15.
    ändra till torsdag 15.15
Jag förstod inte ”en gång per läsår”. Skriv till exempel torsdag 15.15.
    en gång per läsår
Vilken dag i månaden? Skriv en i taget.
    två ggr i månaden · 2 ggr/mån torsdag 15.15
Vilka dagar? Skriv till exempel tisdag och torsdag.
    2 ggr i veckan
Vilken gång i terminen? Skriv till exempel sista fredagen i terminen.
    1 gång per termin torsdag 15.15
Jag förstod inte ”varje termin”. Skriv till exempel torsdag 15.15.
    sista fredagen varje termin kl 14
Jag förstod inte ”varannan månad”. Skriv till exempel torsdag 15.15.
    första måndagen varannan månad kl 8
Jag förstod inte ”efter kl 15”. Skriv till exempel torsdag 15.15.
    torsdagar efter kl 15
Jag kan inte hoppa över ”torsdag v 50”, bara lov, veckor och veckodagar. Skriv till exempel utom v. 44.
    tisdagar och torsdagar utom torsdag v 50 14.30
Jag ser två tider. Vilken gäller? [Ta 14.00] [Ta 15.00]
    torsdagar mellan 14 och 15
Vilken torsdag? Skriv till exempel första torsdagen i månaden.
    en torsdag i månaden 15.15
Vilket år menar du? Skriv till exempel 1 oktober 2027.
    torsdagar 15.15 från 1 september till 1 oktober
Vilket år menar du? Skriv till exempel v. 44 2027.
    torsdagar 15.15 v 36–44
Vilket år menar du? Skriv till exempel v. 46 2027.
    torsdagar 15.15 från v. 45 till v. 46
Den dagen har varit. Vilken dag gäller?
    torsdagar 15.15 v 36–44 2026
Jag kan inte hoppa över ”fredag jämna veckor”, bara lov, veckor och veckodagar. Skriv till exempel utom v. 44.
    vardagar utom fredag jämna veckor kl 8
Jag förstod inte ”hela läsåret”. Skriv till exempel torsdag 15.15.
    sista torsdagen hela läsåret 14.00
Jag förstod inte ”fr”. Skriv till exempel torsdag 15.15.
    torsdagar fr v 3 kl 15
"""
