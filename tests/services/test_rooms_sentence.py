"""The first line of the Rooms page: who can be housed, who cannot, and who only may be."""

from __future__ import annotations

from datetime import timedelta

import pytest
from small_hotel import AS_OF

from hotelml_app.core.clock import day_number
from hotelml_app.modules.allocation.house.inventory import Inventory, Room
from hotelml_app.modules.allocation.house.stays import Stay
from hotelml_app.services.rooms.plan import House
from hotelml_app.services.rooms.rooms_page import sentence
from hotelml_app.services.rooms.views import Standing, SuggestionView

TONIGHT = AS_OF + timedelta(days=1)


def suggested(standing: Standing, name: str = "A") -> SuggestionView:
    return SuggestionView(name, TONIGHT, TONIGHT + timedelta(days=1), "DBL", "", "", standing, "")


def first_line(*standings: Standing, arrivals: int = 5) -> str:
    today = day_number(AS_OF)
    stays = tuple(Stay(f"R{n}", today + 1, today + 2, "DBL", 1, "") for n in range(arrivals))
    house = House(Inventory((Room("101", "DBL"),), ("DBL",)), (), stays)
    return sentence(house, [suggested(one) for one in standings], (), 0, "next 14 nights")


@pytest.mark.parametrize(
    ("standings", "words"),
    [
        ((), "All 5 arriving bookings of the next 14 nights can be housed without a move."),
        (
            (Standing.WAITING,),
            "4 of 5 arriving bookings of the next 14 nights can be housed without a move; 1 waits for a room.",
        ),
        (
            (Standing.WAITING, Standing.MOVED),
            "1 move would let in 4 of 5 arriving bookings of the next 14 nights; 1 waits for a room; 0 cannot be housed.",
        ),
        (
            (Standing.REFUSED, Standing.MOVED, Standing.WAITING, Standing.WAITING),
            "1 arriving booking of the next 14 nights cannot be housed; 1 move would let in all others but 2; 2 wait for a room.",
        ),
    ],
)
def test_who_waits_for_a_room_that_a_no_show_would_free_is_not_counted_among_those_who_have_one(
    standings: tuple[Standing, ...], words: str
) -> None:
    assert first_line(*standings) == words
