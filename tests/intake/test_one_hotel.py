"""A hotel whose exports call it otherwise, cut in two by that, and put together again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from dropped import newest

from hotelml_app.core.clock import FixedClock
from hotelml_app.intake import one_hotel
from hotelml_app.intake.doctor.examine import examined
from hotelml_app.intake.importing import import_file
from hotelml_app.intake.one_hotel import Compared
from hotelml_app.intake.report import ImportReport
from hotelml_app.store import Store
from hotelml_app.store.corrected import missing
from hotelml_app.store.exported import bookings
from hotelml_app.store.hotels import properties

WriteExport = Callable[..., Path]
OLD, NEW = "Hotel Sonne", "Sonne Hotel GmbH"


@pytest.fixture
def take_in(store: Store, tmp_path: Path, write_export: WriteExport) -> Callable[..., ImportReport]:
    def import_rows(rows: list[dict[str, str]], name: str, day: str = "2025-06-01", **chosen: str) -> ImportReport:
        told = [{"property": name, "business_date": day, **row} for row in rows]
        path = write_export(tmp_path / f"{name} {day}.csv", told)
        return import_file(path, store=store, clock=store.clock, **chosen)  # type: ignore[arg-type]

    return import_rows


def stays(first: int, count: int, later_days: int = 0) -> list[dict[str, str]]:
    """Bookings numbered from ``first`` on, each of its own days."""
    return [
        {
            "reservation_id": str(number),
            "arrival": f"{date(2025, 6, 3) + timedelta(number % 40 + later_days):%Y-%m-%d}",
            "departure": f"{date(2025, 6, 5) + timedelta(number % 40 + later_days):%Y-%m-%d}",
        }
        for number in range(first, first + count)
    ]


def put_together(store: Store, gone: str = NEW, kept: str = OLD) -> Compared:
    with store.write() as connection:
        ids = [properties.by_name(connection, name).id for name in (gone, kept)]
        compared = one_hotel.compare(connection, *ids)
        one_hotel.join(connection, *ids, compared, store.clock.now())
    return compared


def names(store: Store) -> list[str]:
    with store.read() as connection:
        return [row.name for row in properties.all(connection)]


def test_a_few_bookings_under_a_new_name_become_part_of_the_hotel(store: Store, take_in: Callable[..., ImportReport]) -> None:
    take_in(stays(1000, 30), OLD)
    take_in(stays(1028, 4), NEW, "2025-06-02")
    assert names(store) == [OLD, NEW]
    compared = put_together(store)
    assert (len(compared.pairs), compared.alike, compared.own) == (2, 2, {})
    assert names(store) == [OLD]
    assert len(newest(store)) == 32


def test_later_exports_of_either_name_are_of_the_one_hotel(store: Store, take_in: Callable[..., ImportReport]) -> None:
    take_in(stays(1000, 30), OLD)
    take_in(stays(1030, 2), NEW, "2025-06-02")
    put_together(store)
    for day, name in (("2025-06-03", NEW), ("2025-06-04", NEW.upper()), ("2025-06-05", OLD)):
        report = take_in(stays(1040, 2), name, day)
        assert [share.name for share in report.properties] == [OLD]
    assert names(store) == [OLD]


def test_an_export_without_a_name_that_was_meant_for_the_former_is_of_the_one_hotel(
    store: Store, tmp_path: Path, take_in: Callable[..., ImportReport]
) -> None:
    take_in(stays(1000, 30), OLD)
    take_in(stays(1030, 2), NEW, "2025-06-02")
    put_together(store)
    unnamed = tmp_path / "unnamed.csv"
    unnamed.write_text(
        "reservation_id,booked_on,arrival,departure,status,status_date,room_type,rate_code\n"
        "1040,2025-05-01,2025-06-20,2025-06-22,Reserved,2025-05-01,DBL,BAR\n",
        encoding="utf-8",
    )
    report = import_file(unnamed, store=store, clock=store.clock, settings_property=NEW)
    assert [share.name for share in report.properties] == [OLD]
    assert names(store) == [OLD]


def test_what_became_part_of_what_became_part_is_still_known(store: Store, take_in: Callable[..., ImportReport]) -> None:
    take_in(stays(1000, 30), OLD)
    take_in(stays(1030, 3), NEW, "2025-06-02")
    take_in(stays(1040, 2), "Sonne am See", "2025-06-02")
    put_together(store, "Sonne am See", NEW)
    put_together(store, NEW, OLD)
    take_in(stays(1050, 2), "Sonne am See", "2025-06-03")
    assert names(store) == [OLD]
    assert len(newest(store)) == 37


def test_a_number_given_again_under_the_new_name_is_another_booking(store: Store, take_in: Callable[..., ImportReport]) -> None:
    over = {"booked_on": "2024-05-01", "arrival": "2024-06-10", "departure": "2024-06-12", "status": "Checked out"}
    take_in([{"reservation_id": "1042", **over, "status_date": "2024-06-12"}, *stays(1000, 3)], OLD)
    take_in([{"reservation_id": "1042"}], NEW, "2025-06-02")
    compared = put_together(store)
    assert list(compared.own.values()) == ["1042 (2025)"]
    found = newest(store)
    assert (found["1042"]["departure"], found["1042 (2025)"]["departure"]) == ("2024-06-12", "2025-06-12")
    take_in([{"reservation_id": "1042", "departure": "2025-06-14"}], NEW, "2025-06-03")
    found = newest(store)
    assert (found["1042"]["departure"], found["1042 (2025)"]["departure"]) == ("2024-06-12", "2025-06-14")


def test_numbers_without_their_zeros_are_the_same_bookings(store: Store, take_in: Callable[..., ImportReport]) -> None:
    take_in([{**row, "reservation_id": f"00{row['reservation_id']}"} for row in stays(1000, 5)], OLD)
    take_in(stays(1003, 4), NEW, "2025-06-02")
    assert len(put_together(store).pairs) == 2
    assert sorted(newest(store)) == ["001000", "001001", "001002", "001003", "001004", "1005", "1006"]


def test_two_houses_that_both_count_from_one_look_like_two(store: Store, take_in: Callable[..., ImportReport]) -> None:
    take_in(stays(1000, 30), OLD)
    take_in(stays(1000, 12, later_days=1), NEW, "2025-06-02")
    with store.read() as connection:
        gone, kept = (properties.by_name(connection, name).id for name in (NEW, OLD))
        compared = one_hotel.compare(connection, gone, kept)
    assert (len(compared.pairs), compared.alike) == (12, 0)
    assert compared.look_like_two


def test_the_next_export_is_compared_with_the_last_of_both(store: Store, take_in: Callable[..., ImportReport]) -> None:
    take_in(stays(1000, 30), OLD)
    assert isinstance(store.clock, FixedClock)
    store.clock.advance(timedelta(days=1))
    take_in(stays(1030, 3), NEW, "2025-06-02")
    put_together(store)
    with store.read() as connection:
        (kept,) = examined(connection, properties.by_name(connection, OLD).id)
    assert (kept.last.business_date, kept.last.rows) == (date(2025, 6, 2), 3)


def test_where_missing_bookings_are_not_taken_as_cancelled_those_of_the_other_stand_again(
    store: Store, take_in: Callable[..., ImportReport]
) -> None:
    take_in(stays(1000, 30), OLD)
    take_in(stays(1030, 2), NEW, "2025-06-02")
    with store.write() as connection:
        gone, kept = (properties.by_name(connection, name) for name in (NEW, OLD))
        missing.let(connection, kept.id, be_cancelled=False)
        span = missing.Span(date(2025, 6, 1), date(2025, 12, 31))
        profile = connection.execute("SELECT profile FROM imports").fetchone()[0]
        day = date(2025, 6, 3)
        told = list(missing.cancelled_records(connection, gone.id, profile, date(2025, 6, 1), day, span))
        assert bookings.apply(connection, gone.id, 1, day, told).changed == 2
    put_together(store)
    assert {booking["status"] for booking in newest(store).values()} == {0}
