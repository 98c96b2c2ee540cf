"""Two more portals' reservation lists as CSV: Expedia Partner Central and Airbnb."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from hotelml_app.core.bookings import BookingStatus
from hotelml_app.simulator.exports import write_csv
from hotelml_app.simulator.hotel import SyntheticHotel
from hotelml_app.simulator.layouts.records import Record, Written, expected, money, records_at

EXPEDIA_HEADER = (
    "Reservation ID,Confirmation #,Guest,Room,Check-in,Check-out,Booked,Status,Booking amount,Payment type,Commission,"
    "Special Request"
)
EXPEDIA_STATUS = {BookingStatus.CANCELLED: "Cancelled", BookingStatus.NO_SHOW: "No-show"}
AIRBNB_HEADER = (
    "Confirmation code,Status,Guest name,Contact,# of adults,# of children,# of infants,Start date,End date,# of nights,Booked,"
    "Listing,Earnings"
)
AIRBNB_STATUS = {
    BookingStatus.RESERVED: "Confirmed",
    BookingStatus.IN_HOUSE: "Currently hosting",
    BookingStatus.CHECKED_OUT: "Past guest",
    BookingStatus.CANCELLED: "Canceled by guest",
    BookingStatus.NO_SHOW: "Past guest",
}
AIRBNB_EVERY = 5
CODE_LETTERS = "ABCDEFGHJKMNPQRSTWXYZ23456789"


def _us(day: date) -> str:
    """Return a date as M/D/YYYY without leading zeros."""
    return f"{day.month}/{day.day}/{day.year}"


def write_expedia(hotel: SyntheticHotel, day: date, path: Path, *, us_dates: bool = False) -> Written:
    """Write the reservations that came through Expedia; dates are M/D/YYYY for a property in the US, D/M/YYYY elsewhere."""
    shown = _us if us_dates else lambda one: f"{one:%d/%m/%Y}"
    names = {room_type.code: room_type.name for room_type in hotel.plan.room_types}
    chosen = [record for record in records_at(hotel, day) if record.channel == "Expedia"]
    currency = hotel.plan.currency
    rows = [
        [
            str(1_900_000_000 + r.number),
            r.reservation_id,
            f"{r.first_name} {r.last_name}",
            names[r.room_type],
            shown(r.arrival),
            shown(r.departure),
            shown(r.booked_on),
            EXPEDIA_STATUS.get(r.status, "Booked"),
            money(r.total, currency),
            "Expedia Collect" if r.deposit_type == "Non Refund" else "Hotel Collect",
            money(r.total * 0.18, currency),
            "",
        ]
        for r in chosen
    ]
    write_csv(path, EXPEDIA_HEADER.split(","), rows, encoding="utf-8-sig")
    found = tuple(
        expected(
            r,
            ("booked_on", "arrival", "departure", "total"),
            reservation_id=str(1_900_000_000 + r.number),
            room_type=names[r.room_type],
            status=r.status if r.status in EXPEDIA_STATUS else BookingStatus.RESERVED,
        )
        for r in chosen
    )
    return Written((path,), len(rows), found)


def airbnb_code(record: Record) -> str:
    """Return a confirmation code as Airbnb forms them: HM and eight letters or digits."""
    rest, letters = record.number * 7_919, ""
    for _ in range(8):
        rest, last = divmod(rest, len(CODE_LETTERS))
        letters += CODE_LETTERS[last]
    return f"HM{letters}"


def write_airbnb(hotel: SyntheticHotel, day: date, path: Path) -> Written:
    """Write every fifth direct booking as if it had come through Airbnb: stays as M/D/YYYY, the booking date ISO."""
    names = {room_type.code: room_type.name for room_type in hotel.plan.room_types}
    chosen = [r for r in records_at(hotel, day) if r.segment == "Direct" and r.number % AIRBNB_EVERY == 0]
    rows = [
        [
            airbnb_code(r),
            AIRBNB_STATUS[r.status],
            f"{r.first_name} {r.last_name}",
            "n/a",
            str(r.adults),
            str(r.children),
            "0",
            _us(r.arrival),
            _us(r.departure),
            str(r.nights),
            f"{r.booked_on}",
            names[r.room_type],
            money(0.0 if r.status == BookingStatus.CANCELLED else r.total, hotel.plan.currency),
        ]
        for r in chosen
    ]
    write_csv(path, AIRBNB_HEADER.split(","), rows)
    found = tuple(
        expected(
            r,
            ("booked_on", "arrival", "departure", "adults", "children"),
            reservation_id=airbnb_code(r),
            room_type=names[r.room_type],
            status=_seen_by_airbnb(r),
        )
        for r in chosen
    )
    return Written((path,), len(rows), found)


def _seen_by_airbnb(record: Record) -> BookingStatus:
    """Return the status the site shows; it cannot tell a guest who did not come from one who left."""
    return BookingStatus.CHECKED_OUT if record.status == BookingStatus.NO_SHOW else record.status
