"""What is said of odd houses adds up as well: one room, half a year closed, no room types, one segment, rates in millions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date, timedelta
from itertools import pairwise

import numpy as np
import pytest
from synthetic_property import small_history

from hotelml_app.core.bookings import BookingStatus
from hotelml_app.ml.contract import PredictionRequest
from hotelml_app.ml.property.property_data import PropertyData, PropertyFacts
from hotelml_app.modules.forecast.predicting import predict

TODAY = date(2024, 5, 1)
NIGHTS = 90
QUANTILES = ("p2_5", "p10", "p25", "p50", "p75", "p90", "p97_5")

Cells = dict[tuple[str, date, str], Mapping[str, float]]


def bookings(rooms: int, wanted: int, months: tuple[int, ...], types: str, rate: float) -> list[dict[str, object]]:
    """Return stays of a year and of the months to come, never more than ``rooms`` on a night, in some months only."""
    random, held, found = np.random.default_rng(5), Counter[int](), list[dict[str, object]]()
    for number in range(wanted):
        first, nights, lead = int(random.integers(-400, 90)), int(random.integers(1, 6)), int(random.integers(0, 60))
        arrival, span = TODAY + timedelta(days=first), range(first, first + nights)
        told = {"adr": rate * float(random.uniform(0.7, 1.3)), "room_type": str(random.choice([*types] or [""]))}
        if lead < first or arrival.month not in months or any(held[night] >= rooms for night in span):
            continue
        held.update(span)
        status = BookingStatus.RESERVED if first > 0 else BookingStatus.CHECKED_OUT
        stay = {"arrival": arrival, "departure": arrival + timedelta(days=nights), "segment": "ONE", "status": status}
        booked_on = min(arrival - timedelta(days=lead), TODAY)
        found.append({"reservation_id": f"R{number}", "booked_on": booked_on, **stay, **told})
    return found


def asked(stays: list[dict[str, object]], rooms: int, by: str) -> Cells:
    facts, history = PropertyFacts(1, "Casa", rooms=rooms, business_date=TODAY), small_history(stays, TODAY)
    found = predict(PredictionRequest(PropertyData(facts, TODAY, lambda: history), TODAY, NIGHTS, options={"by": by}))
    return {(str(one.values["metric"]), one.target_date, str(one.values[by])): one.values for one in found}  # type: ignore[misc]


@pytest.mark.parametrize(
    ("rooms", "wanted", "months", "types", "rate"),
    [
        (1, 900, tuple(range(1, 13)), "A", 80.0),
        (20, 3000, (4, 5, 6, 7, 8), "AB", 80.0),
        (9, 1500, tuple(range(1, 13)), "", 80.0),
        (9, 1500, tuple(range(1, 13)), "ABCDEF", 2.5e6),
    ],
    ids=["one room", "closed half the year", "no room types", "rates in millions"],
)
@pytest.mark.parametrize("by", ["room_type", "segment"])
def test_the_figures_of_an_odd_house_agree(
    rooms: int, wanted: int, months: tuple[int, ...], types: str, rate: float, by: str
) -> None:
    cells = asked(bookings(rooms, wanted, months, types, rate), rooms, by)
    parts = {part for _, _, part in cells if part}
    for (metric, night, part), told in cells.items():
        assert all(0 <= low <= high for low, high in pairwise(told[name] for name in QUANTILES)), (metric, night, part)
        if metric == "revenue":
            sold, adr = cells["rooms_sold", night, part]["p50"], cells["adr", night, part]["p50"]
            assert told["p50"] == pytest.approx(sold * adr, abs=0.006 * (sold + adr) + 0.01)
        if part:
            continue
        if metric in ("rooms_sold", "arrivals"):
            assert told["p97_5"] <= rooms
            assert cells["arrivals", night, ""]["p50"] <= cells["rooms_sold", night, ""]["p50"]
        if metric != "adr" and parts:
            together = sum(cells[metric, night, one]["p50"] for one in parts)
            assert together == pytest.approx(told["p50"], abs=0.01 * len(parts))
