"""A hotel of a few hundred bookings, put straight into a store as the exports of single days would."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, timedelta
from hashlib import blake2b

from hotelml_app.core.bookings import NUMBER_COLUMNS, STATE_COLUMNS, BookingStatus
from hotelml_app.store import Store
from hotelml_app.store.exported import bookings, imports
from hotelml_app.store.hotels import properties

FIRST_ARRIVAL = date(2016, 1, 1)
NAME = "Pensão Amparo"


def stays(count: int = 600, seed: int = 5) -> list[tuple[str, date, date, date, date | None]]:
    """Return (reservation, booked on, arrival, departure, cancelled on or None)."""
    chance = random.Random(seed)
    made = []
    for number in range(count):
        arrival = FIRST_ARRIVAL + timedelta(days=chance.randrange(150))
        booked = arrival - timedelta(days=chance.randrange(1, 60))
        departure = arrival + timedelta(days=chance.randrange(1, 5))
        cancelled = arrival - timedelta(days=1) if chance.random() < 0.15 and booked < arrival - timedelta(days=1) else None
        made.append((f"R{number}", booked, arrival, departure, cancelled))
    return made


def export(store: Store, day: date, name: str = NAME, count: int = 600, received: datetime | None = None) -> int:
    """Take in what an export of ``day`` shows and return the property's id."""
    rows = [_row(stay, day) for stay in stays(count) if stay[1] <= day]
    moment = received or datetime(day.year, day.month, day.day, 23, 30, tzinfo=UTC)
    with store.write() as connection:
        property_id = properties.ensure(connection, name, moment)
        record = imports.ImportRow(f"{day}.csv", f"{name} {day}", 1, imports.DONE, moment, business_date=day, finished_at=moment)
        import_id = imports.record(connection, record)
        bookings.apply(connection, property_id, import_id, day, rows)
        imports.add_property(connection, import_id, property_id, day, len(rows))
        properties.set_business_date(connection, property_id, day)
    return property_id


def _row(stay: tuple[str, date, date, date, date | None], day: date) -> tuple[object, ...]:
    reservation, booked, arrival, departure, cancelled = stay
    status, on = BookingStatus.RESERVED, None
    if cancelled is not None and cancelled <= day:
        status, on = BookingStatus.CANCELLED, cancelled.isoformat()
    elif departure <= day:
        status, on = BookingStatus.CHECKED_OUT, departure.isoformat()
    elif arrival <= day:
        status = BookingStatus.IN_HOUSE
    told: dict[str, object] = {
        "status": int(status),
        "status_on": on,
        "arrival": arrival.isoformat(),
        "departure": departure.isoformat(),
        "room_type": "DBL",
        **dict.fromkeys(NUMBER_COLUMNS),
        "adr": 80.0,
    }
    values = tuple(told.get(name, "") for name in STATE_COLUMNS)
    return (reservation, booked.isoformat(), blake2b(repr(values).encode(), digest_size=16).digest(), *values)
