"""The status words that hotel systems are known to write, each with what it means."""

from __future__ import annotations

import pytest

from hotelml_app.core.bookings import BookingStatus
from hotelml_app.intake.values.statuses import Odd, read_status

KNOWN: dict[BookingStatus | Odd, str] = {
    BookingStatus.CHECKED_OUT: "Check-Out|Checked out|CHECKED OUT|CKOT|CheckedOut|Departed|Processed|done|Out|Finalizada|"
    "Ausgecheckt|3|Checked-out|Past guest",
    BookingStatus.IN_HOUSE: "In House|In-House|INHOUSE|InHouse|CHECKED IN|CKIN|Arrived|Started|onboard|Eingecheckt|Registrado|"
    "DUE OUT|DUOT|Checked-in|On Board|departure_delayed|Stay over|Staying",
    BookingStatus.RESERVED: "Confirmed|Confirmation Pending|RESERVED|ok|new|N|modified|M|Not_Canceled|Not_Cancelled|"
    "Not Canceled|Booked|Active|Best\u00e4tigt|Confirmada|DUE IN|DUE_IN|RESV|CO-G|DP-R|TA-G|CC-G|NON-|DF-G|GRD|DB|CO-GTD|"
    "DP-REC|TA-GTD|CC-GTD|NON-GTD|DF-GRP|Pending arrival|arrival_delayed|confirm|Pre-registered|Future|Arrivals|6 PM",
    BookingStatus.TENTATIVE: "Optional|Inquired|Quote|Pencil|Unconfirmed|Waitlist|pending|draft|Optional confirmed|"
    "Inquired Confirmed|Pre-reservation|awaitingPayment|awaitingGuestVerification",
    BookingStatus.CANCELLED: "Canceled|Cancelled|CXL|C|cancelled_by_guest|cancelled_by_hotel|Storniert|Cancelada|cancel|"
    "declined|expired|Void|CANCEL|Canceled by guest|Cancelled (fee waived)|Stornierung durch Gast",
    BookingStatus.NO_SHOW: "No-Show|No Show|NO SHOW|NoShow|no_show|NOS|NOS (G)|NOSHOW|NO_SHOW|Marked no-show",
    Odd.NO_BOOKING: "Maintenance|Owner Occupied|ownerStay|inquiry|inquiryPreapproved|inquiryDenied|inquiryTimedout|"
    "inquiryNotPossible",
    Odd.UNKNOWN: "Xyzzy|Uncancelled|Not yet cancelled|Cancellation pending|Não cancelada|Niet geannuleerd|Pas annulée|"
    "Keine Stornierung|Ikke annulleret|Reserva não cancelada|Reinstated after cancellation|Cancellation reversed",
    Odd.BLANK: "| |n/a|-",
}


PHRASES: dict[BookingStatus | Odd, str] = {
    BookingStatus.CHECKED_OUT: "Salida|Saída|Departure complete|Ehemaliger Gast|Ausgecheckt (bezahlt)|Checked-Out early",
    BookingStatus.IN_HOUSE: "2 - Checked in|Vor Ort|På hotellet|Διαμένει|Aktueller Gast|In residence|Ocupada",
    BookingStatus.RESERVED: "1 Definitiv|Gültig|Επιβεβαιωμένη|CONF|Confirmed - unpaid|Festbuchung|"
    "A chegar|Pre-arrival|Credit card guaranteed",
    BookingStatus.TENTATIVE: "On hold|Payment pending|Pré-reserva|Proposal",
    BookingStatus.CANCELLED: "Odwołana|Ακυρωμένη|Отменено|01: Storno|Storno kostenfrei|Desistência|Baja|Afbestilt",
    BookingStatus.NO_SHOW: "Mancata presentazione|Nicht angekommen|No se presentó|Não comparência|Niet komen opdagen|"
    "Nicht da|No vino|Kom ej|Nije došao|Δεν εμφανίστηκε|Незаезд",
    Odd.UNKNOWN: "Paid|Deposit paid|Guest|Fee|2 nights|3 guests|Da|U",
}


@pytest.mark.parametrize(
    ("text", "meaning"), [(text, meaning) for meaning, texts in PHRASES.items() for text in texts.split("|")]
)
def test_a_status_in_several_words_or_languages_means_what_it_says(text: str, meaning: BookingStatus | Odd) -> None:
    assert read_status(text) == meaning


@pytest.mark.parametrize(("text", "meaning"), [(text, meaning) for meaning, texts in KNOWN.items() for text in texts.split("|")])
def test_a_status_word_means_what_its_system_means(text: str, meaning: BookingStatus | Odd) -> None:
    assert read_status(text) == meaning
    assert read_status(f"  {text.upper()} ") == meaning
