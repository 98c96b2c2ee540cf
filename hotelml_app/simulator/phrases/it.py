"""Italian phrases."""

from __future__ import annotations

from hotelml_app.simulator.phrases.grammar import Grammar

GOOD = {
    "room": (
        "La camera era {very} spaziosa e luminosa.",
        "La nostra camera aveva tutto il necessario.",
        "Il bagno è appena rinnovato e {very} bello.",
        "I mobili sono moderni e di buon gusto.",
        "Nessuna lamentela per la camera.",
    ),
    "cleanliness": (
        "Era tutto {very} pulito.",
        "Il bagno era immacolato.",
        "La pulizia quotidiana era perfetta.",
        "Asciugamani freschi e neanche un granello di polvere.",
        "L'intero albergo brillava.",
    ),
    "staff": (
        "Il personale è stato {very} gentile e disponibile.",
        "La reception ci ha accolti con un sorriso.",
        "Il check-in è stato veloce e semplice.",
        "I dipendenti ci hanno dato ottimi consigli.",
        "Lo staff si è fatto in quattro per noi.",
    ),
    "food": (
        "La colazione era {very} buona e varia.",
        "Il caffè era eccellente.",
        "La cena al ristorante era deliziosa.",
        "Frutta fresca e pane caldo ogni mattina.",
        "Il cibo era {very} gustoso.",
    ),
    "location": (
        "La posizione è {very} comoda.",
        "Tutto è a cinque minuti a piedi.",
        "La metropolitana è proprio accanto.",
        "Non si può chiedere una posizione migliore.",
        "Vicino a negozi e ristoranti.",
    ),
    "facilities": (
        "La piscina e la palestra sono {very} belle.",
        "Il wifi era veloce ovunque.",
        "La terrazza è una meraviglia.",
        "Il parcheggio è grande e comodo.",
        "La spa è un vero piacere.",
    ),
    "value": (
        "Il rapporto qualità-prezzo è {very} buono.",
        "Il prezzo è più che giusto.",
        "Vale ogni centesimo.",
        "Non si trova di meglio a questo prezzo.",
        "Più economico del previsto e molto meglio.",
    ),
    "noise": (
        "Di notte è {very} tranquillo.",
        "Non si sente nulla dalla strada.",
        "Le finestre isolano perfettamente dal rumore.",
        "Un'oasi di pace in piena città.",
        "Nessun rumore dai vicini.",
    ),
    "sleep": (
        "Il letto era {very} comodo.",
        "Abbiamo dormito benissimo.",
        "Il materasso era perfetto.",
        "I cuscini erano morbidi e grandi.",
        "Da tempo non dormivo così bene.",
    ),
}
BAD = {
    "room": (
        "La camera era {very} piccola e buia.",
        "I mobili sono vecchi e consumati.",
        "La camera non somigliava affatto alle foto.",
        "Non c'era quasi spazio per la valigia.",
        "La doccia era rotta e la moquette macchiata.",
    ),
    "cleanliness": (
        "La camera non era pulita.",
        "C'erano capelli nella doccia.",
        "La moquette era {very} sporca.",
        "Polvere sotto il letto e muffa nel bagno.",
        "Nessuno ha pulito la camera per due giorni.",
    ),
    "staff": (
        "Il personale è stato {very} scortese.",
        "Alla reception nessuno si è interessato al nostro problema.",
        "Abbiamo aspettato quaranta minuti per il check-in.",
        "Il receptionist era maleducato e lento.",
        "Neanche un sorriso per tutto il soggiorno.",
    ),
    "food": (
        "La colazione era {very} scarsa.",
        "Il caffè era imbevibile.",
        "Uova fredde e pane secco ogni mattina.",
        "Il ristorante è caro e il cibo insipido.",
        "A colazione non era rimasto quasi nulla.",
    ),
    "location": (
        "La posizione è {very} scomoda.",
        "È lontano da tutto.",
        "La zona non sembra sicura di notte.",
        "Non c'è nulla da fare nei dintorni.",
        "Serviva un taxi per ogni cosa.",
    ),
    "facilities": (
        "Il wifi non funzionava.",
        "L'ascensore è stato guasto tutta la settimana.",
        "La palestra è ridicola.",
        "La piscina era chiusa e nessuno ci ha avvisati.",
        "Il parcheggio è {very} stretto.",
    ),
    "value": (
        "È {very} caro per quello che offre.",
        "Non vale il prezzo.",
        "Abbiamo pagato troppo.",
        "Ogni cosa si paga a parte.",
        "A questo prezzo mi aspetto molto di più.",
    ),
    "noise": (
        "Era {very} rumoroso tutta la notte.",
        "Le pareti sono di carta.",
        "Si sentiva ogni macchina in strada.",
        "Il bar di sotto ci ha tenuti svegli fino alle tre.",
        "Lavori in corso dalle sette del mattino.",
    ),
    "sleep": (
        "Il letto era {very} duro.",
        "Non siamo riusciti a dormire.",
        "Il materasso era sfondato.",
        "I cuscini erano sottili e bitorzoluti.",
        "La coperta era troppo corta.",
    ),
}

GRAMMAR = Grammar(
    code="it",
    very=("molto", "davvero", "veramente", ""),
    but="ma",
    small=("La", "Il", "I", "Le", "Non", "Era", "Tutto", "Si", "C'erano", "Nessuno", "Di"),
    good=GOOD,
    bad=BAD,
    openers=("Siamo stati un fine settimana.", "Seconda volta in questo albergo.", "Viaggio di lavoro."),
    glad=("Torneremo sicuramente.", "Consigliatissimo.", "Grazie di tutto."),
    sorry=("Non torneremo.", "Una delusione.", "Non lo consiglio."),
    titles_good=("Soggiorno meraviglioso", "Consigliatissimo", "Tutto perfetto", "Meglio del previsto"),
    titles_mixed=("Bene con qualche pecca", "Nella norma", "Sensazioni contrastanti", "Accettabile per una notte"),
    titles_bad=("Deludente", "Mai più", "Non vale il prezzo", "Da evitare"),
)
