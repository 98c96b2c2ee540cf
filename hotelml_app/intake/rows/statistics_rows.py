"""Nightly figures out of typed columns: rooms sold, capacity, rate and revenue of a night, for the house or a room type."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import numpy as np
from numpy.typing import NDArray

from hotelml_app.core.clock import day_number, day_of
from hotelml_app.intake.readers.tables.table import is_total_word
from hotelml_app.intake.rows.plausible import FIRST_DAY, YEARS_AHEAD
from hotelml_app.intake.rows.report_rows import flags
from hotelml_app.intake.rows.showing import shown
from hotelml_app.intake.rows.typed import Typed
from hotelml_app.intake.values.date_order import NO_DAY, Days
from hotelml_app.store.exported.statistics import NightlyRow

FORECAST = frozenset({"forecast", "f", "future"})
"""What a row kind says of nights to come; all other kinds are over."""

MAX_ROOMS = 20_000
_COUNTS = ("rooms_sold", "capacity", "inventory", "out_of_order", "arrivals")


def check_statistics(typed: Typed, today: date) -> None:
    """Ignore totals; reject rows without a night or without any figure, and figures that no hotel has."""
    verdicts, nights = typed.verdicts, _nights(typed)
    total = np.zeros(len(typed), dtype=bool)
    for column in typed.table.columns.values():
        total |= flags(column, is_total_word)
    verdicts.ignore(total & (nights == NO_DAY), "totals")
    verdicts.reject((nights == NO_DAY) & typed.blank("stay_date"), "the night is missing")
    verdicts.reject(nights == NO_DAY, lambda row: f"the night cannot be read: {shown(typed.text('stay_date', row))}")
    odd = (nights < day_number(FIRST_DAY)) | (nights > _last_plausible(nights, today))
    verdicts.reject(odd, lambda row: f"the night {day_of(nights[row])} is not plausible")
    for role in _COUNTS:
        values = _figures(typed, role)
        # More is sold than there is on overbooked nights; fewer than nothing never is.
        verdicts.reject((values < 0) | (values > MAX_ROOMS), f"{role.replace('_', ' ')} is not a number of rooms")
    sold, revenue = _sold(typed), _figures(typed, "revenue")
    verdicts.reject(np.isnan(sold) & np.isnan(revenue), "the row has neither rooms sold nor revenue")


def statistics(typed: Typed, wanted: NDArray[np.intp], as_of: date) -> Iterator[NightlyRow]:
    """Yield the wanted rows as the store takes them, as known at the end of ``as_of``."""
    nights, room_types = _nights(typed), typed.words.get("room_type")
    sold, capacity, rate = _sold(typed), _capacity(typed), _rate(typed)
    columns = [_figures(typed, role) for role in ("out_of_order", "revenue", "arrivals")]
    for row in wanted.tolist():
        out_of_order, revenue, arrivals = (_said(values[row]) for values in columns)
        yield NightlyRow(
            stay_date=day_of(nights[row]),
            as_of=as_of,
            room_type=room_types.text(row) if room_types is not None else "",
            rooms_sold=_said(sold[row]),
            capacity=_said(capacity[row]),
            out_of_order=out_of_order,
            adr=_said(rate[row]),
            revenue=revenue,
            arrivals=arrivals,
        )


def known_until(typed: Typed, today: date) -> date | None:
    """Return the last night that is over: of those marked so, or the night before the first that is marked as to come.

    Where no row is marked it is the last night of all; or none where others came before ``today`` and that one is after it, for
    then some are to come, and nobody says from which on. Where all are after it, it is rather the PC's clock that stands wrong.
    """
    nights, taken = _nights(typed), typed.verdicts.taken
    if not taken.any():
        return None
    kinds = typed.words.get("row_kind")
    if kinds is None:
        return _day_before(nights[taken]) if "rooms_before" in typed.numbers else _last_of(nights[taken], day_number(today))
    ahead = flags(kinds, lambda text: text.casefold() in FORECAST)
    over = nights[taken & ~ahead]
    return day_of(int(over.max())) if len(over) else _day_before(nights[taken])


def _last_of(nights: Days, today: int) -> date | None:
    last = int(nights.max())
    return day_of(last) if last <= today or int(nights.min()) > today else None


def _day_before(nights: Days) -> date:
    return day_of(int(nights.min()) - 1)


def _nights(typed: Typed) -> Days:
    return typed.days.get("stay_date", np.full(len(typed), NO_DAY, dtype=np.int32))


def _last_plausible(nights: Days, today: date) -> int:
    said = nights[nights != NO_DAY]
    middle = int(np.median(said)) if len(said) else 0
    return max(day_number(today), middle) + int(YEARS_AHEAD * 365.25)


def _figures(typed: Typed, role: str) -> NDArray[np.float64]:
    return typed.numbers.get(role, np.full(len(typed), np.nan))


def _sold(typed: Typed) -> NDArray[np.float64]:
    """Return the rooms sold: said, or what stood in the morning less who leaves and more who comes."""
    moved = _figures(typed, "rooms_before") - _figures(typed, "departures") + _figures(typed, "arrivals")
    sold = _figures(typed, "rooms_sold")
    return np.where(np.isnan(sold), moved, sold)


def _capacity(typed: Typed) -> NDArray[np.float64]:
    """Return the rooms that can be sold: said, or the inventory without the rooms out of order."""
    capacity = _figures(typed, "capacity")
    return np.where(np.isnan(capacity), _figures(typed, "inventory") - np.nan_to_num(_figures(typed, "out_of_order")), capacity)


def _rate(typed: Typed) -> NDArray[np.float64]:
    """Return the average rate: said, or revenue by rooms sold."""
    rate, sold, revenue = _figures(typed, "average_rate"), _sold(typed), _figures(typed, "revenue")
    worked_out = np.where(sold > 0, revenue / np.where(sold > 0, sold, 1), np.where(revenue == 0, 0.0, np.nan))
    return np.where(np.isnan(rate), np.round(worked_out, 2), rate)


def _said(value: np.float64) -> float | None:
    return None if np.isnan(value) else float(value)
