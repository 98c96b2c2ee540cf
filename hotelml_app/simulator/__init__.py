"""A synthetic hotel with known truth: for the demo, for tests, and for judging prices where the best answer is known.

hotel = simulate(seed=7, preset="resort", days=913)
export_bookings(hotel, day, path)              what the PMS would export that night
hotel.truth.oracle_rate(night, "DBL")          what nobody in the hotel knows
"""

from __future__ import annotations

from hotelml_app.simulator.dirt import SPOILERS, Damage, Dirt, dirty
from hotelml_app.simulator.errors import SimulationError
from hotelml_app.simulator.exports import BOOKING_COLUMNS, REVIEW_COLUMNS, export_bookings, export_reviews, write_days
from hotelml_app.simulator.hotel import SyntheticHotel, simulate
from hotelml_app.simulator.plan import HotelPlan
from hotelml_app.simulator.policies import (
    DatedPolicy,
    FunctionPolicy,
    HousePolicy,
    RandomisedPolicy,
    Selling,
    StaticPolicy,
    TablePolicy,
    TariffPolicy,
    YieldPolicy,
    rate_card,
)
from hotelml_app.simulator.presets import PRESETS, preset

__all__ = [
    "BOOKING_COLUMNS",
    "PRESETS",
    "REVIEW_COLUMNS",
    "SPOILERS",
    "Damage",
    "DatedPolicy",
    "Dirt",
    "FunctionPolicy",
    "HotelPlan",
    "HousePolicy",
    "RandomisedPolicy",
    "Selling",
    "SimulationError",
    "StaticPolicy",
    "SyntheticHotel",
    "TablePolicy",
    "TariffPolicy",
    "YieldPolicy",
    "dirty",
    "export_bookings",
    "export_reviews",
    "preset",
    "rate_card",
    "simulate",
    "write_days",
]
