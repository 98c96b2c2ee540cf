"""Synthetic hotels as modules see them: built from what the simulator's PMS would have exported, without files."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from functools import cache

import numpy as np

from hotelml_app.core.bookings import STATE_COLUMNS, BookingStatus
from hotelml_app.ml.property.history import Category, History
from hotelml_app.ml.property.property_data import PropertyData, PropertyFacts, Review
from hotelml_app.ml.property.spells import history_from_states
from hotelml_app.ml.property.state_columns import states_from_rows
from hotelml_app.simulator import SyntheticHotel, simulate
from hotelml_app.simulator.exports import BOOKING_COLUMNS, STATUS_WORDS, booking_rows, reviews_until

OPENING = date(2023, 1, 2)
_EXPORTED = {
    "status_on": "status_date",
    **{name: name for name in STATE_COLUMNS if name in BOOKING_COLUMNS and name != "status"},
}
_STATUS = {word: int(status) for status, word in STATUS_WORDS.items()}
_NUMBERS = (
    "adr",
    "total",
    "adults",
    "children",
    "special_requests",
    "previous_cancellations",
    "previous_stays",
    "repeated_guest",
)


DAY = date(2024, 3, 6)
"""A business date in the middle of what the small hotel lives through."""


@cache
def hotel(seed: int = 3, days: int = 480, rooms: int = 24, preset: str = "city") -> SyntheticHotel:
    """Return a small hotel; the same arguments give the same one."""
    return simulate(seed=seed, property_name="Pensão Amparo", start=OPENING, days=days, rooms=rooms, preset=preset)


def history_until(synthetic: SyntheticHotel, day: date) -> History:
    """Return the history that a single full export of ``day`` gives."""
    rows = [_state_row(row, day) for row in booking_rows(synthetic, synthetic.state(day))]
    numbered = [(number, *row) for number, row in enumerate(rows)]
    states = states_from_rows(numbered)
    return history_from_states(synthetic.property_name, day, states)


def property_until(synthetic: SyntheticHotel, day: date, **facts: object) -> PropertyData:
    """Return everything one export of ``day`` tells of the hotel; ``facts`` are what the user said of it."""
    told = PropertyFacts(id=1, name=synthetic.property_name, country="PT", currency="EUR", business_date=day, **facts)  # type: ignore[arg-type]
    return PropertyData(told, day, lambda: history_until(synthetic, day), lambda: reviews_of(synthetic, day))


def without_words(data: PropertyData, *columns: str) -> PropertyData:
    """Return a property whose exports leave some columns of words out."""
    history = data.history
    blank = Category(np.zeros(len(history), dtype=np.int32), ("",))
    silent = replace(history, categories={**history.categories, **dict.fromkeys(columns, blank)})
    return replace(data, load_history=lambda: silent)


def reviews_of(synthetic: SyntheticHotel, day: date) -> tuple[Review, ...]:
    """Return the reviews written by ``day``."""
    return tuple(
        Review(r.review_id, r.reviewed_on, _share(r.score, r.scale), r.title, r.positive, r.negative, r.text, r.language, r.site)
        for r in reviews_until(synthetic, day)
    )


def _share(score: float, scale: int) -> float:
    return float(np.clip((score - 1) / (scale - 1), 0, 1))


def _state_row(exported: tuple[object, ...], day: date) -> tuple[object, ...]:
    told = dict(zip(BOOKING_COLUMNS, exported, strict=True))
    values: list[object] = []
    for name in STATE_COLUMNS:
        if name == "status":
            values.append(_STATUS[str(told["status"])])
        elif name in _NUMBERS:
            values.append(float(str(told[name])))
        elif name == "rooms":
            values.append(1.0)
        elif name in _EXPORTED:
            values.append(told[_EXPORTED[name]])
        else:
            values.append("" if name in ("guest_key",) else None)
    return (told["reservation_id"], told["booked_on"], day.isoformat(), *values)


def small_history(bookings: list[dict[str, object]], day: date) -> History:
    """Return the history that one export of ``day`` with a few handwritten bookings gives; what is not said is unknown."""
    rows = []
    for number, told in enumerate(bookings):
        arrival, departure = told["arrival"], told["departure"]
        assert isinstance(arrival, date)
        assert isinstance(departure, date)
        full = {"status": BookingStatus.RESERVED, "rooms": 1.0, "booked_on": min(arrival, day) - timedelta(days=30), **told}
        values = [_plain(full.get(name), name) for name in STATE_COLUMNS]
        rows.append((number, told["reservation_id"], str(full["booked_on"]), day.isoformat(), *values))
    return history_from_states("Casa", day, states_from_rows(rows))


def _plain(value: object, name: str) -> object:
    if name == "status":
        return int(value)  # type: ignore[call-overload]
    if isinstance(value, date):
        return value.isoformat()
    return value
