"""Reasons given for a room are true of that booking on that day."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from test_allocation import ask, booking

from hotelml_app.modules.allocation.reasons import Reasons
from hotelml_app.modules.allocation.room_types.upgrades import Chance


@pytest.mark.parametrize(
    ("options", "why"),
    [
        ({"previous": {"A": "201"}}, "Upgrade to SUI: as suggested before."),
        (
            {"room_features": {"201": ["sea"]}, "wishes": {"A": {"sea": 9.0}}},
            "Upgrade to SUI: for what was wished, though a DBL is free. Wish granted: sea.",
        ),
        (
            {"connecting": [["102", "201"]], "together": [["A", "B", 9.0]], "locks": {"B": "102"}},
            "Upgrade to SUI: for what was wished, though a DBL is free. A door leads to the room of B.",
        ),
    ],
)
def test_an_upgrade_while_the_booked_type_is_free_does_not_say_that_it_is_full(options: dict[str, object], why: str) -> None:
    found = ask([booking("A", 1, 3), booking("B", 1, 3), booking("D", 5, 1, "SUI")], **options)["A"]
    assert (found["suggested_room"], found["reason"]) == ("201", why)


def test_who_is_locked_out_of_the_room_of_the_pms_changes_rooms() -> None:
    found = ask([booking("A", 1, 3, room="101"), booking("B", 1, 3)], locks={"A": "102"})
    assert [found["A"][name] for name in ("current_room", "suggested_room", "move")] == ["101", "102", "moved"]
    kept = ask([booking("A", 1, 3, room="101"), booking("B", 1, 3)], locks={"A": "101"})
    assert [kept["A"][name] for name in ("current_room", "suggested_room", "move")] == ["101", "101", "as booked"]


def test_what_a_model_makes_of_past_guests_is_not_told_as_a_count_of_them() -> None:
    reasons = object.__new__(Reasons)
    stay = SimpleNamespace(reservation_id="A", room_type="DBL")
    reasons._desk = SimpleNamespace(needs=[SimpleNamespace(stay=stay)])  # type: ignore[assignment]
    reasons._chances = {"A": Chance({"DBL": 0.3, "SUI": 0.7}, 0.3, 0.5, by_model=True)}
    assert reasons._why_upgraded(0, "SUI") == "about 7 in 10 guests with such a booking were given one here."
