"""Which hotels of a file are scored out of ten."""

from __future__ import annotations

import numpy as np

from hotelml_app.intake.rows.typed import Typed


def find_scales(typed: Typed) -> None:
    """Take the scores of a hotel as out of ten where one of them is above five, else as out of five."""
    score, hotel = typed.numbers.get("score"), typed.words.get("property")
    if score is None or not len(typed):
        return
    codes = hotel.codes if hotel is not None else np.zeros(len(typed), dtype=np.int32)
    best = np.zeros(int(codes.max()) + 1)
    np.maximum.at(best, codes, np.nan_to_num(score))
    typed.numbers["scale"] = np.where(best[codes] > 5, 10.0, 5.0)
