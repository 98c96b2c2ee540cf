"""What staff set and decided for two properties, and what they were told of them, once both are one."""

from __future__ import annotations

import os
import shutil
from datetime import timedelta
from pathlib import Path

import pytest
from cut_in_two import NEW, NEXT_DAY
from failing_writes import no_room_after_settings, no_room_for_settings
from handed_over import names_of
from small_hotel import AS_OF, NAME

from hotelml_app.core.errors import HotelMLError
from hotelml_app.core.events import Warned
from hotelml_app.services.appliance import Appliance
from hotelml_app.services.report.daily import write_daily
from hotelml_app.settings.errors import SettingsError
from hotelml_app.settings.files import load
from hotelml_app.settings.home import slug
from hotelml_app.settings.model import PropertySettings, ReportSettings
from hotelml_app.store.decided import data_settings
from hotelml_app.store.exported import bookings
from hotelml_app.store.hotels import properties
from hotelml_app.store.told import warnings


def ids(appliance: Appliance) -> tuple[int, int]:
    with appliance.parts.store.read() as connection:
        return properties.by_name(connection, NEW).id, properties.by_name(connection, NAME).id


def test_reports_of_the_name_that_is_gone_count_among_those_that_are_kept(two: Appliance, tmp_path: Path) -> None:
    folder = tmp_path / "reports"
    folder.mkdir()
    two.save_settings(two.settings().model_copy(update={"report": ReportSettings(folder=str(folder), keep=2)}))
    write_daily(two.parts)
    merged_at = two.parts.clock.now().timestamp()
    (gone,) = folder.glob(f"report-{slug(NEW)}-*.xlsx")
    days = [AS_OF - timedelta(days=back) for back in range(1, 5)]
    for day in days:
        shutil.copy(gone, folder / f"report-{slug(NEW)}-{day.isoformat()}.xlsx")
    for path in folder.iterdir():
        os.utime(path, (merged_at - 60, merged_at - 60))
    later = folder / f"report-{slug(NEW)}-2020-01-01.xlsx"
    shutil.copy(gone, later)
    os.utime(later, (merged_at + 86_400, merged_at + 86_400))
    two.merge_properties(NEW, NAME)
    write_daily(two.parts)
    left = {path.name for path in folder.iterdir()}
    assert left == {gone.name, f"report-{slug(NAME)}-{NEXT_DAY.isoformat()}.xlsx", later.name}


def test_what_was_told_of_the_one_that_goes_is_taken_where_the_other_lacks_it(two: Appliance, tmp_path: Path) -> None:
    ours = PropertySettings(name=NAME, drop_folder=str(tmp_path / "ours"), walk_cost=150.0)
    theirs = PropertySettings(name=NEW, drop_folder=str(tmp_path / "theirs"), walk_cost=90.0, room_value=60.0, country="DE")
    two.save_settings(two.settings().model_copy(update={"properties": (ours, theirs)}))
    assert str(tmp_path / "theirs") in two.compare_properties(NEW, NAME).lines[-1]
    two.merge_properties(NEW, NAME)
    (kept,) = load(two.parts.layout.home).properties
    assert kept == ours.model_copy(update={"room_value": 60.0, "country": "DE"})
    assert two.parts.folders.folder_of(NAME) == tmp_path / "ours"


def test_where_only_the_one_that_goes_was_set_up_its_folder_is_that_of_the_hotel(two: Appliance, tmp_path: Path) -> None:
    with two.parts.store.write() as connection:
        properties.update(connection, properties.by_name(connection, NAME).id, country="PT")
    theirs = PropertySettings(name=NEW, drop_folder=str(tmp_path / "theirs"), country="DE")
    two.save_settings(two.settings().model_copy(update={"properties": (theirs,)}))
    two.merge_properties(NEW, NAME)
    assert load(two.parts.layout.home).properties == (
        theirs.model_copy(update={"name": NAME, "country": "PT", "currency": "EUR"}),
    )


def test_where_the_settings_cannot_be_written_everything_is_as_it_was(
    two: Appliance, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = tuple(PropertySettings(name=name, drop_folder=str(tmp_path / name)) for name in (NAME, NEW))
    two.save_settings(two.settings().model_copy(update={"properties": own}))
    no_room_for_settings(monkeypatch)
    with pytest.raises(SettingsError, match="full"):
        two.merge_properties(NEW, NAME)
    assert names_of(two) == [NAME, NEW]
    with two.parts.store.read() as connection:
        assert bookings.count(connection, properties.by_name(connection, NEW).id) == 8
    assert two.settings().properties == own


def test_where_the_database_cannot_be_written_the_settings_are_as_they_were(
    two: Appliance, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = tuple(PropertySettings(name=name, drop_folder=str(tmp_path / name)) for name in (NAME, NEW))
    two.save_settings(two.settings().model_copy(update={"properties": own}))
    no_room_after_settings(two, monkeypatch)
    with pytest.raises(HotelMLError, match="no room"):
        two.merge_properties(NEW, NAME)
    assert load(two.parts.layout.home).properties == own == two.settings().properties
    assert names_of(two) == [NAME, NEW]


def test_rates_to_enter_do_not_come_without_what_is_asked_of_the_rates(two: Appliance) -> None:
    gone, stays = ids(two)
    with two.parts.store.write() as connection:
        data_settings.put(connection, "options of pricing", {"floor": 80.0}, stays)
        for name in ("options of pricing", "rates decided", "options of allocation", "rooms to carry out"):
            data_settings.put(connection, name, {"of": "the one that goes"}, gone)
    two.merge_properties(NEW, NAME)
    with two.parts.store.read() as connection:
        kept = data_settings.all(connection, stays)
    assert kept["options of pricing"] == {"floor": 80.0}
    assert "rates decided" not in kept
    assert kept["options of allocation"] == kept["rooms to carry out"] == {"of": "the one that goes"}


def test_what_was_warned_of_the_one_that_goes_is_over(two: Appliance) -> None:
    gone, _ = ids(two)
    for key in (f"predict:{NEW}:forecast", f"export:{gone}:hotelml:new columns", f"predict:{NAME}:forecast"):
        two.events.publish(Warned(key, "Look", "Look."))
    two.merge_properties(NEW, NAME)
    with two.parts.store.read() as connection:
        assert [one.key for one in warnings.standing(connection) if "Look" in one.title] == [f"predict:{NAME}:forecast"]
