"""German phrases."""

from __future__ import annotations

from hotelml_app.simulator.phrases.grammar import Grammar

GOOD = {
    "room": (
        "Das Zimmer war {very} geräumig und hell.",
        "Unser Zimmer hatte alles, was man braucht.",
        "Das Bad ist neu und {very} schön.",
        "Die Möbel sind modern und geschmackvoll.",
        "An der Ausstattung gab es nichts auszusetzen.",
    ),
    "cleanliness": (
        "Alles war {very} sauber.",
        "Das Bad war blitzblank.",
        "Die Zimmermädchen haben täglich gründlich geputzt.",
        "Frische Handtücher und kein Staubkorn.",
        "Die Sauberkeit war vorbildlich.",
    ),
    "staff": (
        "Das Personal war {very} freundlich und hilfsbereit.",
        "Der Empfang war herzlich.",
        "Der Check-in ging schnell und unkompliziert.",
        "Die Mitarbeiter haben uns tolle Tipps gegeben.",
        "Wir wurden überaus zuvorkommend behandelt.",
    ),
    "food": (
        "Das Frühstück war {very} gut und reichhaltig.",
        "Der Kaffee war ausgezeichnet.",
        "Das Abendessen war köstlich.",
        "Die Auswahl am Buffet ließ keine Wünsche offen.",
        "Frische Brötchen und regionale Produkte.",
    ),
    "location": (
        "Die Lage ist {very} günstig.",
        "Alles ist in wenigen Minuten zu Fuß erreichbar.",
        "Die U-Bahn ist direkt um die Ecke.",
        "Besser kann ein Hotel nicht liegen.",
        "Die Umgebung ist wunderschön.",
    ),
    "facilities": (
        "Der Wellnessbereich ist {very} schön.",
        "Das WLAN war überall schnell.",
        "Die Tiefgarage war bequem zu erreichen.",
        "Der Pool hat den Kindern großen Spaß gemacht.",
        "Die Dachterrasse ist ein Traum.",
    ),
    "value": (
        "Das Preis-Leistungs-Verhältnis ist {very} gut.",
        "Der Preis war mehr als fair.",
        "Jeden Cent wert.",
        "Für diesen Preis findet man nichts Besseres.",
        "Günstiger als gedacht und trotzdem toll.",
    ),
    "noise": (
        "Es war {very} ruhig in der Nacht.",
        "Von der Straße haben wir nichts gehört.",
        "Die Fenster sind bestens gedämmt.",
        "Keine Geräusche aus dem Flur.",
        "Trotz der Stadtlage herrlich still.",
    ),
    "sleep": (
        "Das Bett war {very} bequem.",
        "Wir haben wunderbar geschlafen.",
        "Die Matratze war genau richtig.",
        "Die Kissen waren weich und groß.",
        "Selten so gut geschlafen.",
    ),
}
BAD = {
    "room": (
        "Das Zimmer war {very} klein und dunkel.",
        "Die Möbel sind alt und abgenutzt.",
        "Das Zimmer sah ganz anders aus als auf den Fotos.",
        "Es war kaum Platz für den Koffer.",
        "Die Dusche war undicht und der Teppich fleckig.",
    ),
    "cleanliness": (
        "Das Zimmer war nicht sauber.",
        "In der Dusche lagen Haare.",
        "Der Teppich war {very} schmutzig.",
        "Unter dem Bett lag dicker Staub und im Bad war Schimmel.",
        "Zwei Tage lang hat niemand geputzt.",
    ),
    "staff": (
        "Das Personal war {very} unfreundlich.",
        "Am Empfang hat sich niemand für uns interessiert.",
        "Wir mussten vierzig Minuten auf den Check-in warten.",
        "Der Mitarbeiter war genervt und unhöflich.",
        "Auf unsere Beschwerde kam keine Antwort.",
    ),
    "food": (
        "Das Frühstück war {very} enttäuschend.",
        "Der Kaffee war ungenießbar.",
        "Die Eier waren kalt und das Brot alt.",
        "Das Essen im Restaurant war fad und überteuert.",
        "Am Buffet war fast nichts mehr da.",
    ),
    "location": (
        "Die Lage ist {very} ungünstig.",
        "Es ist weit weg von allem.",
        "Die Gegend wirkt nachts nicht sicher.",
        "In der Nähe gibt es nichts.",
        "Ohne Auto ist man hier verloren.",
    ),
    "facilities": (
        "Das WLAN funktionierte nicht.",
        "Der Aufzug war die ganze Woche defekt.",
        "Der Fitnessraum ist ein Witz.",
        "Der Pool war geschlossen und niemand hat etwas gesagt.",
        "Die Parkplätze sind {very} eng.",
    ),
    "value": (
        "Das Hotel ist {very} überteuert.",
        "Das Geld nicht wert.",
        "Wir haben viel zu viel bezahlt.",
        "Für alles wird extra kassiert.",
        "Für diesen Preis erwarte ich mehr.",
    ),
    "noise": (
        "Es war {very} laut in der Nacht.",
        "Die Wände sind dünn wie Papier.",
        "Wir haben jedes Auto gehört.",
        "Die Bar unter uns hielt uns bis drei Uhr wach.",
        "Ab sieben Uhr früh Baulärm.",
    ),
    "sleep": (
        "Das Bett war {very} hart.",
        "An Schlaf war nicht zu denken.",
        "Die Matratze war durchgelegen.",
        "Die Kissen waren klumpig und dünn.",
        "Die Decke war viel zu kurz.",
    ),
}

GRAMMAR = Grammar(
    code="de",
    very=("sehr", "wirklich", "ausgesprochen", "richtig", ""),
    but="aber",
    small=("Das", "Die", "Der", "Es", "Wir", "In", "Am", "Alles", "Von"),
    good=GOOD,
    bad=BAD,
    openers=("Wir waren ein Wochenende hier.", "Zum zweiten Mal in diesem Hotel.", "Auf Geschäftsreise übernachtet."),
    glad=("Wir kommen gerne wieder.", "Absolut zu empfehlen.", "Vielen Dank für den schönen Aufenthalt."),
    sorry=("Wir kommen nicht wieder.", "Leider eine Enttäuschung.", "Nicht zu empfehlen."),
    titles_good=("Wunderbarer Aufenthalt", "Sehr zu empfehlen", "Rundum zufrieden", "Besser als erwartet"),
    titles_mixed=("Gut mit kleinen Mängeln", "Ganz in Ordnung", "Gemischte Gefühle", "Für eine Nacht okay"),
    titles_bad=("Enttäuschend", "Nie wieder", "Den Preis nicht wert", "Finger weg"),
)
