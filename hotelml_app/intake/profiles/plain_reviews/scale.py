"""Out of how many the scores of a file are: its columns are called alike in sets of stars and of points."""

from __future__ import annotations

import numpy as np

from hotelml_app.intake.rows.typed import Typed

SCALES = (5.0, 10.0, 100.0)
FEWEST, LEAST_SHARE = 2, 0.05
"""Scores above a scale; fewer are mistyped."""


def find_scale(typed: Typed) -> None:
    """Take the scores as out of the least number that not too many of them exceed, where they do not say it themselves."""
    score = typed.numbers.get("score")
    if score is None:
        return
    told = typed.numbers.get("scale", np.full(len(typed), np.nan))
    bare = score[np.isnan(told) & ~np.isnan(score)]
    fitting = (one for one in SCALES if (bare > one).sum() < max(FEWEST, LEAST_SHARE * len(bare)))
    typed.numbers["scale"] = np.where(np.isnan(told), next(fitting, SCALES[0]), told)
