from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hotel_rows import NOW, day, new_import, new_property

from hotelml_app.store import Store
from hotelml_app.store.decided import data_settings
from hotelml_app.store.exported import imports, reviews, statistics
from hotelml_app.store.exported.imports import DONE, DUPLICATE, FAILED, ImportRow
from hotelml_app.store.exported.reviews import ReviewCounts, ReviewRow
from hotelml_app.store.exported.statistics import NightlyRow
from hotelml_app.store.hotels import properties
from hotelml_app.store.hotels.properties import PropertyNameTakenError, UnknownPropertyError


def test_a_hotel_is_made_once_whatever_the_case_of_its_name(store: Store) -> None:
    with store.write() as connection:
        first = properties.ensure(connection, "City Hotel", NOW)
        assert properties.ensure(connection, " CITY hotel", NOW) == first
        assert properties.ensure(connection, "Resort Hotel", NOW) != first
        assert [row.name for row in properties.all(connection)] == ["City Hotel", "Resort Hotel"]
        assert properties.by_name(connection, "city hotel").created_at == NOW


def test_an_unknown_hotel_is_answered_with_those_that_exist(store: Store) -> None:
    with store.write() as connection:
        new_property(connection, "City Hotel")
        with pytest.raises(UnknownPropertyError, match=r"'Citty'.*City Hotel"):
            properties.by_name(connection, "Citty")
        with pytest.raises(UnknownPropertyError):
            properties.get(connection, 99)
        assert properties.find(connection, "Citty") is None


def test_the_business_date_never_goes_back(store: Store) -> None:
    with store.write() as connection:
        hotel = new_property(connection)
        assert properties.get(connection, hotel).business_date is None
        assert properties.set_business_date(connection, hotel, day(5)) == day(5)
        assert properties.set_business_date(connection, hotel, day(3)) == day(5)
        assert properties.set_business_date(connection, hotel, day(6)) == day(6)


def test_what_staff_say_of_their_hotel_is_kept(store: Store) -> None:
    with store.write() as connection:
        hotel = new_property(connection)
        properties.update(connection, hotel, country="PT", currency="EUR", rooms=187)
        properties.update(connection, hotel, name="Grand Hotel Lisboa")
        row = properties.get(connection, hotel)
        assert (row.name, row.country, row.currency, row.rooms) == ("Grand Hotel Lisboa", "PT", "EUR", 187)
        properties.update(connection, hotel, clear_rooms=True)
        assert properties.get(connection, hotel).rooms is None


def test_two_hotels_cannot_share_a_name(store: Store) -> None:
    with store.write() as connection:
        new_property(connection, "City Hotel")
        resort = new_property(connection, "Resort Hotel")
        with pytest.raises(PropertyNameTakenError):
            properties.update(connection, resort, name="CITY hotel")
        properties.update(connection, resort, name="RESORT hotel")


def test_room_types_come_from_exports_and_keep_what_staff_said(store: Store) -> None:
    with store.write() as connection:
        hotel = new_property(connection)
        properties.ensure_room_types(connection, hotel, ["B", "A", ""])
        properties.set_room_type(connection, hotel, "A", name="Standard", rooms=90)
        properties.ensure_room_types(connection, hotel, ["A", "C"])
        told = [(row.code, row.name, row.rooms) for row in properties.room_types(connection, hotel)]
    assert told == [("A", "Standard", 90), ("B", "", None), ("C", "", None)]


def test_an_import_comes_back_as_it_was_kept(store: Store) -> None:
    row = ImportRow(
        "bookings.csv", "abc", 19_000_000, DONE, NOW, profile="two-hotels", business_date=day(28), business_date_from="file name",
        rows_read=10, accepted=8, created=5, changed=1, unchanged=1, older=1, rejected=1, ignored=1, message="fine",
        notes=("a", "b"), finished_at=NOW,
    )  # fmt: skip
    with store.write() as connection:
        number = imports.record(connection, row)
        assert imports.get(connection, number) == replace(row, id=number)
        imports.rewrite(connection, number, replace(row, rows_read=11, finished_at=None))
        assert imports.get(connection, number) == replace(row, id=number, rows_read=11, finished_at=None)
        assert imports.get(connection, 99) is None


def test_only_a_successful_import_makes_the_same_bytes_a_duplicate(store: Store) -> None:
    with store.write() as connection:
        for status in (FAILED, DUPLICATE):
            imports.record(connection, ImportRow("a.csv", "abc", 1, status, NOW))
        assert imports.find_by_sha(connection, "abc") is None
        number = imports.record(connection, ImportRow("a.csv", "abc", 1, DONE, NOW))
        found = imports.find_by_sha(connection, "abc")
        assert found is not None
        assert found.id == number


def test_the_latest_imports_of_a_hotel_and_the_failed_ones_are_listed(store: Store) -> None:
    with store.write() as connection:
        city, resort = new_property(connection, "City Hotel"), new_property(connection, "Resort Hotel")
        first, second = new_import(connection, "1.csv"), new_import(connection, "2.csv")
        failed = imports.record(connection, ImportRow("3.csv", "x", 1, FAILED, NOW))
        imports.add_property(connection, first, city, day(2), 10)
        imports.add_property(connection, second, city, day(1), 5)
        imports.add_property(connection, second, resort, day(1), 5)
        assert [row.id for row in imports.recent(connection)] == [failed, second, first]
        assert [row.id for row in imports.recent(connection, property_id=resort)] == [failed, second]
        assert [row.id for row in imports.recent(connection, 1)] == [failed]
        latest = imports.latest_done(connection, city)
        assert latest is not None
        assert latest.id == first
        assert imports.last_done(connection, city) == second, "an older export changes the bookings as well"
        assert imports.last_done(connection, 99) == 0
        assert imports.latest_done(connection, 99) is None


def test_reviews_are_not_taken_for_the_export_that_the_numbers_come_from(store: Store) -> None:
    with store.write() as connection:
        hotel, books = new_property(connection), new_import(connection)
        reviews = imports.record(connection, ImportRow("r.csv", "r", 1, DONE, NOW, profile="hotelml_reviews"))
        imports.add_property(connection, books, hotel, day(3), 10)
        imports.add_property(connection, reviews, hotel, day(3), 5)
        latest = imports.latest_done(connection, hotel)
        assert latest is not None
        assert latest.id == books
        older = imports.record(connection, ImportRow("old.csv", "o", 1, DONE, NOW, profile="hotelml_reviews"))
        imports.add_property(connection, older, hotel, day(2), 5)
        assert imports.business_date_before(connection, hotel, day(3)) is None
        imports.add_property(connection, new_import(connection, "first.csv"), hotel, day(1), 10)
        assert imports.business_date_before(connection, hotel, day(3)) == day(1)


def test_nightly_figures_are_not_taken_for_the_export_that_the_numbers_come_from(store: Store) -> None:
    with store.write() as connection:
        hotel, file = new_property(connection), ImportRow("nights.xml", "n", 1, DONE, NOW, profile="opera_history_forecast")
        first, second = (imports.record(connection, file) for _ in range(2))
        for figures in (first, second):
            # The same nights once more: of the first one nothing is left.
            statistics.apply(connection, hotel, figures, [NightlyRow(day(3), day(3), rooms_sold=5.0)])
            imports.add_property(connection, figures, hotel, day(3), 1)
        alone = imports.latest_done(connection, hotel)
        books = new_import(connection)
        imports.add_property(connection, books, hotel, day(2), 10)
        latest = imports.latest_done(connection, hotel)
        assert alone is not None
        assert latest is not None
        assert (alone.id, latest.id) == (second, books)


def test_rejected_rows_keep_their_line_reason_and_columns(store: Store) -> None:
    with store.write() as connection:
        first, second = new_import(connection, "1.csv"), new_import(connection, "2.csv")
        assert (
            imports.add_rejected(connection, first, [(7, "no arrival", {"adr": "12"}), (3, "departure before arrival", {})]) == 2
        )
        imports.add_rejected(connection, second, [(2, "no number", {"segment": "Größe"})])
        told = [(row.file_name, row.line, row.reason, row.columns) for row in imports.rejected(connection)]
        assert told == [
            ("2.csv", 2, "no number", {"segment": "Größe"}),
            ("1.csv", 3, "departure before arrival", {}),
            ("1.csv", 7, "no arrival", {"adr": "12"}),
        ]
        assert [row.line for row in imports.rejected(connection, import_id=first, limit=1, offset=1)] == [7]
        assert [row.line for row in imports.rejected(connection, among=[second])] == [2]
        assert imports.rejected(connection, among=[]) == []
        assert (len(imports.rejected(connection)), len(imports.rejected(connection, import_id=second))) == (3, 1)


def test_a_review_is_kept_once_and_its_change_is_counted(store: Store) -> None:
    with store.write() as connection:
        hotel = new_property(connection)
        file = new_import(connection)
        old, new = ReviewRow("k1", date(2016, 5, 1), score=0.8, body="Gut"), ReviewRow("k2", body="no date")
        assert reviews.apply(connection, hotel, file, day(8), [old, new]) == ReviewCounts(2, 0, 0)
        assert reviews.apply(connection, hotel, file, day(8), [replace(old, body="Sehr gut"), new]) == ReviewCounts(0, 1, 1)
        assert reviews.apply(connection, hotel, None, day(8), [replace(old, body="Sehr gut")]) == ReviewCounts(0, 0, 1)
        assert [(row.key, row.body, row.score) for row in reviews.all(connection, hotel)] == [
            ("k2", "no date", None),
            ("k1", "Sehr gut", 0.8),
        ]
        assert reviews.count(connection, hotel) == 2


def test_nightly_figures_are_told_as_they_were_known(store: Store) -> None:
    with store.write() as connection:
        hotel = new_property(connection)
        file = new_import(connection)
        night = NightlyRow(day(10), day(8), rooms_sold=100.0, capacity=187.0)
        assert statistics.apply(connection, hotel, file, [night, replace(night, as_of=day(9), rooms_sold=120.0)]) == 2
        statistics.apply(connection, hotel, file, [replace(night, rooms_sold=101.0)])
        assert [row.rooms_sold for row in statistics.all(connection, hotel)] == [101.0, 120.0]
        assert [row.rooms_sold for row in statistics.all(connection, hotel, told_on=day(8))] == [101.0]
        assert statistics.count(connection, hotel) == 2


def test_what_was_on_the_books_of_a_night_is_not_what_was_sold(store: Store) -> None:
    with store.write() as connection:
        hotel = new_property(connection)
        file = new_import(connection)
        night = NightlyRow(day(10), day(8), rooms_sold=20.0)
        statistics.apply(connection, hotel, file, [night])
        assert statistics.latest(connection, hotel, day(1), day(20)) == []
        over = [replace(night, as_of=day(10), rooms_sold=60.0), replace(night, as_of=day(11), rooms_sold=61.0)]
        statistics.apply(connection, hotel, file, over)
        assert statistics.latest(connection, hotel, day(1), day(20)) == [over[1]]


def test_settings_of_the_data_are_kept_per_hotel(store: Store) -> None:
    with store.write() as connection:
        data_settings.put(connection, "date_order", {"profile": "dmy"})
        data_settings.put(connection, "date_order", ["mdy"], property_id=1)
        assert data_settings.get(connection, "date_order") == {"profile": "dmy"}
        assert data_settings.all(connection, property_id=1) == {"date_order": ["mdy"]}
        data_settings.remove(connection, "date_order")
        assert data_settings.get(connection, "date_order", "ask") == "ask"


def test_the_latest_nights_state_how_many_rooms_there_are(store: Store) -> None:
    def night(number: int, kind: str, capacity: float | None) -> NightlyRow:
        stayed = day(1) + timedelta(days=number)
        return NightlyRow(stayed, stayed, kind, rooms_sold=5.0, capacity=capacity)

    with store.write() as connection:
        hotel, other = new_property(connection), new_property(connection, "Other")
        file = new_import(connection)
        assert statistics.rooms_stated(connection, hotel) == {}
        rows = [
            night(1, "STD", 90.0),
            night(80, "STD", 28.0),
            night(81, "STD", 30.0),
            night(82, "STD", None),
            night(82, "DLX", 8.0),
        ]
        statistics.apply(connection, hotel, file, rows)
        statistics.apply(connection, other, file, [night(82, "", 55.0), night(82, "STD", 20.0)])
        assert statistics.rooms_stated(connection, hotel) == {"": 38, "STD": 30, "DLX": 8}
        assert statistics.rooms_stated(connection, other) == {"": 55, "STD": 20}
        statistics.apply(connection, other, file, [night(300, "", None)])
        assert statistics.rooms_stated(connection, other) == {"": 55, "STD": 20}, "a report of nights far ahead tells no rooms"
        mistyped = [night(83, "STD", 30.0), night(84, "STD", 300.0)]
        statistics.apply(connection, hotel, file, mistyped)
        assert statistics.rooms_stated(connection, hotel)["STD"] == 30


def test_rooms_out_of_order_are_among_those_there_are(store: Store) -> None:
    """A renovation longer than the nights that are looked at is no smaller house."""
    nights = [NightlyRow(day(1) + timedelta(days=ahead), day(1), capacity=52.0, out_of_order=8.0) for ahead in range(90)]
    with store.write() as connection:
        hotel = new_property(connection)
        statistics.apply(connection, hotel, new_import(connection), nights)
        assert statistics.rooms_stated(connection, hotel) == {"": 60}


def test_the_newest_export_about_nights_to_come_says_which_rooms_are_out_of_order(store: Store) -> None:
    def told(as_of: int, ahead: int, rooms: float | None, kind: str = "") -> NightlyRow:
        return NightlyRow(day(as_of) + timedelta(days=ahead), day(as_of), kind, rooms_sold=5.0, out_of_order=rooms)

    with store.write() as connection:
        hotel, file = new_property(connection), new_import(connection)
        assert statistics.out_of_order_ahead(connection, hotel, day(11)) == []
        statistics.apply(connection, hotel, file, [told(8, ahead, 6.0) for ahead in range(-3, 9)])
        newer = [told(9, 2, 3.0), told(9, 3, 0.0), told(9, 4, None), told(9, 5, 2.0, "DBL"), told(9, 0, 9.0)]
        statistics.apply(connection, hotel, file, newer)
        found = [(day(11), "", 3.0), (day(14), "DBL", 2.0)]
        assert statistics.out_of_order_ahead(connection, hotel, day(11)) == found
        assert statistics.out_of_order_ahead(connection, hotel, day(12)) == found[1:]
        # A report of a night that is over takes nothing back of those after it, nor does one that tells nothing of them.
        statistics.apply(connection, hotel, file, [told(11, 0, 4.0), told(11, 3, None)])
        assert statistics.out_of_order_ahead(connection, hotel, day(11)) == [(day(11), "", 4.0), (day(14), "DBL", 2.0)]
