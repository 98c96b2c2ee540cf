"""What is to be sold of each room type, where bookings name types that nobody slept in yet, or none."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from pathlib import Path

import pytest
from small_hotel import AS_OF, NAME, open_at_morning, write_export

from hotelml_app.services.asking.operations import operation


def nights(home: Path, tmp_path: Path, called: Mapping[str, str]) -> list[dict[str, object]]:
    """Return the advice where the types of bookings to come are ``called`` otherwise."""
    path = write_export(tmp_path)
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        if row["arrival"] > AS_OF.isoformat():
            row["room_type"] = row["assigned_room_type"] = called.get(row["room_type"], row["room_type"])
            row["room"] = ""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0].keys())
        writer.writeheader()
        writer.writerows(rows)
    with open_at_morning(home) as appliance:
        appliance.import_files([path])
        (found,) = operation("overbooking").run(appliance.parts, {"property": NAME})["properties"]
    return found["nights"]


@pytest.mark.parametrize("name", ["WING", ""])
def test_what_is_booked_counts_where_the_house_has_no_room_of_its_type(home: Path, tmp_path: Path, name: str) -> None:
    seen = 0
    for one in nights(home, tmp_path, {"STD": name}):
        kinds = {each["room_type"]: each for each in one["room_types"]}
        assert sum(each["on_books"] for each in kinds.values()) == one["on_books"]
        assert sum(each["expected_lost"] for each in kinds.values()) == pytest.approx(one["expected_lost"], abs=0.03)
        if name in kinds:
            seen += 1
            assert (kinds[name]["rooms"], kinds[name]["advice"]["sell_more"]) == (0, 0)
            assert kinds[name]["on_books"] > 0
    assert seen > 3


def test_who_booked_any_room_at_all_has_to_be_given_no_other(home: Path, tmp_path: Path) -> None:
    without = [each for one in nights(home, tmp_path, {"STD": ""}) for each in one["room_types"] if not each["room_type"]]
    assert {each["advice"]["chance_of_another"] for each in without} == {0.0}
