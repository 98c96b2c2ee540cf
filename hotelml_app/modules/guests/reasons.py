"""Why a model takes a booking for a segment: the details without which it would be less sure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from hotelml_app.modules.guests.examples import Examples
from hotelml_app.modules.guests.lookups import NAMES
from hotelml_app.modules.guests.scoring import Floats

NAMED = 2
LEAST_DROP = 0.03
"""A detail counts as a reason when the probability falls at least this much without it."""


def reasons(rows: Examples, segment: NDArray[np.intp], ask: Callable[[Examples], Floats]) -> list[str]:
    """Return a sentence per booking; ``segment`` is the column of the answer, ``ask`` returns probabilities."""
    if not len(rows):
        return []
    sure = ask(rows)[np.arange(len(rows)), segment]
    drops = {column: sure - _without(rows, column, segment, ask) for column in rows.words}
    return [_sentence(rows, row, {column: float(drop[row]) for column, drop in drops.items()}) for row in range(len(rows))]


def _without(rows: Examples, column: str, segment: NDArray[np.intp], ask: Callable[[Examples], Floats]) -> Floats:
    blank = replace(rows, words={**rows.words, column: np.full(len(rows), "")})
    return ask(blank)[np.arange(len(rows)), segment]


def _sentence(rows: Examples, row: int, drops: dict[str, float]) -> str:
    telling = sorted((c for c in drops if drops[c] >= LEAST_DROP and rows.words[c][row]), key=lambda c: (-drops[c], c))[:NAMED]
    if not telling:
        return "All its details together, none of them alone."
    details = [f"{NAMES[column]} {rows.words[column][row]}" for column in telling]
    return f"Mostly because of {' and '.join(details)}."
