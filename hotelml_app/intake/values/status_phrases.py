"""States of a booking told in several words, or in a form that stands in no list: "Check-out effettuato", "Niet verschenen".

Every word of a phrase must be known, in one of the languages of hotels' systems; then the words together tell the state.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from hotelml_app.core.bookings import BookingStatus

LONGEST_PHRASE = 48

NOT, SHOWN, CANCELLED, OUT, GOING, IN, COMING, DUE, WAITING, BOOKED, HELD, GUARANTEED, DONE, FILLER = range(14)
"""What a word says: GOING and COMING name an event, DUE and WAITING that it is still ahead, DONE that it happened."""

_WORDS = {
    NOT: "nije nisu niet δεν не нет neprisel nichts "
    "nem ei ikke neni no not non nicht nao niet nie ne kein keine never sin sem sans senza ohne zonder inte ikke "
    "un ej pas mancat* failed "
    "did absent*",
    SHOWN: "kom dosao dosla dosli vino vinieron veio vieram prisel prisla da gekommen εμφανιστηκε ηρθε приехал заехал заезд "
    "erkezett saapunut meg show shown shows showed erschienen angetreten presentad* presentat* presentaz* "
    "presente presentee presentes "
    "presento "
    "compare* verschenen opgedaagd opdagen gekomen aparec* gekommen komen venu dukket mott zjawil* dorazi* prezentat* "
    "saapu* dotarl* modt mott",
    CANCELLED: "odwolan* ακυρ* отмен* аннулир* "
    "lemond* zrus* torolt* cancel* cxl cxld canx cnx cnl canc storn* annul* anul* disdett* disdic* rescis* "
    "geannuleerd avbokad* avbestil* "
    "anulow* iptal* otkazan* zrusen* void* geloscht deleted elimin* supprim* removed withdrawn rejected rejet* "
    "declined refus* rechazad* recusad* rifiutat* denied expired abgelaufen abgelehnt abgesagt cancellat* verlopen "
    "kansell* peruut* caducad* scadut* expirad* abgebrochen afgewezen "
    "verfallen geweigerd desistenc* desistiu afbestil* dropped lost baja installd* avlyst* lemond* peruttu* anulat*",
    OUT: "odubytov* zrealizowan* αναχωρησε выехал* выселен* завершен* "
    "dept disfrutad* solde soldee odhlas* kijelentkez* uloskirjautunut checkout checkedout ckout departed left "
    "abgereist ausgecheckt ausgezogen "
    "uitgecheckt utcheckad* utsjekket vertrokken "
    "salio salido saiu partit* parti partie partis partid* stayed past ehemalig* vorherig* previous former anterior* "
    "precedent* passe passes history historic finalizad* finished finit* termin* completed completad* completat* concluid* "
    "conclus* encerrad* beendet abgeschlossen afgerond afgehandeld avrest udtjekket complete wyjecha* wymeldowan* odjavljen* "
    "closed odjel* odjet* zakoncz* avrest wyjazdu tavozott lahtenyt plecat* afgereisd odjechal*",
    GOING: "out departure depart abreise salida partenza saida vertrek checkout avresa afrejse wyjazd cikis sortida",
    IN: "dentro kuci hotellet ort place pobyt verblijvend* διαμενει εντοσ проживает заселен* вселен* "
    "inhs ort sisaankirjautunut bejelentkez* ubytov* megerkez* checkin checkedin ckin inhouse inh arrived angereist "
    "eingecheckt eingezogen anwesend ingecheckt aanwezig incheckad* "
    "innsjekket hospedad* alojad* registrad* llego chegou arrivat* arrivee arrivees house casa haus huis resident staying "
    "occupied occupat* belegt bezet verblijf sejour soggiorno estancia estadia zameldowan* ubytovan* prijavljen* indtjekket "
    "aangekomen ospitat* current hotelu curso corso cours aktuell* alloggiat* angekommen llegad* ocupad* residence "
    "konakl* otelde anland* ankommet pobytu trakcie bentlak* cazat* kirjautunut otele",
    COMING: "arrival arrivals arriving arrive arriver chegar llegar arrivare ankunft anreise llegada arrivo arrivi chegada "
    "aankomst ankomst przyjazd giris przyjecha* prijel* dojecha* gelecek kommer",
    DUE: "due expected today tomorrow heute hoy oggi hoje vandaag erwartet verwacht scheduled attendu attendue prevue "
    "prevista previsto soon",
    WAITING: "pending pendiente* pendente* attesa attente awaiting ausstehend afwachting aguardando tbc confirmar confermare "
    "confirmer bevestigen bestatigen",
    BOOKED: "gultig* nowa nowy nowe varattu uusi επιβεβαι* подтвержд* забронир* rezervas* rezervac* rezervirano gebuchte "
    "confirm* conferm* bestatig* bevestig* bekraft* bekraeft* bekreft* potwierdz* potvrz* potvrd* onaylan* booked "
    "gebucht reserv* rsv rsvd res resv prenotat* geboekt gereserveerd bokad* bestilt new nueva nuevo neu neue nieuw nieuwe "
    "nouveau nouvelle nuova nuovo nova novo modified modif* changed geandert gewijzigd alterad* updated aktualisiert "
    "valid* approved approuve* approvat* aprobad* aprovad* genehmigt goedgekeurd accepted accettat* aceptad* aceit* "
    "acceptee akzeptiert geaccepteerd definit* firm fest fix active activ* aktiv* actief attiv* ativ* upcoming future "
    "futur* kommend bevorstehend vigente* ok okay conf def amended festbuchung ferme sold committed onayli* vahvist* "
    "megerosit* aktywn* kesin* rezerw*",
    HELD: "tentativ* prov propos* option* optie opcion* opzion* opcao provis* voorlopig vorlaufig vorgemerkt prelim* wait* "
    "wartelist* wachtlijst list lista espera request* anfrage angefragt aanvraag aangevraagd solicit* richiest* demande* "
    "pedido quote* quotation preventiv* offerte offert angebot presupuest* orcamento devis hold draft entwurf borrador bozza "
    "rascunho concept brouillon unconfirmed unbestatigt prebooking prereserva attesa beklemede* opsiyon* wstepn* "
    "oczekuj* preliminar* odotta*",
    GUARANTEED: "guaranteed garant* gegarandeerd gtd",
    DONE: "edildi done realizad* efectuad* efetuad* effettuat* effectue effectuee fait faite fatto hecho hecha feito gedaan "
    "yapti feta "
    "erledigt completado uitgevoerd",
    FILLER: "vor sur pa u ej v w trakcie "
    "a w the by guest guests client cliente klant gast gaste hotel channel booking booked reservation reserva "
    "prenotazione reservering buchung reservierung of to for de del della di da do der die das den von vom durch par por el "
    "la le les lo il im in en em e du d al au has is was been be auf zur zum y et und on se si pre early late paid unpaid "
    "deposit payment prepaid bezahlt anbezahlt kostenfrei kostenlos pagad* pagat* paye payee fee free penalty penalita gebuhr "
    "credit card",
}

_STEM_KEY = 4
"""Stems are looked up by their first letters."""


@cache
def _tables() -> tuple[dict[str, set[int]], dict[str, list[tuple[str, int]]]]:
    """Return whole words with their kinds, and the stems (written with a star) by their first letters."""
    whole: dict[str, set[int]] = {}
    stems: dict[str, list[tuple[str, int]]] = {}
    for kind, texts in _WORDS.items():
        for text in texts.split():
            if text.endswith("*"):
                stems.setdefault(text[:_STEM_KEY], []).append((text[:-1], kind))
            else:
                whole.setdefault(text, set()).add(kind)
    return whole, stems


@lru_cache(maxsize=2048)
def _kinds(word: str) -> frozenset[int]:
    whole, stems = _tables()
    longer = {kind for stem, kind in stems.get(word[:_STEM_KEY], ()) if word.startswith(stem)}
    return frozenset(longer | whole.get(word, set()))


def status_of_parts(first: str, rest: str) -> BookingStatus | None:
    """Return the state that the first part of a phrase tells, unless what follows may deny it; both in plain lower-case words."""
    denied = any(_kinds(word) & {NOT, CANCELLED, SHOWN} for word in rest.split())
    return None if denied and not _tells(first, CANCELLED) else status_of_phrase(first)


def denies_cancelling(spaced: str) -> bool:
    """Return whether the first word for cancelling stands right behind a "not": "nao cancelada", "reserva nao cancelada"."""
    kinds = [_kinds(word) for word in spaced.split()]
    first = next((place for place, kind in enumerate(kinds) if CANCELLED in kind), 0)
    return first > 0 and NOT in kinds[first - 1]


def _tells(spaced: str, kind: int) -> bool:
    return any(kind in _kinds(word) for word in spaced.split())


def status_of_phrase(spaced: str) -> BookingStatus | None:
    """Return the state that a phrase in plain lower-case words tells, or None where a word or the whole is not known."""
    if len(spaced) > LONGEST_PHRASE:
        return None
    joined = re.sub(r"\bc(?:heck(?:ed)?)? (in|out|o|i)\b", lambda match: f"check{'in' if match[1][0] == 'i' else 'out'}", spaced)
    words = joined.replace("to be ", "pending ").split()
    kinds = [_kinds(word) for word in words]
    if not words or not all(kinds):
        return None
    return _meaning(set[int]().union(*(kind - {FILLER} for kind in kinds)))


def _meaning(said: set[int]) -> BookingStatus | None:
    if NOT in said:
        return _denied(said)
    if CANCELLED in said:
        return None if said & {DUE, WAITING, HELD} else BookingStatus.CANCELLED
    ahead, status = bool(said & {DUE, WAITING}), None
    if said & {OUT, GOING}:
        status = BookingStatus.IN_HOUSE if ahead else BookingStatus.CHECKED_OUT
    elif said & {IN, COMING}:
        status = BookingStatus.IN_HOUSE if not ahead and said & {IN, DONE} else BookingStatus.RESERVED
    elif said & {HELD, WAITING}:
        status = BookingStatus.TENTATIVE
    elif said & {BOOKED, GUARANTEED, DUE}:
        status = BookingStatus.RESERVED
    return status


def _denied(said: set[int]) -> BookingStatus | None:
    """Return the state of what is not so: not shown up, not confirmed, not guaranteed."""
    if said & {SHOWN, IN, COMING} and CANCELLED not in said:
        return BookingStatus.NO_SHOW
    if GUARANTEED in said:
        return BookingStatus.RESERVED
    return BookingStatus.TENTATIVE if BOOKED in said and CANCELLED not in said else None
