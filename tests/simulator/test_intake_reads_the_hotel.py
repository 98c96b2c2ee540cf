"""What the hotel exports arrives in the store as it is true, also from spoiled files."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from hotelml_app.core.clock import FixedClock
from hotelml_app.intake.importing import import_file
from hotelml_app.simulator import SPOILERS, SyntheticHotel, dirty, export_bookings, export_reviews
from hotelml_app.store import Store

CLOCK = FixedClock(datetime(2024, 9, 1, tzinfo=UTC))
HARMLESS = sorted(set(SPOILERS) - {"corrupted cells"})


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "hotelml.db", CLOCK) as opened:
        yield opened


@pytest.fixture(scope="module")
def export(city: SyntheticHotel, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("export") / "bookings.csv"
    export_bookings(city, city.start + timedelta(days=60), path)
    return path


def test_bookings_and_reviews_arrive_complete_and_no_guest_with_them(city: SyntheticHotel, tmp_path: Path) -> None:
    day = city.start + timedelta(days=150)
    count = export_bookings(city, day, tmp_path / "bookings.csv")
    reviews = export_reviews(city, day, tmp_path / "reviews.csv")
    with Store.open(tmp_path / "hotelml.db", CLOCK) as store:
        report = import_file(tmp_path / "bookings.csv", store=store, clock=CLOCK)
        assert (report.profile, report.created, report.rejected, report.business_date) == ("hotelml", count, 0, day)
        assert import_file(tmp_path / "reviews.csv", store=store, clock=CLOCK).created == reviews
    for file in tmp_path.glob("hotelml.db*"):
        content = file.read_bytes()
        assert b"example.invalid" not in content
        for person in (b"Leocadia", b"Melchior", b"Wolfram"):
            assert person not in content


@pytest.mark.parametrize("kind", HARMLESS)
def test_a_file_written_another_way_arrives_the_same(kind: str, export: Path, store: Store, tmp_path: Path) -> None:
    truth = dirty(export, tmp_path / "spoiled.csv", [kind])
    report = import_file(truth.path, store=store, clock=CLOCK)
    assert (report.created, report.rejected) == (truth.rows, 0)


def test_damaged_rows_are_refused_with_their_line_and_the_others_taken(export: Path, store: Store, tmp_path: Path) -> None:
    kinds = ["corrupted cells", "day-month dates", "semicolons", "decimal commas", "padded"]
    truth = dirty(export, tmp_path / "spoiled.csv", kinds)
    report = import_file(truth.path, store=store, clock=CLOCK)
    with store.read() as connection:
        refused = {line for (line,) in connection.execute("SELECT line FROM rejected_rows")}
    assert truth.damaged_lines <= refused <= truth.damaged_lines | truth.doubtful_lines
    assert report.created == truth.rows - len(refused)
