"""Snapshots of past days with what came of them: the examples to learn from, and to be judged on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields, replace

import numpy as np
from numpy.typing import NDArray

from hotelml_app.core.bookings import BookingStatus
from hotelml_app.ml.property.beginnings import first_arrival
from hotelml_app.ml.property.closed_house import closed_nights
from hotelml_app.ml.property.growing import GrowingArray
from hotelml_app.ml.property.history import History
from hotelml_app.ml.property.property_data import PropertyData
from hotelml_app.modules.noshow.books import Books, Flags, Floats, Integers
from hotelml_app.modules.noshow.features import snapshot


@dataclass(frozen=True)
class Examples:
    """Bookings as they stood on past days, parallel arrays; ``lost`` is what became known later."""

    day: Integers
    days_ahead: Integers
    spells: NDArray[np.intp]
    features: NDArray[np.float32]
    lost: Flags

    def __len__(self) -> int:
        return len(self.day)

    @property
    def arrival(self) -> Integers:
        """Arrival as it stood on the day of the snapshot."""
        result: Integers = self.day + self.days_ahead
        return result

    def take(self, rows: NDArray[np.intp] | Flags) -> Examples:
        """Return some of the examples."""
        return Examples(self.day[rows], self.days_ahead[rows], self.spells[rows], self.features[rows], self.lost[rows])

    def looking_at(self, columns: NDArray[np.intp]) -> Examples:
        """Return the examples with some of the features."""
        # Without an example nobody counted the features.
        features = self.features[:, columns] if len(self) else np.zeros((0, len(columns)), dtype=np.float32)
        return replace(self, features=features)

    def without_features(self) -> Examples:
        """Return the examples with none of the features, which are by far the most of them."""
        return self.looking_at(np.zeros(0, dtype=np.intp))


@dataclass(frozen=True)
class Ends:
    """How each booking stands at the end of the history: ``known`` where it has come to an end, ``lost`` where it was lost."""

    known: Flags
    lost: Flags


def ends(history: History) -> Ends:
    """Return per booking whether its end is known, and whether it was lost.

    A booking that still holds a room after its arrival counts as arrived: many systems tell of check-ins late.
    """
    last = np.zeros(len(history.booked_on), dtype=np.int64)
    # Spells lie in order of time within a booking, so the last one written wins.
    last[history.booking] = np.arange(len(history))
    status, arrival = history.status[last], history.arrival[last]
    seen = np.zeros(len(history.booked_on), dtype=bool)
    seen[history.booking] = True
    lost = np.isin(status, (BookingStatus.CANCELLED, BookingStatus.NO_SHOW)) & seen
    held = np.isin(status, (BookingStatus.RESERVED, BookingStatus.IN_HOUSE, BookingStatus.CHECKED_OUT))
    return Ends(known=seen & (lost | (held & (arrival <= history.today))), lost=lost)


def examples(
    books: Books, days: Iterable[int], horizon: int, arrivals_after: int | None = None, among: Flags | None = None
) -> Examples:
    """Return the bookings on the books at the end of each of ``days`` whose arrival has passed and whose end is known.

    ``arrivals_after`` leaves out earlier arrivals, ``among`` (one flag per booking) bookings that are not wanted. Bookings still
    to come are left out even where they are lost already, because of those only the lost ones would be known, and so are those
    for nights on which the house was closed: all of them were lost, and not by their guests.
    """
    history, end = books.history, ends(books.history)
    closed, found = closed_nights(history, history.today), None
    for day in days:
        shot = snapshot(books, day, horizon)
        arrival, booking = day + shot.days_ahead, history.booking[shot.spells]
        usable = (arrival <= history.today) & end.known[booking] & ~closed.hold(arrival)
        if arrivals_after is not None:
            usable &= arrival > arrivals_after
        if among is not None:
            usable &= among[booking]
        part = Examples(
            np.full(int(usable.sum()), day, dtype=np.int64),
            shot.days_ahead[usable],
            shot.spells[usable],
            shot.features[usable],
            end.lost[booking[usable]],
        )
        found = found or _GrowingExamples(part)
        found.add(part)
    return found.hand_over() if found is not None else _no_examples()


class _GrowingExamples:
    """Examples that are put together as they come: those of a large house must not be there twice."""

    def __init__(self, like: Examples) -> None:
        of_one_kind = {one.name: getattr(like, one.name) for one in fields(like)}
        self._columns = {
            name: GrowingArray(values.dtype, values.shape[1] if values.ndim > 1 else None) for name, values in of_one_kind.items()
        }

    def add(self, more: Examples) -> None:
        for name, column in self._columns.items():
            column.append(getattr(more, name))

    def hand_over(self) -> Examples:
        return Examples(**{name: column.hand_over() for name, column in self._columns.items()})


def _no_examples() -> Examples:
    nothing = np.zeros(0, dtype=np.int64)
    return Examples(nothing, nothing, np.zeros(0, dtype=np.intp), np.zeros((0, 0), dtype=np.float32), np.zeros(0, dtype=bool))


def first_useful_day(books: Books, warm_up_days: int) -> int:
    """Return the first day of which a snapshot is worth learning from: arrivals have been recorded for a while."""
    return first_arrival(books.arrival, books.history.today) + warm_up_days


def count_points(data: PropertyData) -> int:
    """Return how many bookings have come to an end that is known."""
    return int(ends(data.history).known.sum()) if len(data.history) else 0


def as_numbers(lost: Flags) -> Floats:
    """Return losses as 0 and 1."""
    return lost.astype(np.float64)
