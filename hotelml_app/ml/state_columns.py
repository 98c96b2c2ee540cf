"""From rows of stored booking states to arrays, a chunk at a time.

A row is ``(booking_id, reservation_id, booked_on, as_of, *values)`` with the values in the order of
``core.bookings.STATE_COLUMNS``, dates as ISO text, words as text and unknown numbers as None; rows come sorted by
booking, then by ``as_of``.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hotelml_app.core.bookings import CATEGORY_COLUMNS, NUMBER_COLUMNS, STATE_COLUMNS
from hotelml_app.core.clock import day_number
from hotelml_app.ml.growing import GrowingArray
from hotelml_app.ml.history import Category, Days
from hotelml_app.ml.spells import UNKNOWN_DAY, StateColumns

StateRow = Sequence[object]

_FIRST_VALUE = 4
_POSITION = {name: _FIRST_VALUE + index for index, name in enumerate(STATE_COLUMNS)}

_KINDS: dict[str, type[np.generic]] = {
    **dict.fromkeys(("booking", "as_of", "status_on", "arrival", "departure", *CATEGORY_COLUMNS), np.int32),
    **dict.fromkeys(NUMBER_COLUMNS, np.float64),
    "status": np.int8,
}


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
        self._columns = {name: GrowingArray(kind) for name, kind in _KINDS.items()}
        self._last_id: object = None

    def add(self, rows: Sequence[StateRow]) -> None:
        """Append rows; they continue the order of the rows before them."""
        if not rows:
            return
        columns = list(zip(*rows, strict=True))
        append = {name: column.append for name, column in self._columns.items()}
        append["booking"](self._number_bookings(*columns[:3]))
        append["as_of"](self._as_days(columns[3]))
        for name in ("status_on", "arrival", "departure"):
            append[name](self._as_days(columns[_POSITION[name]]))
        append["status"](np.array(columns[_POSITION["status"]], dtype=np.int8))
        for name in CATEGORY_COLUMNS:
            codes = map(self._codes[name].__getitem__, columns[_POSITION[name]])
            append[name](np.fromiter(codes, dtype=np.int32, count=len(rows)))
        for name in NUMBER_COLUMNS:
            append[name](np.array(columns[_POSITION[name]], dtype=np.float64))

    def build(self) -> StateColumns:
        """Hand over everything that was added as parallel arrays; nothing can be added after that."""
        found: dict[str, Any] = {name: column.hand_over() for name, column in self._columns.items()}
        return StateColumns(
            reservation_ids=np.array(self._reservation_ids, dtype=object),
            booked_on=np.array(self._booked_on, dtype=np.int32),
            booking=found["booking"],
            as_of=found["as_of"],
            status=found["status"],
            status_on=found["status_on"],
            arrival=found["arrival"],
            departure=found["departure"],
            categories={name: Category(found[name], tuple(self._codes[name].labels)) for name in CATEGORY_COLUMNS},
            numbers={name: found[name] for name in NUMBER_COLUMNS},
        )

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
