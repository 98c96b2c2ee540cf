"""What became of forecasts whose night has passed, beside what additive pickup would have said from the same books."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

from hotelml_app.core.bookings import LOST, BookingStatus
from hotelml_app.core.clock import day_number
from hotelml_app.ml.contract import Outcome, StoredPrediction
from hotelml_app.ml.property.property_data import PropertyData
from hotelml_app.modules.forecast.money import revenue_of
from hotelml_app.modules.forecast.on_books.books import MAX_LEAD, Books
from hotelml_app.modules.forecast.on_books.kept import WINDOW
from hotelml_app.modules.forecast.on_books.risk import RiskClasses
from hotelml_app.modules.forecast.on_books.trailing import Trailing
from hotelml_app.modules.forecast.outlook import HOUSE

_ENDED = (BookingStatus.CHECKED_OUT, *LOST)
_COUNTED = {"rooms_sold": "rooms", "arrivals": "arrivals"}

Values = NDArray[np.float64]


def count_points(data: PropertyData) -> int:
    """Return how many bookings have ended: checked out, cancelled or not shown up."""
    history = data.history
    last = np.ones(len(history), dtype=bool)
    last[:-1] = history.booking[1:] != history.booking[:-1]
    return int(np.isin(history.status[last], np.array(_ENDED, dtype=np.int8)).sum())


def outcomes(data: PropertyData, stored: Sequence[StoredPrediction]) -> list[Outcome]:
    """Return the outcome of each prediction whose night lies on or before the business date.

    A rate of a night that sold nothing, or of whose rooms no price is known, has no outcome. The baseline is additive pickup
    over the latest 56 nights; for rates, the rate on the books.
    """
    passed = [one for one in stored if one.target_date <= data.as_of and one.as_of < one.target_date]
    if not passed or not len(data.history):
        return []
    oldest = min(day_number(one.as_of) for one in passed)
    books = Books.of(data.history, RiskClasses(1.0, {}, {}, ()), recent=data.history.today - oldest + WINDOW)
    found: list[Outcome | None] = []
    # One part's matrices at a time, whatever the order in which its predictions were kept.
    for code, of_part in groupby(sorted(passed, key=_part), key=_part):
        if code == HOUSE or code in books.parts:
            truth = _Truth(books, code)
            found += [truth.of(one) for one in of_part]
    return [one for one in found if one is not None]


def pickup_ahead(data: PropertyData, nights: int) -> Values:
    """Return rooms sold on the ``nights`` nights after ``data.as_of`` by additive pickup, shape (nights,).

    It is the baseline of ``outcomes``, from what was known at the end of that day alone.
    """
    books = Books.of(data.history, RiskClasses(1.0, {}, {}, ()), recent=WINDOW)
    ahead = np.arange(1, nights + 1)
    mean = Trailing(books.rooms[:, :1] - books.rooms).mean(np.full(nights, books.today), ahead, WINDOW)
    said: Values = books.rooms[books.today + ahead, ahead] + mean
    return said


def _part(stored: StoredPrediction) -> str:
    return str(stored.values.get("room_type") or HOUSE)


class _Truth:
    """Looks up what came to the house or a room type, and what pickup would have said; matrices are laid out at first use."""

    def __init__(self, books: Books, code: str) -> None:
        self._books = books
        self._code = code
        self._matrices: dict[str, Values] = {}
        self._pickups: dict[str, Trailing] = {}

    def of(self, stored: StoredPrediction) -> Outcome | None:
        """Return one prediction's outcome, or None where nothing can be said."""
        metric = str(stored.values.get("metric", ""))
        predicted = stored.values.get("p50")
        night = day_number(stored.target_date) - self._books.first
        now = day_number(stored.as_of) - self._books.first
        if not isinstance(predicted, (int, float)) or not 0 <= now < night <= self._books.today:
            return None
        if metric == "adr":
            actual, baseline = self._rate(night, 0), self._rate(night, night - now)
        elif metric in ("rooms_sold", "arrivals", "revenue"):
            actual, baseline = float(self._matrix(metric)[night, 0]), self._pickup(metric, now, night)
        else:
            return None
        if np.isnan(actual):
            return None
        rule = None if np.isnan(baseline) else abs(actual - baseline)
        return Outcome(stored.id, actual, abs(actual - float(predicted)), stored.target_date, rule)

    def _matrix(self, metric: str) -> Values:
        """Return the matrix of nights and leads of a metric."""
        if metric not in self._matrices:
            self._matrices[metric] = self._revenue() if metric == "revenue" else self._of(_COUNTED[metric])
        return self._matrices[metric]

    def _revenue(self) -> Values:
        value = self._of("value")
        return value if self._books.all_priced else revenue_of(value, self._of("priced"), self._matrix("rooms_sold"))

    def _of(self, what: str) -> Values:
        if self._code != HOUSE:
            return self._books.of_part(what, self._books.parts.index(self._code))
        matrix: Values = getattr(self._books, what)
        return matrix

    def _pickup(self, metric: str, now: int, night: int) -> float:
        lead = night - now
        if lead > MAX_LEAD:
            return float("nan")
        matrix = self._matrix(metric)
        if metric not in self._pickups:
            self._pickups[metric] = Trailing(matrix[:, :1] - matrix)
        mean = self._pickups[metric].mean(np.array([now]), np.array([lead]), WINDOW)
        return float(matrix[night, lead] + mean[0])

    def _rate(self, night: int, lead: int) -> float:
        if lead > MAX_LEAD:
            return float("nan")
        rooms = float(self._matrix("rooms_sold")[night, lead])
        return float(self._matrix("revenue")[night, lead]) / rooms if rooms > 0 else float("nan")
