"""Over which days figures of a backtest were taken: two that were taken over other days cannot be compared."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from itertools import pairwise

WEEK_DAYS = 7


def judged_on(origins: Iterable[date]) -> str:
    """Return "asked on 12 days, weekly from 2016-06-08 to 2016-08-24"; nothing where no days are told."""
    days = sorted(set(origins))
    if not days:
        return ""
    if len(days) == 1:
        return f"asked on {days[0]}"
    weekly = all((after - before).days == WEEK_DAYS for before, after in pairwise(days))
    return f"asked on {len(days):,} days{', weekly' if weekly else ''} from {days[0]} to {days[-1]}"
