"""The small values every floor shares."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotelml_app.core.bookings import CATEGORY_COLUMNS, FILLED_IN_AT_ARRIVAL, NUMBER_COLUMNS, STATE_COLUMNS
from hotelml_app.core.clock import FixedClock, day_number, day_of, written_at
from hotelml_app.core.errors import Cancelled, HotelMLError, UsageError
from hotelml_app.core.events import Event, EventBus, Warned
from hotelml_app.core.jobs import CancelToken, JobStage


@given(st.dates())
def test_a_day_survives_the_way_to_a_number_and_back(day: date) -> None:
    assert day_of(day_number(day)) == day


@pytest.mark.parametrize(
    ("mtime_s", "year"), [(-11_644_473_600.0, 1970), (0.0, 1970), (1_750_000_000.5, 2025), (979_149_081_600.0, 2999)]
)
def test_a_file_of_a_time_that_cannot_be_has_one_that_every_system_can_show(mtime_s: float, year: int) -> None:
    moment = written_at(mtime_s)
    assert moment.year == year
    assert moment.astimezone().utcoffset() is not None


def test_a_fixed_clock_moves_only_when_told() -> None:
    clock = FixedClock(datetime(2026, 3, 29, 0, 30, tzinfo=UTC))
    clock.advance(timedelta(hours=2))
    assert clock.now() == datetime(2026, 3, 29, 2, 30, tzinfo=UTC)
    assert clock.monotonic() == 7200
    clock.jump(datetime(2020, 1, 1, tzinfo=UTC))
    assert clock.monotonic() == 7200, "a changed wall clock must not move waiting times"


def test_a_listener_that_fails_does_not_keep_the_others_from_hearing(caplog: pytest.LogCaptureFixture) -> None:
    bus, heard = EventBus(), []

    def broken(event: Event) -> None:
        raise ValueError("broken listener")

    bus.subscribe(broken)
    with bus.listening(heard.append):
        bus.publish(Warned("disk", "Disk nearly full", "Less than 10 % is free."))
    bus.publish(Warned("disk", "again", "again"))
    assert [event.title for event in heard] == ["Disk nearly full"]
    assert "a listener failed on Warned" in caplog.text


def test_work_stops_at_its_next_check_once_cancelled() -> None:
    token = CancelToken()
    token.check()
    token.cancel()
    with pytest.raises(Cancelled):
        token.check()


def test_errors_say_what_to_do_and_carry_their_exit_code() -> None:
    error = UsageError("The horizon is 0.", remedy="Ask for at least one night.", horizon=0)
    assert str(error) == "The horizon is 0. Ask for at least one night."
    assert error.exit_code == 2
    assert HotelMLError("x").exit_code == 1
    assert error.as_dict()["horizon"] == 0


def test_only_queued_and_running_jobs_can_still_change() -> None:
    assert [stage for stage in JobStage if not stage.final] == [JobStage.QUEUED, JobStage.RUNNING]


def test_every_column_of_a_booking_is_stored_once() -> None:
    assert len(set(STATE_COLUMNS)) == len(STATE_COLUMNS)
    assert set(CATEGORY_COLUMNS) | set(NUMBER_COLUMNS) < set(STATE_COLUMNS)
    assert set(FILLED_IN_AT_ARRIVAL) <= set(CATEGORY_COLUMNS) | set(NUMBER_COLUMNS)
