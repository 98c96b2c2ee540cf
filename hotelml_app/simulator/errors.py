"""Failures of the simulator, told in words.

SimulationError   what was asked of a synthetic hotel does not fit together
"""

from __future__ import annotations

from hotelml_app.core.errors import HotelMLError


class SimulationError(HotelMLError):
    """What was asked of a synthetic hotel does not fit together."""

    title = "The synthetic hotel cannot be made that way"
