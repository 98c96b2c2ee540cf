"""All that is said of a property's coming nights: four metrics, house and room types, adding up."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hotelml_app.modules.forecast.books import Books
from hotelml_app.modules.forecast.features import FeatureRows
from hotelml_app.modules.forecast.money import Rates, expected_rates, rates_by_type
from hotelml_app.modules.forecast.panel import Panel
from hotelml_app.modules.forecast.room_types import additive_pickup, shared_out

METRICS = ("rooms_sold", "arrivals", "adr", "revenue")

HOUSE = ""
"""The room type that stands for the whole house."""

ALWAYS_OPEN = 0.05
"""Share of the peak that counts as open even on a full night: guests still leave early and rooms are sold twice."""

Values = NDArray[np.float64]


@dataclass(frozen=True)
class Series:
    """One metric of the house or a room type over the panel's rows: median, scale of its error, what came (NaN: not yet)."""

    metric: str
    room_type: str
    middle: Values
    spread: Values
    actual: Values
    most: float | None = None


def outlook(books: Books, panel: Panel, rows: FeatureRows, rooms: Values, capacity: float | None) -> Iterator[Series]:
    """Yield every series; ``rooms`` is the median of rooms sold in the house, one per row of the panel."""
    limit = None if capacity is None else max(capacity, float(books.peak[books.today]))
    rooms = rooms if limit is None else np.minimum(rooms, limit)
    rates = expected_rates(books, panel, rooms, rows.kept)
    house_spread = rooms_spread(rows, rooms)
    sold = books.rooms[panel.night, 0]
    worth = books.value[panel.night, 0]
    yield Series("rooms_sold", HOUSE, rooms, house_spread, sold, limit)
    yield Series("adr", HOUSE, rates.expected, _rate_spread(rates, rates.expected), worth / np.where(sold > 0, sold, np.nan))
    revenue_spread = rates.expected * house_spread + rooms * _rate_spread(rates, rates.expected)
    yield Series("revenue", HOUSE, rates.expected * rooms, revenue_spread, worth)
    yield from _arrivals(books, panel)
    yield from _by_type(books, panel, rooms, rates)


def rooms_spread(rows: FeatureRows, rooms: Values) -> Values:
    """Return how far rooms sold may be off: the root of what is still to move, less where the house is nearly full."""
    moving = np.maximum(rows.new, 0.0) + np.maximum(rows.on_books - rows.kept, 0.0) + 1.0
    left = np.maximum(rows.peak - rooms, 0.0) / rows.peak + ALWAYS_OPEN
    return np.sqrt(moving * left)


def _rate_spread(rates: Rates, rate: Values) -> Values:
    return np.maximum(rate, 1.0) * (0.02 + 0.2 * rates.open_share)


def _arrivals(books: Books, panel: Panel) -> Iterator[Series]:
    peak = float(np.nanmax(books.arrivals[:, 0], initial=1.0))
    house = additive_pickup(books.arrivals, panel, np.array(peak))
    yield Series("arrivals", HOUSE, house.final, house.spread, books.arrivals[panel.night, 0])
    matrices = books.per_type("arrivals")
    parts = additive_pickup(matrices, panel, np.full(len(matrices), peak))
    shared = shared_out(house.final, parts.final, parts.spread)
    for number, code in _shown(books):
        yield Series("arrivals", code, shared[number], parts.spread[number], matrices[number][panel.night, 0])


def _by_type(books: Books, panel: Panel, rooms: Values, rates: Rates) -> Iterator[Series]:
    held, value = books.per_type("rooms"), books.per_type("value")
    peaks = np.nanmax(held[:, :, 0], axis=1, initial=1.0)
    parts = additive_pickup(held, panel, peaks)
    shared = shared_out(rooms, parts.final, parts.spread)
    rate = rates_by_type(value, held, panel, rates)
    together = (rate * shared).sum(axis=0)
    rate = rate * np.where(together > 0, rates.expected * rooms / np.where(together > 0, together, 1.0), 1.0)
    for number, code in _shown(books):
        sold, worth = held[number][panel.night, 0], value[number][panel.night, 0]
        spread, rate_spread = parts.spread[number], _rate_spread(rates, rate[number])
        yield Series("rooms_sold", code, shared[number], spread, sold)
        yield Series("adr", code, rate[number], rate_spread, worth / np.where(sold > 0, sold, np.nan))
        revenue_spread = rate[number] * spread + shared[number] * rate_spread
        yield Series("revenue", code, rate[number] * shared[number], revenue_spread, worth)


def _shown(books: Books) -> list[tuple[int, str]]:
    """Return the room types that were booked by the business date; bookings without one count in the house alone."""
    booked = set(np.unique(books.history.categories["room_type"].codes).tolist())
    return [(number, code) for number, code in enumerate(books.room_types) if number in booked and code]
