"""Is a price for a night or for the whole stay? The nights tell."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

PER_NIGHT, PER_STAY = "adr", "total"

_ENOUGH_ROWS, _FEW_ROWS = 12, 6
_FLAT, _STEEP = 0.35, 0.65
"""How a price grows with the nights, as an exponent: 0 is a price per night, 1 one for the stay."""

Numbers = NDArray[np.float64]


def kind_of_price(price: Numbers, nights: Numbers, *, open_name: bool = False) -> str | None:
    """Return adr or total for one column of prices, or None where the nights do not tell.

    Fewer rows are enough against a name that leaves it open.
    """
    good = (price > 0) & (nights > 0) & ~np.isnan(price) & ~np.isnan(nights)
    if good.sum() < (_FEW_ROWS if open_name else _ENOUGH_ROWS) or len(np.unique(nights[good])) < 2:
        return None
    slope = np.polyfit(np.log(nights[good]), np.log(price[good]), 1)[0]
    return PER_NIGHT if slope < _FLAT else PER_STAY if slope > _STEEP else None


def are_swapped(adr: Numbers, total: Numbers, nights: Numbers) -> bool:
    """Return whether two columns named adr and total are clearly each other."""
    good = (adr > 0) & (total > 0) & (nights > 1)
    if good.sum() < _ENOUGH_ROWS:
        return False
    right = np.median(np.abs(total[good] / (adr[good] * nights[good]) - 1))
    wrong = np.median(np.abs(adr[good] / (total[good] * nights[good]) - 1))
    return bool(wrong < 0.1 < right)
