"""Exports that list only who came: the nights before losses were told teach nothing about who will not come."""

from __future__ import annotations

from datetime import timedelta
from unittest.mock import patch

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from noshow_hotel import TODAY, booking, history_of, random_house

from hotelml_app.core.bookings import LOST, STATE_COLUMNS, BookingStatus
from hotelml_app.core.clock import day_number
from hotelml_app.ml.contract import Prediction, PredictionRequest
from hotelml_app.ml.property.booking_curves import rooms_sold
from hotelml_app.ml.property.history import History
from hotelml_app.ml.property.property_data import PropertyData, PropertyFacts
from hotelml_app.ml.property.untold import losses_told
from hotelml_app.ml.property.untold.losses_told import losses_told_from
from hotelml_app.ml.property.usual_losses import usual_share_lost
from hotelml_app.modules.forecast.errors import ShortHistoryError
from hotelml_app.modules.forecast.learning import enough_nights
from hotelml_app.modules.forecast.on_books.books import Books
from hotelml_app.modules.forecast.on_books.kept import kept_lately
from hotelml_app.modules.forecast.on_books.panel import panel_of
from hotelml_app.modules.forecast.on_books.risk import learn_risk_classes
from hotelml_app.modules.forecast.predicting import predict
from hotelml_app.modules.noshow.base_rates import base_rates
from hotelml_app.modules.noshow.books import lay_out
from hotelml_app.modules.noshow.scoring import replayed

HOUSE = random_house()
STATUS, STATUS_ON = (3 + STATE_COLUMNS.index(name) for name in ("status", "status_on"))
SINCE = TODAY - timedelta(days=60)


def who_came_and_who_was_lost_since(since: str) -> History:
    """The house as exports show it that list nobody who was lost before a day."""
    return history_of([row for row in HOUSE if row[STATUS] not in LOST or str(row[STATUS_ON]) > since])


COMPLETE = history_of(HOUSE)
SURVIVORS = who_came_and_who_was_lost_since("9999")
LATELY = who_came_and_who_was_lost_since(SINCE.isoformat())


def forecast_books(history: History) -> Books:
    return Books.of(history, learn_risk_classes(history), special={})


def test_where_losses_are_told_the_history_counts_from_its_first_booking() -> None:
    assert losses_told_from(COMPLETE) == COMPLETE.booked_on.min()
    assert forecast_books(COMPLETE).told_from == 0


def test_where_nobody_is_lost_no_day_counts() -> None:
    assert losses_told_from(SURVIVORS) == day_number(TODAY)
    assert panel_of(forecast_books(SURVIVORS), 28).asked.all()


def test_where_losses_are_told_lately_only_the_days_since_count() -> None:
    told = losses_told_from(LATELY)
    assert day_number(SINCE) < told <= day_number(SINCE) + 21
    books = forecast_books(LATELY)
    panel = panel_of(books, 28)
    assert panel.now[panel.replayed].min() >= books.told_from == told - books.first
    assert replayed(lay_out(LATELY), day_number(TODAY)).day.min() >= told


def test_what_was_told_once_stays_told_as_the_history_grows() -> None:
    told = losses_told_from(LATELY)
    for days in range(30):
        assert losses_told_from(LATELY.as_of(TODAY - timedelta(days=days))) == told


ENDS = st.tuples(st.integers(-12, 2), st.none() | st.integers(0, 6))
"""Of one booking: the day of its arrival, from TODAY, and how many days before that it was cancelled, if it was."""


@given(ends=st.lists(ENDS, min_size=1, max_size=25), enough=st.integers(2, 6), share=st.sampled_from([0.2, 0.25, 0.5]))
def test_losses_are_told_from_the_first_day_by_which_enough_of_them_were(
    ends: list[tuple[int, int | None]], enough: int, share: float
) -> None:
    today, rows, gone = day_number(TODAY), [], []
    for number, (arrives, before) in enumerate(ends):
        arrival = TODAY + timedelta(days=arrives)
        booked, lost = arrival - timedelta(days=20), before is not None and arrives - before <= 0
        on = arrival - timedelta(days=before or 0) if lost else booked
        rows.append(booking(number, booked, arrival, BookingStatus.CANCELLED if lost else BookingStatus.RESERVED, on))
        gone += [day_number(on)] if lost else []
    arrivals = [today + arrives for arrives, _ in ends if arrives <= 0]
    with patch.object(losses_told, "ENOUGH_TO_LOSE_SOME", enough), patch.object(losses_told, "FEWEST_LOST_SHARE", share):
        told = losses_told_from(history_of(rows))

    def came(day: int) -> int:
        return sum(arrival <= day for arrival in arrivals)

    days = [day for day in range(today - 12, today + 1) if came(day) >= enough]
    tells = [day for day in days if sum(lost <= day for lost in gone) >= share * came(day)]
    first = day_number(TODAY) + min(arrives for arrives, _ in ends) - 20
    assert told == (first if not days or tells[:1] == days[:1] else tells[0] if tells else today)


def test_a_small_house_may_have_lost_nobody() -> None:
    few = history_of([row for row in HOUSE if row[STATUS] not in LOST][:400])
    assert losses_told_from(few) == few.booked_on.min()


def test_a_forecast_is_not_learned_from_nights_that_nothing_fell_away_from() -> None:
    enough_nights(forecast_books(COMPLETE))
    with pytest.raises(ShortHistoryError, match="do not tell which bookings were lost"):
        enough_nights(forecast_books(LATELY))


def test_the_usual_share_lost_is_counted_from_days_that_tell_it() -> None:
    days = np.array([3, 7, 14])
    complete, survivors, lately = (
        base_rates(lay_out(one), day_number(TODAY), 28).p_lost(days) for one in (COMPLETE, SURVIVORS, LATELY)
    )
    assert survivors == pytest.approx(usual_share_lost(days))
    assert lately == pytest.approx(complete, abs=0.04)
    assert (complete > 0.03).all()


def only_what_stands(history: History) -> History:
    """The same as an export of its day shows it that leaves cancelled bookings out."""
    newest = np.ones(len(history), dtype=bool)
    newest[:-1] = history.booking[1:] != history.booking[:-1]
    lost = history.booking[newest & np.isin(history.status, np.array(LOST, dtype=np.int8))]
    return history.take(~np.isin(history.booking, lost))


def rooms_said(history: History, nights: int) -> list[Prediction]:
    """What the plain rule says of the house's coming nights."""
    day = history.business_date
    data = PropertyData(PropertyFacts(1, "Casa Clara", business_date=day), day, lambda: history)
    return [one for one in predict(PredictionRequest(data, day, nights)) if one.key == "rooms_sold"]


def column(said: list[Prediction], name: str) -> np.ndarray:
    return np.array([float(str(one.values[name])) for one in said])


def test_where_losses_are_not_told_the_forecast_says_so_and_is_wide() -> None:
    complete, survivors = rooms_said(COMPLETE, 14), rooms_said(SURVIVORS, 14)
    assert survivors[0].why.startswith(f"Until {TODAY} the exports do not say who was lost")
    assert "what is usually lost" in complete[0].why
    width = [column(one, "p90")[-1] - column(one, "p10")[-1] for one in (complete, survivors)]
    assert 1.3 * width[0] < width[1] < 3 * width[0]


@pytest.mark.parametrize("days_ago", [30, 60])
def test_the_first_forecast_without_told_losses_is_about_as_good_as_one_with_them(days_ago: int) -> None:
    day = TODAY - timedelta(days=days_ago)
    known, came = COMPLETE.as_of(day), rooms_sold(COMPLETE, day_number(day) + 1, 28)
    told, untold = rooms_said(known, 28), rooms_said(only_what_stands(known), 28)
    error = [float(np.abs(column(one, "p50") - came).mean()) for one in (told, untold)]
    assert error[1] < 1.2 * error[0]
    assert ((column(untold, "p10") <= came) & (came <= column(untold, "p90"))).mean() > 0.8


def test_told_losses_take_the_place_of_the_usual_ones_night_by_night() -> None:
    nights, leads, told_from = 200, 29, 100
    held = np.full((nights, leads), 50.0)
    now, lead = np.arange(99, 199), np.full(100, 7)
    # Before the row told_from all of the books came; since then a third of what stood a week before did not.
    kept = np.where(np.arange(nights)[:, None] - np.arange(leads)[None, :] >= told_from, 2 / 3, 1.0) * held
    found = kept_lately(held, kept, now, lead, told_from)
    usual = 1 - usual_share_lost(np.array([7]))[0]
    assert found.share[0] == pytest.approx(usual, abs=0.005), "nothing is told yet"
    assert (np.diff(found.share) <= 1e-12).all()
    assert (np.diff(found.borrowed) <= 1e-12).all()
    assert found.borrowed[7] == pytest.approx(14 * 50 / (14 * 50 + 2.2))
    assert found.borrowed[8] == pytest.approx(14 * 50 * 55 / 56 / (14 * 50 * 55 / 56 + 50 + 2.2)), "one night of 56 is told"
    assert found.share[-1] == pytest.approx(2 / 3, abs=0.005), "a whole window is told"
    assert found.borrowed[-1] == 0


@given(st.lists(st.integers(0, 400), min_size=2, max_size=20).map(sorted))
def test_usually_more_is_lost_the_farther_the_night(days: list[int]) -> None:
    share = usual_share_lost(np.array(days))
    assert (np.diff(share) >= 0).all()
    assert (share >= 0).all()
    assert (share < 0.3).all()
    assert usual_share_lost(np.array([0]))[0] == 0
