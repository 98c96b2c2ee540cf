"""What guests accepted to pay: the mean rate of the rooms held for each night, as of any day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hotelml_app.ml.property.booking_curves import on_books_at, on_books_matrix
from hotelml_app.ml.property.history import History
from hotelml_app.ml.property.property_data import PropertyData

SAID, BOOKED, GUESSED = "said", "booked", "guessed"
"""Where a rate that stands is known from: staff, the latest bookings of the night, or nobody: then it is only likely."""

LOOK_BACK_DAYS = 730
OUTLIER_QUANTILE = 0.998
"""Rates above this quantile are typing errors or whole-group totals as often as real rates."""

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Nights:
    """Consecutive nights: ``rooms`` held, and ``adr``, their mean accepted rate; NaN where none was paid for."""

    rooms: Floats
    adr: Floats


def paid_rooms(history: History) -> History:
    """Return the spells that hold a room at a believable rate: not free, not an outlier, no account without a room."""
    return history.take(_paid(history))


def _paid(history: History) -> NDArray[np.bool_]:
    adr = history.numbers["adr"]
    priced: NDArray[np.bool_] = history.occupying & (adr > 0) & (history.departure > history.arrival) & (history.rooms > 0)
    return priced & (adr <= highest_believable(adr[priced])) if priced.any() else priced


def highest_believable(rate: Floats) -> float:
    """Return the rate above which a typing error is likelier than a guest; infinite where nothing was charged.

    Among few rates the highest does not count for itself: one of 5,000 would make itself believed.
    """
    charged = rate[rate > 0]
    return float(np.quantile(charged, OUTLIER_QUANTILE, method="lower")) * 2 if len(charged) else float("inf")


def sold_types(history: History) -> tuple[str, ...]:
    """Return the room types with a rate in the last two years, the cheapest on average first.

    Bookings without a type are the house's where none names one; beside named types there is no rate to set for them.
    """
    recent = _paid(history) & (history.departure >= history.today - LOOK_BACK_DAYS)
    column, adr = history.categories["room_type"].take(recent), history.numbers["adr"][recent]
    means = {column.labels[code]: float(adr[column.codes == code].mean()) for code in np.unique(column.codes).tolist()}
    named = [word for word in means if word]
    return tuple(sorted(named or means, key=lambda word: (means[word], word)))


def places_of(history: History, types: Sequence[str], elsewhere: int) -> NDArray[np.int64]:
    """Return per spell the place of its room type among ``types``, ``elsewhere`` where it is none of them."""
    place = {word: number for number, word in enumerate(types)}
    column = history.categories["room_type"]
    found: NDArray[np.int64] = np.array([place.get(word, elsewhere) for word in column.labels], dtype=np.int64)[column.codes]
    return found


def of_type(history: History, room_type: str) -> History:
    """Return the spells booked as one room type."""
    return history.take(history.categories["room_type"].codes == history.categories["room_type"].code(room_type))


def accepted(paid: History, known: int, first_night: int, nights: int) -> Nights:
    """Return rooms and mean accepted rate per night as known at the end of day ``known``."""
    rooms = on_books_at(paid, known, first_night, nights)
    revenue = on_books_at(paid, known, first_night, nights, paid.rooms * paid.numbers["adr"])
    with np.errstate(invalid="ignore", divide="ignore"):
        adr = np.where(rooms > 0.5, revenue / rooms, np.nan)
    return Nights(rooms, adr)


def most_rooms(history: History, today: int) -> float:
    """Return the most rooms held on one night of the last two years."""
    if not len(history):
        return 0.0
    return float(on_books_matrix(history, today - LOOK_BACK_DAYS + 1, LOOK_BACK_DAYS, 0)[:, 0].max())


def count_points(data: PropertyData) -> int:
    """Return how many bookings carry a rate."""
    history = data.history
    return len(np.unique(history.booking[history.numbers["adr"] > 0]))


def money_or_none(value: float) -> float | None:
    """Return an amount in cents, None where it is not known or without limit."""
    return round(float(value), 2) if np.isfinite(value) else None
