"""The limits a suggested rate keeps: floor, ceiling, rounding, smallest worthwhile change, dates locked by staff."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np

from hotelml_app.modules.pricing.errors import RateFenceError
from hotelml_app.modules.pricing.rates import Floats

FLOOR_QUANTILE, CEILING_QUANTILE = 0.05, 0.98
DEFAULT_ROUNDING = 1.0
DEFAULT_SMALLEST_CHANGE = 0.02
"""Share of a rate; moving it by less is not worth the work of changing it everywhere."""


@dataclass(frozen=True)
class Fences:
    """Limits of one room type, money per room and night; ``floor_from`` and ``ceiling_from`` say whose they are."""

    floor: float
    ceiling: float
    rounding: float
    smallest_change: float
    floor_from: str
    ceiling_from: str

    def rounded(self, rate: float) -> float:
        """Return the nearest rate of the rounding step that keeps the limits, or a limit where no step lies between them."""
        kept = min(max(rate, self.floor), self.ceiling)
        steps = round(kept / self.rounding)
        for near in (steps, steps + 1, steps - 1):
            if self.floor <= near * self.rounding <= self.ceiling:
                return round(near * self.rounding, 2)
        return round(kept, 2)


def fences_of(room_type: str, nightly: Floats, options: Mapping[str, object]) -> Fences:
    """Return a room type's limits: as the options say, else quantiles of the accepted rates of past nights.

    Raises RateFenceError where an option is no positive number or the floor lies above the ceiling.
    """
    told_floor, told_ceiling = _told("floor", options, room_type), _told("ceiling", options, room_type)
    paid = nightly[~np.isnan(nightly)]
    floor = told_floor if told_floor is not None else float(np.quantile(paid, FLOOR_QUANTILE)) if len(paid) else 0.0
    ceiling = told_ceiling if told_ceiling is not None else float(np.quantile(paid, CEILING_QUANTILE)) if len(paid) else math.inf
    if floor > ceiling:
        if told_floor is not None and told_ceiling is not None:
            raise RateFenceError(
                f"The floor {floor:g} lies above the ceiling {ceiling:g} for {room_type or 'the house'}.",
                remedy="Give a ceiling that is not below the floor.",
            )
        floor, ceiling = (floor, floor) if told_floor is not None else (ceiling, ceiling)
    return Fences(
        floor=floor,
        ceiling=ceiling,
        rounding=_positive("rounding", options.get("rounding", DEFAULT_ROUNDING)),
        smallest_change=_positive("smallest_change", options.get("smallest_change", DEFAULT_SMALLEST_CHANGE), zero=True),
        floor_from="own history" if told_floor is None else "staff",
        ceiling_from="own history" if told_ceiling is None else "staff",
    )


def locked_rate(options: Mapping[str, object], night: date, room_type: str) -> float | None:
    """Return the rate staff set for a night, for all room types or this one, or None.

    ``options["locked"]`` maps ISO dates to a rate or to {room type: rate}. Raises RateFenceError for what is neither.
    """
    locked = options.get("locked") or {}
    if not isinstance(locked, Mapping):
        raise RateFenceError("The locked rates must map a date to a rate.", remedy='For example {"2026-08-31": 120}.')
    value = locked.get(night.isoformat())
    if isinstance(value, Mapping):
        value = value.get(room_type)
    return None if value is None else _positive("locked", value)


def _told(name: str, options: Mapping[str, object], room_type: str) -> float | None:
    value = options.get(name)
    if isinstance(value, Mapping):
        value = value.get(room_type)
    return None if value is None else _positive(name, value, zero=True)


def _positive(name: str, value: object, *, zero: bool = False) -> float:
    number = float(value) if isinstance(value, int | float) and not isinstance(value, bool) else math.nan
    if not math.isfinite(number) or number < 0 or (number == 0 and not zero):
        raise RateFenceError(f"{value!r} is no rate that {name} could have.", remedy="Give an amount of money above zero.")
    return number
