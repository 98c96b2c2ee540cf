"""How long a running training will still take, from how long it took before and how far it is."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

TRUST_FRACTION_FROM = 0.05
"""Below this the done fraction says nothing about the speed."""


def seconds_left(fraction: float, elapsed_s: float, earlier_s: Sequence[float]) -> float | None:
    """Return the seconds a run still needs, or None where nothing is known yet.

    The median of earlier runs counts at the beginning, the run's own pace towards its end.
    """
    by_history = max(median(earlier_s) - elapsed_s, 0.0) if earlier_s else None
    by_pace = elapsed_s / fraction - elapsed_s if fraction >= TRUST_FRACTION_FROM else None
    if by_pace is None:
        return by_history
    if by_history is None:
        return by_pace
    return (1 - fraction) * by_history + fraction * by_pace
