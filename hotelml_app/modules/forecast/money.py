"""Average rates: what is on the books, and by how much rooms booked later have lately changed it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hotelml_app.modules.forecast.books import Books
from hotelml_app.modules.forecast.features import WINDOW
from hotelml_app.modules.forecast.panel import Panel
from hotelml_app.modules.forecast.trailing import Trailing

BORROWED_ROOMS = 3.0
"""Rooms at the rate of the nights around that are added to a night's own, so that two bookings do not set its rate."""

SHIFT_PRIOR_ROOMS = 20.0
"""Rooms booked late at no other rate than the books', added to the latest weeks' before the shift is read."""

NEARBY_NIGHTS = 3

Values = NDArray[np.float64]


@dataclass(frozen=True)
class Rates:
    """Average daily rates per row: on the books, expected in the end, and the share of rooms whose rate is still open."""

    on_books: Values
    expected: Values
    open_share: Values


def expected_rates(books: Books, panel: Panel, rooms: Values, kept: Values) -> Rates:
    """Return the house's rates; ``rooms`` expected in the end and ``kept`` of those on the books, one per row."""
    value, held = np.nan_to_num(books.value), np.nan_to_num(books.rooms)
    own, near = _nightly(books, panel, value, held)
    lead, night = panel.horizon, panel.night
    borrowed = (value[night, lead] + BORROWED_ROOMS * near) / (held[night, lead] + BORROWED_ROOMS)
    still_open = np.clip((rooms - kept) / np.maximum(rooms, 1.0), 0.0, 1.0)
    expected = np.maximum(borrowed + _late_shift(books, panel) * still_open, 0.0)
    return Rates(own, expected, still_open)


def rates_by_type(value: Values, held: Values, panel: Panel, house: Rates) -> Values:
    """Return expected rates per room type, shape (types, rows), from each type's usual distance to the house."""
    now, lead = panel.now, panel.horizon
    zero = np.zeros_like(now)
    worth, sold = (Trailing(one[..., :1]) for one in (value, held))
    type_worth, type_sold = worth.total(now, zero, WINDOW), sold.total(now, zero, WINDOW)
    house_rate = type_worth.sum(axis=0) / np.maximum(type_sold.sum(axis=0), 1.0)
    prior = BORROWED_ROOMS * house_rate
    ratio = (type_worth + prior) / ((type_sold + BORROWED_ROOMS) * np.maximum(house_rate, 1e-9))
    ratio = np.where(house_rate > 0, ratio, 1.0)
    on_books = np.nan_to_num(value[..., panel.night, lead])
    rooms = np.nan_to_num(held[..., panel.night, lead])
    own = (on_books + BORROWED_ROOMS * ratio * house.expected) / (rooms + BORROWED_ROOMS)
    shift = ratio * (house.expected - house.on_books) * np.where(house.on_books > 0, 1.0, 0.0)
    return np.maximum(own + shift * rooms / (rooms + BORROWED_ROOMS), 0.0)


def _nightly(books: Books, panel: Panel, value: Values, held: Values) -> tuple[Values, Values]:
    """Return the rates on the books of each row's night and of the nights around it, as known at the origin."""
    lead, night = panel.horizon, panel.night
    own = value[night, lead] / np.maximum(held[night, lead], 1e-9)
    worth, rooms = np.zeros(len(night)), np.zeros(len(night))
    for day in range(-NEARBY_NIGHTS, NEARBY_NIGHTS + 1):
        beside, at = np.clip(night + day, 0, len(held) - 1), np.maximum(lead + day, 0)
        worth += value[beside, at]
        rooms += held[beside, at]
    zero = np.zeros_like(panel.now)
    lately = Trailing(value[:, :1]).total(panel.now, zero, WINDOW) / np.maximum(
        Trailing(held[:, :1]).total(panel.now, zero, WINDOW), 1.0
    )
    near = (worth + BORROWED_ROOMS * lately) / (rooms + BORROWED_ROOMS)
    return np.where(held[night, lead] > 0, own, near), near


def _late_shift(books: Books, panel: Panel) -> Values:
    """Return by how much rooms booked after each lead lately paid more (or less) than those booked before."""
    value, held = books.value, books.rooms
    rate = value / np.where(held > 0, held, np.nan)
    surplus = np.where(np.isnan(rate), 0.0, value[:, :1] - rate * held[:, :1])
    late = np.maximum(held[:, :1] - books.kept_by_risk.sum(axis=0), 0.0)
    total = Trailing(surplus).total(panel.now, panel.horizon, WINDOW)
    return total / (Trailing(late).total(panel.now, panel.horizon, WINDOW) + SHIFT_PRIOR_ROOMS)
