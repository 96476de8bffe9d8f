"""Ordinary notes that come near a case, each under a sentence that is one.

The key reports, or may report, that somebody was hurt or wronged; what stands under it talks of the work.
Were no case ever seen, the keys would tell.
"""

NEAR_A_CASE: dict[str, tuple[str, ...]] = {
    "Då slog läraren eleven och alla blev tysta.": (
        "Då slog läraren på projektorn och alla blev tysta.",
        "Det slog läraren att gruppen redan kunde detta.",
        "Vi träffade författaren och hon slog an en ton.",
    ),
    "Sedan slår eleven en kamrat.": (
        "Sedan slår eleven upp ordet i ordboken.",
        "Eleven slår ihop böckerna när hen är klar.",
        "Läraren slår en signal när passet börjar.",
        "Eleven slår numret till expeditionen.",
        "Hon slår hål på myten om läsning.",
        "Han slår läraren i schack varje fredag.",
        "Ljudboken blev en hit och alla slår på den direkt.",
    ),
    "Vi såg att han slog en elev.": (
        "Vi slog vad om vem som läser mest.",
        "Klassen slog rekord i antal lästa sidor.",
        "Uppgiften slog väl ut i båda grupperna.",
        "Det nya upplägget slog igenom direkt.",
        "Eleverna slog läraren i frågesport.",
        "Jag slog upp kapitlet med eleven.",
        "Klassen slog 5B i brännboll.",
        "Vi slog ihop två grupper",
        "Läslyftet slog igenom i arbetslaget",
    ),
    "En elev skar sig i hemkunskapen.": (
        "Såsen skar sig i hemkunskapen.",
        "Schemat skar sig med idrotten.",
        "Vår lärare i slöjd visade hur man undviker att skada sig.",
    ),
    "Eleven blev hotad av två kamrater.": (
        "Läslusten blev hotad av skärmarna.",
        "Halvklasstimmen är hotad nästa termin.",
        "Vi hotades av tidsbrist men hann klart.",
        "Det är hotfullt många prov i vecka 48.",
        "Arbetslaget är jagat av tiden.",
        "Hela planeringen blev omkullkastad.",
        "Gruppen var hårt pressad av provveckan.",
    ),
    "Eleven är utsatt för mobbning.": (
        "Vi är utsatta för mycket buller från bygget.",
        "Eleverna blev utsatta för en utmaning i matematik.",
        "Alla elever blev utsatta för samma frågor.",
    ),
    "Ali blev biten av en kamrat.": ("Eleverna är bitna av schack.", "Klassen blev biten av poesi."),
    "Vi anmälde det till rektor.": (
        "Vi anmälde fyra elever till skoltävlingen.",
        "Jag anmäler gruppen till rektors läsutmaning.",
        "Vi anmäler till rektor att vi behöver fler böcker.",
        "Vi rapporterar till rektor varje fredag.",
        "Anmäl er till kursen senast fredag",
    ),
    "Vi fick ringa ambulans till eleven.": (
        "Ambulansen och brandkåren kom på besök till ettorna.",
        "Vi övade på att ringa ambulans.",
    ),
    "En pojke blev retad och skrek.": (
        "Vi läste om en pojke som blev retad och skrev egna slut.",
        "Dikten handlade om en elev som blev retad.",
        "Vi pratade om hur man hjälper en kompis som blir retad.",
        "En pojke retades av nyfikenhet.",
        "Frågan retade nyfikenheten hos många.",
        "Ljudet retade klassen.",
    ),
    "En pojke blev mobbad i dag.": (
        "Eleverna spelade teater om någon som blev mobbad.",
        "Boken vi läste handlade om en pojke som blev mobbad.",
        "Vi läste om en lärare och en elev som blev mobbad.",
    ),
    "Flickan blev slagen, och vi pratade med henne.": (
        "I filmen blev flickan slagen, och vi pratade om mod.",
        "Ungdomsboken handlar om en flicka som blir slagen hemma.",
        "Vi gick igenom vad vi gör om någon blir slagen.",
        "Om en elev blir slagen ska vi göra en orosanmälan.",
        "Vi blev slagna av femmorna i fotboll.",
        "Eleven blev slagen av förundran.",
        "Hen blev slagen av tanken att läsa mer.",
        "En elev blev hänvisad till biblioteket.",
        "Pedagogerna blev slagna i uppgiften",
    ),
    "En elev skadade sig.": (
        "Novellen handlar om en elev som skadade sig.",
        "Vi jobbade med texten om kriget där många blev skadade.",
    ),
    "Det hände en olycka på gympan": (
        "Texten om Titanic ledde till frågor om olyckan.",
        "Temat om Estonia och olyckan väckte många frågor.",
        "Det var en olycklig formulering i uppgiften.",
        "Vi hade en olycklig krock i schemat.",
        "Rutinerna vid olycka och tillbud är kända",
    ),
    "Han bröt benet på rasten.": (
        "Vi bröt isen med en lek.",
        "Han bröt på svenska i rollspelet.",
        "Barnen lekte sjukhus och någon bröt benet på låtsas.",
        "Provet krossade ingen den här gången.",
    ),
    "Vi har gjort en orosanmälan.": (
        "Vi är skyldiga att känna till rutinen för orosanmälan.",
        "Elevhälsan gick igenom hur en orosanmälan görs.",
        "Enkäten visar att orosanmälan är känd av alla.",
        "Vi gick igenom rutinen för orosanmälan på APT",
        "Alla vet hur man gör en orosanmälan",
    ),
    "Hen misstänker att eleven blir slagen hemma.": (
        "Hen misstänker att eleven blir trött av för långa pass.",
        "Läraren misstänker att hen blir stressad av prov.",
    ),
    "Barnet far illa.": ("Pennorna far illa i lådan.", "Böckerna far illa när de ligger löst."),
    "Eleven blev kränkt av läraren.": (
        "Vi är kränkta av nya schemat.",
        "Debatten blev hård men ingen blev kränkt.",
        "I enkäten uppger 12 procent att de blivit kränkta.",
        "Färre elever uppger att de blivit kränkta",
        "Andelen elever som blivit kränkta sjönk i enkäten",
    ),
    "Vi har anmält kränkningen till huvudmannen.": (
        "Vi har gått igenom handlingsplanen mot kränkningar.",
        "Hur vi anmäler kränkningar står i planen",
        "När vi ska anmäla en kränkning behöver bli tydligare",
    ),
    "Jag har gjort en anmälan om kränkande behandling.": (
        "Vi arbetar mot kränkande behandling i alla årskurser",
        "Planen mot kränkande behandling är klar",
        "Vi diskuterade trygghet och studiero",
    ),
    "Vi hade ett tillbud i slöjdsalen.": (
        "Vi tog upp tillbud och olyckor som en stående punkt på APT.",
        "Inga tillbud den här perioden",
        "Tillbud följs upp varje månad på skyddsronden",
        "Antalet tillbud minskade med hälften",
    ),
}
