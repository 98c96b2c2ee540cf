"""From rows of stored booking states to arrays, a chunk at a time.

A row is ``(booking_id, reservation_id, booked_on, as_of, *values)`` with the values in the order of
``core.bookings.STATE_COLUMNS``, dates as ISO text, words as text and unknown numbers as None; rows come sorted by
booking, then by ``as_of``.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

import numpy as np
from numpy.typing import NDArray

from hotelml_app.core.bookings import CATEGORY_COLUMNS, NUMBER_COLUMNS, STATE_COLUMNS
from hotelml_app.core.clock import day_number
from hotelml_app.ml.history import Category, Days
from hotelml_app.ml.spells import UNKNOWN_DAY, StateColumns

StateRow = Sequence[object]

_FIRST_VALUE = 4
_POSITION = {name: _FIRST_VALUE + index for index, name in enumerate(STATE_COLUMNS)}


class _DayNumbers(dict[object, int]):
    """ISO text to day number, each text parsed once; None and "" are the unknown day."""

    def __missing__(self, text: object) -> int:
        number = day_number(date.fromisoformat(str(text)[:10])) if text else int(UNKNOWN_DAY)
        self[text] = number
        return number


class _Codes(dict[object, int]):
    """Words to codes in order of first sight; "" is 0."""

    def __init__(self) -> None:
        super().__init__({"": 0, None: 0})
        self.labels = [""]

    def __missing__(self, word: object) -> int:
        self[word] = code = len(self.labels)
        self.labels.append(str(word))
        return code


class StateColumnsBuilder:
    """Collect state rows into typed arrays; holds numbers only, never the rows themselves."""

    def __init__(self) -> None:
        self._days = _DayNumbers()
        self._codes = {name: _Codes() for name in CATEGORY_COLUMNS}
        self._reservation_ids: list[str] = []
        self._booked_on: list[int] = []
        self._chunks: dict[str, list[NDArray[np.generic]]] = {name: [] for name in ("booking", "as_of", *STATE_COLUMNS[:-1])}
        self._last_id: object = None

    def add(self, rows: Sequence[StateRow]) -> None:
        """Append rows; they continue the order of the rows before them."""
        if not rows:
            return
        columns = list(zip(*rows, strict=True))
        self._append("booking", self._number_bookings(*columns[:3]))
        self._append("as_of", self._as_days(columns[3]))
        for name in ("status_on", "arrival", "departure"):
            self._append(name, self._as_days(columns[_POSITION[name]]))
        self._append("status", np.array(columns[_POSITION["status"]], dtype=np.int8))
        for name in CATEGORY_COLUMNS:
            codes = map(self._codes[name].__getitem__, columns[_POSITION[name]])
            self._append(name, np.fromiter(codes, dtype=np.int32, count=len(rows)))
        for name in NUMBER_COLUMNS:
            self._append(name, np.array(columns[_POSITION[name]], dtype=np.float64))

    def build(self) -> StateColumns:
        """Return everything added so far as parallel arrays."""
        joined = {name: self._joined(name) for name in self._chunks}
        return StateColumns(
            reservation_ids=np.array(self._reservation_ids, dtype=object),
            booked_on=np.array(self._booked_on, dtype=np.int32),
            booking=joined["booking"].astype(np.int32, copy=False),
            as_of=joined["as_of"].astype(np.int32, copy=False),
            status=joined["status"].astype(np.int8, copy=False),
            status_on=joined["status_on"].astype(np.int32, copy=False),
            arrival=joined["arrival"].astype(np.int32, copy=False),
            departure=joined["departure"].astype(np.int32, copy=False),
            categories={
                name: Category(joined[name].astype(np.int32, copy=False), tuple(self._codes[name].labels))
                for name in CATEGORY_COLUMNS
            },
            numbers={name: joined[name].astype(np.float64, copy=False) for name in NUMBER_COLUMNS},
        )

    def _append(self, name: str, values: NDArray[np.generic]) -> None:
        self._chunks[name].append(values)

    def _joined(self, name: str) -> NDArray[np.generic]:
        chunks = self._chunks[name]
        return np.concatenate(chunks) if chunks else np.zeros(0)

    def _as_days(self, texts: Sequence[object]) -> Days:
        return np.fromiter(map(self._days.__getitem__, texts), dtype=np.int32, count=len(texts))

    def _number_bookings(
        self, booking_ids: Sequence[object], reservation_ids: Sequence[object], booked_on: Sequence[object]
    ) -> NDArray[np.int32]:
        numbers = np.empty(len(booking_ids), dtype=np.int32)
        for row, booking_id in enumerate(booking_ids):
            if booking_id != self._last_id:
                self._last_id = booking_id
                self._reservation_ids.append(str(reservation_ids[row]))
                self._booked_on.append(self._days[booked_on[row]])
            numbers[row] = len(self._booked_on) - 1
        return numbers


def states_from_rows(rows: Iterable[StateRow]) -> StateColumns:
    """Return state rows, sorted by booking then ``as_of``, as arrays."""
    builder = StateColumnsBuilder()
    builder.add(list(rows))
    return builder.build()
