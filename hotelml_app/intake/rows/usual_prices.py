"""What is usual among the prices of a file, each currency by itself: a night for 90 EUR costs 1,600,000 IDR."""

from __future__ import annotations

import re

import numpy as np
from numpy.typing import NDArray

from hotelml_app.intake.rows.booking_rows import BookingRows

_CODE = re.compile(r"[A-Za-z]{3}")
FEWEST_OF_A_CURRENCY = 5
"""Of fewer prices nothing can be said."""


def usual_prices(rows: BookingRows, amounts: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return for each row the median of the prices above zero in its currency; infinity where these are too few to tell.

    A row that names no currency counts with the one that most others name.
    """
    currency = rows.words["currency"]
    times = np.bincount(currency.codes, minlength=len(currency.labels))
    named = [label.strip().upper() if _CODE.fullmatch(label.strip()) else "" for label in currency.labels]
    commonest = max(zip(times.tolist(), named, strict=True), key=lambda one: (bool(one[1]), one[0]), default=(0, ""))[1]
    numbers = {name: number for number, name in enumerate(dict.fromkeys([commonest, *named]))}
    codes = np.array([numbers[name or commonest] for name in named], dtype=np.int32)[currency.codes]
    usual = np.full(len(rows), np.inf)
    paid = amounts > 0
    for code in np.unique(codes[paid]).tolist():
        of_it = codes == code
        prices = amounts[of_it & paid]
        if len(prices) >= FEWEST_OF_A_CURRENCY or len(prices) == int(paid.sum()):
            usual[of_it] = float(np.median(prices))
    return usual
