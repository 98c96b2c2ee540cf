"""What became of each row: taken, rejected with a reason, or ignored because it is no booking."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

Mask = NDArray[np.bool_]
Reason = str | Callable[[int], str]

DAMAGE_SHARE = 0.05
"""Up to this share of a column, what is unlike the rest is damage of its rows, not a question about the file."""


@dataclass
class Verdicts:
    """One verdict per row; the first one given stands."""

    rows: int
    taken: Mask = field(init=False)
    reasons: dict[int, str] = field(default_factory=dict)
    ignored: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.taken = np.ones(self.rows, dtype=bool)

    def reject(self, where: Mask, reason: Reason) -> None:
        """Reject the rows still taken that ``where`` marks, each for a reason in words."""
        for row in np.flatnonzero(where & self.taken).tolist():
            self.reasons[row] = reason if isinstance(reason, str) else reason(row)
        self.taken &= ~where

    def ignore(self, where: Mask, why: str) -> None:
        """Set aside the rows still taken that ``where`` marks."""
        count = int((where & self.taken).sum())
        if count:
            self.ignored[why] = self.ignored.get(why, 0) + count
            self.taken &= ~where

    @property
    def ignored_count(self) -> int:
        """How many rows were set aside."""
        return sum(self.ignored.values())
