"""Splits in time, and the days that are not like others."""

from __future__ import annotations

import itertools
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotelml_app.ml.property.calendar import events_as_json, events_from, special_days
from hotelml_app.ml.property.property_data import CalendarEvent
from hotelml_app.ml.splits import holdout_day, rolling_folds, rolling_origins


@given(st.integers(0, 400), st.integers(0, 900), st.integers(1, 40), st.integers(0, 12), st.integers(0, 200))
def test_no_fold_is_judged_on_days_it_learned_from(first: int, days: int, length: int, at_most: int, least: int) -> None:
    folds = rolling_folds(first, first + days, length=length, at_most=at_most, min_train=least)
    assert len(folds) <= at_most
    for fold in folds:
        assert fold.train_until - first >= least
        assert fold.train_until == fold.first_origin <= fold.last_origin < first + days
    assert all(a.last_origin + 1 == b.first_origin for a, b in itertools.pairwise(folds))


@given(st.integers(0, 300), st.integers(-5, 300), st.integers(1, 30))
def test_the_newest_day_is_always_an_origin(first: int, days: int, step: int) -> None:
    origins = list(rolling_origins(first, first + days, step))
    assert (first + days in origins) == (days >= 0)
    assert all(first <= origin for origin in origins)


def test_a_step_of_nothing_and_a_share_of_everything_are_refused() -> None:
    with pytest.raises(ValueError, match="day"):
        rolling_origins(0, 10, 0)
    with pytest.raises(ValueError, match="share"):
        holdout_day(0, 10, 0.9)
    assert holdout_day(0, 100, 0.2) == 80


def test_holidays_of_the_country_and_events_of_the_town_are_special() -> None:
    fair = CalendarEvent("Trade fair", date(2016, 12, 23), date(2016, 12, 26))
    found = special_days("PT", date(2016, 12, 20), date(2017, 1, 5), [fair])
    assert found[date(2016, 12, 24)] == "Trade fair"
    assert found[date(2016, 12, 25)] == "Trade fair"
    assert date(2017, 1, 1) in found
    assert date(2016, 12, 28) not in found
    assert list(found) == sorted(found)


def test_an_unknown_country_has_no_holidays_but_its_events() -> None:
    fair = CalendarEvent("Fair", date(2016, 12, 30), date(2017, 1, 2))
    for country in ("", "XX"):
        assert set(special_days(country, date(2016, 12, 31), date(2017, 1, 1), [fair]).values()) == {"Fair"}


def test_events_come_back_as_they_were_kept_and_broken_ones_are_left_out() -> None:
    fair = CalendarEvent("Fair", date(2016, 12, 30), date(2017, 1, 2))
    kept = [*events_as_json([fair]), {"name": "no day"}, {"first": "soon"}, "x", {"first": "2017-02-03", "last": "2017-02-01"}]
    one_day = CalendarEvent("event", date(2017, 2, 3), date(2017, 2, 3))
    assert events_from(kept) == (fair, one_day)
    assert events_from("nonsense") == events_from(None) == ()
