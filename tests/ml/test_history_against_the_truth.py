"""What the history says of the books of two real hotels, against a count straight from the rows."""

from __future__ import annotations

import random
from datetime import date, timedelta

import numpy as np
import pytest
from real_hotels import CITY, LAST_DAY, RESORT, history, history_from_exports, replayed_history, rows_of, tool

from hotelml_app.core.bookings import FILLED_IN_AT_ARRIVAL, STATE_COLUMNS, BookingStatus
from hotelml_app.core.clock import day_number
from hotelml_app.ml.property.booking_curves import on_books_apart, on_books_at, on_books_matrix, rooms_sold
from hotelml_app.ml.property.history import History
from hotelml_app.ml.property.spells import history_from_states
from hotelml_app.ml.property.state_columns import states_from_rows

OPENING = date(2015, 7, 1)
FIRST_EXPORT, WEEKS = date(2016, 8, 31), 4
SAMPLES = 200


def truth(hotel: str) -> object:
    score = tool("score")
    return score.Hotel([row for row in rows_of(hotel) if not odd(row)])


def odd(row: dict[str, str]) -> bool:
    """Tell the one booking of the resort that its PMS called a no-show 111 days before its arrival."""
    arrival = tool("replay").arrival_of(row)
    return row["reservation_status"] == "No-Show" and date.fromisoformat(row["reservation_status_date"]) < arrival


def without_oddities(known: History, hotel: str) -> History:
    strange = {row["booking_id"] for row in rows_of(hotel) if odd(row)}
    rows = ~np.isin(known.reservation_ids[known.booking].astype(str), list(strange))
    return known.take(rows)


@pytest.mark.parametrize("hotel", [RESORT, CITY])
@pytest.mark.parametrize("exports", ["one export", "a first export and weekly changes"])
def test_the_books_of_any_past_night_are_what_the_rows_say(hotel: str, exports: str) -> None:
    known = history(hotel) if exports == "one export" else replayed_history(hotel, FIRST_EXPORT, WEEKS)
    known, count, epoch = without_oddities(known, hotel), truth(hotel), day_number(tool("score").EPOCH)
    last, first = known.today, day_number(OPENING)
    matrix = on_books_matrix(known, first, last - first + 91, 90)
    chance = random.Random(7)
    for _ in range(SAMPLES):
        day, lead = chance.randint(first, last), chance.randint(0, 90)
        night = day + lead
        expected = count.on_books(night - epoch, day - epoch) if lead else count.sold(night - epoch)
        assert matrix[night - first, lead] == expected
        assert on_books_at(known, day, night, 1)[0] == expected


@pytest.mark.parametrize("hotel", [RESORT, CITY])
def test_groups_counted_together_are_those_counted_one_by_one(hotel: str) -> None:
    known = history(hotel)
    kinds, day, first = known.categories["segment"], known.today - 30, known.today - 200
    group, count = kinds.codes.astype(np.int64), len(kinds.labels)
    for weights in (None, known.rooms * np.nan_to_num(known.numbers["adr"])):
        counted = known.rooms if weights is None else weights
        apart = [on_books_at(known, day, first, 400, np.where(group == one, counted, 0.0)) for one in range(count)]
        together = on_books_apart(known, day, first, 400, group, count, weights)
        assert together.tolist() == np.stack(apart).tolist()
        assert together.any(axis=1).sum() > 2


@pytest.mark.parametrize("hotel", [RESORT, CITY])
def test_weekly_exports_tell_the_same_as_one_export_looked_back_upon(hotel: str) -> None:
    weekly = replayed_history(hotel, FIRST_EXPORT, WEEKS)
    day = FIRST_EXPORT + timedelta(7 * WEEKS)
    first = day_number(OPENING)
    for known in (day, FIRST_EXPORT, FIRST_EXPORT - timedelta(90), day - timedelta(3)):
        nights = day_number(known) - first + 91
        looked_back = on_books_matrix(history(hotel).as_of(known), first, nights, 120)
        np.testing.assert_array_equal(on_books_matrix(weekly.as_of(known), first, nights, 120), looked_back)


@pytest.mark.parametrize("hotel", [RESORT, CITY])
def test_what_is_on_the_books_looks_the_same_as_of_a_day_whenever_it_is_asked(hotel: str) -> None:
    """Facts of bookings not yet arrived must not depend on exports that came later."""
    weekly = replayed_history(hotel, FIRST_EXPORT, WEEKS)
    for day in (FIRST_EXPORT, FIRST_EXPORT + timedelta(7), FIRST_EXPORT - timedelta(40)):
        earlier, later = (known.on_the_books(day) for known in (weekly.as_of(day), history(hotel).as_of(day)))
        assert described(earlier) == described(later)


def described(known: History) -> list[tuple[object, ...]]:
    order = np.argsort(known.reservation_ids[known.booking].astype(str))
    words = [
        column.words()[order].tolist() for name, column in sorted(known.categories.items()) if name not in FILLED_IN_AT_ARRIVAL
    ]
    numbers = [
        np.nan_to_num(column[order], nan=-1).tolist()
        for name, column in sorted(known.numbers.items())
        if name not in FILLED_IN_AT_ARRIVAL
    ]
    ids = known.reservation_ids[known.booking][order].tolist()
    days = [known.arrival[order].tolist(), known.departure[order].tolist(), known.booked_on[known.booking][order].tolist()]
    return list(zip(ids, *days, *words, *numbers, strict=True))


def test_nothing_is_known_of_days_after_the_business_date() -> None:
    known = history(RESORT)
    matrix = on_books_matrix(known, day_number(LAST_DAY) - 2, 6, 4)
    assert np.isnan(matrix[3:, 0]).all()
    assert not np.isnan(matrix[:3]).any()
    assert not np.isnan(matrix[5, 3:]).any()


@pytest.mark.parametrize("day", ["none", "arrival", "departure"])
@pytest.mark.parametrize("hotel", [RESORT, CITY])
def test_cancellations_without_their_day_leave_about_as_many_risks_as_there_were(hotel: str, day: str) -> None:
    """Taken as cancelled at arrival, four of ten bookings of tomorrow would be expected to be lost.

    Some PMS date all that is over by the day on which they closed or last touched it.
    """
    dated, undated = history(hotel), history_from_exports(hotel, [(LAST_DAY, (dated_by(day, row) for row in rows_of(hotel)))])
    for ahead in (4, 11, 21):
        true, guessed = share_cancelled(dated, ahead), share_cancelled(undated, ahead)
        assert 0.75 * true < guessed < 1.35 * true, (ahead, true, guessed)


def dated_by(day: str, row: dict[str, str]) -> dict[str, str]:
    if row["reservation_status"] != "Canceled":
        return row
    arrival = tool("replay").arrival_of(row)
    nights = int(row["stays_in_weekend_nights"]) + int(row["stays_in_week_nights"])
    closed = arrival if day == "arrival" else arrival + timedelta(nights)
    if day == "none":
        return {**row, "reservation_status_date": ""}
    return {**row, "reservation_status_date": closed.isoformat()} if closed <= LAST_DAY else row


def test_guests_who_stayed_away_and_are_called_cancelled_did_so_on_the_day_of_arrival() -> None:
    """A hotel whose exports list no other cancelled bookings."""
    kept = [row for row in rows_of(RESORT) if row["reservation_status"] != "Canceled" and not odd(row)]
    called = [{**row, "reservation_status": row["reservation_status"].replace("No-Show", "Canceled")} for row in kept]
    plain, renamed = (history_from_exports(RESORT, [(LAST_DAY, rows)]) for rows in (kept, called))
    np.testing.assert_array_equal(renamed.known_from, plain.known_from)


def share_cancelled(known: History, ahead: int) -> float:
    """Return how many of the bookings held so many days before their arrival were cancelled after."""
    asked = known.arrival - ahead
    held = (known.known_from <= asked) & (asked < known.known_to) & known.occupying & (asked >= known.booked_on[known.booking])
    gone = np.isin(known.booking, known.booking[known.status == BookingStatus.CANCELLED])
    return float(gone[held].mean())


MONDAY, WEEK_LATER = date(2026, 2, 2), date(2026, 2, 9)


def seen_twice(before: tuple[BookingStatus, int, int], after: tuple[BookingStatus, int, int]) -> History:
    """Return what two exports a week apart tell of one booking: how it stood, and from and to which days of February."""
    rows = []
    for day, (status, arrival, departure) in ((MONDAY, before), (WEEK_LATER, after)):
        told = {
            "status": int(status),
            "arrival": date(2026, 2, arrival).isoformat(),
            "departure": date(2026, 2, departure).isoformat(),
            "rooms": 1.0,
        }
        rows.append((1, "R1", "2026-01-05", day.isoformat(), *(told.get(name) for name in STATE_COLUMNS)))
    return history_from_states("Casa", WEEK_LATER, states_from_rows(rows))


@pytest.mark.parametrize(
    ("before", "after", "sold"),
    [
        ((BookingStatus.IN_HOUSE, 1, 4), (BookingStatus.CHECKED_OUT, 1, 7), {1, 2, 3, 4, 5, 6}),
        ((BookingStatus.IN_HOUSE, 1, 4), (BookingStatus.IN_HOUSE, 1, 20), {1, 2, 3, 4, 5, 6, 7, 8, 9}),
        ((BookingStatus.IN_HOUSE, 1, 8), (BookingStatus.CHECKED_OUT, 1, 5), {1, 2, 3, 4}),
        ((BookingStatus.RESERVED, 3, 5), (BookingStatus.RESERVED, 20, 22), set()),
        ((BookingStatus.RESERVED, 20, 22), (BookingStatus.CHECKED_OUT, 4, 6), {4, 5}),
    ],
)
def test_nights_between_two_exports_are_sold_to_whoever_stayed(
    before: tuple[BookingStatus, int, int], after: tuple[BookingStatus, int, int], sold: set[int]
) -> None:
    known = seen_twice(before, after)
    nights = rooms_sold(known, day_number(date(2026, 2, 1)), 9)
    assert {1 + at for at in np.flatnonzero(nights).tolist()} == sold
    then = on_books_at(known, day_number(MONDAY), day_number(date(2026, 2, 1)), 28)
    assert {1 + at for at in np.flatnonzero(then).tolist()} == set(range(*before[1:])), "that day nobody knew"
