"""Days and months that a spreadsheet of another country has turned around, half a column at a time.

An American Excel that opens 25/03/2026 leaves it as text: there is no 25th month. 03/04/2026 it takes for the 4th of March and
keeps as a real date. Saved, the column has texts whose day is above 12 and real dates whose day never is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from hotelml_app.intake.values.dates import DateOrder, NumericDate

_REAL = re.compile(r"\d{4}-\d{2}-\d{2}(?:[T ].*)?")
_FEWEST, _FEWEST_TOGETHER = 3, 8
_MONTHS = 12

Read = date | NumericDate | None


def order_before(texts: Sequence[str], read: Sequence[Read]) -> DateOrder | None:
    """Return the order in which a column was written before a spreadsheet turned the dates it could; None where none did.

    Chance leaves no day above 12 among three real dates and no day below 13 among five written ones once in a thousand columns.
    """
    written = [value for value in read if isinstance(value, NumericDate)]
    real = _real(texts, read)
    if len(real) < _FEWEST or len(written) < _FEWEST or len(real) + len(written) < _FEWEST_TOGETHER:
        return None
    return next((order for order in DateOrder if may_be_turned(texts, read, order)), None)


def may_be_turned(texts: Sequence[str], read: Sequence[Read], order: DateOrder) -> bool:
    """Return whether a spreadsheet may have turned the real dates of a column, and would have left the written ones alone."""
    real = _real(texts, read)
    written = [(value.first, value.second) for value in read if isinstance(value, NumericDate)]
    if order is DateOrder.MONTH_FIRST:
        written = [(second, first) for first, second in written]
    return (
        bool(real)
        and all(read[place].day <= _MONTHS for place in real)  # type: ignore[union-attr]
        and all(day > _MONTHS >= month for day, month in written)
    )


def turned_back(texts: Sequence[str], read: Sequence[Read], order: DateOrder) -> list[Read]:
    """Return the dates of a column with the real ones as they were written."""
    back = list(read)
    for place in _real(texts, read):
        value = read[place]
        if isinstance(value, date):
            # What the spreadsheet took for the month was the day.
            day, month = value.month, value.day
            back[place] = NumericDate(*((day, month) if order is DateOrder.DAY_FIRST else (month, day)), value.year)
    return back


def _real(texts: Sequence[str], read: Sequence[Read]) -> list[int]:
    """Return the places of the dates that a spreadsheet holds as dates, not as text."""
    return [
        place
        for place, (text, value) in enumerate(zip(texts, read, strict=True))
        if isinstance(value, date) and _REAL.fullmatch(text.strip())
    ]
