"""The words that the names of columns are put together from, by what they mean, in the languages of hotels' systems.

Written folded like ``header_words``. A word stands for its inflected forms too ("chamb" is not written, "chambre" and
"chambres" are both found by "chambre"); words of three letters and fewer count only as they are.
"""

from __future__ import annotations

from enum import Enum


class Part(Enum):
    """What one word of a column's name means."""

    ARRIVE = "arrive"
    DEPART = "depart"
    BEGIN = "begin"
    END = "end"
    STAY = "stay"
    BOOK = "book"
    FOREIGN = "foreign"
    MADE = "made"
    DATE = "date"
    TIME = "time"
    DAY = "day"
    MONTH = "month"
    YEAR = "year"
    NUMBER = "number"
    COUNT = "count"
    NAME = "name"
    ROOM = "room"
    TYPE = "type"
    ASSIGNED = "assigned"
    RESERVED = "reserved"
    CHARGED = "charged"
    PRICE = "price"
    RATE = "rate"
    WHOLE = "whole"
    AVERAGE = "average"
    NIGHT = "night"
    WEEKEND = "weekend"
    WORKDAY = "workday"
    STATUS = "status"
    CANCEL = "cancel"
    MODIFIED = "modified"
    PAYMENT = "payment"
    INCLUDED = "included"
    EXCLUDED = "excluded"
    LIMIT = "limit"
    GUEST = "guest"
    LEAD = "lead"
    REASON = "reason"


_WORDS: dict[Part, str] = {
    Part.ARRIVE: "erkezes erkezesi prichod sosire saapuminen saapumis arrival arrive arriving arr arrv checkin incheck "
    "ingress anreis ankunft llegada entrada "
    "ingreso arrivee entree arrivo chegada aankomst inchecken ankomst incheckning przyjazd prijezd giris dolazak prihod",
    Part.DEPART: "tavozas tavozasi elutazas plecare odchod sortida lahto departure depart departing dep dept checkout "
    "uitcheck egress abreis abfahrt salida partenza "
    "sortie saida partida vertrek avresa utcheckning avrejse afrejse avreise wyjazd odjezd cikis odlazak odhod",
    Part.BEGIN: "from von desde dal start begin beginning beginn inicio debut inizio van fra od inicial iniziale anfang",
    Part.END: "eind einde to until till bis hasta al au ate end ending ende fin fine fim tot do final finale",
    Part.STAY: "stay stays hospedagem hospedaje estancia estadia sejour soggiorno aufenthalt verblijf vistelse ophold pobyt "
    "konaklama boravak",
    Part.BOOK: "bk foglalas foglalasi expediente expedient bestilling varaus booking book buch bookings bkg reservation "
    "reserv reserva resa resv "
    "res rsv rez buchung buchungs reservierung prenotazione pren boeking reservering bokning reservasjon "
    "rezerwacja rezerwacji rezervace rezervasyon rezervacija rsvn confirmation conf confirmacion confirmacao "
    "conferma bestatigung bevestiging order dossier vorgang confirm rezervari foglalas fs bronirovanie "
    "rezervasyonu",
    Part.FOREIGN: "itinerary channel ota portal third external extern externe externo externa agency partner group "
    "gruppe grupo "
    "gruppo groupe crs pms gds travel agent master parent linked guest client customer invoice folio",
    Part.MADE: "varattu foglalva vytvorena oprettelse oprettelses booked made created creation create entered entry "
    "inserted insert added add sold sale "
    "issued received placed taken recorded registered registration gebucht reserviert erstellt erstellung "
    "angelegt anlage erfasst erfassung eingang eingegangen neuanlage alta creado creada creacion registrado "
    "registro emision emitida reservado reservada hecha grabacion cree creee reserve reservee saisie saisi "
    "enregistre enregistrement effectuee creato creata creazione inserito inserita inserimento prenotato "
    "prenotata registrata registrazione emissione criado criada criacao feito feita cadastro cadastrado "
    "lancamento inserido efetuada efectuada geboekt aangemaakt aanmaak gemaakt ingevoerd invoer gereserveerd "
    "bokad skapad bestilt utworzenia utworzono wprowadzenia vytvoreno zalozeno opprettet oprettet reservert bkd "
    "submitted kayit olusturma olusturulma zalozono zlozenia zlozono dodano vytvoreni issue luotu skapat",
    Part.DATE: "datuma paiva date dates datum fecha fch fec data dt dato datetime tarih",
    Part.TIME: "time hora ora heure uhrzeit zeit tijd timestamp zeitpunkt hour datetime",
    Part.DAY: "day days tag tage dia dias giorno giorni jour jours dag dagen dagar dager gg jj dni dzien",
    Part.MONTH: "month monat mes mese mois maand maned manad mon mth mnd",
    Part.YEAR: "year yr jahr ano anio anno annee jaar ar",
    Part.NUMBER: "rif pk szam szama number no nr num n numero nummer nbr nro id ids code codigo cod codice ref reference "
    "referencia referenz "
    "referentie riferimento identifier locator localizador kennung pnr cislo numer broj kod kode nummern key",
    Part.COUNT: "count qty quantity cantidad anzahl zahl nb nbre nombre num no number n quantita quantite quantidade qtd "
    "aantal antal antall numero qtde cant ilosc liczba adet sayi sayisi pocet stk unid uds units einheiten unites "
    "unidades unidade unita eenheden maara szam numar kpl",
    Part.NAME: "name names description desc bezeichnung beschreibung descripcion descrizione descricao libelle nombre nome "
    "nom naam omschrijving navn namn label title text txt nazwa adi isim",
    Part.ROOM: "hebergt rtype objekte szobak huoneen pokoja izba acomodacao acomodacion habitacio huone room rooms rm "
    "zimmer zi habitacion "
    "hab chambre chb camera quarto "
    "kamer unit apartment apartamento appartamento apartamentos accommodation accomodation alojamiento alojamento "
    "alloggio logement hebergement unterkunft unidad unidade unita wohneinheit uh suite listing inserat rum "
    "stanza accommodatie objekt bien cabana cabin villa bungalow chalet studio gite cottage ferienwohnung "
    "ferienhaus vaerelse rom pokoj oda soba lodging hospedagem hospedaje logis beherbergung wohnung einheit "
    "einheiten loger emplacement stellplatz mobilhome units unites unidades szoba kamers parcelle bungalows apartman",
    Part.TYPE: "rtype tipus tyyppi type typ tipo tipologia tip tipi category categoria categorie kategorie kategori kat "
    "cat class "
    "clase classe klasse soort art pool kateg tur turu rodzaj druh slag laji",
    Part.ASSIGNED: "assigned allocated actual given occupied zugewiesen zugeteilt vergeben asignada asignado attribue "
    "attribuee "
    "assegnata assegnato atribuido atribuida alocado toegewezen tildelt tilldelad ocupada ocupado occupee occupata occupato "
    "belegt belegte bezogen bezogene real reale effectif effettiva effettivo effectiva tatsachlich tatsachliche bezet "
    "daadwerkelijk przydzielony prideleny",
    Part.RESERVED: "booked reserved requested request ordered gebucht gebuchte gebuchter reserviert reservierte angefragt "
    "angefragte gewunscht gewunschte reservado reservada solicitado solicitada contratado contratada reserve reservee demande "
    "demandee prenotato prenotata richiesto richiesta geboekt geboekte gereserveerd gereserveerde gevraagd bokad bestilt "
    "zarezerwowany rezervovany",
    Part.CHARGED: "charge charged charging rtc cargada cargado cobrada cobrado facturada facturado facture facturee verrechnet "
    "verrechnete berechnet berechnete fakturiert addebitato addebitata fatturata berekend berekende gefactureerd",
    Part.PRICE: "reisepreis venta umsatze ar ara arak dij dija osszeg preu hinta ca rev price prices pricing amount amt "
    "charge charges chgs revenue "
    "revenus einnahmen einkunfte "
    "ganancias guadagno guadagni ganhos value fare preis preise betrag umsatz erlos logis entgelt precio importe "
    "imp coste ingreso ingresos facturacion prix montant cout recette prezzo importo costo ricavo ricavi "
    "corrispettivo preco valor montante receita prijs bedrag omzet belop belob pris cena cene wartosc kwota tutar "
    "cijena summe somme turnover earnings cost kosten monto custo rent miete loyer alquiler affitto aluguel huur "
    "fiyat fiyati ucret ucreti tutari koszt naleznosc pvp vlr vr ceny summan belopp",
    Part.RATE: "rate tariff tarifa tarif tariffa tarief rata",
    Part.WHOLE: "ialt yhteensa total ges totale totaal gesamt grand overall sum suma somma summa soma gross brutto bruto brut "
    "lordo full totalt generated celkem lacznie razem toplam tot ukupno complete sammenlagt osszesen kokku "
    "totalbelopp toplami",
    Part.AVERAGE: "average avg mean durchschnitt durchschnittlich durchschnitts mittel medio media moyen moyenne gemiddeld "
    "gemiddelde promedio gns",
    Part.NIGHT: "nat nit night nights nightly nts noc nocy noci nocleg doba dobe nacht nachte naechte nachten noche nuit "
    "nuitee notte notti noite pernott daily diaria diario giornaliera giornaliero journalier tages taglich "
    "dagelijks natt natter netter ubernachtung los gece geceleme gecelik noclegi doby dob nopti ejszaka",
    Part.WEEKEND: "weekend wochenend wochenende finde",
    Part.WORKDAY: "week weekday weekdays woche wochen werktag werktags semana entresemana semaine feriali feriale semanais "
    "weekse laborables settimana midweek",
    Part.STATUS: "allapota stavu tilstand estat tila status state stato estado etat statut zustand situacion situacao "
    "situation condition "
    "condizione condicion staat durum stav stan sts stat est durumu sit situ situac allapot stare st",
    Part.CANCEL: "cancel canceled cancelled cancellation cancelation storno storniert stornierung annulation annule annulee "
    "anulacion anulada cancelacion cancelada cancelado annullamento annullata cancellazione cancellata "
    "cancelamento annulering geannuleerd avbokad avbokning avbestilt cxl disdetta iptal anulowano anulacja "
    "anulacji avbokat annullierung canc canx cnx cxld cncl stornodatum storna stornovano stornirano otkazano otkaza "
    "peruutus peruttu kansellert afbestilt lemondas anulata ακυρωση ακυρωσησ отмена отмены",
    Part.MODIFIED: "modified modification modify modif changed change updated update edited last geandert anderung "
    "aktualisiert "
    "modificado modificacion modifie modifica modificata ultima ultimo alterado alteracao gewijzigd wijziging "
    "letzte andrad dernier derniere laatst zmieniono zmiany zmiana guncelleme guncellendi zmeneno andring endret "
    "aendret alterada",
    Part.PAYMENT: "payment paid pay payments prepaid prepayment deposit balance commission comm tax taxes vat mwst iva tva btw "
    "fee fees invoice invoiced bill billed billing refund due owed outstanding anzahlung bezahlt zahlung saldo "
    "offen provision kommission steuer rechnung kurtaxe pago pagado anticipo comision impuesto factura cobrado "
    "pendiente paiement paye acompte solde taxe facture arrhes pagamento pagato acconto caparra commissione "
    "imposta fattura sinal comissao imposto fatura betaald betaling zaliczka prowizja podatek zaloha aanbetaling "
    "commissie belasting factuur extras extra extrasbetrag fnb food beverage breakfast desayuno petit colazione "
    "fruhstuck service cleaning reinigung limpieza menage discount rabatt descuento remise sconto desconto "
    "korting penalty parking payout kapora zaliczki forskott depositum avans kaution kaucja komisyon komisyonu "
    "vergi kdv podatku provisjon tasse",
    Part.INCLUDED: "bruta moms mva amb iva incl dph including included inkl inclusive incluido incluidos inclus compris "
    "compreso "
    "inclusa con com avec mit met ttc gross brutto bruto brut bruta lordo lorda pvp afterincluded dahil",
    Part.EXCLUDED: "netto excl excluding excluded exkl exclu ht senza sin sem ohne ex excluido zonder net netto neto neta "
    "nett nette nets liquido liquida "
    "payout payouts auszahlung subtotal zwischensumme haric imponible",
    Part.LIMIT: "option release deadline cutoff expiry expires expiration frist vencimiento scadenza limite prazo birth "
    "birthday dob nacimiento naissance nascita nascimento geburt geboorte valid issue passport",
    Part.GUEST: "guest gast huesped hospede ospite client cliente kunde kunden customer gaste gastes person persons pax adult "
    "adults child children klant cardholder misafir konuk gosc goscie yetiskin cocuk dorosli dzieci vuxna barn "
    "gasten osob osoby personer hote",
    Part.LEAD: "lead vorlauf antelacion antecedencia anticipo anticipacion delai vorausbuchung doorlooptijd advance window "
    "before prior vor avant antes prima ahead vorher voraus vorab vooraf tevoren wyprzedzenie wyprzedzenia "
    "predstih forhand przed pred ventana fenetre finestra janela buchungsvorlauf preavviso preavis vorausbuchungs "
    "vorlaufzeit dias",
    Part.REASON: "reason grund motivo motif reden causa",
}

WORDS: dict[str, frozenset[Part]] = {}
"""Each word with all it may mean."""
for _part, _words in _WORDS.items():
    for _word in _words.split():
        WORDS[_word] = WORDS.get(_word, frozenset()) | {_part}

JOINED = {
    "check in": "checkin",
    "check out": "checkout",
    "fin de semana": "weekend",
    "fin semana": "weekend",
    "fim de semana": "weekend",
    "fim semana": "weekend",
    "week end": "weekend",
    "entre semana": "entresemana",
    "hors taxe": "ht",
    "length of stay": "nights",
    "no show": "noshow",
    "i alt": "ialt",
    "s iva": "excluding",
    "c iva": "including",
    "before tax": "excluding",
    "before taxes": "excluding",
    "after tax": "including",
    "after taxes": "including",
    "unit group": "roomtype",
}
"""Several words that mean one thing."""
