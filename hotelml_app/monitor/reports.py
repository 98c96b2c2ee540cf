"""Predictions against outcomes by day, week or month."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta

from hotelml_app.ml.contract import ModuleManifest
from hotelml_app.monitor.errors import UnknownPeriodError
from hotelml_app.monitor.records import Judged, Record, judged, record_of
from hotelml_app.store import Store

PERIODS = ("day", "week", "month")
DEFAULT_PERIODS = 12


@dataclass(frozen=True, slots=True)
class PeriodRecord:
    """One period: first and last night judged in it, its record, and what made the answers."""

    begins: date
    ends: date
    record: Record
    made_by: tuple[str, ...]


def report(
    store: Store, manifest: ModuleManifest, property_id: int, until: date, period: str = "week", periods: int = DEFAULT_PERIODS
) -> list[PeriodRecord]:
    """Return those of the latest ``periods`` that have outcomes, newest first; weeks begin on Monday.

    Raises UnknownPeriodError.
    """
    if period not in PERIODS:
        raise UnknownPeriodError(f"{period!r} is no period of a report.", remedy=f"Choose one of: {', '.join(PERIODS)}.")
    since = beginning(until, period)
    for _ in range(periods - 1):
        since = beginning(since - timedelta(days=1), period)
    groups: dict[date, list[Judged]] = defaultdict(list)
    for row, outcome in judged(store, manifest, property_id, since, until):
        groups[beginning(row.target_date, period)].append((row, outcome))
    return [_period(manifest, groups[begins]) for begins in sorted(groups, reverse=True)]


def beginning(day: date, period: str) -> date:
    """Return the first day of the period that ``day`` lies in."""
    if period == "week":
        return day - timedelta(days=day.weekday())
    return day.replace(day=1) if period == "month" else day


def _period(manifest: ModuleManifest, rows: list[Judged]) -> PeriodRecord:
    nights = [row.target_date for row, _ in rows]
    makers = tuple(sorted({row.made_by for row, _ in rows}))
    return PeriodRecord(min(nights), max(nights), record_of(manifest, rows), makers)
