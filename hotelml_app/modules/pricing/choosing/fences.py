"""The limits a suggested rate keeps: floor, ceiling, rounding, smallest change and gain, frozen and locked dates."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from hotelml_app.core.money import decimals_of, rate_step
from hotelml_app.modules.pricing.errors import RateFenceError

DEFAULT_SMALLEST_CHANGE = 0.02
"""Share of a rate; moving it by less is not worth the work of changing it everywhere."""

DEFAULT_LEAST_GAIN = 0.005
"""Share of what a night still brings; a change expected to bring less is not made. Chosen on simulated hotels: a
quarter fewer rates move than without it, for a fifth of a per cent of the best revenue; one per cent costs twice that."""

DEFAULT_FREEZE_DAYS = 0

COARSEST = 0.1
"""A step that nobody chose is no larger than this share of the lowest usual rate."""

LOCKED = "locked by staff at {rate}"
FROZEN = "not changed within {days} days of the night"
TOO_SMALL = "a change of less than {share:.0%} is not worth the work: stays as it is"
NO_STEP = "no rate in steps of {rounding:,.10g} is nearer to {wanted}: stays as it is"
NOT_WORTH = "a change to {rate} would bring about {gain}, too little to be sure of (below {needed}): stays as it is"
NO_GAIN = "a change to {rate} is not expected to bring more: stays as it is"
AT_FLOOR, AT_CEILING = "held at the floor {rate} ({whose})", "held at the ceiling {rate} ({whose})"

STAFF = "set by staff"
COST = "what an occupied room costs"

SAME = 0.005
"""Rates that differ by less are the same."""

UNLIMITED = 1e9


@dataclass(frozen=True)
class Kept:
    """A rate that keeps the limits; ``because`` names the one that changed it, "" where none did.

    ``for_order`` is the part of it by which it was moved to keep the order of room types.
    """

    rate: float
    because: str = ""
    for_order: float = 0.0


@dataclass(frozen=True)
class Worth:
    """Money that a change from the rate that ``stands`` is expected to bring, and what it ``needed`` to bring to be made."""

    stands: float
    gain: float
    needed: float


@dataclass(frozen=True)
class Fences:
    """Limits of one room type, money per room and night; ``floor_from`` and ``ceiling_from`` say whose they are.

    ``locked`` and ``standing`` are rates that staff fixed, or said to charge now, by ISO date; sentences write amounts with so
    many ``decimals``.
    """

    floor: float
    ceiling: float
    rounding: float
    smallest_change: float
    floor_from: str
    ceiling_from: str
    least_gain: float = DEFAULT_LEAST_GAIN
    freeze_days: int = DEFAULT_FREEZE_DAYS
    locked: Mapping[str, float] | None = None
    standing: Mapping[str, float] | None = None
    decimals: int = 2

    def written(self, amount: float) -> str:
        """Return an amount of money as sentences write it."""
        return f"{amount:,.{self.decimals}f}"

    def rounded(self, rate: float) -> float:
        """Return the nearest rate of the rounding step that keeps the limits, or a limit where no step lies between them."""
        kept = self.limited(rate)
        steps = round(kept / self.rounding)
        for near in (steps, steps + 1, steps - 1):
            if self.floor <= near * self.rounding <= self.ceiling:
                return round(near * self.rounding, 2)
        return round(kept, 2)

    def limited(self, rate: float) -> float:
        """Return the nearest rate between floor and ceiling."""
        return min(max(rate, self.floor), self.ceiling)

    def nearest(self, aim: float, least: float, most: float, current: float | None, kept: float) -> float | None:
        """Return the rate nearest to ``aim`` between two others that may be suggested, None where there is none.

        That is ``kept``, the ``current`` one (None: not known), and every step of the rounding that is no too small change of it.
        """
        low, high = max(self.floor, least), min(self.ceiling, most, UNLIMITED)
        too_small = self.smallest_change * (current or 0.0)
        hole = () if current is None else (current - too_small, current + too_small)
        points = [min(max(one, low), high) for one in (aim, low, high, *hole)]
        steps = {self.rounded(one + turn * self.rounding) for one in points for turn in (-1, 0, 1)}
        may = [one for one in steps if current is None or abs(one - current) >= too_small]
        may += [kept] if current is None or not self.floor <= current <= self.ceiling else [kept, round(current, 2)]
        may = [one for one in may if least - SAME <= one <= most + SAME]
        return min(may, key=lambda one: (abs(one - min(aim, high)), one), default=None)

    def fixed_at(self, night: date, days_ahead: int) -> bool:
        """Tell whether a night's rate is locked or frozen."""
        return self.locked_at(night) is not None or days_ahead <= self.freeze_days

    def within(self, least: float, most: float, whose: str) -> Fences:
        """Return the limits of one night that ``whose`` holds between two rates; the limits that were go before those."""
        floor, ceiling = self.limited(least), self.limited(most)
        return replace(
            self,
            floor=floor,
            ceiling=ceiling,
            floor_from=whose if floor > self.floor else self.floor_from,
            ceiling_from=whose if ceiling < self.ceiling else self.ceiling_from,
        )

    def keep(self, wanted: float, current: float | None, night: date, days_ahead: int, worth: Worth | None = None) -> Kept:
        """Return the rate to charge for a wanted one. A lock goes before all; floor and ceiling go before leaving a rate alone,
        on frozen nights those of staff.

        ``current`` is the rate that stands now, None where it is not known; ``worth`` what the change would bring, None where
        that is not asked.
        """
        locked = self.locked_at(night)
        if locked is not None:
            return Kept(locked, LOCKED.format(rate=self.written(locked)))
        stands = current if current is not None else worth.stands if worth is not None else None
        if stands is not None and days_ahead <= self.freeze_days:
            frozen = FROZEN.format(days=self.freeze_days)
            if current is None:
                return Kept(self.rounded(stands), frozen)
            told = self._by_staff()
            return Kept(round(told.limited(current), 2), told._limit(current) or frozen)
        limit = self._limit(wanted)
        near = self._too_near(wanted, current) if current is not None and self.floor <= current <= self.ceiling else ""
        if near and current is not None:
            return Kept(round(current, 2), limit or near)
        if worth is not None and worth.gain < worth.needed and (current is None or self.floor <= current <= self.ceiling):
            why = NOT_WORTH if worth.gain > 0 else NO_GAIN
            rate, gain, needed = map(self.written, (self.rounded(wanted), worth.gain, worth.needed))
            because = why.format(rate=rate, gain=gain, needed=needed)
            return Kept(self.rounded(worth.stands) if current is None else round(current, 2), because)
        return Kept(self.rounded(wanted), limit)

    def locked_at(self, night: date) -> float | None:
        """Return the rate staff fixed for a night, or None."""
        return (self.locked or {}).get(night.isoformat())

    def standing_at(self, night: date) -> float | None:
        """Return the rate staff said to charge for a night, or None."""
        return (self.standing or {}).get(night.isoformat())

    def _by_staff(self) -> Fences:
        """Return the limits with floor and ceiling only where staff set them."""
        floor = self.floor if self.floor_from == STAFF else 0.0
        return replace(self, floor=floor, ceiling=self.ceiling if self.ceiling_from == STAFF else math.inf)

    def _too_near(self, wanted: float, current: float) -> str:
        """Return why a rate within the limits is not worth moving to a wanted one, "" where it is.

        It is what would be charged that has to differ, and in the wanted direction: rounding may take a move back, or turn it.
        """
        aim, step = self.limited(wanted) - current, self.rounded(wanted) - current
        if min(abs(aim), abs(step)) < self.smallest_change * current:
            return TOO_SMALL.format(share=self.smallest_change)
        return NO_STEP.format(rounding=self.rounding, wanted=self.written(self.limited(wanted))) if aim * step < 0 else ""

    def _limit(self, wanted: float) -> str:
        if wanted < self.floor:
            return AT_FLOOR.format(rate=self.written(self.floor), whose=self.floor_from)
        if wanted > self.ceiling:
            return AT_CEILING.format(rate=self.written(self.ceiling), whose=self.ceiling_from)
        return ""


def fences_of(room_type: str, own: tuple[float, float], whose: str, options: Mapping[str, object], currency: str = "") -> Fences:
    """Return a room type's limits: as the options say, else ``own``, floor and ceiling from what ``whose`` names.

    Limits that are no staff's never lie below what an occupied room costs. Rates are rounded as the ``currency`` asks for, unless
    staff said otherwise.

    Raises RateFenceError where an option is no amount it could be, or staff's floor lies above staff's ceiling.
    """
    told_floor, told_ceiling = _told("floor", options, room_type), _told("ceiling", options, room_type)
    room_cost = room_cost_of(options)
    floor, floor_from = (own[0], whose) if room_cost <= own[0] else (room_cost, COST)
    floor = told_floor if told_floor is not None else floor
    ceiling = told_ceiling if told_ceiling is not None else max(own[1], room_cost)
    if floor > ceiling:
        if told_floor is not None and told_ceiling is not None:
            raise RateFenceError(
                f"The floor {floor:,.10g} lies above the ceiling {ceiling:,.10g} for {room_type or 'the house'}.",
                remedy="Give a ceiling that is not below the floor.",
            )
        floor, ceiling = (floor, floor) if told_floor is not None else (ceiling, ceiling)
    return Fences(
        floor=floor,
        ceiling=ceiling,
        rounding=_amount("rounding", options.get("rounding", _usual_step(currency, own[0]))),
        smallest_change=_amount("smallest_change", options.get("smallest_change", DEFAULT_SMALLEST_CHANGE), zero=True),
        floor_from=floor_from if told_floor is None else STAFF,
        ceiling_from=whose if told_ceiling is None else STAFF,
        least_gain=_amount("least_gain", options.get("least_gain", DEFAULT_LEAST_GAIN), zero=True),
        freeze_days=int(_amount("freeze_days", options.get("freeze_days", DEFAULT_FREEZE_DAYS), zero=True)),
        locked=dated("locked", options, room_type),
        standing=dated("current", options, room_type),
        decimals=decimals_of(currency),
    )


def room_cost_of(options: Mapping[str, object]) -> float:
    """Return what an occupied room costs per night, 0 where nobody said. Raises RateFenceError where it is no amount."""
    told = options.get("room_cost")
    return 0.0 if told is None else _amount("room_cost", told, zero=True)


def dated(name: str, options: Mapping[str, object], room_type: str) -> dict[str, float]:
    """Return what an option that maps ISO dates to a rate, or to {room type: rate}, says of a room type."""
    told = options.get(name) or {}
    if not isinstance(told, Mapping):
        raise RateFenceError(f"{name!r} must map dates to rates.", remedy=f'For example {name} = {{"2026-08-31" = 120}}.')
    found = {}
    for day, value in told.items():
        try:
            night = date.fromisoformat(str(day))
        except ValueError as error:
            raise RateFenceError(f"{day!r} in {name!r} is no date.", remedy="Write dates as 2026-08-31.") from error
        rate = value.get(room_type) if isinstance(value, Mapping) else value
        if rate is not None:
            found[night.isoformat()] = _amount(name, rate)
    return found


def _usual_step(currency: str, lowest: float) -> float:
    """Return the step of a currency's rates; a finer one where amounts are written in thousands, as the ``lowest`` rate shows."""
    step = rate_step(currency)
    while 0 < COARSEST * lowest < step and step > 1:
        step /= 10
    return step


def _told(name: str, options: Mapping[str, object], room_type: str) -> float | None:
    value = options.get(name)
    if isinstance(value, Mapping):
        value = value.get(room_type)
    return None if value is None else _amount(name, value, zero=True)


def _amount(name: str, value: object, *, zero: bool = False) -> float:
    number = float(value) if isinstance(value, int | float) and not isinstance(value, bool) else math.nan
    if not math.isfinite(number) or number < 0 or (number == 0 and not zero):
        raise RateFenceError(f"{name} cannot be {value!r}.", remedy="Give an amount above zero.")
    return number
