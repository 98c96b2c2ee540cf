"""Average rates: what is on the books, and what the room types still to be booked will make of it.

Two views of a night's rate compete, weighted as they did lately: the rate on its books, and the rates of its room types in the
mix that is expected in the end. What books gain or lose on their way to the night, as they did lately, is added in part.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hotelml_app.modules.forecast.candidates.blend import BUCKETS, Record, blended, learned_weights
from hotelml_app.modules.forecast.candidates.lately import error_lately
from hotelml_app.modules.forecast.on_books.books import Books
from hotelml_app.modules.forecast.on_books.kept import WINDOW
from hotelml_app.modules.forecast.on_books.panel import Panel
from hotelml_app.modules.forecast.on_books.trailing import Trailing

BORROWED_ROOMS = 0.05
"""Rooms at the rate of the nights around that are added to a night's own, so that an empty night has a rate, too."""

NEARBY_NIGHTS = 3

USUAL = np.tile([0.3, 0.7], (len(BUCKETS), 1))
"""Weights of the two views where little is known of the latest weeks."""

DRIFT_SHARE = 0.5
"""How much of the drift of the latest weeks, from what was said to what came, is expected to go on. At two real hotels from April
to August the error far ahead falls by a fifth to a third; in winter, when seasons turn, it is dearer by some 6 per cent."""

Values = NDArray[np.float64]


@dataclass(frozen=True)
class Rates:
    """Average daily rates per row: of the house and, shape (types, rows), of room types; the share of rooms still open."""

    house: Values
    types: Values
    open_share: Values

    def moved_to(self, house: Values) -> Rates:
        """Return the rates with another one of the house, those of its parts moved by the same share."""
        share = np.where(self.house > 0, house / np.where(self.house > 0, self.house, 1.0), 1.0)
        return Rates(house, self.types * share, self.open_share)


def expected_rates(books: Books, panel: Panel, rooms: Values, kept: Values, by_type: TypeBooks) -> Rates:
    """Return expected rates; ``rooms`` expected in the end and ``kept`` of those on the books, one per row."""
    still_open = open_share(rooms, kept)
    own = expected_rate(books.value, books.priced, books.paid, still_open, panel)
    types = np.where(np.isnan(by_type.rates), own, by_type.rates)
    sold = by_type.expected.sum(axis=0)
    mixed = np.where(sold > 0, (types * by_type.expected).sum(axis=0) / np.where(sold > 0, sold, 1.0), own)
    views = np.stack([own, mixed], axis=1)
    actual = rate_of(books.value[panel.night, 0], books.priced[panel.night, 0])
    known = panel.replayed & ~np.isnan(actual)
    record = Record(panel.horizon[known], panel.age[known], views[known], actual[known])
    house = blended(learned_weights(record, USUAL), panel.horizon, views)
    with np.errstate(divide="ignore", invalid="ignore"):
        drift = np.log(actual / house)
    house = house * np.exp(DRIFT_SHARE * error_lately(panel, np.where(np.isfinite(drift), drift, np.nan)))
    # The types' revenue has to come to the house's: all of them move by the same share.
    moved = np.where(mixed > 0, house / np.where(mixed > 0, mixed, 1.0), 1.0)
    return Rates(house, types * moved, still_open)


def open_share(rooms: Values, kept: Values) -> Values:
    """Return the share of the ``rooms`` expected in the end that is not ``kept`` of those on the books."""
    share: Values = np.clip((rooms - kept) / np.maximum(rooms, 1.0), 0.0, 1.0)
    return share


@dataclass(frozen=True)
class TypeBooks:
    """Rates on the books of room types (NaN where there is none) and rooms expected in the end, shape (types, rows)."""

    rates: Values
    expected: Values


def rate_of(value: Values, priced: Values) -> Values:
    """Return what a room brings on average; NaN where no price is known."""
    return np.asarray(value / np.where(priced > 0, priced, np.nan), dtype=np.float64)


def revenue_of(value: Values, priced: Values, rooms: Values) -> Values:
    """Return what ``rooms`` bring where those without a price bring as much as the others; NaN where no price is known."""
    return np.where(priced < rooms, rate_of(value, priced) * rooms, value)


def expected_rate(value: Values, priced: Values, paid: Values, still_open: Values, panel: Panel) -> Values:
    """Return the rate of each row: of what is on the books as it is, of the ``still_open`` share as paid ones among them say.

    Months ahead one room given away may be all that is booked: it says nothing of what is still to come. As many of that will
    be free as were of late.
    """
    own = rates_on_books(value, priced, panel)
    if paid is priced:
        return own
    zero = np.zeros_like(panel.now)
    bought, sold = (Trailing(np.nan_to_num(held)[:, :1]).total(panel.now, zero, WINDOW) for held in (paid, priced))
    to_come = rates_on_books(value, paid, panel) * np.divide(bought, sold, out=np.ones(len(sold)), where=bought > 0)
    mixed: Values = (1 - still_open) * own + still_open * np.where(np.isnan(to_come), own, to_come)
    return mixed


def rates_on_books(value: Values, held: Values, panel: Panel) -> Values:
    """Return the rate on the books of each row, with a little of the nights around; both matrices are of nights and leads.

    ``held`` are the rooms whose price is known: one without says nothing of the rate.

    A series that sold nothing lately, and has nothing on the books around, has no rate: NaN.
    """
    worth, rooms = np.nan_to_num(value), np.nan_to_num(held)
    lead, night = panel.horizon, panel.night
    near_worth, near_rooms = np.zeros(len(night)), np.zeros(len(night))
    for day in range(-NEARBY_NIGHTS, NEARBY_NIGHTS + 1):
        beside, at = np.clip(night + day, 0, len(held) - 1), np.maximum(lead + day, 0)
        near_worth += worth[beside, at]
        near_rooms += rooms[beside, at]
    zero = np.zeros_like(panel.now)
    sold = Trailing(rooms[:, :1]).total(panel.now, zero, WINDOW)
    lately = Trailing(worth[:, :1]).total(panel.now, zero, WINDOW) / np.where(sold > 0, sold, np.nan)
    near = (near_worth + BORROWED_ROOMS * np.nan_to_num(lately)) / (near_rooms + BORROWED_ROOMS)
    near = np.where(np.isnan(lately) & (near_rooms <= 0), np.nan, near)
    mean: Values = (worth[night, lead] + BORROWED_ROOMS * near) / (rooms[night, lead] + BORROWED_ROOMS)
    return mean
