"""Spoiled copies of an export say truly what is spoiled in them."""

from __future__ import annotations

import csv
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from hotelml_app.simulator import SPOILERS, SimulationError, SyntheticHotel, dirty, export_bookings


@pytest.fixture
def clean(city: SyntheticHotel, tmp_path: Path) -> Path:
    path = tmp_path / "clean.csv"
    export_bookings(city, city.start + timedelta(days=40), path)
    return path


def rows_of(path: Path, encoding: str = "utf-8", delimiter: str = ",") -> list[list[str]]:
    with path.open(newline="", encoding=encoding) as file:
        return list(csv.reader(file, delimiter=delimiter))


@pytest.mark.parametrize("kind", sorted(SPOILERS))
def test_every_way_to_spoil_leaves_a_file_that_can_be_read_as_stated(kind: str, clean: Path, tmp_path: Path) -> None:
    truth = dirty(clean, tmp_path / "spoiled.csv", [kind])
    table = rows_of(truth.path, truth.encoding, truth.delimiter)
    assert truth.path.read_bytes() != clean.read_bytes()
    assert truth.rows == len(rows_of(clean)) - 1
    assert len(table) == truth.rows + 1 + len(truth.harmless)


def test_damaged_lines_are_where_the_truth_says_even_with_titles_and_blank_lines(clean: Path, tmp_path: Path) -> None:
    kinds = ["footer", "corrupted cells", "preamble", "blank lines", "semicolons", "shuffled columns"]
    truth = dirty(clean, tmp_path / "spoiled.csv", kinds, seed=3)
    lines = truth.path.read_text(encoding=truth.encoding).splitlines()
    assert len(truth.damage) == max(1, round(0.02 * truth.rows))
    assert len(truth.damaged_lines | truth.doubtful_lines) == len(truth.damage)
    assert len(truth.damaged_lines) > len(truth.doubtful_lines) > 0
    header = next(line for line in lines if "reservation_id" in line).split(";")
    for one in truth.damage:
        assert lines[one.line - 1].split(";")[header.index(one.column)] == one.value, one
    for line in truth.harmless:
        assert "@example.invalid" not in lines[line - 1]


def test_dates_and_amounts_are_rewritten_without_loss(clean: Path, tmp_path: Path) -> None:
    truth = dirty(clean, tmp_path / "spoiled.csv", ["day-month dates", "decimal commas", "semicolons"])
    (header, *before), (_, *after) = rows_of(clean), rows_of(truth.path, delimiter=";")
    arrival, total = header.index("arrival"), header.index("total")
    for old, new in zip(before, after, strict=True):
        assert datetime.strptime(new[arrival], truth.date_format).date().isoformat() == old[arrival]  # noqa: DTZ007
        assert float(new[total].replace(".", "").replace(",", ".")) == float(old[total])


def test_the_same_seed_spoils_the_same_cells(clean: Path, tmp_path: Path) -> None:
    first = dirty(clean, tmp_path / "a.csv", ["corrupted cells", "padded"], seed=5)
    again = dirty(clean, tmp_path / "b.csv", ["padded", "corrupted cells"], seed=5)
    other = dirty(clean, tmp_path / "c.csv", ["padded", "corrupted cells"], seed=6)
    assert first.damage == again.damage
    assert first.path.read_bytes() == again.path.read_bytes()
    assert first.damage != other.damage


def test_an_unknown_way_to_spoil_is_refused(clean: Path, tmp_path: Path) -> None:
    with pytest.raises(SimulationError, match="coffee"):
        dirty(clean, tmp_path / "x.csv", ["coffee"])
