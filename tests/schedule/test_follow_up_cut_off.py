"""What a kill or a full disk kept from being done after an import is made up for."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
import tiny_hotel
from dropped import wait_until
from pretend import FakeMonitor, FakeTrainer

from hotelml_app.core.events import Event, EventBus, ImportFinished, JobChanged, Settled, Warned
from hotelml_app.core.jobs import JobStage
from hotelml_app.schedule import refresh
from hotelml_app.schedule.upkeep import Upkeep
from hotelml_app.store import Store
from hotelml_app.store.errors import DiskFullError
from hotelml_app.store.learned import job_ends, jobs, predictions

NAME = tiny_hotel.NAME


def imported(bus: EventBus, name: str = NAME, status: str = "done") -> None:
    bus.publish(ImportFinished(1, "export.csv", status, (name,), 10, 0))


def newest(store: Store, hotel: int, module: str = "tiny") -> date | None:
    with store.read() as connection:
        return predictions.latest_as_of(connection, hotel, module)


def test_work_whose_end_cannot_be_written_down_is_not_shown_as_running_for_ever(
    store: Store, new_upkeep: Callable[[], Upkeep], events: list[Event], monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*values: object, **named: object) -> None:
        raise DiskFullError("There is no room left.")

    monkeypatch.setattr(job_ends, "AGAIN_AFTER_S", 0.1)
    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(jobs, "finish", full)
        upkeep = new_upkeep()
        tiny_hotel.export(store, date(2016, 4, 1))
        upkeep.start()
        assert upkeep.wait_idle(20)
        assert upkeep.jobs() == ()
        assert [event.stage for event in events if isinstance(event, JobChanged)][-1] == "done"

    def stage() -> JobStage:
        with store.read() as connection:
            return jobs.recent(connection)[0].stage

    wait_until(lambda: stage() is JobStage.DONE)


def test_what_a_killed_run_left_undone_is_made_up_for_at_the_start(
    store: Store, new_upkeep: Callable[[], Upkeep], trainer: FakeTrainer
) -> None:
    first = new_upkeep()
    hotel = tiny_hotel.export(store, date(2016, 4, 1))
    first.after_import_now(hotel)
    tiny_hotel.export(store, date(2016, 4, 2))
    trainer.orders.clear()
    second = new_upkeep()
    second.start()
    assert second.wait_idle(20)
    assert newest(store, hotel) == date(2016, 4, 2)
    assert trainer.orders == [("tiny", hotel, "new data")]


def test_a_second_export_of_a_day_that_a_killed_run_did_not_follow_up_is_made_up_for_at_the_start(
    store: Store, new_upkeep: Callable[[], Upkeep], monitor: FakeMonitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, day = new_upkeep(), date(2016, 4, 1)
    hotel = tiny_hotel.export(store, day, count=300)
    first.after_import_now(hotel)
    tiny_hotel.export(store, day, count=600)

    def killed(*_: object) -> int:
        raise KeyboardInterrupt

    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(monitor, "match", killed)
        with pytest.raises(KeyboardInterrupt):
            first.after_import_now(hotel)
    monitor.matched.clear()
    for expected in [("tiny", hotel, day), ("rule", hotel, day)], []:
        again = new_upkeep()
        again.start()
        assert again.wait_idle(20)
        assert monitor.matched == expected
        monitor.matched.clear()


def test_what_a_full_disk_left_undone_is_done_again_by_itself(
    store: Store, bus: EventBus, new_upkeep: Callable[[], Upkeep], events: list[Event], monkeypatch: pytest.MonkeyPatch
) -> None:
    keep, full = refresh.store_predictions, [True, True, True]

    def on_a_full_disk(*values: object, **named: object) -> int:
        if full:
            full.pop()
            raise DiskFullError("There is no room left.")
        return keep(*values, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(refresh, "store_predictions", on_a_full_disk)
    upkeep = new_upkeep()
    upkeep._again_after_s = 0.05
    upkeep.start()
    hotel = tiny_hotel.export(store, date(2016, 4, 1))
    imported(bus)
    wait_until(lambda: newest(store, hotel) == newest(store, hotel, "rule") == date(2016, 4, 1))
    assert upkeep.wait_idle(20)
    told = [event for event in events if isinstance(event, Warned | Settled) and event.key.startswith("predict:")]
    assert {type(event) for event in told[:2]} == {Warned}
    assert {type(event) for event in told[-2:]} == {Settled}
