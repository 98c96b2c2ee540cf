"""That an export is missing is told in the morning, and not while that very export is on its way."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from dropped import wait_until
from small_hotel import AS_OF, NAME, write_export

from hotelml_app.core.events import ExportMissing, ImportFinished
from hotelml_app.schedule.errands import Errands
from hotelml_app.services.appliance import Appliance
from hotelml_app.services.exports import missing_exports
from hotelml_app.services.exports.missing_exports import PATIENCE_S
from hotelml_app.services.home.timetable import EXPORTS, Timetable
from hotelml_app.store.hotels import properties

TWO_NIGHTS = timedelta(days=2)


@pytest.fixture
def folder(appliance: Appliance, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The drop folder, watched two nights after the last export; a file is complete once the test moves the clock."""
    monkeypatch.setattr(missing_exports, "LOOK_EVERY_S", 0.01)
    appliance.parts.clock.advance(TWO_NIGHTS)
    appliance.parts.folders.start()
    yield Path(appliance.data(NAME).drop_folder)
    appliance.parts.folders.stop()


@pytest.fixture
def told(appliance: Appliance) -> list[ExportMissing]:
    heard: list[ExportMissing] = []
    appliance.events.subscribe(lambda event: heard.append(event) if isinstance(event, ExportMissing) else None)
    return heard


@pytest.fixture
def at_seven(appliance: Appliance, errands: Errands) -> Callable[[], None]:
    timetable = Timetable(appliance.parts, None, errands)
    return lambda: timetable.run(EXPORTS)


def on_its_way(appliance: Appliance) -> bool:
    return [one.why for one in appliance.data(NAME).waiting] == ["waiting until it is complete"]


def complete(appliance: Appliance) -> None:
    """Let the file lie still for long enough: what the system tells late of its writing begins the wait anew."""

    def was_still() -> bool:
        appliance.parts.clock.advance(timedelta(seconds=10))
        appliance.rescan()
        time.sleep(0.2)
        return not on_its_way(appliance)

    wait_until(was_still)


def test_an_export_that_is_being_taken_in_is_not_missing(
    appliance: Appliance, folder: Path, told: list[ExportMissing], at_seven: Callable[[], None], errands: Errands
) -> None:
    write_export(folder, AS_OF + TWO_NIGHTS)
    appliance.rescan()
    wait_until(lambda: on_its_way(appliance))
    at_seven()
    assert not errands.wait_idle(0.3), "it waits for the file"
    assert told == []
    complete(appliance)
    assert errands.wait_idle(60)
    assert appliance.properties()[0].business_date == AS_OF + TWO_NIGHTS
    assert told == []


def test_one_that_came_while_the_pc_slept_is_seen_before_anything_is_told(
    appliance: Appliance, folder: Path, told: list[ExportMissing], at_seven: Callable[[], None], errands: Errands
) -> None:
    wait_until(lambda: not appliance.parts.folders.in_flight(NAME))
    watcher = appliance.parts.folders._watchers[folder]
    watcher._stop_observer()
    watcher._polling = True
    write_export(folder, AS_OF + TWO_NIGHTS)
    at_seven()
    assert not errands.wait_idle(0.3)
    complete(appliance)
    assert errands.wait_idle(60)
    assert told == []


def test_it_is_told_afterwards_where_the_file_was_something_else(
    appliance: Appliance, folder: Path, told: list[ExportMissing], at_seven: Callable[[], None], errands: Errands
) -> None:
    imported: list[ImportFinished] = []
    appliance.events.subscribe(lambda event: imported.append(event) if isinstance(event, ImportFinished) else None)
    write_export(folder, AS_OF - TWO_NIGHTS)
    appliance.rescan()
    wait_until(lambda: on_its_way(appliance))
    at_seven()
    assert not errands.wait_idle(0.3)
    assert told == []
    complete(appliance)
    assert errands.wait_idle(60)
    assert len(imported) == 1
    assert [(one.property_name, one.days_old) for one in told] == [(NAME, 3)]


def test_a_file_that_waits_for_an_answer_keeps_nothing_back(
    appliance: Appliance, folder: Path, told: list[ExportMissing], at_seven: Callable[[], None], errands: Errands
) -> None:
    (folder / "list.csv").write_text("col,other,more\n03/04/2026,x,5\n05/04/2026,y,6\n", encoding="utf-8")
    appliance.rescan()
    wait_until(lambda: on_its_way(appliance))
    complete(appliance)
    wait_until(lambda: bool(appliance.data(NAME).waiting[0].question))
    at_seven()
    assert errands.wait_idle(30)
    assert len(told) == 1


def test_of_another_property_it_is_told_at_once(
    appliance: Appliance, folder: Path, told: list[ExportMissing], errands: Errands, monkeypatch: pytest.MonkeyPatch
) -> None:
    with appliance.parts.store.write() as connection:
        second = properties.ensure(connection, "Hotel Second", appliance.parts.clock.now())
        properties.set_business_date(connection, second, AS_OF)
    monkeypatch.setattr(missing_exports, "_tell_if_missing", lambda parts, row: told.append(row.name))
    monkeypatch.setattr(appliance.parts.folders, "in_flight", lambda name: name == NAME)
    Timetable(appliance.parts, None, errands).run(EXPORTS)
    wait_until(lambda: told == ["Hotel Second"])
    assert not errands.wait_idle(0.1)
    appliance.parts.clock.advance(timedelta(seconds=PATIENCE_S))
    assert errands.wait_idle(30), "what is on its way for an hour is no export that came"
    assert told == ["Hotel Second", NAME]
