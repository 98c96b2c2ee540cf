"""What staff decided about rates of nights to come, as the options of the pricing hold it and as it was noted."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from hotelml_app.services.parts import Parts
from hotelml_app.services.rates.kept import CURRENT, LOCKED, Kept
from hotelml_app.store.decided import rate_decisions
from hotelml_app.store.decided.rate_decisions import DecisionKind, RateDecisionRow
from hotelml_app.store.hotels.properties import PropertyRow

Cell = tuple[str, str]
"""ISO date of the night, and room type."""

Standing = Mapping[Cell, tuple[str, float]]
"""What holds for a night: locked or current, and the rate."""


def standing(kept: Kept, types: tuple[str, ...]) -> dict[Cell, tuple[str, float]]:
    """Return the rate of every night that staff fixed or accepted; a fixed one goes before an accepted one."""
    found: dict[Cell, tuple[str, float]] = {}
    for name in (CURRENT, LOCKED):
        for night, rates in kept.dated(name, types).items():
            found |= {(night, kind): (name, rate) for kind, rate in rates.items()}
    return found


def newest(parts: Parts, row: PropertyRow) -> dict[Cell, RateDecisionRow]:
    """Return what was decided last for every night to come."""
    assert row.business_date is not None, "the page's ground refuses properties without data"
    with parts.store.read() as connection:
        rows = rate_decisions.standing(connection, row.id, row.business_date + timedelta(days=1))
    return {(one.night.isoformat(), one.room_type): one for one in rows}


def freed(night: date, room_type: str, today: date) -> RateDecisionRow:
    """Return the decision that a night has no rate of its own any more."""
    return RateDecisionRow(night, room_type, DecisionKind.FREED, today)


def follow(parts: Parts, row: PropertyRow, options: Mapping[str, object]) -> None:
    """Note which decisions no longer stand where a file of options took the place of what staff decided."""
    assert row.business_date is not None, "predictions are asked of properties with data alone"
    decided = newest(parts, row)
    stands = standing(Kept(options), tuple(dict.fromkeys(kind for _, kind in decided)))
    over = [one for cell, one in decided.items() if one.rate is not None and one.rate != stands.get(cell, ("", 0.0))[1]]
    gone = [freed(one.night, one.room_type, row.business_date) for one in over]
    if gone:
        with parts.store.write() as connection:
            rate_decisions.append(connection, row.id, gone, parts.clock.now())
