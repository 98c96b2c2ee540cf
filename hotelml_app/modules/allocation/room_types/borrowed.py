"""Who is given another type, learned at other hotels: who rather than whom carries over, how often at all does not."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hotelml_app.ml.calibration import at_level, logit
from hotelml_app.ml.property.property_data import PropertyData
from hotelml_app.modules.allocation.plans.problem import Floats
from hotelml_app.modules.allocation.room_types.past import Given, types_given

BELIEVED = 0.35
"""Share of another hotel's differences between bookings, in log-odds, that is believed here."""

FEWEST_KNOWN = 50
"""With fewer stays of which both types are known, how often another one was given is a guess."""

FEWEST_NIGHTS = 56
"""With fewer nights of such stays another hotel's order of bookings does worse than this hotel's shares by type."""


def generalised(parameters: Mapping[str, Any]) -> dict[str, Any]:
    """Return the parameters: they name what is looked at, and nothing of one hotel."""
    return {name: parameters[name] for name in ("members", "features")}


def borrows(data: PropertyData) -> bool:
    """Tell whether enough is known of a hotel for a model brought along to lean its shares."""
    return knows_enough(types_given(data.history), data.history.today)


def knows_enough(given: Given, today: int) -> bool:
    """Tell whether a hotel's own shares by booked type, which a model leans, rest on enough stays and nights."""
    return len(given.arrival) >= FEWEST_KNOWN and today - int(given.arrival[0]) >= FEWEST_NIGHTS


def leaned(plain: Floats, odds: Floats) -> Floats:
    """Return shares by booked type leaned towards the order of a model's log-odds; their mean stays what it was."""
    if not len(plain):
        return plain
    return at_level(logit(plain) + BELIEVED * (odds - odds.mean()), float(plain.mean()))
