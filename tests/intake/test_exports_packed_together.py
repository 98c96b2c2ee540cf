"""Daily exports in one zip: each counts for its own day, whatever their order in the package."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

import pytest
from dropped import newest, states, stored

from hotelml_app.intake.dating.business_date import are_dated_apart, from_name, in_name
from hotelml_app.intake.importing import import_file
from hotelml_app.store import Store

WriteExport = Callable[..., Path]
HEADER = "Reservation ID,Confirmation #,Guest,Room,Check-in,Check-out,Booked,Status,Booking amount"


def packed(path: Path, exports: Sequence[tuple[str, str]]) -> Path:
    """Put exports, each a name and the status of its only booking, into a zip in the given order."""
    with zipfile.ZipFile(path, "w") as package:
        for name, status in exports:
            package.writestr(name, f"{HEADER}\n501,x,Ada Muster,DBL,2025-06-20,2025-06-22,2025-05-02,{status},200.00\n")
    return path


DAYS = [("res_2025-05-30.csv", "Reserved"), ("res_2025-05-31.csv", "Cancelled"), ("res_2025-06-01.csv", "Cancelled")]


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 2, 0)])
def test_the_newest_export_has_the_last_word_and_each_day_is_kept(store: Store, tmp_path: Path, order: tuple[int, ...]) -> None:
    path = packed(tmp_path / "week.zip", [DAYS[place] for place in order])
    report = import_file(path, store=store, settings_property="The Inn", clock=store.clock)
    assert [(state["as_of"], state["status"]) for state in states(store)] == [("2025-05-30", 0), ("2025-05-31", 4)]
    assert report.business_date == date(2025, 6, 1)
    assert any("exports of 3 days" in note for note in report.notes)


def test_each_hotel_of_a_chain_is_as_old_as_its_own_export(store: Store, tmp_path: Path, write_export: WriteExport) -> None:
    path = tmp_path / "chain.zip"
    with zipfile.ZipFile(path, "w") as package:
        for name, day in (("Harbour House", "2025-05-30"), ("Hill House", "2025-06-01")):
            one = write_export(tmp_path / "one.csv", [{"property": name, "business_date": ""}] * 3)
            package.write(one, f"{name} {day}.csv")
    report = import_file(path, store=store, clock=store.clock)
    assert [(share.name, share.business_date) for share in report.properties] == [
        ("Harbour House", date(2025, 5, 30)),
        ("Hill House", date(2025, 6, 1)),
    ]


def test_parts_of_one_export_are_one_day(store: Store, tmp_path: Path) -> None:
    path = packed(tmp_path / "parts.zip", [("arrivals_1.csv", "Reserved"), ("arrivals_2.csv", "Reserved")])
    report = import_file(path, store=store, settings_property="The Inn", clock=store.clock)
    assert not any("exports of" in note for note in report.notes)
    assert newest(store)["501"]["as_of"] == "2025-05-02"


def test_days_packed_together_do_not_multiply_bookings_without_numbers(
    store: Store, tmp_path: Path, write_export: WriteExport
) -> None:
    rows = [{}, {}, {"arrival": "2025-06-11"}]
    header = ["Arrival", "Departure", "Booked", "Status", "Room Type", "Rate Code", "Rate"]
    names = ("arrival", "departure", "booked_on", "status", "room_type", "rate_code", "adr")
    one = write_export(tmp_path / "one.csv", rows * 15, header=names)
    text = one.read_text(encoding="utf-8").replace(",".join(names), ",".join(header))
    path = tmp_path / "days.zip"
    with zipfile.ZipFile(path, "w") as package:
        for day in ("2025-05-30", "2025-06-01"):
            package.writestr(f"list {day}.csv", text)
    import_file(path, store=store, settings_property="The Inn", clock=store.clock)
    assert stored(store) == 45


def test_only_names_that_all_tell_a_day_of_their_own_are_dated_apart() -> None:
    assert are_dated_apart(["a 2025-06-01.csv", "a 2025-06-02.csv"])
    assert not are_dated_apart(["a 2025-06-01.csv", "b 2025-06-01.csv"])
    assert not are_dated_apart(["a 2025-06-01.csv", "b.csv"])
    assert not are_dated_apart(["a 2025-06-01.csv"])


def test_between_points_the_day_comes_first_in_a_name() -> None:
    assert in_name("export 05.06.2025.csv") == [date(2025, 6, 5)]
    assert in_name("export 05-06-2025.csv") == [date(2025, 6, 5), date(2025, 5, 6)]
    assert from_name("export 05.06.2025.csv", date(2025, 4, 1), date(2025, 6, 30)) == date(2025, 6, 5)


@pytest.mark.parametrize("turned", [1, -1])
def test_of_days_one_below_the_other_the_newest_has_the_last_word(
    store: Store, tmp_path: Path, write_export: WriteExport, turned: int
) -> None:
    before = [{"reservation_id": f"R-{n}", "business_date": "2025-05-30"} for n in range(3)]
    changes = ({"status": "Cancelled"}, {"room_type": "SUI"}, {})
    after = [{**row, **change, "business_date": "2025-06-01"} for row, change in zip(before, changes, strict=True)]
    path = write_export(tmp_path / "days.csv", [*before, *after][::turned])
    import_file(path, store=store, clock=store.clock)
    found = {str(number): (state["status"], state["room_type"]) for number, state in newest(store).items()}
    assert found == {"R-0": (4, "DBL"), "R-1": (0, "SUI"), "R-2": (0, "DBL")}
