"""How many rooms one booking may be for, and what becomes of a number beyond that."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest

from hotelml_app.core.bookings import NUMBER_COLUMNS, STATE_COLUMNS, BookingStatus
from hotelml_app.ml.property.spells import StateColumns, history_from_states
from hotelml_app.ml.property.state_columns import states_from_rows
from hotelml_app.ml.property.untold.room_counts import HeldStays, believed, most_in_one_booking

FIRST = date(2025, 1, 1)


def stays(per_night: int, nights: int, *groups: float) -> HeldStays:
    """Return single rooms, ``per_night`` each night, and groups of so many rooms, each on a night of its own."""
    arrival = np.concatenate([np.repeat(np.arange(nights), per_night), 7 * np.arange(len(groups))]).astype(np.int32) + 20_000
    return HeldStays(arrival, arrival + 1, np.concatenate([np.ones(per_night * nights), groups]))


@pytest.mark.parametrize(
    ("house", "told", "rooms", "doubted"),
    [
        (stays(5, 300, 900), None, 900, True),
        (stays(5, 300, 900), 6, 900, True),
        (stays(55, 300, 400), None, 400, True),
        (stays(55, 300, 400, 400, 400), 60, 400, True),
        (stays(55, 300, 80), 60, 80, True),
        # What houses do have.
        (stays(5, 300, 6), 6, 6, False),
        (stays(40, 300, 60), 60, 60, False),
        (stays(40, 300, 110), None, 110, False),
        (stays(900, 200, 1_000), 1_000, 1_000, False),
        (stays(12, 300, 80, 75, 80, 78), None, 80, False),
        (stays(12, 300, 80, 75, 80, 78), 60, 80, False),
        # Staff forgot to say that the house grew.
        (stays(55, 300, 60), 20, 60, False),
        # Too little is known of the house, and of what it has nobody spoke.
        (stays(2, 20, 80), None, 80, False),
        (stays(0, 0, 80), None, 80, False),
        (stays(0, 0, 80), 90, 80, False),
        (stays(1, 300, 10), 2, 10, False),
    ],
)
def test_only_numbers_that_no_house_like_it_has_are_doubted(
    house: HeldStays, told: float | None, rooms: float, doubted: bool
) -> None:
    assert (rooms > most_in_one_booking(house, told)) is doubted


def seen(number: int, as_of: date, **told: object) -> tuple[object, ...]:
    stay = {"status": int(BookingStatus.RESERVED), "arrival": "2025-03-01", "departure": "2025-03-03"}
    known = {**dict.fromkeys(NUMBER_COLUMNS), **stay, **told}
    values = [known.get(name, "") for name in STATE_COLUMNS]
    return (number, f"R{number}", "2025-01-02", as_of.isoformat(), *values)


def states(*later: dict[str, object]) -> StateColumns:
    """Return a booking of nine rooms whose next states are ``later``, and one of two rooms."""
    begun = [{"rooms": 9.0, "total": 900.0}, *later]
    rows = [seen(0, FIRST + timedelta(days=5 * n), **told) for n, told in enumerate(begun)]
    return states_from_rows([*rows, seen(1, FIRST, rooms=2.0, adr=50.0, total=200.0)])


def test_a_mistyped_number_leaves_the_booking_as_it_was_before() -> None:
    found = believed(states({"rooms": 90.0, "total": 950.0}, {"rooms": 8.0, "total": 800.0}), 12)
    assert found.numbers["rooms"].tolist() == [9.0, 9.0, 8.0, 2.0]
    np.testing.assert_array_equal(found.numbers["total"], [900.0, np.nan, 800.0, 200.0])


@pytest.mark.parametrize("status", [BookingStatus.RESERVED, BookingStatus.CANCELLED])
def test_one_that_was_never_right_counts_as_one_room_of_unknown_price(status: BookingStatus) -> None:
    wrong = seen(0, FIRST, rooms=900.0, total=1_800.0, status=int(status))
    priced = seen(1, FIRST, rooms=900.0, adr=70.0, total=1_800.0)
    found = believed(states_from_rows([wrong, priced]), 6)
    history = history_from_states("Casa", FIRST, found)
    assert set(history.rooms.tolist()) == {1.0}
    assert np.isnan(history.numbers["adr"][history.booking == 0]).all()
    assert (history.numbers["adr"][history.booking == 1] == 70.0).all()


def test_states_that_nobody_doubts_are_left_alone() -> None:
    ordinary, groups = states(), states({"rooms": 14.0})
    assert believed(ordinary, 4) is ordinary
    assert believed(groups, 12) is groups
    assert believed(groups, None) is groups
