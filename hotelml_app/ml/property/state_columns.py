"""From rows of stored booking states to arrays, a chunk at a time.

A row is ``(booking_id, reservation_id, booked_on, as_of, *values)`` with the values in the order of
``core.bookings.STATE_COLUMNS``, dates as ISO text, words as text and unknown numbers as None; rows come sorted by
booking, then by ``as_of``. As the store packs it, the words of SHARED_WORDS are one JSON text after ``as_of``, and what is not
asked for is left out.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hotelml_app.core.bookings import CATEGORY_COLUMNS, NUMBER_COLUMNS, SHARED_WORDS, STATE_COLUMNS
from hotelml_app.core.clock import day_number
from hotelml_app.ml.property.growing import GrowingArray
from hotelml_app.ml.property.history import Category, Days
from hotelml_app.ml.property.spells import UNKNOWN_DAY, StateColumns
from hotelml_app.store.exported.bookings import PACKED_COLUMNS

StateRow = Sequence[object]

_FIRST_VALUE = 4
_POSITION = {name: _FIRST_VALUE + index for index, name in enumerate(STATE_COLUMNS)}
_PACKED_POSITION = {name: _FIRST_VALUE + 1 + index for index, name in enumerate(PACKED_COLUMNS)}

_WORDS_APART = tuple(name for name in CATEGORY_COLUMNS if name not in SHARED_WORDS)

_KINDS: dict[str, type[np.generic]] = {
    **dict.fromkeys(("booking", "as_of", "status_on", "arrival", "departure", "shared words", *_WORDS_APART), np.int32),
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


def _numbers_of(known: dict[object, int], values: Sequence[object]) -> NDArray[np.int32]:
    return np.fromiter(map(known.__getitem__, values), dtype=np.int32, count=len(values))


class _SharedWords(dict[Any, int]):
    """Words of SHARED_WORDS together, as they are or as JSON, to numbers in order of first sight; each is taken apart once."""

    def __init__(self, codes: Mapping[str, _Codes]) -> None:
        super().__init__()
        self._codes = codes
        self._found: dict[str, list[int]] = {name: [] for name in SHARED_WORDS}

    def __missing__(self, together: Any) -> int:
        self[together] = number = len(self)
        words = json.loads(together) if isinstance(together, str) else together
        for (name, found), word in zip(self._found.items(), words, strict=True):
            found.append(self._codes[name][word])
        return number

    def codes(self, name: str, numbers: NDArray[np.int32]) -> NDArray[np.int32]:
        """Return the codes of one column."""
        return np.array(self._found[name], dtype=np.int32)[numbers]


class StateColumnsBuilder:
    """Collect state rows into typed arrays; holds numbers only, never the rows themselves."""

    def __init__(self) -> None:
        self._days = _DayNumbers()
        self._codes = {name: _Codes() for name in CATEGORY_COLUMNS}
        self._shared = _SharedWords(self._codes)
        self._reservation_ids: list[str] = []
        self._booked_on: list[int] = []
        self._columns = {name: GrowingArray(kind) for name, kind in _KINDS.items()}
        self._last_id: object = None

    def add(self, rows: Sequence[StateRow]) -> None:
        """Append rows; they continue the order of the rows before them."""
        if rows:
            columns = list(zip(*rows, strict=True))
            named = {name: columns[at] for name, at in _POSITION.items()}
            self._append(columns, named, list(zip(*(named[name] for name in SHARED_WORDS), strict=True)))

    def add_packed(self, rows: Sequence[StateRow]) -> None:
        """Append rows as the store packs them."""
        if rows:
            columns = list(zip(*rows, strict=True))
            self._append(columns, {name: columns[at] for name, at in _PACKED_POSITION.items()}, columns[_FIRST_VALUE])

    def _append(self, columns: Sequence[Sequence[object]], named: Mapping[str, Sequence[Any]], shared: Sequence[object]) -> None:
        append = {name: column.append for name, column in self._columns.items()}
        append["booking"](self._number_bookings(*columns[:3]))
        append["as_of"](self._as_days(columns[3]))
        for name in ("status_on", "arrival", "departure"):
            append[name](self._as_days(named[name]))
        append["status"](np.array(named["status"], dtype=np.int8))
        append["shared words"](_numbers_of(self._shared, shared))
        for name in _WORDS_APART:
            append[name](_numbers_of(self._codes[name], named[name]))
        for name in NUMBER_COLUMNS:
            append[name](np.array(named[name], dtype=np.float64))

    def build(self) -> StateColumns:
        """Hand over everything that was added as parallel arrays; nothing can be added after that."""
        found: dict[str, Any] = {name: column.hand_over() for name, column in self._columns.items()}
        shared = found.pop("shared words")
        found.update({name: self._shared.codes(name, shared) for name in SHARED_WORDS})
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
        return _numbers_of(self._days, texts)

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
