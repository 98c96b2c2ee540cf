"""A risk learned at other hotels: what of it holds everywhere."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

BELIEVED = 0.1
"""How far another hotel's level of losses is believed against what came of the latest weeks here; the order of bookings by
risk is what carries over."""


def generalised(parameters: Mapping[str, Any]) -> dict[str, Any]:
    """Return parameters without what belongs to one hotel: when it was learned, and how much is lost there."""
    return {**parameters, "trained_until": 0, "believed": BELIEVED}
