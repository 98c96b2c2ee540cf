"""A CRS extract with one row per night of a stay, American dates with a twelve-hour clock."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from pathlib import Path

from hotelml_app.core.bookings import BookingStatus
from hotelml_app.simulator.exports import write_csv
from hotelml_app.simulator.hotel import SyntheticHotel
from hotelml_app.simulator.layouts.records import COUNTRIES, Record, Written, expected, records_at

HEADER = (
    "Extract Date,ResortID,Reservation ID,Confirmation No,BookTime,Status,Arrival,Departure,Stay Date,Adults,Children,"
    "Nights,RateCode,RateCodeName,RateCategory,RoomType,Quantity,Packages,Room Revenue,Package Revenue,Other Revenue,"
    "Reservation Type,MarketCode,Market Name,Source Description,Origin,Company ID,Company Name,Travel Agent ID,Block ID,"
    "Guest ID,FirstName,LastName,Update Date,RoutingCode,Modify Date,GstAddress,GstCity,GstRegion,GstRegionCode,GstZip,"
    "GstCountryCode"
)
FIELDS = ("booked_on", "arrival", "departure", "room_type", "rate_code", "adr", "adults", "children", "total")
MODIFIED_EVERY = 4


def _clock(day: date, at: time = time(0)) -> str:
    """Return a moment as M/D/YYYY h:mm:ss AM."""
    moment = datetime.combine(day, at)
    return f"{day.month}/{day.day}/{day.year} {moment.hour % 12 or 12}:{moment:%M:%S} {'AM' if moment.hour < 12 else 'PM'}"


def _status(record: Record) -> str:
    """Return N, M or C; the CRS knows neither arrivals nor no-shows."""
    if record.status == BookingStatus.CANCELLED:
        return "C"
    return "M" if record.number % MODIFIED_EVERY == 0 else "N"


def _cells(record: Record, day: date) -> dict[str, object]:
    """Return the filled cells that are the same on every night of a stay."""
    changed = _clock(record.status_on, time(17, 32))
    return {
        "Extract Date": day.isoformat(),
        "ResortID": "00001",
        "Reservation ID": f"{record.number:08d}",
        "Confirmation No": f"CF{record.number:07d}",
        "BookTime": _clock(record.booked_on, time(record.number % 24, 32)),
        "Status": _status(record),
        "Arrival": _clock(record.arrival),
        "Departure": _clock(record.departure),
        "Adults": record.adults,
        "Children": record.children,
        "Nights": record.nights,
        "RateCode": record.rate_code,
        "RateCodeName": f"{record.rate_code} Rate",
        "RateCategory": record.segment,
        "RoomType": record.room_type,
        "Quantity": 1,
        "Room Revenue": f"{record.adr:.6f}",
        "Package Revenue": "0.000000",
        "Other Revenue": "0.0",
        "Reservation Type": record.segment,
        "Source Description": record.channel,
        "Company Name": record.company,
        **dict.fromkeys(("Company ID", "Travel Agent ID", "Block ID", "Guest ID"), "0"),
        "FirstName": record.first_name,
        "LastName": record.last_name,
        "Update Date": changed,
        "Modify Date": changed,
        "GstCountryCode": COUNTRIES[record.country][0].upper(),
    }


def write_hotelsoft(hotel: SyntheticHotel, day: date, path: Path, *, back_days: int = 30) -> Written:
    """Write the nights of all bookings that leave no earlier than ``back_days`` ago."""
    chosen = [record for record in records_at(hotel, day) if record.departure >= day - timedelta(days=back_days)]
    header = HEADER.split(",")
    rows = []
    for record in chosen:
        cells = _cells(record, day)
        for number in range(record.nights):
            cells["Stay Date"] = _clock(record.arrival + timedelta(days=number))
            rows.append([cells.get(name, "") for name in header])
    write_csv(path, header, rows)
    found = tuple(expected(r, FIELDS, reservation_id=f"{r.number:08d}", status=_seen(r)) for r in chosen)
    return Written((path,), len(rows), found, business_date=day)


def _seen(record: Record) -> BookingStatus:
    """Return the status the CRS shows."""
    return BookingStatus.CANCELLED if record.status == BookingStatus.CANCELLED else BookingStatus.RESERVED
