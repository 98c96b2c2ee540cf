"""Evaluation in time: train on the past, judge on the days after it, move on. Days are day numbers."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RollingFold:
    """Train on what was known at the end of ``train_until``; predict from the origins ``first_origin`` to ``last_origin``."""

    train_until: int
    first_origin: int
    last_origin: int


def rolling_folds(first_day: int, last_day: int, *, length: int, at_most: int, min_train: int) -> tuple[RollingFold, ...]:
    """Return up to ``at_most`` folds of ``length`` days, oldest first, the last one ending on the day before ``last_day``.

    Every fold leaves at least ``min_train`` days from ``first_day`` to learn from; none where history is too short.
    """
    room = last_day - first_day - min_train
    count = max(0, min(at_most, room // length))
    starts = [last_day - length * back for back in range(count, 0, -1)]
    return tuple(RollingFold(start, start, start + length - 1) for start in starts)


def rolling_origins(first_day: int, last_day: int, step: int) -> range:
    """Return origins every ``step`` days up to ``last_day``, counted backwards from it so that the newest is always there."""
    if step < 1:
        raise ValueError("a step takes at least one day")
    count = max(0, (last_day - first_day) // step + 1)
    return range(last_day - step * (count - 1), last_day + 1, step) if count else range(0)


def holdout_day(first_day: int, last_day: int, share: float) -> int:
    """Return the day that separates the latest ``share`` of a time span, in (0, 0.5], from what comes before."""
    if not 0 < share <= 0.5:
        raise ValueError("the latest share lies in (0, 0.5]")
    return last_day - max(1, round((last_day - first_day) * share))
