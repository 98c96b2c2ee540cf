"""One booking does not lift the rooms that staff said there are."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from synthetic_property import small_history

from hotelml_app.core.bookings import BookingStatus
from hotelml_app.modules.forecast.on_books.books import Books
from hotelml_app.modules.forecast.on_books.risk import learn_risk_classes
from hotelml_app.modules.forecast.outlook import most_rooms

DAY, HOUSE, USUAL = date(2025, 6, 1), 20.0, 15


def books(*groups: tuple[int, float], recent: int | None = None) -> Books:
    """Return the books of 100 nights with USUAL bookings of one room each, and of groups: days before DAY, and rooms."""
    nightly = [(ago, 1.0) for ago in range(1, 101) for _ in range(USUAL)]
    told = [
        {
            "reservation_id": f"R{number}",
            "arrival": DAY - timedelta(days=ago),
            "departure": DAY - timedelta(days=ago - 1),
            "status": BookingStatus.CHECKED_OUT,
            "rooms": rooms,
        }
        for number, (ago, rooms) in enumerate([*nightly, *groups])
    ]
    history = small_history(told, DAY)
    return Books.of(history, learn_risk_classes(history), recent=recent, house=HOUSE)


@pytest.mark.parametrize(
    ("groups", "most"),
    [
        ([], HOUSE),
        ([(10, 24.0)], HOUSE),
        ([(10, 24.0), (20, 20.0), (21, 20.0)], HOUSE),
        # Overbooked a little; a house that takes groups; one that has more rooms than staff say.
        ([(10, 8.0)], 23.0),
        ([(ago, 24.0) for ago in (10, 20, 30, 40)], 39.0),
        ([(10, 9.0), (10, 9.0)], 33.0),
    ],
)
def test_the_rooms_told_are_beaten_by_what_was_sold_but_not_by_one_booking(groups: list[tuple[int, float]], most: float) -> None:
    found = books(*groups)
    assert most_rooms(found, HOUSE) == most


@pytest.mark.parametrize(("full", "most"), [(60, HOUSE), (9, 30.0)])
def test_a_house_that_gave_rooms_up_sells_no_more_than_it_has_left(full: int, most: float) -> None:
    """Ten rooms were closed two months ago; without enough full nights since, nothing shows that they are gone."""
    before = [(ago, 1.0) for ago in range(61, 101) for _ in range(30 - USUAL)]
    since = [(ago, 1.0) for ago in range(1, full + 1) for _ in range(int(HOUSE) - USUAL)]
    assert most_rooms(books(*before, *since), HOUSE) == most
    assert most_rooms(books(*before, *since, recent=40), HOUSE) == most, "as well where its large days lie before these books"


@pytest.mark.parametrize(
    ("groups", "most"),
    [
        ([(10, 8.0)], HOUSE),
        ([(ago, 10.0) for ago in range(10, 40)], HOUSE),
        # A quarter more on several nights: staff forgot rooms.
        ([(ago, 24.0) for ago in (10, 20, 30, 40)], 39.0),
    ],
)
def test_what_staff_say_is_not_lifted_by_nights_that_were_overbooked(groups: list[tuple[int, float]], most: float) -> None:
    assert most_rooms(books(*groups), HOUSE, by_staff=True) == most
