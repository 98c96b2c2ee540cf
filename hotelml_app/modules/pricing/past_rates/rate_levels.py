"""What was charged, taken apart: room type, terms of sale, season, weekday and the night itself.

    log(mean rate of a stay) = plan + mean over its nights of (type + season, weekday, special day + night + night of the type)

Bookings say the mean rate of a stay; one-night stays show the nights, longer ones are divided by what the others say. Every
part leans to zero as far as it varies little (ridge with variances found from the data), solved by conjugate gradients.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from hotelml_app.modules.pricing.history.booked import Booked
from hotelml_app.modules.pricing.history.leads import LONGEST_STAY, Floats, Integers
from hotelml_app.modules.pricing.history.year import YearPattern, night_range

MOST_STEPS = 80
SMALLEST_RESIDUAL = 1e-9
TYPE_SPREAD, PLAN_SPREAD, YEAR_SPREAD, FIXED = 3.0, 1.0, 0.3, 1e-5


@dataclass(frozen=True)
class Spreads:
    """Standard deviations in log rates: of single bookings, of nights, of a type's nights around the house's."""

    booking: float = 0.05
    night: float = 0.12
    night_of_type: float = 0.04


@dataclass(frozen=True)
class Levels:
    """Log rates: ``room_type``, ``plan``, ``year`` (columns of YearPattern), ``night``, ``night_of_type`` [nights, types]."""

    room_type: Floats
    plan: Floats
    year: Floats
    night: Floats
    night_of_type: Floats


@dataclass(frozen=True)
class Stays:
    """Priced bookings laid out over the ``nights`` nights from ``first`` on: ``stay`` and ``night`` per night of a stay."""

    booked: Booked
    first: int
    nights: int
    stay: Integers
    night: Integers
    share: Floats

    @classmethod
    def of(cls, booked: Booked, first: int, nights: int) -> Stays:
        """Lay out the priced bookings that lie within the nights; longer stays count their first LONGEST_STAY nights."""
        length = np.minimum(booked.nights, LONGEST_STAY)
        inside = booked.priced & (booked.arrival >= first) & (booked.arrival + length <= first + nights)
        kept, length = booked.take(inside), length[inside]
        stay = np.repeat(np.arange(len(kept)), length)
        step = np.arange(len(stay)) - np.repeat(np.cumsum(length) - length, length)
        return cls(kept, first, nights, stay, kept.arrival[stay] - first + step, 1.0 / length)

    @property
    def types(self) -> int:
        """How many room types there are."""
        return len(self.booked.types)

    @cached_property
    def cell(self) -> Integers:
        """Night and room type of each night of a stay as one number."""
        return self.night * self.types + self.booked.room_type[self.stay]

    def mean(self, per_night: Floats) -> Floats:
        """Return each stay's mean of what is given per night of a stay."""
        found: Floats = np.bincount(self.stay, per_night, len(self.share)) * self.share
        return found


@dataclass(frozen=True)
class _Equations:
    """The least squares problem as a product with the unknowns: type, plan, year, night and cell, one vector.

    A night's unknown is its whole level over the house, a cell's that of a type on a night: what the bookings show directly,
    so that few steps suffice. ``lean`` holds one precision per kind of unknown, for nights and cells around their parents.
    """

    stays: Stays
    columns: Floats
    weight: Floats
    lean: tuple[float, ...]

    @property
    def parts(self) -> tuple[slice, ...]:
        """Where type, plan, year, night and cell lie in the vector."""
        sizes = (self.stays.types, len(self.stays.booked.plans), self.columns.shape[1], self.stays.nights)
        ends = np.cumsum([*sizes, self.stays.nights * self.stays.types])
        return tuple(slice(int(start), int(end)) for start, end in zip([0, *ends[:-1]], ends, strict=True))

    def levels(self, x: Floats) -> Levels:
        """Return the vector's parts by name, nights and cells around what they lean on."""
        kind, plan, year, night, cell = self.parts
        own = x[cell].reshape(self.stays.nights, self.stays.types) - x[kind] - x[night][:, None]
        return Levels(x[kind], x[plan], x[year], x[night] - self.columns @ x[year], own)

    def right(self, rate: Floats) -> Floats:
        """Return the right hand side for the log rate of every stay."""
        found = np.zeros(self.parts[-1].stop)
        self._add_stays(found, self.weight * rate)
        return found

    def product(self, x: Floats) -> Floats:
        """Return the normal equations' matrix times ``x``."""
        kind, plan, year, night, cell = self.parts
        stays = self.stays
        found = np.zeros_like(x)
        self._add_stays(found, self.weight * (x[plan][stays.booked.plan] + stays.mean(x[cell][stays.cell])))
        apart = self.lean[4] * (x[cell].reshape(stays.nights, stays.types) - x[kind] - x[night][:, None])
        moved = self.lean[3] * (x[night] - self.columns @ x[year])
        found[cell] += apart.ravel()
        found[kind] += self.lean[0] * x[kind] - apart.sum(axis=0)
        found[plan] += self.lean[1] * x[plan]
        found[year] += self.lean[2] * x[year] - self.columns.T @ moved
        found[night] += moved - apart.sum(axis=1)
        return found

    def diagonal(self) -> Floats:
        """Return the diagonal of the matrix."""
        kind, plan, year, night, cell = self.parts
        stays = self.stays
        found = np.empty(cell.stop)
        found[kind] = self.lean[0] + stays.nights * self.lean[4]
        found[plan] = self.lean[1] + np.bincount(stays.booked.plan, self.weight, len(stays.booked.plans))
        found[year] = self.lean[2] + self.lean[3] * (self.columns**2).sum(axis=0)
        found[night] = self.lean[3] + stays.types * self.lean[4]
        spread = (self.weight * stays.share**2)[stays.stay]
        found[cell] = self.lean[4] + np.bincount(stays.cell, spread, stays.nights * stays.types)
        return found

    def _add_stays(self, x: Floats, per_stay: Floats) -> None:
        """Add what is given per stay to the unknowns it is made of."""
        _, plan, _, _, cell = self.parts
        stays = self.stays
        x[plan] += np.bincount(stays.booked.plan, per_stay, len(stays.booked.plans))
        x[cell] += np.bincount(stays.cell, (per_stay * stays.share)[stays.stay], stays.nights * stays.types)


def solve(stays: Stays, year: YearPattern, counted: NDArray[np.bool_], spreads: Spreads) -> Levels:
    """Return the levels that fit the ``counted`` plans' bookings best, for given spreads."""
    weight = counted[stays.booked.plan] * stays.booked.rooms / spreads.booking**2
    equations = _equations(stays, year, weight, (TYPE_SPREAD, PLAN_SPREAD, YEAR_SPREAD), spreads)
    rate = np.log(stays.booked.rate)
    middle = float(np.average(rate, weights=weight)) if weight.any() else 0.0
    found = equations.levels(_conjugate_gradients(equations, rate - middle))
    return replace(found, room_type=found.room_type + middle)


def solve_nights(stays: Stays, year: YearPattern, known: Levels, spreads: Spreads) -> Levels:
    """Return ``known`` with the nights that fit the bookings best; type, plan and year stay as they are."""
    equations = _equations(stays, year, stays.booked.tells / spreads.booking**2, (FIXED, FIXED, FIXED), spreads)
    found = equations.levels(_conjugate_gradients(equations, left_over(stays, year, known)))
    return replace(known, night=found.night, night_of_type=found.night_of_type)


def _equations(
    stays: Stays, year: YearPattern, weight: Floats, fixed: tuple[float, float, float], spreads: Spreads
) -> _Equations:
    lean = tuple(spread**-2 for spread in (*fixed, spreads.night, spreads.night_of_type))
    return _Equations(stays, year.columns(night_range(stays.first, stays.nights)), weight, lean)


def _conjugate_gradients(equations: _Equations, rate: Floats) -> Floats:
    """Solve the normal equations, preconditioned by their diagonal."""
    diagonal = equations.diagonal()
    residual = equations.right(rate)
    x = np.zeros(len(diagonal))
    scaled = residual / diagonal
    direction, energy = scaled.copy(), float(residual @ scaled)
    enough = energy * SMALLEST_RESIDUAL
    for _ in range(MOST_STEPS):
        if energy <= enough:
            break
        along = equations.product(direction)
        length = energy / float(direction @ along)
        x += length * direction
        residual -= length * along
        scaled = residual / diagonal
        energy, before = float(residual @ scaled), energy
        direction = scaled + energy / before * direction
    return x


def left_over(stays: Stays, year: YearPattern, levels: Levels) -> Floats:
    """Return by how much each stay's log rate differs from its levels."""
    columns = year.columns(night_range(stays.first, stays.nights))
    nightly = (columns @ levels.year + levels.night)[stays.night] + levels.night_of_type.ravel()[stays.cell]
    booked = stays.booked
    said = levels.room_type[booked.room_type] + levels.plan[booked.plan] + stays.mean(nightly)
    found: Floats = np.log(booked.rate) - said
    return found


def spreads_of(stays: Stays, levels: Levels, rest: Floats, counted: NDArray[np.bool_]) -> Spreads:
    """Return the spreads that the levels and what they leave over show; outlying bookings count little."""
    rows = counted[stays.booked.plan]
    size = np.abs(rest[rows])
    if not len(size):
        return Spreads()
    middle = float(np.median(size))
    booking = 0.5 * (1.4826 * middle) ** 2 + 0.5 * float(np.mean(np.minimum(size, 4 * middle) ** 2))
    shown = np.bincount(stays.night, rows[stays.stay], stays.nights) > 0
    own = np.bincount(stays.cell, rows[stays.stay], stays.nights * stays.types) > 0
    return Spreads(
        booking=max(booking**0.5, 0.01),
        night=max(float(levels.night[shown].std()), 0.01),
        night_of_type=max(float(levels.night_of_type.ravel()[own].std()), 0.005),
    )
