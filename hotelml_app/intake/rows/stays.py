"""The days of each stay, worked out from whatever a layout says of them."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from hotelml_app.intake.profile import Grain
from hotelml_app.intake.readers.tables.table import Column
from hotelml_app.intake.rows.grains import first_and_last_nights
from hotelml_app.intake.rows.typed import Typed
from hotelml_app.intake.values.date_order import NO_DAY, Days
from hotelml_app.intake.values.dates import month_number


def derive_stay(typed: Typed) -> None:
    """Fill in what is not said: arrival from its parts, a day of the stay from the other and the nights, the lead time's days."""
    days, numbers = typed.days, typed.numbers
    if "arrival" not in days and {"arrival_year", "arrival_day"} <= numbers.keys() and "arrival_month" in typed.words:
        days["arrival"] = _from_parts(numbers["arrival_year"], typed.words["arrival_month"], numbers["arrival_day"])
    if typed.claim.profile.grain is Grain.NIGHT and "arrival" not in days and "stay_date" in days:
        days["arrival"], days["departure"] = first_and_last_nights(typed)
    lead = numbers.get("lead_days")
    arrival = days.setdefault("arrival", no_days(len(typed)))
    if "booked_on" in days and lead is not None and (arrival == NO_DAY).any():
        arrival = days["arrival"] = _agreeing(typed, _shifted(arrival, days["booked_on"], lead))
    nights = numbers.get("nights")
    if "departure" in days and nights is not None:
        arrival = days["arrival"] = _shifted(arrival, days["departure"], -nights)
    days["departure"] = _shifted(days.get("departure"), arrival, nights)
    days["booked_on"] = _shifted(days.get("booked_on"), arrival, -lead if lead is not None else None)


def _agreeing(typed: Typed, arrival: Days) -> Days:
    """Return the arrivals without those that a year, a month or a day beside them contradicts."""
    moments = np.where(arrival == NO_DAY, 0, arrival).astype("datetime64[D]")
    months = moments.astype("datetime64[M]").astype(np.int64)
    parts: dict[str, NDArray[np.int64]] = {
        "arrival_year": months // 12 + 1970,
        "arrival_month": months % 12 + 1,
        "arrival_day": (moments - moments.astype("datetime64[M]")).astype(np.int64) + 1,
    }
    contradicted = np.zeros(len(arrival), dtype=bool)
    for role, actual in parts.items():
        said = _months(typed.words[role]) if role in typed.words else typed.numbers.get(role)
        if said is not None:
            contradicted |= ~np.isnan(said) & (said != actual)
    return np.where(contradicted, NO_DAY, arrival).astype(np.int32)


def _months(column: Column) -> NDArray[np.float64]:
    numbers = [month_number(label) for label in column.labels]
    return np.array([np.nan if number is None else number for number in numbers], dtype=np.float64)[column.codes]


def _from_parts(years: NDArray[np.float64], months: Column, days: NDArray[np.float64]) -> Days:
    month = np.nan_to_num(_months(months)).astype(np.int64)
    whole = (np.mod(years, 1) == 0) & (np.mod(days, 1) == 0) & (month > 0) & (years >= 1) & (years <= 9999)
    year = np.where(whole, years, 1970).astype(np.int64)
    day = np.where(whole, days, 1).astype(np.int64)
    starts = ((year - 1970) * 12 + np.where(whole, month, 1) - 1).astype("datetime64[M]")
    length = ((starts + 1).astype("datetime64[D]") - starts.astype("datetime64[D]")).astype(np.int64)
    first = starts.astype("datetime64[D]").astype(np.int64)
    good = whole & (day >= 1) & (day <= length)
    return np.where(good, first + day - 1, NO_DAY).astype(np.int32)


def _shifted(said: Days | None, base: Days, offset: NDArray[np.float64] | None) -> Days:
    """Return ``said``, and where it says nothing ``base`` plus whole days."""
    result = said if said is not None else no_days(len(base))
    if offset is None:
        return result
    usable = (result == NO_DAY) & (base != NO_DAY) & (np.abs(offset) < 40_000) & (np.mod(offset, 1) == 0)
    return np.where(usable, base + np.where(usable, offset, 0).astype(np.int64), result).astype(np.int32)


def no_days(rows: int) -> Days:
    """Return as many unknown days."""
    return np.full(rows, NO_DAY, dtype=np.int32)
