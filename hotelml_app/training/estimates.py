"""How long a running training will still take, from how long it took before and how far it is."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

TRUST_FRACTION_FROM, TRUST_IT_ALONE_FROM = 0.05, 0.2
"""Below the first the done fraction says nothing about the speed; below the other it does beside earlier runs alone, for the
first steps of a training are slow ones."""


def seconds_left(fraction: float, elapsed_s: float, earlier_s: Sequence[float]) -> float | None:
    """Return the seconds a run still needs, or None where nothing is known yet.

    The median of earlier runs counts at the beginning, the run's own pace towards its end.
    """
    by_history = max(median(earlier_s) - elapsed_s, 0.0) if earlier_s else None
    trusted = fraction >= (TRUST_FRACTION_FROM if earlier_s else TRUST_IT_ALONE_FROM)
    by_pace = elapsed_s / fraction - elapsed_s if trusted else None
    if by_pace is None:
        return by_history
    if by_history is None:
        return by_pace
    return (1 - fraction) * by_history + fraction * by_pace
