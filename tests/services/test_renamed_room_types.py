"""Room types that exports call otherwise by now: what staff decided and what was predicted goes on under the new name."""

from __future__ import annotations

import csv
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from small_hotel import AS_OF, NAME, write_export

from hotelml_app.modules import manifest
from hotelml_app.monitor.outcomes import match_outcomes
from hotelml_app.registry import run_options
from hotelml_app.services.appliance import Appliance
from hotelml_app.services.asking.choose_property import the_one
from hotelml_app.services.asking.operations import operation
from hotelml_app.services.nights.given import given
from hotelml_app.services.rates.views import LimitsView, RateDay, RatesView, SetLimits, SetRate, UndoRates
from hotelml_app.services.rooms.draft import RoomDraft
from hotelml_app.services.rooms.room_lines import parsed
from hotelml_app.services.rooms.views import GiveRoom, Standing
from hotelml_app.store.learned import predictions

NEXT_DAY = AS_OF + timedelta(days=1)
OLD, NEW = "DLX", "Deluxe"
NIGHT = AS_OF + timedelta(days=20)
MONTH = NIGHT.replace(day=1)
LIMITS = LimitsView(floor=150.0, ceiling=400.0, rounding=1.0, smallest_change=0.02, freeze_days=0)


@pytest.fixture
def renamed_export(tmp_path: Path) -> Path:
    """What the PMS exports the day after: all that is to come of a room type has another one."""
    with write_export(tmp_path / "as it was", NEXT_DAY).open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        told = [{**row, "room_type": NEW if row["room_type"] == OLD else row["room_type"]} for row in reader]
        header = reader.fieldnames or ()
    path = tmp_path / "renamed.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, header)
        writer.writeheader()
        writer.writerows(row for row in told if row["departure"] > NEXT_DAY.isoformat())
    return path


def rename(appliance: Appliance, former: str = OLD, present: str = NEW) -> None:
    operation("rooms.rename").run(appliance.parts, {"former": former, "present": present})


def options(appliance: Appliance, module: str) -> dict[str, object]:
    return run_options.kept_options(appliance.parts.store, the_one(appliance.parts.store, NAME).id, module)


def on(view: RatesView, night: date) -> RateDay:
    return next(one for one in view.days if one.night == night)


def decide(appliance: Appliance) -> None:
    """Limit a room type, and lock a rate of it."""
    appliance.change_rates(NAME, SetLimits(OLD, LIMITS), MONTH, OLD)
    appliance.change_rates(NAME, SetRate(NIGHT, NIGHT, OLD, 222.0), MONTH, OLD)


def test_limits_and_locked_rates_of_a_room_type_stay_with_it(appliance: Appliance, renamed_export: Path) -> None:
    decide(appliance)
    appliance.import_files([renamed_export])
    rename(appliance)
    view = appliance.rates(NAME, MONTH, NEW)
    assert (view.limits.floor, view.limits.ceiling) == (LIMITS.floor, LIMITS.ceiling)
    assert (on(view, NIGHT).suggested_rate, on(view, NIGHT).standing) == (222.0, "locked")
    assert [(one.night, one.room_type, one.rate) for one in view.to_enter] == [(NIGHT, NEW, 222.0)]


def test_they_are_back_once_the_renaming_is_taken_back(appliance: Appliance, renamed_export: Path) -> None:
    decide(appliance)
    before = options(appliance, "pricing")
    appliance.import_files([renamed_export])
    rename(appliance)
    rename(appliance, OLD, OLD)
    assert options(appliance, "pricing") == before
    view = appliance.rates(NAME, MONTH, OLD)
    assert [(one.night, one.room_type) for one in view.to_enter] == [(NIGHT, OLD)]


def test_what_was_decided_since_stays_where_it_was_decided(appliance: Appliance, renamed_export: Path) -> None:
    decide(appliance)
    appliance.import_files([renamed_export])
    rename(appliance)
    appliance.change_rates(NAME, SetRate(NIGHT, NIGHT, NEW, 240.0), MONTH, NEW)
    rename(appliance, OLD, OLD)
    assert on(appliance.rates(NAME, MONTH, NEW), NIGHT).suggested_rate == 240.0


def test_a_rate_is_undone_under_the_new_name(appliance: Appliance) -> None:
    decide(appliance)
    rename(appliance, OLD, "SUP")
    appliance.change_rates(NAME, UndoRates(), MONTH, "SUP")
    assert "locked" not in options(appliance, "pricing")


def test_the_list_of_rooms_follows_and_comes_back(appliance: Appliance, renamed_export: Path) -> None:
    view = appliance.room_list(NAME)
    read = parsed(f"901 {OLD}\n902 SUP", view.types, RoomDraft.of(view).rooms)
    appliance.change_rooms(NAME, RoomDraft.of(view).with_lines(read.rooms).change)
    appliance.import_files([renamed_export])
    rename(appliance)
    told = options(appliance, "allocation")["rooms"]
    assert isinstance(told, dict)
    assert (told["901"], told["902"]) == (NEW, "SUP")
    assert {room.room_type for room in appliance.rooms(NAME).rooms if room.number == "901"} == {NEW}
    rename(appliance, OLD, OLD)
    back = options(appliance, "allocation")["rooms"]
    assert isinstance(back, dict)
    assert (back["901"], back["902"]) == (OLD, "SUP")


def test_decisions_about_rates_are_judged_by_what_the_room_type_brought(appliance: Appliance, renamed_export: Path) -> None:
    appliance.change_rates(NAME, SetRate(NEXT_DAY, NEXT_DAY, OLD, 222.0), NEXT_DAY.replace(day=1), OLD)
    appliance.import_files([renamed_export])
    rename(appliance)
    (ledger,) = operation("rates.ledger").run(appliance.parts, {})["ledgers"]
    (entry,) = (one["entry"] for one in ledger["own"])
    assert (entry["room_type"], entry["night"]) == (NEW, NEXT_DAY.isoformat())
    assert entry["rooms"] > 0


def test_what_was_predicted_of_a_room_type_is_judged(appliance: Appliance, renamed_export: Path) -> None:
    parts = appliance.parts
    row = the_one(parts.store, NAME)
    for module in (manifest("pricing"), manifest("forecast")):
        given(parts, row, module.name, module.horizon_days)
    appliance.import_files([renamed_export])
    rename(appliance)
    for module in (manifest("pricing"), manifest("forecast")):
        match_outcomes(parts.store, module, row.id, parts.property_data(the_one(parts.store, NAME)))
        with parts.store.read() as connection:
            judged = predictions.judged(connection, row.id, module.name, NEXT_DAY, NEXT_DAY)
        of_type = [outcome for one, outcome in judged if one.payload.get("room_type") == NEW]
        assert of_type, module.name
        assert all(outcome.actual > 0 for outcome in of_type)


def test_a_page_that_was_looked_at_under_the_former_name_shows_the_present_one(appliance: Appliance) -> None:
    rename(appliance, OLD, "SUP")
    assert appliance.rates(NAME, MONTH, OLD).room_type == "SUP"
    assert appliance.forecast(NAME, "rooms_sold", OLD).room_type == "SUP"
    assert appliance.night(NAME, NIGHT, OLD) == appliance.night(NAME, NIGHT, "SUP")


def test_a_room_whose_number_nobody_knows_stays_locked(appliance: Appliance, renamed_export: Path) -> None:
    (view,) = appliance.properties()
    kinds = tuple((code, 40 if code == OLD else rooms, seen) for code, rooms, seen in view.room_types)
    appliance.update_property(replace(view, room_types=kinds))
    page = appliance.rooms(NAME)
    free = next(room.number for room in page.rooms if not room.named and room.room_type == OLD)
    stay = next(one for one in reversed(page.stays) if one.standing is Standing.GIVEN and one.room_type == OLD and not one.number)
    appliance.change_rooms(NAME, GiveRoom(stay.reservation_id, 0, free))
    appliance.import_files([renamed_export])
    rename(appliance)
    (after,) = (one for one in appliance.rooms(NAME).stays if one.reservation_id == stay.reservation_id)
    assert (after.room, after.standing) == (free.replace(OLD, NEW), Standing.PLANNED)
