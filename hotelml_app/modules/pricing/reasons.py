"""Why a rate is suggested, in words and in the order in which it came about."""

from __future__ import annotations

import numpy as np

from hotelml_app.modules.pricing.base_rates import BaseRates
from hotelml_app.modules.pricing.demand import Demand
from hotelml_app.modules.pricing.fences import Fences

NAMED_DRIFT = 0.02
"""A drift of rates below this share is not worth a word."""

NAMED_BOOKS_WEIGHT = 0.9
"""Where the books count more than this, the rest is not worth a word."""


def reasons_for(
    base: BaseRates, demand: Demand, fences: Fences, step: int, wanted: float, move: float, locked: float | None
) -> tuple[str, ...]:
    """Return what led to the rate of the night ``step`` nights after the first."""
    if locked is not None:
        return (f"locked by staff at {locked:.2f}",)
    said = [*_where_from(base, step)]
    if move:
        said += _moves(demand, step)
    else:
        said.append("demand as usual: no move")
    if wanted < fences.floor:
        said.append(f"held at the floor {fences.floor:.2f} ({fences.floor_from})")
    elif wanted > fences.ceiling:
        said.append(f"held at the ceiling {fences.ceiling:.2f} ({fences.ceiling_from})")
    return tuple(said)


def _where_from(base: BaseRates, step: int) -> list[str]:
    said = []
    weight = float(base.books_weight[step])
    if weight > 0:
        said.append(f"on the books at {base.on_books[step]:.2f} (counts {weight:.0%})")
    if weight > NAMED_BOOKS_WEIGHT:
        return said
    year, recent = float(base.last_year[step]), float(base.recent[step])
    if not np.isnan(year):
        drift = f", rates since {base.drift - 1:+.0%}" if abs(base.drift - 1) >= NAMED_DRIFT else ""
        said.append(f"same weekday last year {year:.2f}{drift}")
    if not np.isnan(recent) and base.year_weight[step] < 1:
        said.append(f"this weekday in recent weeks {recent:.2f}")
    if not said:
        said.append("mean rate of the room type, nothing nearer is known")
    return said


def _moves(demand: Demand, step: int) -> list[str]:
    said = []
    pace, fullness = float(demand.pace_move[step]), float(demand.fullness_move[step])
    if abs(pace) >= 0.005:
        books, usual = demand.on_books[step], demand.usual[step]
        said.append(f"{books:.0f} rooms booked against {usual:.0f} at this lead in {demand.against}: {pace:+.0%}")
    if abs(fullness) >= 0.005:
        said.append(f"expected {min(demand.expected_share[step], 1):.0%} full: {fullness:+.0%}")
    return said
