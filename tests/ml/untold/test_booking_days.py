"""Bookings whose exports do not tell when they were made: spread so that the books of past days look like those of today."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from functools import cache

import numpy as np
import pytest
from real_hotels import CITY, LAST_DAY, RESORT, rows_of, state_row, tool

from hotelml_app.core.clock import day_number
from hotelml_app.ml.property.booking_curves import on_books_matrix
from hotelml_app.ml.property.history import History
from hotelml_app.ml.property.spells import StateColumns, history_from_states
from hotelml_app.ml.property.state_columns import states_from_rows
from hotelml_app.ml.property.untold.booking_days import LONGEST_LEAD, with_likely_booking_days

FIRST_EXPORT = date(2016, 11, 30)
"""In winter both houses have rooms left, and what is added to the books too much is added in full."""
FARTHEST = 60


@cache
def told(hotel: str, weeks: int = 0) -> StateColumns:
    """Return the states that a full export and the weekly changes after it leave."""
    known: dict[str, tuple[object, ...]] = {}
    rows = []
    for week in range(weeks + 1):
        day = FIRST_EXPORT + timedelta(7 * week)
        for row in rows_of(hotel):
            seen = tool("replay").as_known_on(row, day)
            state = state_row(seen, day) if seen else None
            if state is not None and known.get(row["booking_id"]) != state[4:]:
                known[row["booking_id"]] = state[4:]
                rows.append(state)
    return states_from_rows(sorted(rows, key=lambda state: (str(state[0]), str(state[3]))))


def without_booking_days(states: StateColumns) -> StateColumns:
    """Return what the importer makes of the same exports where they do not tell when bookings were made."""
    first = np.append(True, states.booking[1:] != states.booking[:-1])
    days = (states.arrival[first], states.as_of[first], states.status_on[first])
    return replace(states, booked_on=np.minimum.reduce(days).astype(np.int32))


def share_on_books(states: StateColumns, ahead: int, until: date) -> float:
    """Return which part of the rooms sold in the eight weeks before a day was on the books so many days before."""
    return _share(history_from_states("Hotel", until, states), ahead, until)


def _share(known: History, ahead: int, until: date) -> float:
    matrix = on_books_matrix(known, day_number(until) - 56, 56, FARTHEST)
    return float(np.nansum(matrix[:, ahead]) / np.nansum(matrix[:, 0]))


@pytest.mark.parametrize("hotel", [RESORT, CITY])
def test_past_nights_fill_up_about_as_they_did(hotel: str) -> None:
    true, untold = told(hotel), without_booking_days(told(hotel))
    likely = with_likely_booking_days(untold)
    for ahead in (7, 14, 28, 56):
        share = share_on_books(true, ahead, FIRST_EXPORT)
        assert share_on_books(untold, ahead, FIRST_EXPORT) < 0.1
        assert abs(share_on_books(likely, ahead, FIRST_EXPORT) - share) < 0.15, ahead


@pytest.mark.parametrize("hotel", [RESORT, CITY])
def test_what_later_exports_bring_moves_no_day_of_the_first(hotel: str) -> None:
    """New bookings count from the export that showed them; a day once taken as likely stays, or the past would change."""
    at_first, later = (with_likely_booking_days(without_booking_days(told(hotel, weeks))) for weeks in (0, 3))
    then = dict(zip(at_first.reservation_ids.tolist(), at_first.booked_on.tolist(), strict=True))
    now = dict(zip(later.reservation_ids.tolist(), later.booked_on.tolist(), strict=True))
    assert len(now) > len(then)
    assert {number: now[number] for number in then} == then
    added = {number for number in now if number not in then}
    assert min(now[number] for number in added) > day_number(FIRST_EXPORT)


@pytest.mark.parametrize("hotel", [RESORT, CITY])
@pytest.mark.parametrize("weeks", [0, 3])
def test_told_days_are_never_touched(hotel: str, weeks: int) -> None:
    assert with_likely_booking_days(told(hotel, weeks)) is told(hotel, weeks)


def test_a_few_days_of_booking_after_the_arrival_are_no_obstacle() -> None:
    states = without_booking_days(told(CITY))
    past = np.flatnonzero(states.booked_on < day_number(FIRST_EXPORT) - 1)[::50]
    entered_late = states.booked_on.copy()
    entered_late[past] += 1
    likely = with_likely_booking_days(replace(states, booked_on=entered_late))
    history = history_from_states("Hotel", FIRST_EXPORT, likely)
    assert history.lead.min() >= 0
    assert history.lead.max() <= LONGEST_LEAD


def test_a_house_of_walk_ins_has_no_days_to_guess() -> None:
    day = day_number(LAST_DAY)
    arrivals = np.arange(day - 299, day + 1)
    states = states_from_rows([_night(number, arrival, arrival, day) for number, arrival in enumerate(arrivals.tolist())])
    assert with_likely_booking_days(states) is states


def test_no_booking_is_taken_as_made_after_it_was_seen_or_after_it_was_cancelled() -> None:
    untold = without_booking_days(told(CITY))
    likely = with_likely_booking_days(untold)
    assert (likely.booked_on <= untold.booked_on).all()
    assert (likely.booked_on < untold.booked_on).mean() > 0.9


def _night(number: int, booked: int, arrival: int, seen: int) -> tuple[object, ...]:
    row = list(state_row(rows_of(CITY)[0], LAST_DAY))
    days = [(date(1970, 1, 1) + timedelta(day)).isoformat() for day in (booked, seen, arrival, arrival + 1)]
    row[0] = row[1] = f"W{number:04d}"
    row[2], row[3], row[5], row[6], row[7] = days[0], days[1], None, days[2], days[3]
    return tuple(row)
