"""An import that is taken back: data, predictions and models are what they were before it, and what came later is read again."""

from __future__ import annotations

import sqlite3
from contextlib import suppress
from datetime import date, timedelta
from pathlib import Path

import pytest
from handed_over import names_of
from registered_versions import add_live, live_slope, state
from small_hotel import AS_OF, MORNING, NAME, write_export
from taken_in import an_hour_passes, take_in

from hotelml_app.core.errors import HotelMLError
from hotelml_app.core.events import DeploymentChanged, Event, ImportFinished
from hotelml_app.core.jobs import TRAIN, JobStage
from hotelml_app.registry.errors import WithdrawnVersionError
from hotelml_app.services.appliance import Appliance
from hotelml_app.services.asking.operations import operation
from hotelml_app.services.errors import PropertyAtWorkError
from hotelml_app.services.rooms.views import CloseRoom, OpenRoom
from hotelml_app.settings.model import PropertySettings, Settings
from hotelml_app.store.corrected import import_undo
from hotelml_app.store.corrected.import_undo import NotTakenBackError
from hotelml_app.store.exported import imports
from hotelml_app.store.hotels import properties
from hotelml_app.store.learned import jobs, models, predictions
from hotelml_app.store.learned.models import VersionState
from hotelml_app.store.told import warnings

NEXT = AS_OF + timedelta(days=1)
AFTER = AS_OF + timedelta(days=2)
HEADER = "property,reservation_id,booked_on,arrival,departure,status,status_date,room_type,rate_code,business_date"


def bookings_known(appliance: Appliance, folder: Path) -> str:
    out = folder / "known.csv"
    operation("bookings").run(appliance.parts, {"property": NAME, "out": str(out)})
    return out.read_text(encoding="utf-8")


@pytest.fixture
def hotel(appliance: Appliance) -> int:
    an_hour_passes(appliance)
    with appliance.parts.store.read() as connection:
        return properties.by_name(connection, NAME).id


@pytest.fixture
def delta(tmp_path: Path) -> Path:
    return write_export(tmp_path / "exports", NEXT, changed_since=AS_OF)


def test_all_pages_answer_as_before(appliance: Appliance, hotel: int, delta: Path, tmp_path: Path) -> None:
    today, arrivals, forecast, known = (
        appliance.today(NAME),
        appliance.arrivals(NAME),
        appliance.forecast(NAME),
        bookings_known(appliance, tmp_path),
    )
    number = take_in(appliance, delta)
    assert appliance.forecast(NAME) != forecast
    view = appliance.look_at_taking_back(number)
    assert appliance.properties()[0].business_date == NEXT, "a look changes nothing"
    done = appliance.take_back(number)
    assert done.view == view
    assert "as of the end of 27 Feb 2026 instead of 28 Feb 2026" in view.lines[0]
    assert appliance.forecast(NAME) == forecast
    assert appliance.arrivals(NAME) == arrivals
    assert appliance.today(NAME).nights == today.nights
    assert bookings_known(appliance, tmp_path) == known


def test_it_is_listed_as_taken_back_and_may_come_again(appliance: Appliance, hotel: int, delta: Path) -> None:
    number = take_in(appliance, delta)
    assert appliance.data(NAME).imports[0].undoable
    appliance.take_back(number)
    listed = appliance.data(NAME).imports[0]
    assert (listed.status, listed.created, listed.undoable) == ("taken back", 0, False)
    assert listed.message.startswith("Taken back on 28 Feb 2026")
    again = take_in(appliance, delta)
    assert appliance.properties()[0].business_date == NEXT
    with pytest.raises(NotTakenBackError, match="Nothing was taken in with it"):
        appliance.take_back(number)
    appliance.take_back(again)
    assert appliance.properties()[0].business_date == AS_OF


def test_models_that_learned_from_it_answer_no_more(
    appliance: Appliance, hotel: int, delta: Path, tmp_path: Path, events: list[Event]
) -> None:
    registry = appliance.parts.registry
    before = add_live(registry, hotel, tmp_path, 1.0)
    an_hour_passes(appliance)
    number = take_in(appliance, delta)
    after = add_live(registry, hotel, tmp_path, 2.0)
    with appliance.parts.store.write() as connection:
        job = jobs.add(connection, TRAIN, appliance.parts.clock.now(), module="tiny", property_id=hotel)
        jobs.finish(connection, job, JobStage.DONE, appliance.parts.clock.now(), report={"points": 5_000})
    with appliance.events.listening(events.append):
        view = appliance.take_back(number).view
    assert live_slope(registry, hotel) == 1.0
    assert (state(registry, hotel, before), state(registry, hotel, after)) == (VersionState.CHAMPION, VersionState.WITHDRAWN)
    why = registry.deployments(hotel, "tiny")[0].reason
    assert why == f"the model before it had learned from {delta.name}, which was taken back"
    with pytest.raises(WithdrawnVersionError, match="taken back"):
        registry.promote(hotel, "tiny", after)
    assert [one.version for one in events if isinstance(one, DeploymentChanged)] == [before]
    assert any("learned from it; those before them answer again" in line for line in view.lines)
    with appliance.parts.store.read() as connection:
        assert jobs.last_counted(connection, hotel, "tiny") is None
    registry.rollback(hotel, "tiny")
    assert live_slope(registry, hotel) is None, "nothing leads back to the one that learned from it"


def test_nothing_leads_back_to_them_where_another_was_chosen_by_hand(
    appliance: Appliance, hotel: int, delta: Path, tmp_path: Path
) -> None:
    registry = appliance.parts.registry
    before = add_live(registry, hotel, tmp_path, 1.0)
    an_hour_passes(appliance)
    number = take_in(appliance, delta)
    after = add_live(registry, hotel, tmp_path, 2.0)
    registry.promote(hotel, "tiny", before)
    appliance.take_back(number)
    assert (live_slope(registry, hotel), state(registry, hotel, after)) == (1.0, VersionState.WITHDRAWN)
    registry.rollback(hotel, "tiny")
    assert live_slope(registry, hotel) is None


def test_predictions_of_days_that_are_yet_to_come_are_forgotten(appliance: Appliance, hotel: int, delta: Path) -> None:
    upkeep = appliance.parts.upkeep
    assert upkeep is not None
    upkeep.after_import_now(hotel)
    number = take_in(appliance, delta)
    upkeep.after_import_now(hotel)
    assert _runs(appliance, hotel) == [AS_OF, NEXT]
    assert _judged(appliance, hotel) > 0
    appliance.take_back(number)
    assert [job.stage for job in _trainings(appliance, hotel)] == [JobStage.CANCELLED] * 5
    assert _runs(appliance, hotel) == []
    assert _judged(appliance, hotel) == 0
    upkeep.after_import_now(hotel)
    assert _runs(appliance, hotel) == [AS_OF]


def _trainings(appliance: Appliance, hotel: int) -> list[jobs.JobRow]:
    with appliance.parts.store.read() as connection:
        return [row for row in jobs.recent(connection, property_id=hotel) if row.kind == TRAIN]


def _runs(appliance: Appliance, hotel: int) -> list[date]:
    with appliance.parts.store.read() as connection:
        return [day for day, _ in predictions.runs(connection, hotel, "forecast")]


def _judged(appliance: Appliance, hotel: int) -> int:
    with appliance.parts.store.read() as connection:
        query = "SELECT count(*) FROM outcomes o JOIN predictions p ON p.id = o.prediction_id WHERE p.property_id = ?"
        return int(connection.execute(query, (hotel,)).fetchone()[0])


def test_a_hotel_that_came_with_it_goes(appliance: Appliance, hotel: int, tmp_path: Path) -> None:
    other = tmp_path / "other.csv"
    rows = [f"Small Inn,Z{n},2026-02-20,2026-03-0{n},2026-03-1{n},Reserved,2026-02-20,STD,BAR,2026-02-28" for n in (1, 2, 3)]
    other.write_text("\n".join([HEADER, *rows]), encoding="utf-8")
    number = take_in(appliance, other)
    assert names_of(appliance) == [NAME, "Small Inn"]
    with appliance.parts.store.write() as connection:
        gone = properties.by_name(connection, "Small Inn").id
        for key in (f"export:{gone}:own:it", "stale:Small Inn", f"export:{hotel}:own:it"):
            warnings.put(connection, key, key, "", "", MORNING)
    done = appliance.take_back(number)
    assert done.view.lines[0] == "Small Inn came with it and is not listed any more."
    with appliance.parts.store.read() as connection:
        assert [row.key for row in warnings.standing(connection)] == [f"export:{hotel}:own:it"]
    assert names_of(appliance) == [NAME]
    assert appliance.parts.store.check() == []


def test_of_a_hotel_that_came_with_it_and_was_set_up_since_no_day_is_known(
    appliance: Appliance, hotel: int, tmp_path: Path
) -> None:
    other = tmp_path / "other.csv"
    row = "Small Inn,Z1,2026-02-20,2026-03-01,2026-03-11,Reserved,2026-02-20,STD,BAR,2026-02-28"
    other.write_text("\n".join([HEADER, row]), encoding="utf-8")
    number = take_in(appliance, other)
    appliance.save_settings(Settings(properties=(PropertySettings(name="Small Inn"),)))
    assert "0 bookings instead of 1, and no day known" in appliance.take_back(number).view.lines[0]
    assert [(one.name, one.business_date) for one in appliance.properties()] == [(NAME, AS_OF), ("Small Inn", None)]


def test_nothing_is_taken_back_while_it_is_learned_from(appliance: Appliance, hotel: int, delta: Path) -> None:
    number = take_in(appliance, delta)
    with appliance.parts.store.write() as connection:
        jobs.add(connection, TRAIN, appliance.parts.clock.now(), module="forecast", property_id=hotel)
    with pytest.raises(PropertyAtWorkError):
        appliance.take_back(number)
    assert appliance.properties()[0].business_date == NEXT


def test_what_was_odd_about_it_is_told_no_more(appliance: Appliance, hotel: int, delta: Path) -> None:
    now = appliance.parts.clock.now()
    with appliance.parts.store.write() as connection:
        warnings.put(connection, f"export:{hotel}:own:before", "Odd before", "", "", now)
    an_hour_passes(appliance)
    number = take_in(appliance, delta)
    with appliance.parts.store.write() as connection:
        warnings.put(connection, f"export:{hotel}:own:it", "Odd about it", "", "", appliance.parts.clock.now())
    appliance.take_back(number)
    with appliance.parts.store.read() as connection:
        assert [row.title for row in warnings.standing(connection)] == ["Odd before"]


def test_the_others_are_told(appliance: Appliance, hotel: int, delta: Path, events: list[Event]) -> None:
    number = take_in(appliance, delta)
    with appliance.events.listening(events.append):
        appliance.take_back(number)
    (told,) = [one for one in events if isinstance(one, ImportFinished)]
    assert (told.status, told.properties) == (imports.UNDONE, (NAME,))
    with appliance.parts.store.read() as connection:
        assert imports.last_done(connection, hotel) == told.import_id > number
        assert number not in import_undo.kept(connection)
        assert models.versions(connection, hotel) == []


def test_the_others_are_told_even_where_files_cannot_go_back(
    appliance: Appliance, hotel: int, delta: Path, events: list[Event], monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> list[Path]:
        raise sqlite3.OperationalError("database or disk is full")

    number = take_in(appliance, delta)
    monkeypatch.setattr("hotelml_app.intake.drop.reading_again.send_back", full)
    with appliance.events.listening(events.append), pytest.raises(sqlite3.OperationalError):
        appliance.take_back(number)
    assert [one.status for one in events if isinstance(one, ImportFinished)] == [imports.UNDONE]


def test_a_failure_leaves_everything_as_it_was(
    appliance: Appliance, hotel: int, delta: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    number, known = take_in(appliance, delta), bookings_known(appliance, tmp_path)

    def full(*_: object) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr("hotelml_app.store.corrected.what_followed.forget", full)
    with pytest.raises(Exception, match="disk"):
        appliance.take_back(number)
    assert bookings_known(appliance, tmp_path) == known
    assert appliance.data(NAME).imports[0].status == "done"


def _close(appliance: Appliance, first: date, until: date, beside: tuple[str, ...] = ()) -> str:
    """Take a room out of order in which nobody sleeps then, and return it."""
    for room in (one.number for one in appliance.rooms(NAME).rooms if one.number not in beside):
        with suppress(HotelMLError):
            appliance.change_rooms(NAME, CloseRoom(room, first, until))
            return room
    raise AssertionError("all rooms are taken")


def _closed(appliance: Appliance) -> list[str]:
    return [one.room for one in appliance.rooms(NAME).closed]


def test_a_room_that_staff_took_out_of_order_is_so_again(appliance: Appliance, hotel: int, delta: Path) -> None:
    room = _close(appliance, NEXT, AFTER)
    number = take_in(appliance, delta)
    assert _closed(appliance) == [], "it is in service again on the next day"
    appliance.take_back(number)
    assert _closed(appliance) == [room]


def test_what_staff_decided_of_the_rooms_since_then_stays(appliance: Appliance, hotel: int, delta: Path) -> None:
    room = _close(appliance, NEXT, AFTER + timedelta(days=9))
    number = take_in(appliance, delta)
    appliance.change_rooms(NAME, OpenRoom(room, NEXT))
    appliance.take_back(number)
    assert _closed(appliance) == []
