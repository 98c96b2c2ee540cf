"""Dates that begin with a year of two digits, as systems of East Asia and Hungary write them: 26-07-01 is the 1st of July 2026.

Read with the day first it is the 26th of July 2001. In a column of such dates the first number hardly changes and the last one
does; of days and years it is the other way round.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from hotelml_app.intake.values.dates import NumericDate

_SHORT = re.compile(r"\D{0,2}\d{2}\s?([-/.])\s?\d{1,2}\s?\1\s?\d{2}(?!\d)")
_FEWEST_DAYS = 4
_CENTURY = 2000

Read = date | NumericDate | None


def begin_with_year(texts: Sequence[str], read: Sequence[Read]) -> bool:
    """Return whether the dates of a column tell that each begins with its year."""
    written = [value for value in read if isinstance(value, NumericDate)]
    years, days = {value.first for value in written}, {value.year for value in written}
    return len(days) >= _FEWEST_DAYS and len(days) > 2 * len(years) and may_begin_with_year(texts, read)


def may_begin_with_year(texts: Sequence[str], read: Sequence[Read]) -> bool:
    """Return whether all dates of a column that are numbers alone are dates with the year first, too."""
    written = [(text, value) for text, value in zip(texts, read, strict=True) if isinstance(value, NumericDate)]
    return bool(written) and all(_SHORT.match(text) and _day(value) is not None for text, value in written)


def with_year_first(read: Sequence[Read]) -> list[Read]:
    """Return the dates of a column, those of numbers alone read with the year first."""
    return [_day(value) if isinstance(value, NumericDate) else value for value in read]


def _day(value: NumericDate) -> date | None:
    try:
        return date(_CENTURY + value.first, value.second, value.year % 100)
    except ValueError:
        return None
