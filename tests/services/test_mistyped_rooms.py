"""A booking for 400 rooms in a house of 24: not a page, an answer or an advice is other than with the right number."""

from __future__ import annotations

import shutil
from datetime import date, timedelta
from pathlib import Path

import pytest
from small_hotel import AS_OF, NAME, open_at_morning

from hotelml_app.services.appliance import Appliance
from hotelml_app.services.asking.operations import operation

FIRST_STATE = "UPDATE booking_states SET rooms = ? WHERE booking_id = (SELECT min(booking_id) FROM booking_states WHERE {})"
MISTYPED, HOUSE = 400, 24


def ago(days: int) -> str:
    return (AS_OF - timedelta(days=days)).isoformat()


CASES = {
    "stayed": f"status = 3 AND arrival BETWEEN '{ago(60)}' AND '{ago(30)}' AND departure > arrival",
    "to come": f"status = 0 AND arrival BETWEEN '{ago(-5)}' AND '{ago(-12)}' AND departure > arrival",
    "cancelled": f"status = 4 AND arrival BETWEEN '{ago(40)}' AND '{ago(10)}' AND status_on < date(arrival, '-3 days')",
}


def spoil(home: Path, which: str, rooms: int = MISTYPED, told: int | None = None) -> None:
    with open_at_morning(home) as appliance, appliance.parts.store.write() as connection:
        assert connection.execute(FIRST_STATE.format(CASES[which]), (rooms,)).rowcount == 1
        connection.execute("UPDATE properties SET rooms = ?", (told,))
        connection.execute("DELETE FROM data_settings WHERE name = 'rooms_seen'")
        connection.execute("DELETE FROM predictions")


def said(appliance: Appliance) -> dict[str, object]:
    (advice,) = operation("overbooking").run(appliance.parts, {})["properties"]
    return {
        "today": [(one.night, one.rooms, one.on_books, one.occupancy) for one in appliance.today(NAME).nights],
        "forecast": [(one.night, one.on_books, one.p10, one.p50, one.p90) for one in appliance.forecast(NAME).nights],
        "rates": [(one.night, one.suggested_rate, one.expected_rooms) for one in appliance.rates(NAME).days],
        "rooms": [(one.name, one.rooms_seen, one.room_types) for one in appliance.properties()],
        "to sell": [(one["night"], one["advice"]["sell_up_to"], one["on_books"]) for one in advice["nights"]],
    }


@pytest.fixture(scope="module")
def right(filled_home: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[int | None, dict[str, object]]:
    """What is said with the right number of rooms in every booking, where staff told the rooms of the house and where not."""
    home, found = tmp_path_factory.mktemp("right") / "home", {}
    shutil.copytree(filled_home, home)
    for told in (HOUSE, None):
        spoil(home, "to come", 1, told)
        with open_at_morning(home) as appliance:
            found[told] = said(appliance)
    return found


@pytest.mark.parametrize("told", [HOUSE, None])
@pytest.mark.parametrize("which", CASES)
def test_one_mistyped_number_of_rooms_changes_nothing(
    which: str, told: int | None, right: dict[int | None, dict[str, object]], hotel_home: Path
) -> None:
    spoil(hotel_home, which, told=told)
    with open_at_morning(hotel_home) as appliance:
        assert said(appliance) == right[told]


def test_staff_who_say_that_the_house_has_so_many_rooms_are_believed_at_once(hotel_home: Path) -> None:
    spoil(hotel_home, "to come")

    def most_on_books(appliance: Appliance) -> float:
        nights: dict[date, float] = {one.night: one.on_books or 0.0 for one in appliance.forecast(NAME).nights}
        return max(nights.values())

    with open_at_morning(hotel_home) as appliance:
        assert most_on_books(appliance) <= HOUSE
        with appliance.parts.store.write() as connection:
            connection.execute("UPDATE properties SET rooms = 500")
        assert most_on_books(appliance) > MISTYPED
