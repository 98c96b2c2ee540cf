"""Imports that are taken back: everything is as it was before them, whatever they changed and in whatever order they came."""

from __future__ import annotations

import sqlite3
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hotel_rows import NOW, booking_row, day, new_property
from hypothesis import given, settings
from hypothesis import strategies as st

from hotelml_app.core.clock import FixedClock
from hotelml_app.store import Store
from hotelml_app.store.corrected import import_undo, joining, missing
from hotelml_app.store.corrected.import_undo import ImportRecording, NotTakenBackError
from hotelml_app.store.decided import data_settings
from hotelml_app.store.exported import bookings, imports, reviews, statistics
from hotelml_app.store.exported.reviews import ReviewRow
from hotelml_app.store.exported.statistics import NightlyRow
from hotelml_app.store.hotels import properties

TOLD = (
    "bookings",
    "booking_states",
    "reviews",
    "review_sightings",
    "nightly_statistics",
    "room_types",
    "properties",
    "data_settings",
)

one_export = st.fixed_dictionaries(
    {
        "day": st.integers(1, 9),
        "hotel": st.integers(0, 1),
        "rows": st.dictionaries(st.sampled_from("abcdef"), st.sampled_from(["STD", "DLX", "FAM"])),
        "reviews": st.dictionaries(st.sampled_from("uvw"), st.sampled_from(["good", "bad"])),
        "nights": st.dictionaries(st.integers(1, 5), st.integers(0, 3)),
        "renumbered": st.booleans(),
    }
)
Export = dict[str, object]


def take_in(connection: sqlite3.Connection, hotels: list[int], export: Export) -> int:
    changes = ImportRecording(connection)
    made = imports.record(connection, imports.ImportRow("export.csv", "sha", 1, imports.DONE, NOW))
    hotel, on = hotels[int(str(export["hotel"]))], day(int(str(export["day"])))
    rows, told_nights, texts = (dict(export[name]) for name in ("rows", "nights", "reviews"))  # type: ignore[call-overload]
    if export["renumbered"]:
        # Numbers change hands among those that are known.
        known = bookings.ids(connection, hotel)
        bookings.renumber(connection, dict(zip(known.values(), reversed(known), strict=True)))
    properties.ensure_room_types(connection, hotel, rows.values())
    bookings.apply(connection, hotel, made, on, [booking_row(name, room_type=kind) for name, kind in rows.items()])
    reviews.apply(connection, hotel, made, on, [ReviewRow(key, body=body) for key, body in texts.items()])
    nights = [NightlyRow(day(night), on, rooms_sold=sold / 3) for night, sold in told_nights.items()]
    statistics.apply(connection, hotel, made, nights)
    properties.set_business_date(connection, hotel, on)
    data_settings.put(connection, "layout", str(on), hotel)
    imports.add_property(connection, made, hotel, on, len(rows))
    changes.keep(made)
    return made


def take_back(connection: sqlite3.Connection, number: int) -> list[int]:
    rows, owners = import_undo.with_later(connection, number)
    import_undo.take_back(connection, rows, owners)
    for row in rows:
        imports.mark_taken_back(connection, row.id, "Taken back.")
    return [row.id for row in rows]


@settings(deadline=None, max_examples=60)
@given(st.lists(one_export, min_size=1, max_size=7), st.data())
def test_all_is_as_before(exports: list[Export], data: st.DataObject) -> None:
    with TemporaryDirectory() as folder, Store.open(Path(folder) / "hotelml.db", FixedClock(NOW)) as store:
        with store.write() as connection:
            hotels = [new_property(connection, name) for name in ("Grand Hotel", "Small Inn")]
        one = [export for export in exports if export["hotel"] == 0]
        before = []
        with store.write() as connection:
            for export in exports:
                if export["hotel"] == 0:
                    before.append((told_of(connection, hotels[0]), take_in(connection, hotels, export)))
                else:
                    take_in(connection, hotels, export)
            other = told_of(connection, hotels[1])
        if not one:
            return
        which = data.draw(st.integers(0, len(one) - 1))
        with store.write() as connection:
            gone = take_back(connection, before[which][1])
        assert gone == [number for _, number in reversed(before[which:])]
        with store.read() as connection:
            assert told_of(connection, hotels[0]) == before[which][0]
            assert told_of(connection, hotels[1]) == other, "the other hotel's rows are as they were"
        assert store.check() == []


def told_of(connection: sqlite3.Connection, hotel: int) -> dict[str, list[tuple[object, ...]]]:
    owned = {
        "booking_states": "booking_id IN (SELECT id FROM bookings WHERE property_id = ?)",
        "review_sightings": "review_id IN (SELECT id FROM reviews WHERE property_id = ?)",
        "properties": "id = ?",
    }
    return {
        table: sorted(
            connection.execute(f"SELECT * FROM {table} WHERE {owned.get(table, 'property_id = ?')}", (hotel,)), key=repr
        )
        for table in TOLD
    }


def export(number: int, hotel: int = 0, **rows: str) -> Export:
    return {"day": number, "hotel": hotel, "rows": rows, "reviews": {}, "nights": {}, "renumbered": False}


@pytest.fixture
def hotels(store: Store) -> list[int]:
    with store.write() as connection:
        return [new_property(connection, name) for name in ("Grand Hotel", "Small Inn")]


def test_exports_that_come_afterwards_go_on_from_what_was_before(store: Store, hotels: list[int]) -> None:
    with store.write() as connection:
        take_in(connection, hotels, export(1, a="STD", b="STD"))
        wrong = take_in(connection, hotels, export(3, a="DLX", c="DLX"))
        take_back(connection, wrong)
        take_in(connection, hotels, export(4, a="STD", d="FAM"))
        known = told_of(connection, hotels[0])
    with Store.open(store.path.with_name("other.db"), store.clock) as never, never.write() as connection:
        hotels = [new_property(connection, name) for name in ("Grand Hotel", "Small Inn")]
        take_in(connection, hotels, export(1, a="STD", b="STD"))
        take_in(connection, hotels, export(4, a="STD", d="FAM"))
        same = told_of(connection, hotels[0])
    # The numbers of the imports differ, nothing else may.
    assert [row[:1] + row[2:] for row in known["booking_states"]] == [row[:1] + row[2:] for row in same["booking_states"]]
    assert known["bookings"] == same["bookings"]


def test_what_staff_said_since_stays(store: Store, hotels: list[int]) -> None:
    with store.write() as connection:
        wrong = take_in(connection, hotels, export(3, a="DLX"))
        data_settings.put(connection, "layout", "as staff say", hotels[0])
        properties.set_room_type(connection, hotels[0], "DLX", rooms=12)
        properties.update(connection, hotels[0], currency="EUR")
        take_back(connection, wrong)
        assert data_settings.get(connection, "layout", None, hotels[0]) == "as staff say"
        assert [row.rooms for row in properties.room_types(connection, hotels[0])] == [12]
        row = properties.get(connection, hotels[0])
    assert (row.currency, row.business_date) == ("EUR", None)


@pytest.mark.parametrize("acted", [False, True])
def test_what_an_export_took_of_the_rooms_decided_stands_again_unless_staff_acted(
    store: Store, hotels: list[int], acted: bool
) -> None:
    closed = {"room": "103", "from": "2017-02-02", "to": "2017-02-04"}
    before = {"locks": {"a": ["101"], "b": ["102"]}, "out_of_order": [closed], "overbooking": {"STD": 1}}
    waiting = {"planned": {"b": {"before": ["101"], "after": ["102"]}}, "past": [{"words": "took on b"}]}
    left = {"locks": {"a": ["101"]}, "overbooking": {"STD": 1}}
    with store.write() as connection:
        data_settings.put(connection, "options of allocation", before, hotels[0])
        data_settings.put(connection, "rooms to carry out", waiting, hotels[0])
        wrong = take_in(connection, hotels, export(3, a="DLX"))
        data_settings.put(connection, "options of allocation", left, hotels[0])
        data_settings.put(connection, "rooms to carry out", {"past": [{"words": "opened 103"}] if acted else []}, hotels[0])
        take_back(connection, wrong)
        assert data_settings.get(connection, "options of allocation", None, hotels[0]) == (left if acted else before)
        if not acted:
            assert data_settings.get(connection, "rooms to carry out", None, hotels[0]) == waiting


def test_a_write_that_fails_leaves_nothing_noted(store: Store, hotels: list[int]) -> None:
    def broken(connection: sqlite3.Connection) -> None:
        ImportRecording(connection)
        connection.execute("INSERT INTO bookings (id) VALUES (1)")

    with pytest.raises(sqlite3.IntegrityError), store.write() as connection:
        broken(connection)
    with store.write() as connection:
        take_in(connection, hotels, export(1, a="STD"))
        left = connection.execute("SELECT name FROM sqlite_temp_master").fetchall()
    assert left == []


def test_an_import_of_before_is_refused(store: Store, hotels: list[int]) -> None:
    with store.write() as connection:
        made = imports.record(connection, imports.ImportRow("old.csv", "sha", 1, imports.DONE, NOW))
        imports.add_property(connection, made, hotels[0], day(1), 1)
        with pytest.raises(NotTakenBackError, match=r"before old\.csv is not kept"):
            take_back(connection, made)


def test_two_hotels_that_became_one_are_refused(store: Store, hotels: list[int]) -> None:
    with store.write() as connection:
        take_in(connection, hotels, export(1, a="STD"))
        wrong = take_in(connection, hotels, export(2, hotel=1, b="STD"))
        joining.join(connection, hotels[1], hotels[0], {}, NOW)
        with pytest.raises(NotTakenBackError, match="Small Inn became part of Grand Hotel"):
            take_back(connection, wrong)


def test_the_oldest_are_forgotten(store: Store, hotels: list[int]) -> None:
    with store.write() as connection:
        numbers = [take_in(connection, hotels, export(1 + n % 9, a="STD")) for n in range(import_undo.KEPT + 2)]
        assert import_undo.kept(connection) == set(numbers[2:])


def test_what_was_taken_back_is_none_of_the_latest(store: Store, hotels: list[int]) -> None:
    with store.write() as connection:
        numbers = [take_in(connection, hotels, export(1 + n % 9, a="STD")) for n in range(import_undo.KEPT)]
        take_back(connection, numbers[20])
        again = [take_in(connection, hotels, export(1 + n % 9, a="STD")) for n in range(20, import_undo.KEPT)]
        assert import_undo.kept(connection) == {*numbers[:20], *again}


def test_what_it_takes_to_note_grows_with_the_rows_and_not_with_their_square(store: Store, hotels: list[int]) -> None:
    def steps_of(many: int, hotel: int) -> int:
        steps = 0

        def count() -> int:
            nonlocal steps
            steps += 1
            return 0

        names = [f"{hotel}-{number}" for number in range(many)]
        with store.write() as connection:
            for on, kind in ((1, "STD"), (2, "DLX")):
                connection.set_progress_handler(count if on == 2 else None, 100)
                told = {"rows": dict.fromkeys(names, kind), "reviews": dict.fromkeys(names, kind)}
                take_in(connection, hotels, export(on, hotel) | told)
            connection.set_progress_handler(None, 0)
        return steps

    few, many = steps_of(150, 0), steps_of(600, 1)
    assert many < 6 * few


def test_bookings_that_stand_again_were_changed_since(store: Store, hotels: list[int]) -> None:
    with store.write() as connection:
        take_in(connection, hotels, export(1, a="STD", b="STD"))
        changes = ImportRecording(connection)
        made = imports.record(connection, imports.ImportRow("export.csv", "sha", 1, imports.DONE, NOW))
        span = missing.Span(date(2017, 3, 1), date(2017, 3, 31))
        gone = missing.cancelled_records(connection, hotels[0], None, day(1), day(2), span)
        bookings.apply(connection, hotels[0], made, day(2), gone)
        imports.add_property(connection, made, hotels[0], day(2), 2)
        changes.keep(made)
        assert missing.let(connection, hotels[0], be_cancelled=False) == 2
        with pytest.raises(NotTakenBackError):
            take_back(connection, made)
