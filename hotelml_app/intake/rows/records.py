"""Bookings as the store takes them: tuples, made a chunk at a time from whole columns."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from hotelml_app.core.bookings import CATEGORY_COLUMNS, NUMBER_COLUMNS
from hotelml_app.core.clock import day_of
from hotelml_app.intake.readers.tables.table import Column
from hotelml_app.intake.rows.booking_rows import BookingRows
from hotelml_app.intake.rows.fingerprints import fingerprints
from hotelml_app.intake.values.date_order import NO_DAY, Days

CHUNK = 10_000

Rows = NDArray[np.intp]
Record = tuple[object, ...]


class DayTexts(dict[int, str | None]):
    """Day numbers to ISO text, each written once."""

    def __init__(self) -> None:
        super().__init__({int(NO_DAY): None})

    def __missing__(self, number: int) -> str | None:
        self[number] = text = day_of(number).isoformat()
        return text

    def of(self, days: Days) -> list[str | None]:
        """Return the text of each day."""
        return [self[number] for number in days.tolist()]


def records(rows: BookingRows, wanted: Rows, booked_on: Days, check: Callable[[int], None]) -> Iterator[Record]:
    """Return the store's tuples of the wanted rows; ``check`` is called with the number of rows done before each chunk.

    ``booked_on`` is complete; where the export itself did not say it, it is left out of the fingerprint.
    """
    texts = DayTexts()

    def chunks() -> Iterator[Iterator[Record]]:
        for start in range(0, len(wanted), CHUNK):
            check(start)
            yield _chunk(rows, wanted[start : start + CHUNK], booked_on, texts)

    return chain.from_iterable(chunks())


def _chunk(rows: BookingRows, part: Rows, booked_on: Days, texts: DayTexts) -> Iterator[Record]:
    words, days, numbers = _columns(rows, part)
    return zip(
        _texts(rows.ids.take(part)),
        texts.of(booked_on[part]),
        state_prints(rows, part, booked_on),
        rows.status[part].tolist(),
        *(texts.of(values) for values in days.values()),
        *(_texts(column) for column in words.values()),
        *(_values(values) for values in numbers.values()),
        [""] * len(part),
        strict=True,
    )


def state_prints(rows: BookingRows, part: Rows, booked_on: Days) -> list[bytes]:
    """Return the fingerprint of each of these rows' states; the day of booking counts where the export said it."""
    words, days, numbers = _columns(rows, part)
    said = np.where(rows.booked_said[part], booked_on[part], NO_DAY)
    return fingerprints(words, {**days, "booked_on": said}, {**numbers, "status": rows.status[part].astype(np.float64)})


def _columns(rows: BookingRows, part: Rows) -> tuple[dict[str, Column], dict[str, Days], dict[str, NDArray[np.float64]]]:
    words = {name: rows.words[name].take(part) for name in CATEGORY_COLUMNS}
    days = {name: getattr(rows, name)[part] for name in ("status_on", "arrival", "departure")}
    return words, days, {name: rows.numbers[name][part] for name in NUMBER_COLUMNS}


def _texts(column: Column) -> list[str]:
    labels = column.labels
    return [labels[code] for code in column.codes.tolist()]


def _values(values: NDArray[np.float64]) -> list[float | None]:
    unsaid = np.isnan(values)
    if unsaid.all():
        return [None] * len(values)
    if not unsaid.any():
        return list(values.tolist())
    return [None if blank else value for value, blank in zip(values.tolist(), unsaid.tolist(), strict=True)]
