"""Cloudbeds reservations list as CSV: one row per reservation, which may have several rooms."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from hotelml_app.core.bookings import BookingStatus
from hotelml_app.simulator.exports import write_csv
from hotelml_app.simulator.hotel import SyntheticHotel
from hotelml_app.simulator.layouts.records import COUNTRIES, Record, Written, expected, records_at, together

HEADER = (
    "Name,Email,Phone Number,Reservation Number,Third Party Confirmation Number,Adults,Children,Room Number,Accommodation Total,"
    "Amount Paid,Check in Date,Check out Date,Nights,Room Type,Grand Total,Deposit,Products,Balance Due,Credit Card Type,"
    "Reservation Date,Source,Meal Plan,Status,Country,Guest Status,Cancellation Date,Estimated Arrival Time,Origin,"
    "Cancellation fee,Canceled By,Company Name,Company Tax ID Number,Guest Tax ID Number"
)
STATUS = {
    BookingStatus.RESERVED: "Confirmed",
    BookingStatus.IN_HOUSE: "In-House",
    BookingStatus.CHECKED_OUT: "Checked Out",
    BookingStatus.CANCELLED: "Canceled",
    BookingStatus.NO_SHOW: "No Show",
}
TAX = 0.06
FIELDS = ("booked_on", "arrival", "departure", "status", "channel", "meal")


def _slashed(day: date | None) -> str:
    """Return DD/MM/YYYY, or the layout's word for nothing."""
    return "n/a" if day is None else f"{day:%d/%m/%Y}"


def _row(party: list[Record], names: dict[str, str]) -> list[str]:
    """Return one reservation with all its rooms; what is not known reads n/a."""
    lead = party[0]
    total = sum(record.total for record in party)
    prepaid = lead.deposit_type == "Non Refund"
    due = total * (1 + TAX)
    paid = due if lead.status == BookingStatus.CHECKED_OUT or prepaid else 0.0
    kinds = [f"{record.assigned or record.room_type}({number})" for number, record in enumerate(party, start=1)]
    filled = {
        "Name": f"{lead.first_name} {lead.last_name}",
        "Email": lead.email,
        "Reservation Number": str(lead.number),
        "Third Party Confirmation Number": f"{lead.channel[:3].upper()}-{lead.number}",
        "Adults": str(sum(record.adults for record in party)),
        "Children": str(sum(record.children for record in party)),
        "Room Number": ", ".join(kinds) if len(party) > 1 else lead.room or "n/a",
        "Accommodation Total": f"{total:.2f}",
        "Amount Paid": f"{paid:.2f}",
        "Check in Date": _slashed(lead.arrival),
        "Check out Date": _slashed(lead.departure),
        "Nights": str(lead.nights),
        "Room Type": ", ".join([names[record.room_type] for record in party]),
        "Grand Total": f"{due:.2f}",
        "Deposit": f"{due if prepaid else 0:.2f}",
        "Balance Due": f"{due - paid:.2f}",
        "Reservation Date": _slashed(lead.booked_on),
        "Source": lead.channel,
        "Meal Plan": lead.meal,
        "Status": STATUS[lead.status],
        "Country": COUNTRIES[lead.country][1] if lead.arrived else "Unknown",
        "Cancellation Date": _slashed(lead.cancelled_on),
        "Cancellation fee": "0.00",
        "Canceled By": "Guest" if lead.cancelled_on else "n/a",
        "Company Name": lead.company or "n/a",
    }
    return [filled.get(title, "n/a") for title in HEADER.split(",")]


def write_cloudbeds(hotel: SyntheticHotel, day: date, path: Path) -> Written:
    """Write every reservation known at the end of ``day``; the rooms of a group that stand alike share a row."""
    names = {room_type.code: room_type.name for room_type in hotel.plan.room_types}
    parties = together(records_at(hotel, day))
    rows = [_row(party, names) for party in parties]
    write_csv(path, HEADER.split(","), rows, newline="\n")
    found = tuple(
        expected(
            party[0],
            FIELDS,
            reservation_id=str(party[0].number),
            rooms=len(party),
            room_type=names[party[0].room_type],
            adults=sum(r.adults for r in party),
            children=sum(r.children for r in party),
            total=round(sum(r.total for r in party), 2),
        )
        for party in parties
    )
    return Written((path,), len(rows), found)
