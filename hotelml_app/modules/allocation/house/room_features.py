"""What a room has that a guest may wish for: as staff say, and whether it lies high or low in the house."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import numpy as np

from hotelml_app.modules.allocation.errors import AllocationOptionError

HIGH_FLOOR, LOW_FLOOR = "high floor", "low floor"

_FLOOR = re.compile(r"^([0-9]{1,2})[0-9]{2}$")
"""A number of three or four digits begins with its floor."""


def features_of(numbers: Sequence[str], told: Mapping[str, object]) -> dict[str, frozenset[str]]:
    """Return the features per room number; ``told`` maps numbers to feature lists.

    The upper and the lower third of the floors count as high and low, where the numbers tell floors.
    """
    said = {str(number): _words(number, features) for number, features in told.items()}
    strange = sorted(said.keys() - set(numbers))
    if strange:
        raise AllocationOptionError(f"There is no room {strange[0]} in this house.", remedy="Check the room number.")
    floors = {number: int(floor[1]) for number in numbers if (floor := _FLOOR.match(number))}
    storeys = sorted(set(floors.values()))
    low, high = np.quantile(storeys, [1 / 3, 2 / 3]) if len(storeys) >= 3 else (-np.inf, np.inf)
    return {number: frozenset(said.get(number, set()) | _place(floors.get(number), low, high)) for number in numbers}


def _place(floor: int | None, low: float, high: float) -> set[str]:
    if floor is None or low < floor < high:
        return set()
    return {HIGH_FLOOR} if floor >= high else {LOW_FLOOR}


def _words(number: str, features: object) -> set[str]:
    if isinstance(features, str):
        return {features}
    if isinstance(features, Sequence):
        return {str(one) for one in features}
    raise AllocationOptionError(f"The features of room {number} must be a list.", remedy='For example ["quiet", "near lift"].')
