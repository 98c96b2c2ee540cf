"""Which numbers of rooms a distribution of lost rooms makes likely."""

from __future__ import annotations

from collections.abc import Sequence

LIKELY_SHARE = 0.8
"""What is called likely."""


def likely_range(distribution: Sequence[float], share: float = LIKELY_SHARE) -> tuple[int, int]:
    """Return (fewest, most) rooms that leave no more than half of what is not ``share`` on either side."""
    aside = (1 - share) / 2
    total, low, high = 0.0, 0, len(distribution) - 1
    for rooms, each in enumerate(distribution):
        before, total = total, total + each
        if before < aside <= total:
            low = rooms
        if total >= 1 - aside - 1e-9:
            high = rooms
            break
    return low, high
