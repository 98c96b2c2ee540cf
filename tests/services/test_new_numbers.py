"""A new PMS numbers the bookings anew: what staff decided of them, and what was predicted, goes on under the new numbers."""

from __future__ import annotations

import csv
from datetime import timedelta
from pathlib import Path

import pytest
from small_hotel import AS_OF, NAME, write_export

from hotelml_app.modules import manifest
from hotelml_app.monitor.outcomes import match_outcomes
from hotelml_app.services.appliance import Appliance
from hotelml_app.services.asking.choose_property import the_one
from hotelml_app.services.errors import OtherNumbersInBothError, RoomsChangedError
from hotelml_app.services.nights.given import given
from hotelml_app.services.nights.page_ground import Ground
from hotelml_app.services.rooms import rooms_page
from hotelml_app.services.rooms.views import CloseRoom, LockRoom, RoomsView, Standing
from hotelml_app.store.exported import bookings
from hotelml_app.store.learned import predictions

NEW = "Test Hotel GmbH"
NEXT_DAY = AS_OF + timedelta(days=1)


def export_of_the_new_pms(folder: Path, name: str = NAME) -> Path:
    """What the new PMS exports the day after: nobody who has left, and each booking under a number of its own."""
    with write_export(folder / "as it was", NEXT_DAY).open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        told = [row for row in reader if row["departure"] > NEXT_DAY.isoformat()]
        header = reader.fieldnames or ()
    path = folder / f"new PMS {name}.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, header)
        writer.writeheader()
        writer.writerows({**row, "property": name, "reservation_id": new_number(row["reservation_id"])} for row in told)
    return path


def new_number(reservation: str) -> str:
    return f"N{reservation}"


def net_of_taxes(path: Path) -> Path:
    """The same export, of a PMS that knows neither the prices nor the days of booking."""
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        told = [{**row, "adr": f"{float(row['adr'] or 0) / 1.07:.2f}", "total": "", "booked_on": f"{NEXT_DAY}"} for row in reader]
        header = reader.fieldnames or ()
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, header)
        writer.writeheader()
        writer.writerows(told)
    return path


def locked(view: RoomsView) -> set[str]:
    return {one.reservation_id for one in view.stays if one.locked}


def test_locks_and_calls_of_a_booking_stay_with_it(appliance: Appliance, tmp_path: Path) -> None:
    before = appliance.rooms(NAME)
    held = max((one for one in before.stays if one.standing is Standing.GIVEN and not one.number), key=lambda one: one.arrival)
    appliance.change_rooms(NAME, LockRoom(held.reservation_id, True))
    appliance.tick_call(NAME, held.reservation_id, held.arrival, called=True)
    (done,) = appliance.import_files([export_of_the_new_pms(tmp_path)])
    assert done.status == "done", done.message
    after = appliance.rooms(NAME)
    assert locked(after) == {new_number(held.reservation_id)}
    (stay,) = (one for one in after.stays if one.locked)
    assert stay.room == held.room
    assert [one.reservation_id for one in after.planned] == [new_number(held.reservation_id)]
    assert set(appliance.arrivals(NAME, held.arrival).called) == {new_number(held.reservation_id)}


def test_what_was_predicted_of_a_booking_is_judged(appliance: Appliance, tmp_path: Path) -> None:
    parts = appliance.parts
    row, noshow = the_one(parts.store, NAME), manifest("noshow")
    given(parts, row, noshow.name, noshow.horizon_days)
    with parts.store.read() as connection:
        said = [one for one in predictions.of_run(connection, row.id, noshow.name, AS_OF) if one.target_date == NEXT_DAY]
    assert said
    appliance.import_files([export_of_the_new_pms(tmp_path)])
    match_outcomes(parts.store, noshow, row.id, parts.property_data(the_one(parts.store, NAME)))
    with parts.store.read() as connection:
        judged = predictions.judged(connection, row.id, noshow.name, NEXT_DAY, NEXT_DAY)
    assert {one.key for one, _ in judged} == {new_number(one.key) for one in said}


def test_bookings_of_a_new_pms_that_calls_the_hotel_otherwise_count_once(appliance: Appliance, tmp_path: Path) -> None:
    before = appliance.rooms(NAME)
    held = max((one for one in before.stays if one.standing is Standing.GIVEN and not one.number), key=lambda one: one.arrival)
    appliance.change_rooms(NAME, LockRoom(held.reservation_id, True))
    appliance.import_files([export_of_the_new_pms(tmp_path, NEW)])
    view = appliance.compare_properties(NEW, NAME)
    assert view.again == view.both > 500
    told = "\n".join(view.lines)
    assert f"{view.both:,} of them are known again under another number, by nights and by price or day of booking." in told
    assert f"From now on the numbers of {NEW} hold" in told
    done = appliance.merge_properties(NEW, NAME)
    with appliance.parts.store.read() as connection:
        assert bookings.count(connection, the_one(appliance.parts.store, NAME).id) == done.bookings
    assert done.bookings == view.stays.bookings + view.gone.bookings - view.both
    assert locked(appliance.rooms(NAME)) == {new_number(held.reservation_id)}


def test_where_only_nights_tell_the_two_stay_apart_until_somebody_says_so(appliance: Appliance, tmp_path: Path) -> None:
    appliance.import_files([net_of_taxes(export_of_the_new_pms(tmp_path, NEW))])
    view = appliance.compare_properties(NEW, NAME)
    assert (view.numbers_unsure, view.again) == (True, 0)
    with pytest.raises(OtherNumbersInBothError, match="under other numbers and at other prices") as refused:
        appliance.merge_properties(NEW, NAME)
    assert f'hotelml properties merge --new-numbers "{NEW}" "{NAME}"' in refused.value.remedy
    said = appliance.compare_properties(NEW, NAME, new_numbers=True)
    assert said.problem == ""
    assert appliance.merge_properties(NEW, NAME, new_numbers=True).view.again == said.again > 300


def test_a_page_that_was_opening_while_the_new_numbers_came_loses_no_lock(appliance: Appliance, tmp_path: Path) -> None:
    before = appliance.rooms(NAME)
    held = max((one for one in before.stays if one.standing is Standing.GIVEN and not one.number), key=lambda one: one.arrival)
    appliance.change_rooms(NAME, LockRoom(held.reservation_id, True))
    opening = Ground(appliance.parts, the_one(appliance.parts.store, NAME))
    assert len(opening.books)
    appliance.import_files([export_of_the_new_pms(tmp_path)])
    rooms_page.build(opening)
    assert locked(appliance.rooms(NAME)) == {new_number(held.reservation_id)}


def test_rooms_that_were_being_solved_while_the_new_numbers_came_are_not_kept(appliance: Appliance, tmp_path: Path) -> None:
    before = appliance.rooms(NAME)
    held = max((one for one in before.stays if one.standing is Standing.GIVEN and not one.number), key=lambda one: one.arrival)
    appliance.change_rooms(NAME, LockRoom(held.reservation_id, True))

    def then_import(_: float, step: str) -> None:
        if step.startswith("Solving"):
            appliance.import_files([export_of_the_new_pms(tmp_path)])

    closed = CloseRoom(held.room, held.departure, held.departure + timedelta(days=3))
    with pytest.raises(RoomsChangedError, match="An export came in"):
        appliance.change_rooms(NAME, closed, progress=then_import)
    assert locked(appliance.rooms(NAME)) == {new_number(held.reservation_id)}


def test_a_file_that_is_taken_back_takes_its_numbers_with_it(appliance: Appliance, tmp_path: Path) -> None:
    before = appliance.rooms(NAME)
    held = max((one for one in before.stays if one.standing is Standing.GIVEN and not one.number), key=lambda one: one.arrival)
    appliance.change_rooms(NAME, LockRoom(held.reservation_id, True))
    (done,) = appliance.import_files([export_of_the_new_pms(tmp_path)])
    # Ticked since, under the new number.
    appliance.tick_call(NAME, new_number(held.reservation_id), held.arrival, called=True)
    appliance.take_back(done.id)
    after = appliance.rooms(NAME)
    assert {one.reservation_id for one in after.stays} == {one.reservation_id for one in before.stays}
    assert locked(after) == {held.reservation_id}
    assert set(appliance.arrivals(NAME, held.arrival).called) == {held.reservation_id}
