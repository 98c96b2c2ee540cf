"""What hotels' systems call the columns of their exports, in English, German, Spanish, French, Italian, Portuguese and Dutch.

Written folded, as ``header_match.folded`` writes them: lower case, no accents, no marks. Of several columns that fit a role
the word that stands first counts. Words of DAY roles are also known with the word for "date" before or behind them.
"""

from __future__ import annotations

GUEST = "guest"
"""Names, addresses, remarks: never read and never shown."""
OTHER = "other"
"""Known to be something HotelML has no use for, so that it is not taken for its neighbour."""
CANCELLED_FLAG = "cancelled flag"
"""A yes or no instead of a status."""
WEEKEND_NIGHTS, WEEK_NIGHTS = "weekend nights", "week nights"

DATE_WORDS = ("date", "datum", "fecha", "data", "day", "dt", "giorno", "dia", "tag")

_ROLES: dict[str, str] = {
    "arrival": "arrival, arrive, arrivals, check in, checkin, trunc begin, trunc arrival, stay from, stay start, "
    "first night, erste nacht, premiere nuit, primera noche, prima notte, primeira noite, eerste nacht, "
    "arriving, anreise, ankunft, anreisetag, anreise am, anreisedatum, ankunftsdatum, ankunftstag, llegada, entrada, "
    "arrivee, arrivo, chegada, inicio estancia, debut sejour, inizio soggiorno, inicio estadia, starting, begin, start, "
    "from, von, desde, du, dal, de, inicio, debut, inizio, ci, data iniziale, globdvon, datumvon, arr, in, od, van, fran",
    "departure": "departure, depart, departures, check out, checkout, trunc end, trunc departure, stay to, stay end, "
    "leaving, abreise, abfahrt, abreisetag, abreise am, abreisedatum, salida, partenza, saida, fin estancia, fin sejour, "
    "fine soggiorno, fim estadia, ending, end, to, until, bis, hasta, au, al, ate, fin, fine, fim, co, data finale, "
    "globdbis, datumbis, dep, out, do, tot, till",
    "booked_on": "booked on, booking date, reservation date, date booked, booked, created on, creation date, created, "
    "insert date, book time, booking time, booking dt, reservation made, made on, entered on, entry date, res date, "
    "booking created, creation time, sale date, sales date, date add, date order, order date, booked at, created at, "
    "buchungsdatum, gebucht am, gebucht, reservierungsdatum, reserviert am, erstellt am, erstellt, angelegt am, angelegt, "
    "erfasst am, anlagedatum, buchungstag, eingang, eingangsdatum, erstelldatum, fecha de reserva, reservado el, creado "
    "el, creado, creacion, alta, date de reservation, reserve le, reservation le, cree le, creation, date creation, data "
    "prenotazione, data di prenotazione, prenotato il, creato il, data inserimento, inserito il, data da reserva, "
    "reservado em, criado em, criacao, feita em, cadastro, buchungszeitpunkt, fecha alta, creee le, creazione, bookdate, "
    "data creazione",
    "business_date": "business date, hotel date, system date, extract date, snapshot date, export date, report date, "
    "download date, as of, geschaftsdatum, geschaeftsdatum, hoteldatum, fecha hotel, fecha de negocio, fecha hotelera, "
    "date hoteliere, date comptable, data contabile, data hotel, data hoteleira, data contabil, data alberghiera",
    "status_on": "status date, status on, status since, status changed, statusdatum, status seit, fecha de estado, fecha del "
    "estado, date du statut, date statut, data stato, data dello stato, data do status, data da situacao, data do estado",
    "cancelled_on": "cancellation, cancelation, cancelled on, canceled on, cancelled at, canceled at, cancel, cancellation "
    "time, storniert am, stornierungsdatum, stornodatum, stornierung, fecha de cancelacion, cancelada el, date d "
    "annulation, annule le, data cancellazione, annullato il, data de cancelamento, cancelado em",
    "stay_date": "stay date, night of, staydate, ubernachtungsdatum, fecha de estancia, date de sejour, data soggiorno",
    "nights": "nights, no of nights, number of nights, count nights, night count, nts, los, length of stay, stay length, "
    "duration nights, duration, duration of stay, total nights, room nights, nachte, naechte, anzahl nachte, anzahl "
    "naechte, ubernachtungen, uebernachtungen, aufenthaltsdauer, dauer, noches, n noches, numero de noches, num noches, "
    "duracion, nuits, nuitees, nb nuits, nombre de nuits, duree, duree du sejour, notti, n notti, numero notti, numero di "
    "notti, durata, noites, n noites, numero de noites, duracao, diarias, pernoites, night",
    WEEKEND_NIGHTS: "no of weekend nights, stays in weekend nights, weekend nights",
    WEEK_NIGHTS: "no of week nights, stays in week nights, week nights, weekday nights",
    "lead_days": "lead time, lead days, days in advance, booking window, days out, days ahead, days prior, days before "
    "arrival, "
    "days to arrival, advance days, vorlaufzeit, vorausbuchung, tage bis anreise, antelacion, anticipacion, delai de "
    "reservation, delai, anticipo, antecedencia",
    "arrival_year": "arrival year, arrival date year, anreisejahr, year of arrival",
    "arrival_month": "arrival month, arrival date month, anreisemonat, month of arrival",
    "arrival_day": "arrival day, arrival date day of month, arrival day of month, arrival date, day of arrival",
    "status": "status, booking status, reservation status, resv status, res status, booking state, state, computed resv "
    "status, short resv status, buchungsstatus, reservierungsstatus, zustand, estado, estado de la reserva, estado "
    "reserva, situacion, statut, statut de la reservation, statut reservation, etat, etat reservation, stato, stato "
    "prenotazione, stato della prenotazione, situacao, situacao da reserva, estado da reserva, status da reserva, stato "
    "pren",
    CANCELLED_FLAG: "is canceled, is cancelled, cancelled, canceled, cancelled yes no, storniert, cancelada, cancelado, "
    "annulee, annule, annullata, annullato, cancelled flag, is cancellation",
    "is_no_show": "no show, noshow, no shows, is no show, no show flag, nicht angereist, nicht erschienen, no presentado, "
    "non presentato, non presente, nao compareceu, non presentation, niet verschenen, utebliven, niedojazd, gelmedi",
    "reservation_id": "reservation id, reservation number, reservation no, reservation nr, booking id, booking number, "
    "booking no, book number, confirmation number, confirmation no, confirmation code, confirmation, res no, resno, res "
    "id, conf no, conf number, resv name id, booking code, booking reference, booking ref, reservation code, reservation "
    "reference, reservierungsnummer, reservierungsnr, reservierungs nr, reservierung nr, buchungsnummer, buchungsnr, "
    "buchungs nr, buchung nr, vorgangsnummer, vorgang, bestatigungsnummer, bestatigungscode, res nr, numero de reserva, n "
    "de reserva, n reserva, num reserva, codigo de reserva, codigo reserva, id reserva, localizador, numero de "
    "reservation, n de reservation, n reservation, num reservation, code de reservation, id reservation, numero "
    "prenotazione, numero di prenotazione, n prenotazione, codice prenotazione, id prenotazione, prenotazione, numero da "
    "reserva, codigo da reserva, id da reserva, cod reserva, reservation, booking, reserva, buchung, reservierung, "
    "reference, referenz, referencia, riferimento, ref, res, identifier, kennung, number, nummer, numero, nr, no, n, id, "
    "code, folio, reservierungs id, buchungs id, voucher number, vch number, confnum, conf num, resa, codice, codigo, "
    "numer, numara, voucher, voucher no, bono, n bono, n de dossier, dossier",
    "room_type": "room type, booked room type, reserved room type, room type reserved, room type booked, room type to "
    "charge, requested category, requested room type, booked room category label, booked room category, room category "
    "label, room category, room type code, roomtype, accommodation type, unit type, unit group, room class, gebuchter "
    "zimmertyp, gebuchte kategorie, gebuchte zimmerkategorie, zimmertyp, zimmerkategorie, zimmerart, zimmerkat, "
    "kategorie, kat, wohneinheit, tipo de habitacion reservado, tipo de habitacion, tipo habitacion, categoria de "
    "habitacion, type de chambre reserve, type de chambre, type chambre, categorie de chambre, categorie, tipo camera "
    "prenotata, tipo di camera, tipo camera, tipologia camera, categoria camera, tipologia, tipo de quarto reservado, "
    "tipo de quarto, tipo quarto, categoria de quarto, categoria do quarto, tipo de apartamento, tipo uh, tipo de unidad, "
    "tipo de unidade, categoria, category, tipo de alojamiento, type, typ, tipo, tip, rm type, rmtype, room type name, "
    "room type id",
    "assigned_room_type": "assigned room type, assigned category, space category, room type assigned, actual room type, "
    "zugewiesener zimmertyp, zugewiesene kategorie, vergebener zimmertyp, zugeteilter zimmertyp, tipo de habitacion "
    "asignado, tipo de habitacion asignada, tipo asignado, type de chambre attribue, type de chambre attribuee, type "
    "attribue, tipo camera assegnata, tipo di camera assegnato, tipo assegnato, tipo de quarto atribuido, tipo atribuido, "
    "tipo de quarto alocado",
    "room": "room number, room no, room nr, assigned room, space number, room, zimmernummer, zimmernr, zimmer nr, zimmer, "
    "numero de habitacion, n habitacion, habitacion, numero de chambre, n chambre, chambre, numero camera, n camera, "
    "camera, numero do quarto, numero de quarto, n quarto, quarto, apartamento, apartment, unit number, uh, unit",
    "rooms": "rooms, no of rooms, number of rooms, room count, rooms booked, zimmeranzahl, anzahl zimmer, habitaciones, n "
    "habitaciones, numero de habitaciones, chambres, nb chambres, nombre de chambres, camere, numero camere, n camere, "
    "quartos, numero de quartos, n quartos, quantity",
    "channel": "channel, referrer, bron, boekingsbron, kalla, bokningskalla, kilde, zrodlo, kaynak, rezervasyon kaynagi, zdroj, "
    "booking channel, distribution channel, sales channel, channel name, channel code, booking source, reservation "
    "source, source of business, source, source code, source description, origin, origin code, origin of booking, "
    "vertriebskanal, buchungskanal, kanal, quelle, buchungsquelle, herkunft, canal, canal de venta, canal de "
    "distribucion, origen, fuente, canal de reservation, canal de vente, canal de distribution, origine, canale, canale "
    "di vendita, canale di prenotazione, provenienza, canal de vendas, canal de venda, canal de distribuicao, origem, "
    "portal, portale, procedencia, provenance, herkunftscode, src, platform, plateforme, plattform, piattaforma, plataforma, "
    "booking platform",
    "segment": "market segment, segment, market segment type, market code, market, market name, marktsegment, marktcode, "
    "markt, segmento, segmento de mercado, mercado, segment de marche, segment de clientele, marche, segmento di mercato, "
    "mercato",
    "rate_code": "rate code, rate plan, rate plan code, ratecode, rate name, rate plan name, tarifcode, ratencode, "
    "preiscode, ratenplan, preistyp, preisgruppe, codigo de tarifa, codigo tarifa, plan de tarifa, plan tarifario, code "
    "tarif, code tarifaire, plan tarifaire, codice tariffa, piano tariffario, codigo da tarifa, codigo tarifario, plano "
    "tarifario, tarif, tarifa, tariffa, rate, rate category, ratecd",
    "adr": "adr, average daily rate, average rate, avg rate, avg price per room, average rate nightly, nightly rate, "
    "daily rate, rate per night, price per night, room rate, rate amount, effective rate amount, rate code rate amount, "
    "average price, preis pro nacht, rate pro nacht, preis je nacht, preis nacht, ubernachtungspreis, zimmerpreis, "
    "durchschnittsrate, durchschnittspreis, tagesrate, nachtpreis, precio por noche, tarifa por noche, precio noche, "
    "tarifa diaria, tarifa media, precio medio, prix par nuit, tarif par nuit, prix de la nuit, prix nuit, prix moyen, "
    "tarif moyen, prezzo per notte, tariffa per notte, prezzo a notte, prezzo notte, tariffa giornaliera, tariffa media, "
    "prezzo medio, preco por noite, tarifa por noite, valor da diaria, diaria, diaria media, preco medio, share amount, "
    "rate, p medio, rate amt, tarif, tarifa, tariffa, tarief",
    "total": "total price, total amount, grand total, accommodation total, reservation total, booking total, stay total, "
    "booking amount, booking value, total revenue, room revenue, total room revenue, total stay, total room chgs, "
    "complete rate, share amount per stay, total, amount, revenue, price, value, gesamtpreis, gesamtbetrag, gesamtsumme, "
    "gesamtumsatz, logisumsatz, logis, gesamt, betrag, umsatz, preis, summe, importe total, precio total, total estancia, "
    "total de la reserva, importe, ingresos, precio, montant total, prix total, total du sejour, total sejour, montant, "
    "chiffre d affaires, prix, importo totale, prezzo totale, totale soggiorno, totale, importo, ricavi, prezzo, tariffa "
    "completa, valor total, preco total, total da reserva, total da estadia, receita, valor, preco, montante, earnings, "
    "logispreis, logis gesamt, montant ttc, total hospedagem, price total, total rate",
    "currency": "currency, currency code, curr, cur, ccy, wahrung, waehrung, divisa, moneda, devise, monnaie, valuta, moeda",
    "adults": "adults, adult, no of adults, number of adults, of adults, adl, erwachsene, erw, anzahl erwachsene, "
    "adultos, n adultos, numero de adultos, adultes, nb adultes, nombre d adultes, adulti, n adulti, numero adulti, ad",
    "children": "children, child, no of children, number of children, of children, chd, chl, kids, kinder, anzahl kinder, "
    "kin, ninos, n ninos, numero de ninos, menores, enfants, nb enfants, nombre d enfants, bambini, n bambini, numero "
    "bambini, criancas, n criancas, numero de criancas",
    "guests": "persons, pax, pax a c, pax ad ch, a c, ad ch, adults children, adult child, adultos ninos, adultes enfants, "
    "adulti bambini, erwachsene kinder, erw kinder, "
    "guests, number of guests, no of guests, person count, occupants, people, personen, gaste, "
    "anzahl personen, personas, huespedes, numero de personas, personnes, nb personnes, voyageurs, persone, ospiti, "
    "numero persone, pessoas, hospedes, numero de pessoas, peop, peoples, pers",
    "reason": "cancellation reason, stornogrund, motivo de cancelacion, motif d annulation, motivo cancellazione, motivo "
    "do cancelamento",
    "customer_type": "customer type, guest type, client type, kundentyp, kundenart, gastetyp, gaesteart, gastart, tipo de "
    "cliente, tipo cliente, type de client, type client, tipo di cliente, tipologia cliente, tipo de hospede",
    "deposit_type": "deposit type, guarantee, guarantee code, guarantee type, garantie, garantieart, garantiecode, "
    "anzahlungsart, art der anzahlung, tipo de deposito, tipo de garantia, garantia, type d acompte, type de garantie, "
    "type de depot, tipo deposito, tipo di deposito, tipo di caparra, garanzia, tipo caparra",
    "agent": "agent, travel agent, travel agency, travel agent id, agentur, reiseburo, reisebuero, vermittler, agente, "
    "agencia, agencia de viajes, agence, agence de voyages, agenzia, agenzia di viaggi, agencia de viagens",
    "company": "company, company id, company name, firma, unternehmen, firmenname, empresa, compania, societe, "
    "entreprise, azienda, societa, ditta, companhia",
    "country": "country, country code, nationality, guest country, booker country, customer nationality, land, "
    "landercode, nationalitat, herkunftsland, pais, nacionalidad, pays, nationalite, paese, nazionalita, nazione, "
    "nacionalidade",
    "meal": "meal plan, meal, board, board type, type of meal plan, meals, verpflegung, verpflegungsart, pension, "
    "arrangement, regimen, regimen alimenticio, pension alimenticia, formule repas, repas, regime, trattamento, tipo di "
    "pensione, pensione, pasti, regime de refeicoes, regime alimentar, pensao, refeicoes",
    "special_requests": "special requests, total of special requests, no of special requests, number of special requests, "
    "sonderwunsche, anzahl sonderwunsche, peticiones especiales, solicitudes especiales, demandes speciales, richieste "
    "speciali, pedidos especiais",
    "previous_cancellations": "previous cancellations, no of previous cancellations, fruhere stornierungen, cancelaciones "
    "previas, cancelaciones anteriores, annulations precedentes, cancellazioni precedenti, cancelamentos anteriores",
    "previous_stays": "previous stays, no of previous bookings not canceled, previous bookings not canceled, fruhere "
    "aufenthalte, estancias previas, estancias anteriores, sejours precedents, soggiorni precedenti, estadias anteriores",
    "repeated_guest": "repeated guest, is repeated guest, returning guest, repeat guest, stammgast, cliente repetido, "
    "huesped repetido, client fidele, client habitue, ospite abituale, cliente abituale, hospede frequente, hospede "
    "repetido",
    "waiting_list_days": "days in waiting list, waiting list days, tage auf warteliste, dias en lista de espera",
    "parking": "required car parking spaces, required car parking space, parking spaces, parkplatze, plazas de aparcamiento",
    "changes": "booking changes, number of changes, anzahl anderungen, cambios en la reserva",
    "property": "property, property name, hotel, hotel name, hotel code, resort, resort id, resortid, property id, "
    "hotelname, betrieb, haus, establecimiento, alojamiento, propiedad, etablissement, nom de l hotel, nombre del hotel, "
    "struttura, nome hotel, propriedade, nome do hotel, estabelecimento, enterprise, unidade hoteleira",
    GUEST: "guest, guest name, guest names, name, last name, lastname, first name, firstname, surname, full name, "
    "alternate name, email, e mail, mail, guest email, phone, phone number, telephone, mobile, address, street, city, "
    "zip, postal code, notes, note, comments, comment, remarks, remark, special request, passport, document number, date "
    "of birth, card, card number, booked by, booker, booker name, contact, user, creator, guest id, customer notes, "
    "internal note, gast, gastname, gastename, nachname, vorname, e mail adresse, telefon, telefonnummer, handy, adresse, "
    "anschrift, strasse, ort, stadt, plz, bemerkung, bemerkungen, notiz, notizen, kommentar, anmerkungen, geburtsdatum, "
    "bucher, besteller, huesped, nombre del huesped, nombre del cliente, nombre, apellido, apellidos, cliente, correo, "
    "correo electronico, telefono, direccion, ciudad, comentarios, observaciones, notas, reservado por, client, nom, nom "
    "du client, prenom, courriel, telephone portable, ville, remarques, commentaires, observations, reserve par, ospite, "
    "nome ospite, nome dell ospite, cognome, nome, nome e cognome, indirizzo, citta, osservazioni, commenti, prenotato "
    "da, hospede, nome do hospede, sobrenome, apelido, endereco, morada, cidade, observacoes, comentarios do hospede, "
    "reservado por, guest address, mobile number, contact name, client surname, cognome cliente, titular, partner name, "
    "intestatario, titulaire, naam, voornaam, achternaam, telefoon, telefoonnummer, adres, plaats, woonplaats, "
    "postcode, klant, "
    "opmerking, opmerkingen, geboortedatum, namn, navn, fornavn, etternavn, efternavn, telefonnummer, adress, postnummer, "
    "voyageur, celular, cellulare, telephone number, contact number, num doc, n documento, documento, documento "
    "identidad, dni, "
    "codice fiscale, passeport, pasaporte, passaporto, passaporte",
    OTHER: "balance, balance due, amount paid, paid, to pay, commission, commission amount, tax, taxes, deposit, "
    "cancellation fee, cancelation fee, canceled cost, outstanding balance, eta, etd, vip, vip code, block code, group, "
    "group name, external reference, third party confirmation number, channel manager id, invoice number, last modified, "
    "modified, modified on, update date, updated, modify date, infants, payment method, payment status, adr currency, "
    "travel purpose, device, membership number, saldo, bezahlt, anzahlung, provision, kommission, steuer, geandert am, "
    "letzte anderung, zahlungsart, ankunftszeit, pagado, comision, impuesto, modificado, ultima modificacion, hora de "
    "llegada, solde, paye, taxe, modifie le, heure d arrivee, pagato, provvigione, commissione, imposta, modificato il, "
    "ora di arrivo, pago, comissao, imposto, modificado em, hora de chegada, arrival time, departure time, loyalty tier, "
    "last night, letzte nacht, derniere nuit, ultima noche, ultima notte, ultima noite, laatste nacht, "
    "payout, net payout, company identifier, company tax id number, room type description, agent commission, da pagare, "
    "caparra, invoice, sub "
    "status, reservation sub status",
}

SHORT_FOR = {
    **{
        "rm": "room",
        "cd": "code",
        "amt": "amount",
        "num": "number",
        "conf": "confirmation",
        "bkg": "booking",
        "resa": "reservation",
    },
    **{
        "sts": "status",
        "stat": "status",
        "mkt": "market",
        "src": "source",
        "cat": "category",
        "arr": "arrival",
        "dep": "departure",
    },
    **{"anz": "anzahl", "erw": "erwachsene", "zi": "zimmer", "kat": "kategorie", "res": "reservation", "rsv": "reservation"},
    **{"hab": "habitacion", "imp": "importe", "f": "fecha", "pren": "prenotazione", "cod": "codice", "pers": "personas"},
    **{"qto": "quarto", "chb": "chambre", "ad": "adults", "dt": "date", "avg": "average", "est": "estado", "p": "precio"},
}
"""What words are written short; tried where the header as it stands says nothing."""

SYNONYMS: dict[str, tuple[str, ...]] = {role: tuple(word.strip() for word in words.split(",")) for role, words in _ROLES.items()}
