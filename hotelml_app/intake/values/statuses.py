"""What PMSs call the states of a booking."""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import Enum

from hotelml_app.core.bookings import BookingStatus
from hotelml_app.intake.values.status_phrases import denies_cancelling, status_of_parts, status_of_phrase
from hotelml_app.intake.values.words import without_accents, word


class Odd(Enum):
    """What a status cell may say instead of a status."""

    NO_BOOKING = "no booking"
    """An owner's stay, a maintenance block, a mere inquiry: the row is not a booking."""
    UNKNOWN = "unknown"
    BLANK = "blank"


_WORDS: Mapping[BookingStatus, str] = {
    BookingStatus.CHECKED_OUT: "checkout, checkedout, ckot, departed, processed, done, out, finalizada, ausgecheckt, "
    "abgereist, 3, terminee, parti, partito, finalizado, history, completed, stayed, past, beendet, partie, partita, "
    "salido, checkoutefetuado, encerrada, encerrado, saiu, ausgezogen, hospedagemencerrada, concluida, concluido, "
    "termine, terminata, terminato, conclusa, pastguest, cout, poststay, abreiseerfolgt, fakturiert, abgerechnet",
    BookingStatus.IN_HOUSE: "inhouse, checkedin, checkin, ckin, arrived, started, onboard, eingecheckt, angereist, "
    "registrado, registrada, dueout, duot, arrive, arrivee, arrivato, arrivata, hospedado, hospedada, staying, "
    "departuredelayed, imhaus, konakliyor, iceride, anwesend, alojado, alojada, encasa, ensejour, presente, present, "
    "incasa, insoggiorno, "
    "incorso, emcasa, nacasa, ih, occ, "
    "enestancia, instay, resident, checkinrealizado, checkinefetuado, stayover, in, inh, ckdin, cin",
    BookingStatus.RESERVED: "confirmed, commit, committed, confirmationpending, "
    " reserved, resv, ok, new, n, modified, m, notcanceled, "
    "notcancelled, booked, active, bestatigt, bestätigt, confirmada, confirmado, confirmee, confirme, confermata, "
    "confermato, duein, prereg, preregistered, guaranteed, definite, arrivaldelayed, confirm, reserviert, reservada, cog, "
    "dpr, tag, ccg, non, dfg, grd, db, cogtd, dprec, tagtd, ccgtd, nongtd, dfgrp, requested, accepted, upcoming, future, "
    "expected, garantiert, gebucht, reserve, reservee, prenotato, prenotata, garantizada, garantita, garantie, garantida, "
    "garantido, fest, aktiv, activa, ativa, valida, bevestigd, avenir,"
    " pendingarrival, arrivals, fixbuchung, 6pm, 4pm, gtd, definitiv, alloted, allotted, res, rsv, rsvd, "
    "precheckin, precheckedin, precheck, reinstated, wiedereingesetzt, reactivated, readyforcheckin, unassigned, assigned",
    BookingStatus.TENTATIVE: "vorlaufig, warteliste, angebot, listadeespera, provisional, provisoria, enattente, "
    "inattesa, optie, tentative, optional, option, inquired, quote, pencil, unconfirmed, waitlist, waitlisted, pending, "
    "draft, inquiredconfirmed, optionalconfirmed, awaitingpayment, awaitingguestverification, prospect, anfrage, "
    "prereservation, prereserva, ten, tent, opt, optiert, wl, listedattente",
    BookingStatus.CANCELLED: "canceled, cancelled, cxl, c, cancelledbyguest, cancelledbyhotel, canceledbyguest, "
    "canceledbyhotel, storniert, cancelada, cancelado, cancel, declined, expired, void, annulee, annule, annullata, "
    "annullato, cancellata, cancelledbyhost, cancelledbyproperty, cancelledbybookingcom, released, denied, annuliert, "
    "annulliert, abgesagt, anulada, anulado, cancelamento, disdetta, storno, rejected, abgelehnt, refusee, rechazada, "
    "recusada, geannuleerd, stornata, can, cnl, cxld, cnx, installd, avbokad, avlyst, xl, excluida, verwijderd, "
    "optionexpired, expiree, turndown, regret, nolongervalid, wrongbooking, notconfirmedcancelled",
    BookingStatus.NO_SHOW: "noshow, nos, nosg, ns, nichterschienen, nichtangereist, nopresentado, noshows, noshown, "
    "nonpresente, nonpresentee, nonpresentato, nonpresentata, mancatoarrivo, nopresentada, nocompareceu, naocompareceu, "
    "didnotarrive, dna, nonarrive, nonarrivato, nichtanreise, nichterscheinen, nsh, nosh, niedojazd, nieprzyjazd, nedojel, "
    "dns, gelmedi, neprijel, udeblevet, utebliven, uteblev, nedorazil, absent, absente, ausente, nieobecny, ikkemodt, "
    "ikkemott, eisaapunut, nieobecnosc, незаезд, нзд, απων, komej, kominte, nijedosao",
}
VOCABULARY = {spelling: status for status, words in _WORDS.items() for spelling in words.replace(" ", "").split(",") if spelling}
_NO_BOOKING = (
    "maintenance, owneroccupied, ownerstay, owneruse, outoforder, outofservice, ooo, oos, blocked, housekeeping, closedroom, "
    "renovation, ausserbetrieb, gesperrt, wartung, horsservice, bloque, fuoriservizio, bloccata, bloccato, manutenzione, "
    "fueradeservicio, bloqueada, bloqueado, mantenimiento, foradeservico, manutencao, buitengebruik, geblokkeerd, onderhoud"
)
NO_BOOKING = frozenset(_NO_BOOKING.split(", "))
"""Rooms that cannot be sold, and owners in their own: rows of a plan of rooms that are nobody's booking."""

_MISSED = re.compile(r"noshow")
_CANCELLED = re.compile(
    r"^(?!no|un|nicht|sin|sans|senza|sem)(?!.*(pending|request|reinstat|rea[ck]tiv|wiedereingesetzt|cancel(lation)?revers))"
    r".*(cancel|storni|annul)"
)
"""Portals add who cancelled and at what price ("Cancelled by guest, fee waived")."""

_REMARK = re.compile(r"\s+[-\u2013\u2014|/]\s+|\s*[(;:,]\s*")
"""What stands between a state and a remark on it ("Checked out - balance settled")."""
LONGEST_WITH_REMARK = 60
_CODE = re.compile(r"^\d{1,3}\s*[-.:)/]?\s+(?=\D+$)|^\d{1,3}[-.:)](?=\D+$)")
"""The number of a state before its name ("2 - Checked in")."""

_JOINTS = re.compile(r"[\s\-_/.(),:'’]+")


def plain_status(text: str) -> str:
    """Return a status in the form that is compared: lower case, without blanks, joints and accents."""
    plain = _JOINTS.sub("", word(text)).casefold()
    if plain.isascii():
        return plain
    return without_accents(plain)


def read_status(text: str, own: Mapping[str, BookingStatus] | None = None) -> BookingStatus | Odd:
    """Return the status a cell names; ``own`` are the profile's spellings, as ``plain_status`` writes them, and come first."""
    plain = plain_status(text)
    if not plain:
        return Odd.BLANK
    if own and plain in own:
        return own[plain]
    if plain in VOCABULARY and (not plain.isdecimal() or word(text) == plain):
        return VOCABULARY[plain]
    if _MISSED.search(plain):
        return BookingStatus.NO_SHOW
    if _CANCELLED.search(plain) and not denies_cancelling(_spaced(text)):
        return BookingStatus.CANCELLED
    if plain in NO_BOOKING or plain.startswith(("inquiry", "enquiry")):
        return Odd.NO_BOOKING
    if code := _CODE.match(word(text)):
        return read_status(word(text)[code.end() :], own)
    phrase = None if any(letter.isdecimal() for letter in plain) else status_of_phrase(_spaced(text))
    if phrase is None and (apart := _REMARK.split(word(text), maxsplit=1))[1:] and len(text) <= LONGEST_WITH_REMARK:
        phrase = status_of_parts(_spaced(apart[0]), _spaced(apart[1]))
    return Odd.UNKNOWN if phrase is None else phrase


def _spaced(text: str) -> str:
    """Return a status as plain lower-case words with single blanks between them."""
    return _JOINTS.sub(" ", without_accents(word(text).casefold())).strip()
