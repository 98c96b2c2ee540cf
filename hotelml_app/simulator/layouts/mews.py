"""Mews Reservation report: an Excel workbook with Parameters and Reservations, or the same as scheduler JSON."""

from __future__ import annotations

import json
from datetime import date, datetime, time
from pathlib import Path

from hotelml_app.core.bookings import LOST, BookingStatus
from hotelml_app.simulator.exports import write_text, written_whole
from hotelml_app.simulator.hotel import SyntheticHotel
from hotelml_app.simulator.layouts.records import COUNTRIES, TEST_CARD_NUMBER, Record, Written, expected, records_at

HEADER = (
    "Number|Group name|Last name|First name|Email|Telephone|Address|Customer nationality|Send marketing emails|Booker|"
    "Status|Creator|Created|Release|Confirmed|Canceled|Arrival|Departure|Count (nights)|Person count|Count (bed, nightly)|"
    "Requested category|Space category|Space number|Origin|Channel manager ID|Group channel manager ID|"
    "Group channel confirmation number|Travel agency confirmation number|Segment|Rate|Voucher|Products|Company|"
    "Travel agency|Average rate (nightly)|Total amount|Canceled cost|Commission|Customer cost|Balance of companions|"
    "Payment card type|Payment card number|Expiration|Automatic payment|Bills|Cancellation reason|Notes|Customer notes|"
    "Customer classifications|Pricing classification|Booking purpose|Reservation source|Identifier|Company Identifier|"
    "Travel agency Identifier|Reservation origin details|Restoration reason"
)
STATUS = {
    BookingStatus.RESERVED: "Confirmed",
    BookingStatus.IN_HOUSE: "Started",
    BookingStatus.CHECKED_OUT: "Processed",
    BookingStatus.CANCELLED: "Canceled",
    BookingStatus.NO_SHOW: "Canceled",
}
FIELDS = ("booked_on", "arrival", "departure", "status", "room", "segment", "rate_code", "adr", "total", "company")
CARD_EVERY = 97
CHECK_IN, CHECK_OUT = time(15), time(11)

Cell = str | float | datetime | None


def _row(record: Record, names: dict[str, str]) -> dict[str, Cell]:
    """Return the filled cells of one reservation; Mews has no no-show status, the reason of the cancellation says it."""
    booked = datetime.combine(record.booked_on, time(9, record.number % 60))
    missed = record.status == BookingStatus.NO_SHOW
    gone = datetime.combine(record.status_on, time(23 if missed else 12, 5)) if record.status in LOST else None
    return {
        "Number": float(record.number),
        "Group name": f"Group {record.party}" if record.segment == "Groups" else "",
        "Last name": record.last_name,
        "First name": record.first_name,
        "Email": record.email,
        "Customer nationality": COUNTRIES[record.country][1],
        "Status": STATUS[record.status],
        "Creator": record.channel,
        "Created": booked,
        "Confirmed": booked,
        "Canceled": gone,
        "Arrival": datetime.combine(record.arrival, CHECK_IN),
        "Departure": datetime.combine(record.departure, CHECK_OUT),
        "Count (nights)": float(record.nights),
        "Person count": float(record.adults + record.children),
        "Requested category": names[record.room_type],
        "Space category": names[record.assigned or record.room_type],
        "Space number": record.room,
        "Origin": record.channel,
        "Segment": record.segment,
        "Rate": record.rate_code,
        "Company": record.company,
        "Travel agency": f"Agency {record.agent}" if record.agent else "",
        "Average rate (nightly)": record.adr,
        "Total amount": record.total,
        "Payment card number": "************1111",
        "Cancellation reason": "No-show" if missed else "Requested by guest" if gone else "",
        "Notes": f"Card {TEST_CARD_NUMBER}" if record.number % CARD_EVERY == 0 else "",
        "Booking purpose": "Business" if record.segment == "Corporate" else "Leisure",
        "Identifier": record.reservation_id,
    }


def _document(hotel: SyntheticHotel, day: date) -> tuple[list[list[Cell]], list[list[Cell]], Written]:
    """Return the Parameters rows, the Reservations rows below their header, and the truth."""
    records = records_at(hotel, day)
    names = {room_type.code: room_type.name for room_type in hotel.plan.room_types}
    filled = [_row(record, names) for record in records]
    rows = [[row.get(name, "") for name in HEADER.split("|")] for row in filled]
    parameters: list[list[Cell]] = [
        ["Enterprise", hotel.property_name],
        ["Mode", "Created"],
        ["Currency", hotel.plan.currency],
        ["Created", datetime.combine(day, time(23, 55))],
    ]
    found = tuple(
        expected(
            r,
            FIELDS,
            reservation_id=str(r.number),
            room_type=names[r.room_type],
            guests=r.adults + r.children,
            **({"assigned_room_type": names[r.assigned]} if r.arrived else {}),
        )
        for r in records
    )
    cards = sum(bool(row["Notes"]) for row in filled)
    return parameters, rows, Written((), len(rows), found, card_numbers=cards, business_date=day)


def write_mews(hotel: SyntheticHotel, day: date, path: Path) -> Written:
    """Write the workbook (needs xlsxwriter, a development package)."""
    import xlsxwriter

    parameters, rows, truth = _document(hotel, day)
    with written_whole(path) as part, xlsxwriter.Workbook(part, {"default_date_format": "dd/mm/yyyy hh:mm"}) as book:
        for name, table in (("Parameters", parameters), ("Reservations", [[*HEADER.split("|")], *rows])):
            sheet = book.add_worksheet(name)
            for number, row in enumerate(table):
                sheet.write_row(number, 0, row)
    return Written((path,), truth.rows, truth.bookings, card_numbers=truth.card_numbers, business_date=day)


def write_mews_json(hotel: SyntheticHotel, day: date, path: Path) -> Written:
    """Write the scheduler's JSON."""
    parameters, rows, truth = _document(hotel, day)

    def plain(cell: Cell) -> object:
        if isinstance(cell, datetime):
            return cell.isoformat()
        return int(cell) if isinstance(cell, float) and cell.is_integer() else cell

    documents = [
        {"Name": "Parameters", "Data": [[plain(cell) for cell in row] for row in parameters]},
        {"Name": "Reservations", "Data": [HEADER.split("|"), *([plain(cell) for cell in row] for row in rows)]},
    ]
    write_text(path, lambda file: json.dump({"Documents": documents}, file, ensure_ascii=False))
    return Written((path,), truth.rows, truth.bookings, card_numbers=truth.card_numbers, business_date=day)
