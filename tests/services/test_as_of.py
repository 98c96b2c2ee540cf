"""The day that a request looks from."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from synthetic_property import small_history

from hotelml_app.ml.property.history import History
from hotelml_app.ml.property.property_data import PropertyData, PropertyFacts, Review
from hotelml_app.services.asking.as_of import refuse_empty
from hotelml_app.services.errors import DayOutsideDataError

TODAY = date(2024, 5, 1)


def house(reads: list[str]) -> PropertyData:
    def history() -> History:
        reads.append("bookings")
        return small_history([{"reservation_id": "a", "arrival": TODAY, "departure": TODAY + timedelta(days=1)}], TODAY)

    return PropertyData(PropertyFacts(1, "Casa"), TODAY, history, lambda: [Review("r", TODAY, 0.8)])


def test_what_is_asked_of_the_newest_day_needs_no_look_at_all_bookings() -> None:
    """The mood of guests is read from reviews: a house of 600 rooms waited ten seconds for bookings that say nothing of it."""
    reads: list[str] = []
    refuse_empty(house(reads), TODAY)
    assert not reads


def test_a_day_before_the_first_booking_is_refused() -> None:
    with pytest.raises(DayOutsideDataError, match="Nothing was known about Casa at the end of 1999-12-31"):
        refuse_empty(house([]), date(1999, 12, 31))
