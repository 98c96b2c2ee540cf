"""Arrays of which nobody knows beforehand how long they get."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import DTypeLike, NDArray

_GROWTH = 1.125


class GrowingArray:
    """One array that grows where it lies: pieces put together at the end would take the room of all of them twice.

    ``width`` is how many values a row has where it has more than one.
    """

    def __init__(self, kind: DTypeLike, width: int | None = None) -> None:
        self._row = () if width is None else (width,)
        self._values: NDArray[Any] = np.zeros((0, *self._row), dtype=kind)
        self._used = 0

    def append(self, values: NDArray[Any]) -> None:
        """Add rows at the end."""
        end = self._used + len(values)
        if end > len(self._values):
            self._resize(self._values, max(end, int(len(self._values) * _GROWTH)))
        self._values[self._used : end] = values
        self._used = end

    def hand_over(self) -> NDArray[Any]:
        """Return the array at its length and keep nothing of it."""
        values, self._values = self._values, np.zeros((0, *self._row), dtype=self._values.dtype)
        self._resize(values, self._used)
        self._used = 0
        return values

    def _resize(self, values: NDArray[Any], rows: int) -> None:
        # Nobody else holds the array before it is handed over.
        values.resize((rows, *self._row), refcheck=False)
