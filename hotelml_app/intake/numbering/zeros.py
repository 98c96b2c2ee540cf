"""Booking numbers whose first zeros a spreadsheet has taken away, or a PMS has added since."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np
from numpy.typing import NDArray

from hotelml_app.intake.readers.table import Column
from hotelml_app.intake.rows.typed import recoded


def with_known_zeros(ids: Column, wanted: NDArray[np.intp], known: Collection[str]) -> tuple[Column, int]:
    """Return booking numbers as they are known, where they differ in the zeros before them alone, and how many did."""
    here = {ids.labels[code] for code in np.unique(ids.codes[wanted]).tolist()}
    strange = [number for number in here if number.isdecimal() and number not in known]
    if not strange or not known:
        return ids, 0
    by_digits: dict[str, list[str]] = {}
    for number in known:
        if number.isdecimal():
            by_digits.setdefault(number.lstrip("0"), []).append(number)
    matches = {number: by_digits.get(number.lstrip("0"), []) for number in strange if number.strip("0")}
    adopted = {number: found[0] for number, found in matches.items() if len(found) == 1 and found[0] not in here}
    if not adopted:
        return ids, 0
    return recoded(ids, [adopted.get(number, number) for number in ids.labels]), len(adopted)
