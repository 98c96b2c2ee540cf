"""Bookings of a hotel that changes its PMS, and of another one, as rows of exports."""

from __future__ import annotations

from datetime import date, timedelta

Row = dict[str, str]

BEFORE, CHANGE = date(2025, 5, 20), date(2025, 5, 21)


def to_come(count: int = 60, day: date = BEFORE) -> list[Row]:
    """Bookings to come of a hotel, as its former PMS tells them."""
    rows = []
    for n in range(count):
        arrival, nights, rate = CHANGE + timedelta(3 + n % 23), 1 + n % 4, 90 + n
        rows.append(
            {
                "reservation_id": f"R{1000 + n}",
                "booked_on": f"{BEFORE - timedelta(n % 17):%Y-%m-%d}",
                "arrival": f"{arrival:%Y-%m-%d}",
                "departure": f"{arrival + timedelta(nights):%Y-%m-%d}",
                "adr": f"{rate}",
                "total": f"{rate * nights}",
                "business_date": f"{day:%Y-%m-%d}",
            }
        )
    return rows


def taken_over(rows: list[Row], **changed: str) -> list[Row]:
    """The same bookings as the new PMS tells them."""
    names = {"room_type": "Comfort double", "rate_code": "FLEX", "segment": "Private", "business_date": f"{CHANGE:%Y-%m-%d}"}
    return [{**row, "reservation_id": f"{70_000 + n}", **names, **changed} for n, row in enumerate(rows)]


def of_another_house() -> list[Row]:
    """Bookings to come of another hotel, with numbers of its own."""
    rows = [{**row, "reservation_id": f"S{n}", "adr": "210", "total": ""} for n, row in enumerate(to_come(day=CHANGE))]
    return [{**row, "departure": f"{date.fromisoformat(row['departure']) + timedelta(9)}"} for row in rows]
