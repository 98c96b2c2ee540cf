"""A made-up house whose losses are known to the test: built booking by booking."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np

from hotelml_app.core.bookings import STATE_COLUMNS, BookingStatus
from hotelml_app.ml.property.history import History
from hotelml_app.ml.property.property_data import PropertyData, PropertyFacts
from hotelml_app.ml.property.spells import history_from_states
from hotelml_app.ml.property.state_columns import states_from_rows

TODAY = date(2017, 6, 30)


def booking(number: int, booked: date, arrival: date, status: BookingStatus, on: date, **words: object) -> tuple[object, ...]:
    """Return one stored state as an export of TODAY shows it; unsaid words are empty, unsaid numbers unknown."""
    said: dict[str, object] = {
        "status": int(status),
        "status_on": on.isoformat(),
        "arrival": arrival.isoformat(),
        "departure": (arrival + timedelta(days=2)).isoformat(),
        "adr": 100.0,
        "adults": 2.0,
        "rooms": 1.0,
        **words,
    }
    return (f"R{number:05d}", booked.isoformat(), TODAY.isoformat(), *(said.get(name) for name in STATE_COLUMNS))


def random_house(seed: int = 1, bookings: int = 4000, days: int = 420) -> list[tuple[object, ...]]:
    """Return bookings of which guests of agent "bad" are lost late in four of ten cases, all others in one of ten."""
    rng = np.random.default_rng(seed)
    rows = []
    for number in range(bookings):
        arrival = TODAY - timedelta(days=days) + timedelta(days=int(rng.integers(0, days + 40)))
        lead = int(rng.integers(2, 60))
        booked = arrival - timedelta(days=lead)
        if booked > TODAY:
            continue
        agent = "bad" if rng.random() < 0.25 else "good"
        lost = rng.random() < (0.4 if agent == "bad" else 0.1)
        gone = arrival - timedelta(days=int(rng.integers(0, min(lead, 25))))
        words = {"agent": agent, "segment": "Online" if number % 3 else "Direct", "special_requests": float(number % 3)}
        rows.append(_with_end(number, booked, arrival, gone if lost else None, words))
    return rows


def _with_end(number: int, booked: date, arrival: date, gone: date | None, words: dict[str, object]) -> tuple[object, ...]:
    if gone is not None and gone <= TODAY:
        status = BookingStatus.NO_SHOW if gone == arrival else BookingStatus.CANCELLED
        return booking(number, booked, arrival, status, gone, **words)
    if arrival > TODAY:
        return booking(number, booked, arrival, BookingStatus.RESERVED, booked, **words)
    leaves = arrival + timedelta(days=2)
    if leaves > TODAY:
        return booking(number, booked, arrival, BookingStatus.IN_HOUSE, arrival, **words)
    return booking(number, booked, arrival, BookingStatus.CHECKED_OUT, leaves, **words)


def history_of(rows: list[tuple[object, ...]]) -> History:
    return history_from_states("Casa Clara", TODAY, states_from_rows([(number, *row) for number, row in enumerate(rows)]))


def data_of(rows: list[tuple[object, ...]]) -> PropertyData:
    history = history_of(rows)
    return PropertyData(PropertyFacts(1, "Casa Clara", business_date=TODAY), TODAY, lambda: history)
