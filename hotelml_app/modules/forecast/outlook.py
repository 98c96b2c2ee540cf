"""All that is said of a property's coming nights: four metrics, house and room types, adding up."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from hotelml_app.ml.property.untold.room_counts import BEYOND_TOLD
from hotelml_app.modules.forecast.candidates.features import FeatureRows
from hotelml_app.modules.forecast.money import TypeBooks, expected_rate, expected_rates, open_share, rate_of, revenue_of
from hotelml_app.modules.forecast.on_books.books import ROOM_TYPE, Books
from hotelml_app.modules.forecast.on_books.panel import Panel
from hotelml_app.modules.forecast.room_types import Pickup, additive_pickup, kept_and_new, reconciled
from hotelml_app.modules.forecast.spread import rooms_spread

METRICS = ("rooms_sold", "arrivals", "adr", "revenue")

HOUSE = ""
"""The part that stands for the whole house."""

SETTLED_NIGHTS = 300
"""After so many nights a house has seen its high season, and how many rooms it sold then tells how many it has."""

UNSEEN_ROOMS = 1.02
"""What a house may sell beyond its fullest night so far, where nobody said how many rooms it has."""

FULL_NIGHTS, FULL, BEYOND_FULL = 10, 0.98, 1.005
"""Where so many nights came this near to the fullest one, it was the rooms that ran out: hardly anything is left beyond."""

DEMAND_PRIOR = 3.0
DEMAND_LIMITS = (0.2, 3.0)
"""How far the house's new rooms may move the usual number of new arrivals; the prior, in rooms, tames small numbers."""

Values = NDArray[np.float64]


@dataclass(frozen=True)
class Series:
    """One metric of the house or a part of it over the panel's rows: median, scale of its error, what came (NaN: not yet)."""

    metric: str
    part: str
    middle: Values
    spread: Values
    actual: Values
    most: Values | None = None


@dataclass(frozen=True)
class Limit:
    """The most rooms that can be ``sold`` on any night, None where that is not known, and those ``out_of_order`` per row.

    ``types`` are those of them of which the room type is known, ``rooms`` how many rooms a type has, where somebody said so.
    """

    sold: float | None
    out_of_order: Values
    types: Mapping[str, Values] = field(default_factory=dict)
    rooms: Mapping[str, float] = field(default_factory=dict)

    @property
    def most(self) -> Values | None:
        """The most rooms that can be sold on the night of each row."""
        return None if self.sold is None else np.maximum(self.sold - self.out_of_order, 0.0)

    def of_type(self, code: str, sold: Values, on_books: Values) -> Values:
        """Return the most rooms of a type on the night of each row, of which it ``sold`` so many: what is booked stays booked."""
        closed = self.types.get(code, np.zeros(len(on_books)))
        there_are = self.rooms.get(code, float(np.nanmax(sold, initial=0.0)))
        return np.where(closed > 0, np.maximum(there_are - closed, on_books), np.inf)


def outlook(books: Books, panel: Panel, rows: FeatureRows, rooms: Values, limit: Limit) -> Iterator[Series]:
    """Yield every series; ``rooms`` is the median of rooms sold in the house, one per row of the panel."""
    most = limit.most
    rooms = rooms if most is None else np.minimum(rooms, most)
    sold = books.rooms[panel.night, 0]
    # That nobody came while the house was closed says nothing of how its errors grow.
    error = np.where(books.closed[panel.night], np.nan, sold - rooms)
    # What is out of order is not empty: nobody can come into it yet.
    open_rows = replace(rows, peak=np.maximum(rows.peak - limit.out_of_order, 1.0))
    spread = rooms_spread(open_rows, rooms, error, panel.age)
    yield Series("rooms_sold", HOUSE, rooms, spread, sold, most)
    yield from _arrivals(books, panel, rows, rooms, most)
    yield from _rooms_and_money(books, panel, rows, rooms, spread, limit)


def most_rooms(books: Books, told: float | None, *, by_staff: bool = False) -> float | None:
    """Return the most rooms that can be sold on a night: as told, but no less than was sold already; None for a young house.

    What staff told is not lifted by some more rooms sold: the house was overbooked then. Far more say that it has more rooms;
    what one booking alone puts so far was not sold, its number of rooms is a slip of the pen. A house that once sold far more,
    and since then was full with the rooms told, has given rooms up.
    """
    fullest = float(books.peak[books.today])
    if told is not None and fullest > BEYOND_TOLD * told:
        return told if _lately_full_with(books, told) else books.fullest_night(told)
    if told is not None:
        return told if by_staff else max(told, fullest)
    if books.today < SETTLED_NIGHTS:
        return None
    full = int((books.rooms[: books.today + 1, 0] >= FULL * fullest).sum())
    return float(np.ceil(fullest * (BEYOND_FULL if full >= FULL_NIGHTS else UNSEEN_ROOMS)))


def _lately_full_with(books: Books, rooms: float) -> bool:
    """Tell whether, since the last night that sold more, so many nights sold out ``rooms`` that there are no others."""
    sold = books.rooms[: books.today + 1, 0]
    # The night that sold most may lie before these books, or still ahead.
    since = int(np.flatnonzero(sold > rooms).max(initial=-1)) + 1
    return int((sold[since:] >= FULL * rooms).sum()) >= FULL_NIGHTS


def _rate_spread(open_share: Values, rate: Values) -> Values:
    return np.maximum(rate, 1.0) * (0.02 + 0.2 * open_share)


def _arrivals(books: Books, panel: Panel, rows: FeatureRows, rooms: Values, most: Values | None) -> Iterator[Series]:
    """Yield arrivals: those on the books that stay, and new ones as many as the house's new rooms let expect.

    Who arrives takes one of the rooms that are sold on the night.
    """
    peak = float(np.nanmax(books.arrivals[:, 0], initial=1.0))
    house = additive_pickup(books.arrivals, panel, peak, books.open_nights)
    demand = np.clip((rooms - rows.kept + DEMAND_PRIOR) / (rows.new + DEMAND_PRIOR), *DEMAND_LIMITS)
    kept, new = kept_and_new(books.arrivals, books.kept_arrivals, panel, books)
    expected = np.clip(kept + new * demand, 0.0, rooms)
    yield Series("arrivals", HOUSE, expected, house.spread, books.arrivals[panel.night, 0], most)
    parts, came = _arrivals_of_parts(books, panel, peak)
    shared = reconciled(expected, parts)
    for number, code in _shown(books):
        yield Series("arrivals", code, shared[number], parts.spread[number], came[number])


def _arrivals_of_parts(books: Books, panel: Panel, peak: float) -> tuple[Pickup, list[Values]]:
    """Return the pickup of every part, and the arrivals that came."""
    pickups, came = [], []
    for number in range(len(books.parts)):
        # One part's matrix at a time: those of all parts together would be most of what the appliance holds.
        arrivals = books.of_part("arrivals", number)
        pickups.append(additive_pickup(arrivals, panel, peak, books.open_nights))
        came.append(arrivals[panel.night, 0])
    return Pickup.together(pickups), came


def _rooms_and_money(
    books: Books, panel: Panel, rows: FeatureRows, rooms: Values, house_spread: Values, limit: Limit
) -> Iterator[Series]:
    still_open = open_share(rooms, rows.kept)
    parts, split, came, most = _parts(books, panel, rooms, still_open, limit)
    shared, rates = split.expected, expected_rates(books, panel, rooms, rows.kept, split)
    if books.by != ROOM_TYPE:
        # The house has one rate, however it is split: that of its room types.
        _, by_type, _, _ = _parts(replace(books, by=ROOM_TYPE), panel, rooms, still_open, limit)
        rates = rates.moved_to(expected_rates(books, panel, rooms, rows.kept, by_type).house)
    house = _Came.of(books.rooms, books.priced, books.value, panel)
    yield from _money(HOUSE, rates.house, rates.open_share, rooms, house_spread, house, limit.most)
    for number, code in _shown(books):
        yield Series("rooms_sold", code, shared[number], parts.spread[number], came[number].sold, most[number])
        spread = parts.spread[number]
        yield from _money(code, rates.types[number], rates.open_share, shared[number], spread, came[number], most[number])


def _parts(
    books: Books, panel: Panel, rooms: Values, still_open: Values, limit: Limit
) -> tuple[Pickup, TypeBooks, list[_Came], Values]:
    """Return the pickup of every part, its rates and its share of the ``rooms``, what came, and the most rooms of each."""
    pickups, on_books, came, most = [], [], [], []
    for number, code in enumerate(books.parts):
        held, value = books.of_part("rooms", number), books.of_part("value", number)
        priced = held if books.all_priced else books.of_part("priced", number)
        pickups.append(additive_pickup(held, panel, float(np.nanmax(held[:, 0], initial=1.0)), books.open_nights))
        paid = priced if books.none_free else books.of_part("paid", number)
        on_books.append(expected_rate(value, priced, paid, still_open, panel))
        came.append(_Came.of(held, priced, value, panel))
        # Rooms are out of order, segments never.
        most.append(limit.of_type(code if books.by == ROOM_TYPE else HOUSE, held[:, 0], pickups[-1].on_books))
    parts, limits = Pickup.together(pickups), np.stack(most)
    return parts, TypeBooks(np.stack(on_books), reconciled(rooms, parts, limits)), came, limits


@dataclass(frozen=True)
class _Came:
    """What came of the night of each row: rooms ``sold``, those of them whose price is known, and the money these brought."""

    sold: Values
    priced: Values
    worth: Values

    @classmethod
    def of(cls, held: Values, priced: Values, value: Values, panel: Panel) -> _Came:
        """Read it from matrices of nights and leads."""
        return cls(held[panel.night, 0], priced[panel.night, 0], value[panel.night, 0])


def _money(
    code: str, rate: Values, open_share: Values, rooms: Values, spread: Values, came: _Came, most: Values | None
) -> Iterator[Series]:
    """Yield rate and revenue; where no room can be sold, nothing can be earned."""
    rate_spread = _rate_spread(open_share, rate)
    yield Series("adr", code, rate, rate_spread, rate_of(came.worth, came.priced))
    earned = revenue_of(came.worth, came.priced, came.sold)
    limit = None if most is None else np.where(most > 0, np.inf, 0.0)
    yield Series("revenue", code, rate * rooms, rate * spread + rooms * rate_spread, earned, limit)


def _shown(books: Books) -> list[tuple[int, str]]:
    """Return the parts that were booked by the business date; bookings without one count in the house alone."""
    booked = set(np.unique(books.history.categories[books.by].codes).tolist())
    return [(number, code) for number, code in enumerate(books.parts) if number in booked and code]
