"""When a schedule is due: on time, after sleep, and around the two nights when the clocks change."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotelml_app.schedule.cron import Due, catch_up_at, latest_planned, look, next_planned

LISBON = ZoneInfo("Europe/Lisbon")
NIGHTLY = "30 3 * * *"


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=LISBON)


def runs(schedule: str, start: str, count: int) -> list[str]:
    moment, found = at(start), []
    for _ in range(count):
        planned = next_planned(schedule, moment, LISBON)
        assert planned is not None
        moment = planned
        found.append(moment.astimezone(LISBON).strftime("%a %m-%d %H:%M"))
    return found


def test_a_nightly_schedule_comes_every_night_at_local_time() -> None:
    assert runs(NIGHTLY, "2016-03-25T12:00", 3) == ["Sat 03-26 03:30", "Sun 03-27 03:30", "Mon 03-28 03:30"]


def test_a_time_that_spring_skips_comes_an_hour_later() -> None:
    assert runs("30 1 * * *", "2016-03-26T12:00", 2) == ["Sun 03-27 02:30", "Mon 03-28 01:30"]


def test_a_time_that_autumn_repeats_comes_once() -> None:
    assert runs("30 1 * * *", "2016-10-29T12:00", 2) == ["Sun 10-30 01:30", "Mon 10-31 01:30"]


def test_midnight_comes_on_the_days_after_the_clocks_went_forward() -> None:
    assert runs("30 0 * * *", "2016-03-26T12:00", 3) == ["Sun 03-27 00:30", "Mon 03-28 00:30", "Tue 03-29 00:30"]
    assert runs("0 0 1 * *", "2016-03-01T12:00", 2) == ["Fri 04-01 00:00", "Sun 05-01 00:00"]


def test_a_midnight_that_spring_skips_comes_an_hour_later() -> None:
    santiago = ZoneInfo("America/Santiago")
    evening = datetime(2025, 9, 6, 20, tzinfo=santiago)
    planned = next_planned("0 0 * * *", evening, santiago)
    assert planned == datetime(2025, 9, 7, 1, tzinfo=santiago)
    assert next_planned("0 0 * * *", planned, santiago) == datetime(2025, 9, 8, 0, tzinfo=santiago)


@pytest.mark.parametrize("sunday", ["0", "7", "sun"])
def test_weekdays_are_counted_from_sunday_as_cron_does(sunday: str) -> None:
    assert runs(f"0 5 * * {sunday}", "2016-06-01T00:00", 2) == ["Sun 06-05 05:00", "Sun 06-12 05:00"]


def test_weekday_ranges_and_steps() -> None:
    assert runs("0 5 * * 1-5", "2016-06-03T06:00", 2) == ["Mon 06-06 05:00", "Tue 06-07 05:00"]
    assert runs("0 5 * * 5-7", "2016-06-03T06:00", 3) == ["Sat 06-04 05:00", "Sun 06-05 05:00", "Fri 06-10 05:00"]
    assert runs("0 5 * * */3", "2016-06-05T00:00", 3) == ["Sun 06-05 05:00", "Wed 06-08 05:00", "Sat 06-11 05:00"]


def test_a_step_that_leads_beyond_the_end_leaves_the_first_as_cron_does() -> None:
    assert runs("0 */24 * * *", "2016-06-03T06:00", 2) == ["Sat 06-04 00:00", "Sun 06-05 00:00"]
    assert runs("*/60 3 * * *", "2016-06-03T06:00", 1) == ["Sat 06-04 03:00"]
    assert runs("0 3 10-20/15 * *", "2016-06-03T06:00", 2) == ["Fri 06-10 03:00", "Sun 07-10 03:00"]
    assert runs("0 3 * * 7/2", "2016-06-03T06:00", 2) == ["Sun 06-05 03:00", "Sun 06-12 03:00"]


def test_names_of_months_may_have_steps() -> None:
    assert runs("0 3 1 jan-jun/3 *", "2016-01-02T06:00", 2) == ["Fri 04-01 03:00", "Sun 01-01 03:00"]


def test_where_day_and_weekday_are_limited_either_suffices() -> None:
    assert runs("0 5 1 * mon", "2016-06-28T00:00", 3) == ["Fri 07-01 05:00", "Mon 07-04 05:00", "Mon 07-11 05:00"]


def test_a_schedule_that_never_comes_is_never_due() -> None:
    assert next_planned("0 5 31 2 *", at("2016-06-01T00:00"), LISBON) is None
    due = look("0 5 31 2 *", "forecast", at("2016-01-01T00:00"), at("2016-06-01T00:00"), at("2016-06-01T00:00"), LISBON)
    assert due == Due(None)


def test_on_time_it_runs_at_once() -> None:
    now = at("2016-06-02T03:30:10")
    due = look(NIGHTLY, "forecast", at("2016-06-01T03:30"), now, at("2016-05-01T00:00"), LISBON)
    assert due.planned == at("2016-06-02T03:30")
    assert not due.missed


def test_before_its_time_it_waits_for_it() -> None:
    due = look(NIGHTLY, "forecast", at("2016-06-01T03:30"), at("2016-06-01T20:00"), at("2016-05-01T00:00"), LISBON)
    assert due == Due(None)
    assert next_planned(NIGHTLY, at("2016-06-01T20:00"), LISBON) == at("2016-06-02T03:30")


def test_a_week_of_sleep_is_made_up_for_once_within_a_minute() -> None:
    woke = at("2016-06-08T07:00")
    ready = catch_up_at("forecast", woke)
    assert timedelta(seconds=30) <= ready - woke <= timedelta(seconds=60)
    early = look(NIGHTLY, "forecast", at("2016-06-01T03:30"), ready - timedelta(seconds=1), woke, LISBON)
    assert early == Due(None)
    later = look(NIGHTLY, "forecast", at("2016-06-01T03:30"), ready, woke, LISBON)
    assert (later.planned, later.missed) == (at("2016-06-08T03:30"), True)
    assert later.planned is not None
    assert look(NIGHTLY, "forecast", later.planned, woke + timedelta(minutes=2), woke, LISBON).planned is None


def test_modules_that_missed_the_same_hour_do_not_all_start_in_the_same_second() -> None:
    woke = at("2016-06-08T07:00")
    assert len({catch_up_at(name, woke) for name in ("forecast", "noshow", "pricing")}) == 3


SCHEDULES = ("30 3 * * *", "*/20 * * * *", "0 1 * * *", "15 1,2 * * 0,6", "0 5 1,15 * 1-5", "30 2 29 2 *")
MOMENTS = st.datetimes(datetime(2015, 1, 1), datetime(2018, 12, 31)).map(lambda moment: moment.replace(tzinfo=UTC))  # noqa: DTZ001


@given(st.sampled_from(SCHEDULES), MOMENTS, st.timedeltas(timedelta(0), timedelta(days=40)))
def test_the_latest_planned_moment_is_the_last_of_them(schedule: str, after: datetime, span: timedelta) -> None:
    until = after + span
    found = latest_planned(schedule, after, until, LISBON)
    first = next_planned(schedule, after, LISBON)
    if found is None:
        assert first is None or first > until
        return
    assert after < found <= until
    following = next_planned(schedule, found, LISBON)
    assert following is None or following > until - timedelta(minutes=1)


@given(st.sampled_from(SCHEDULES), MOMENTS)
def test_planned_moments_follow_one_another(schedule: str, start: datetime) -> None:
    first = next_planned(schedule, start, LISBON)
    assert first is not None
    assert first > start
    second = next_planned(schedule, first, LISBON)
    assert second is not None
    assert second > first
    assert second.astimezone(LISBON).replace(tzinfo=None) != first.astimezone(LISBON).replace(tzinfo=None)
