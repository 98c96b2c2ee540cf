"""A house that is closed: no rate is suggested for the nights before it opens."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from synthetic_property import DAY, hotel, property_until

from hotelml_app.core.clock import day_number
from hotelml_app.ml.contract import Prediction, PredictionRequest
from hotelml_app.modules.pricing.predicting import predict

OPENS = DAY + timedelta(days=30)


def suggestions(known_days: int, closed_days: int, **options: object) -> list[Prediction]:
    """Return what is suggested for a hotel that knows so many days and sold no night of the last ``closed_days``."""
    said = property_until(hotel(), DAY)
    today, opens = day_number(DAY), day_number(OPENS)
    stays = said.history
    open_nights = (stays.departure <= today - closed_days + 1) | (stays.arrival >= opens)
    history = stays.take(open_nights & (stays.arrival >= today - known_days))
    return predict(PredictionRequest(replace(said, load_history=lambda: history), DAY, 40, options=options))


@pytest.mark.parametrize("known_days", [300, 800])
def test_no_rate_is_suggested_for_nights_before_a_closed_house_opens(known_days: int) -> None:
    said = suggestions(known_days, closed_days=20)
    shut = [one.values for one in said if one.target_date < OPENS]
    assert shut
    for told in shut:
        assert told["suggested_rate"] == told["current_rate"]
        assert told["expected_rooms"] == told["expected_revenue"] == 0
        assert told["reasons"] == (
            "the house seems closed on this night (no guest for 20 nights, and nobody booked up to it): no rate is suggested",
        )
    after = [one.values for one in said if one.target_date >= OPENS]
    assert not any(told.get("seems_closed") for told in after)
    assert sum(float(str(told["expected_rooms"])) for told in after) > 10


def test_a_few_empty_nights_are_no_closed_house() -> None:
    assert not any(one.values.get("seems_closed") for one in suggestions(300, closed_days=6))


def test_a_rate_that_staff_locked_stays_locked() -> None:
    night = DAY + timedelta(days=3)
    said = suggestions(300, closed_days=20, locked={night.isoformat(): 77.0})
    assert {one.values["suggested_rate"] for one in said if one.target_date == night} == {77.0}
