"""OPERA Cloud, Manage Reservation, exported from the screen as CSV: 100 rows a file, every field quoted."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from hotelml_app.core.bookings import BookingStatus
from hotelml_app.simulator.exports import write_csv
from hotelml_app.simulator.hotel import SyntheticHotel
from hotelml_app.simulator.layouts.records import Record, Written, expected, guarantee, money, records_at

HEADER = (
    "Display Color|I Want To...|Confirmation Number|Room|Name|Travel Agent|Company|External Reference|Adults|Children|"
    "Balance|Rate|Rate Code|Arrival|Departure|Room Type|Nights|Room Type to Charge|Membership Type|Membership Level|"
    "Membership Number|Source|Pre Registered|Block Code|Group|Reservation Type|ETA|ETD|Rooms|Last Room|VIP Code|"
    "Alternate Name|Property|Linked Name"
)
ROWS_PER_FILE = 100
FIRST_CONFIRMATION = 700_000_000
POSTING_MASTERS = (("9001", "PM"), ("9002", "PI"))
FIELDS = ("arrival", "departure", "status", "room_type", "room", "rate_code", "adr", "adults", "children")


def confirmation(record: Record) -> str:
    """Return the confirmation number of a booking."""
    return str(FIRST_CONFIRMATION + record.number)


def status_word(record: Record, day: date) -> str:
    """Return what stands under Reservation Type: the guarantee code while the booking lies ahead."""
    words = {
        BookingStatus.IN_HOUSE: "Checked In" if record.arrival == day else "In House",
        BookingStatus.CHECKED_OUT: "Checked Out",
        BookingStatus.CANCELLED: "Cancelled",
        BookingStatus.NO_SHOW: "No Show",
    }
    return words.get(record.status, guarantee(record))


def _row(record: Record, hotel: SyntheticHotel, day: date, *, share: bool = False) -> list[str]:
    """Return one line; a share is the second guest of a room, without persons or rate of its own."""
    currency = hotel.plan.currency
    nothing = money(0.0, currency)
    # Quirks seen in real files: a blank after the room, a prefix before a rate that changes, a guard before a minus.
    prefix = "Rate Changes" if record.number % 13 == 0 else ""
    name = f"{'* ' if _is_shared(record) else ''}{record.last_name}, {record.first_name}"
    filled = {
        "Confirmation Number": str(FIRST_CONFIRMATION * 2 + record.number) if share else confirmation(record),
        "Room": f"{record.room} " if record.room else "",
        "Name": name,
        "Travel Agent": f"AGENCY {record.agent}" if record.agent else "",
        "Company": record.company,
        "Adults": "0" if share else str(record.adults),
        "Children": "0" if share else str(record.children),
        "Balance": f"'-{money(record.adr, currency)}" if record.number % 17 == 0 else nothing,
        "Rate": nothing if share else prefix + money(record.adr, currency),
        "Rate Code": record.rate_code,
        "Arrival": f"{record.arrival:%d/%m/%Y}",
        "Departure": f"{record.departure:%d/%m/%Y}",
        "Room Type": record.assigned or record.room_type,
        "Nights": str(record.nights),
        "Room Type to Charge": record.room_type,
        "Pre Registered": "false",
        "Block Code": f"G{record.party}" if record.segment == "Groups" else "",
        "Reservation Type": status_word(record, day),
        "ETA": "15:00",
        "Rooms": "1",
        "Property": hotel.property_name,
    }
    return [filled.get(title, "") for title in HEADER.split("|")]


def _is_shared(record: Record) -> bool:
    """True where the PMS holds the second adult as a share of his own."""
    return record.adults == 2 and record.number % 9 == 0


def _posting_master(room: str, kind: str, hotel: SyntheticHotel, day: date) -> list[str]:
    """Return the line of an account that is no room."""
    filled = {
        "Confirmation Number": str(FIRST_CONFIRMATION - int(room)),
        "Room": f"{room} ",
        "Name": "Posting Master, House",
        "Adults": "1",
        "Children": "0",
        "Rate": money(0.0, hotel.plan.currency),
        "Rate Code": "HOUSE",
        "Arrival": f"{day:%d/%m/%Y}",
        "Departure": f"{day + timedelta(days=30):%d/%m/%Y}",
        "Room Type": kind,
        "Nights": "30",
        "Room Type to Charge": kind,
        "Reservation Type": "In House",
        "Rooms": "1",
        "Property": hotel.property_name,
    }
    return [filled.get(title, "") for title in HEADER.split("|")]


def write_opera_cloud(hotel: SyntheticHotel, day: date, path: Path, *, ahead_days: int = 7) -> Written:
    """Write who is in the house and who comes within ``ahead_days``: as many files of 100 rows as it takes.

    Further files are called ``NAME-2.csv`` and so on. Posting masters and shares are among the rows.
    """
    last = day + timedelta(days=ahead_days)
    chosen = [
        r for r in records_at(hotel, day) if r.departure >= day and r.arrival <= last and r.status_on >= day - timedelta(days=400)
    ]
    rows: list[list[str]] = []
    for record in chosen:
        rows.append(_row(record, hotel, day))
        if _is_shared(record):
            rows.append(_row(record, hotel, day, share=True))
    rows += [_posting_master(room, kind, hotel, day) for room, kind in POSTING_MASTERS]
    pages = [rows[first : first + ROWS_PER_FILE] for first in range(0, len(rows), ROWS_PER_FILE)]
    paths = [path if number == 1 else path.with_name(f"{path.stem}-{number}{path.suffix}") for number in range(1, len(pages) + 1)]
    for name, page in zip(paths, pages, strict=True):
        write_csv(name, HEADER.split("|"), page, newline="\n", quote_all=True)
    found = tuple(
        expected(r, FIELDS, reservation_id=confirmation(r), **({"assigned_room_type": r.assigned} if r.arrived else {}))
        for r in chosen
    )
    return Written(tuple(paths), len(rows), found, not_bookings=len(rows) - len(chosen))
