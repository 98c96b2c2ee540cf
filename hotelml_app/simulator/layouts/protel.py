"""protel reservation list as exported from its SQL view: semicolons, Windows encoding, German numbers and status words."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from hotelml_app.core.bookings import BookingStatus
from hotelml_app.simulator.exports import write_csv
from hotelml_app.simulator.hotel import SyntheticHotel
from hotelml_app.simulator.layouts.records import TEST_CARD_NUMBER, Written, expected, records_at

HEADER = (
    "ResNo",
    "Arrival",
    "Departure",
    "Lastname",
    "Room",
    "Room Type",
    "Rate Code",
    "Currency",
    "Price",
    "Status",
    "Notes",
    "CRSNumber",
    "User",
)
STATUS = {
    BookingStatus.RESERVED: "Bestätigt",
    BookingStatus.IN_HOUSE: "Checked-in",
    BookingStatus.CHECKED_OUT: "Checked-out",
    BookingStatus.CANCELLED: "Storniert",
    BookingStatus.NO_SHOW: "No-Show",
}
FIELDS = ("arrival", "departure", "status", "room", "rate_code", "adr")
CARD_EVERY = 113


def write_protel(hotel: SyntheticHotel, day: date, path: Path) -> Written:
    """Write every reservation known at the end of ``day``; some notes hold a card number, which must not survive."""
    chosen = records_at(hotel, day)
    rows, cards = [], 0
    for record in chosen:
        card = record.number % CARD_EVERY == 0
        cards += card
        note = (
            f"Karte {TEST_CARD_NUMBER} gültig bis 12/27"
            if card
            else "späte Anreise; Zimmer ruhig"
            if record.number % 10 == 0
            else ""
        )
        rows.append(
            [
                str(record.number),
                f"{record.arrival:%d.%m.%Y}",
                f"{record.departure:%d.%m.%Y}",
                record.last_name,
                record.room,
                record.assigned or record.room_type,
                record.rate_code,
                hotel.plan.currency,
                f"{record.adr:.2f}".replace(".", ","),
                STATUS[record.status],
                note,
                "",
                "NACHT",
            ]
        )
    write_csv(path, HEADER, rows, delimiter=";", encoding="cp1252")
    found = tuple(
        expected(r, FIELDS, reservation_id=str(r.number), currency=hotel.plan.currency, shown_room_type=r.assigned or r.room_type)
        for r in chosen
    )
    return Written((path,), len(rows), found, card_numbers=cards)
