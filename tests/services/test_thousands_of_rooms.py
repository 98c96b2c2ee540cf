"""A resort with more than a thousand rooms: every figure in a sentence is written as the one beside it."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from small_hotel import AS_OF, open_at_morning

from hotelml_app.services.appliance import Appliance
from hotelml_app.services.asking.operations import operation

NAME = "Grand Resort"
SOLD = {-1: 1_250, 0: 1_240, 1: 1_100, 2: 1_400}
"""Rooms by nights after the business date; the last holds more than were ever sold."""

UNGROUPED = re.compile(r"(?<![\d.,])\d{4,}")


@pytest.fixture
def resort(home: Path, tmp_path: Path) -> Iterator[Appliance]:
    with (tmp_path / "bookings.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(
            ("property", "reservation_id", "booked_on", "arrival", "departure", "status", "room_type", "adr", "business_date")
        )
        for ahead, rooms in SOLD.items():
            night = AS_OF + timedelta(days=ahead)
            days = (AS_OF - timedelta(days=30), night, night + timedelta(days=1))
            status = "Reserved" if ahead > 0 else "In House" if ahead == 0 else "Checked Out"
            writer.writerows((NAME, f"R{ahead}-{n}", *days, status, "DBL", "100.00", AS_OF) for n in range(rooms))
    with open_at_morning(home) as appliance:
        (view,) = appliance.import_files([tmp_path / "bookings.csv"])
        assert view.accepted == sum(SOLD.values()), view
        yield appliance


def test_figures_of_thousands_are_grouped_in_every_sentence(resort: Appliance) -> None:
    today = resort.today(NAME)
    (advice,) = operation("overbooking").run(resort.parts, {})["properties"]
    notes = resort.report(NAME).sheet("Nights").notes
    said = [today.sentence, *(one.detail for one in today.decisions), *(one["sentence"] for one in advice["nights"]), *notes]
    assert "of 1,250 rooms" in today.sentence
    assert any(one.startswith("1,400 on the books, and 1,250 is the most sold") for one in said)
    assert [one for one in said if UNGROUPED.search(one)] == []
