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


def write_hotelsoft(hotel: SyntheticHotel, day: date, path: Path, *, back_days: int = 30) -> Written:
    """Write the nights of all bookings that leave no earlier than ``back_days`` ago."""
    chosen = [record for record in records_at(hotel, day) if record.departure >= day - timedelta(days=back_days)]
    rows = []
    for r in chosen:
        booked, changed = _clock(r.booked_on, time(r.number % 24, 32)), _clock(r.status_on, time(17, 32))
        for number in range(r.nights):
            rows.append(
                [
                    day.isoformat(),
                    "00001",
                    f"{r.number:08d}",
                    f"CF{r.number:07d}",
                    booked,
                    _status(r),
                    _clock(r.arrival),
                    _clock(r.departure),
                    _clock(r.arrival + timedelta(days=number)),
                    r.adults,
                    r.children,
                    r.nights,
                    r.rate_code,
                    f"{r.rate_code} Rate",
                    r.segment,
                    r.room_type,
                    1,
                    "",
                    f"{r.adr:.6f}",
                    "0.000000",
                    "0.0",
                    r.segment,
                    "",
                    "",
                    r.channel,
                    "",
                    "0",
                    r.company,
                    "0",
                    "0",
                    "0",
                    r.first_name,
                    r.last_name,
                    changed,
                    "",
                    changed,
                    "",
                    "",
                    "",
                    "",
                    "",
                    COUNTRIES[r.country][0].upper(),
                ]
            )
    write_csv(path, HEADER.split(","), rows)
    found = tuple(
        expected(
            r,
            FIELDS,
            reservation_id=f"{r.number:08d}",
            status=BookingStatus.CANCELLED if r.status == BookingStatus.CANCELLED else BookingStatus.RESERVED,
        )
        for r in chosen
    )
    return Written((path,), len(rows), found, business_date=day)
