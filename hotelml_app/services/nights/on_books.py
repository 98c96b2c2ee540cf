"""What the bookings say about the coming nights: on the books now, yesterday, a week and a year ago; by plain counting."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from hotelml_app.core.clock import day_number
from hotelml_app.ml.property.beginnings import first_arrival
from hotelml_app.ml.property.booking_curves import on_books_at, rooms_sold
from hotelml_app.ml.property.history import History
from hotelml_app.modules.forecast.money import rate_of, revenue_of

YEAR_BACK_DAYS = 364
"""The same weekday a year ago."""

UNTOLD_SHARE = 0.05
"""A night is whole where no more of its rooms than this belong to guests who came before the first arrival that is known."""

UNTOLD_NIGHTS = 28
"""After so many nights last year is told all the same: guests who stay for months must not hide it for as long."""

Figures = NDArray[np.float64]


@dataclass(frozen=True)
class Nights:
    """Figures per night from ``first`` on, arrays of equal length; NaN where nothing can be known.

    Pickup is the change of what is on the books since the end of the day before, and of the day seven days before, the
    business date. ``last_year`` is what was sold 364 days before each night.
    """

    first: date
    on_books: Figures
    pickup_since_yesterday: Figures
    pickup_since_last_week: Figures
    last_year: Figures
    arrivals: Figures
    departures: Figures

    def __len__(self) -> int:
        return len(self.on_books)


def of_room_type(history: History, room_type: str) -> History:
    """Return the bookings of one room type as booked; "" is the whole house."""
    return of_part(history, "room_type", room_type)


def of_part(history: History, by: str, part: str) -> History:
    """Return the bookings of one room type or segment (``by``); "" is the whole house."""
    if not part:
        return history
    column = history.categories[by]
    return history.take(column.codes == column.code(part))


def count_nights(history: History, first: date, nights: int) -> Nights:
    """Count what the bookings say about ``nights`` nights from ``first`` on."""
    today, start = history.today, day_number(first)
    books = on_books_at(history, today, start, nights)
    now = _held_at(history, today)
    return Nights(
        first=first,
        on_books=books,
        pickup_since_yesterday=books - on_books_at(history, today - 1, start, nights),
        pickup_since_last_week=books - on_books_at(history, today - 7, start, nights),
        last_year=sold_last_year(history, first, nights),
        arrivals=_per_day(now.arrival, now.rooms, start, nights),
        departures=_per_day(now.departure, now.rooms, start, nights),
    )


def value_per_night(history: History, first: date, nights: int, known: int | None = None) -> tuple[Figures, Figures]:
    """Return (revenue, rooms with a rate) on the books per night, from the rate per room and night of each booking."""
    adr = history.numbers["adr"]
    rated = ~np.isnan(adr)
    start, day = day_number(first), history.today if known is None else known
    rooms = np.where(rated, history.rooms, 0.0)
    revenue = on_books_at(history, day, start, nights, np.where(rated, adr, 0.0) * history.rooms)
    return revenue, on_books_at(history, day, start, nights, rooms)


def earned_per_night(history: History, first: date, nights: int, known: int | None = None) -> Figures:
    """Return the revenue on the books per night, rooms without a rate taken to bring as much as the others.

    So do forecasts of it, and what is said to have come of them. NaN where no rate of a room is known.
    """
    revenue, rated = value_per_night(history, first, nights, known)
    return revenue_of(revenue, rated, on_books_at(history, history.today if known is None else known, day_number(first), nights))


def rate_per_night(history: History, first: date, nights: int, known: int | None = None) -> Figures:
    """Return the average rate of the rooms on the books whose rate is known; NaN where there is none."""
    return rate_of(*value_per_night(history, first, nights, known))


def first_whole_night(house: History) -> int:
    """Return the first night whose guests are all known but few: of the first ones, those who came before are missing."""
    stays = _held_at(house, house.today)
    rooms = np.bincount(np.maximum(stays.nights, 0), stays.rooms, 2)
    length = np.arange(len(rooms))
    missing = [float(rooms @ np.maximum(length - 1 - night, 0)) for night in length]
    begins = first_arrival(house.arrival, house.today) if len(house) else house.today + 1
    whole = next(night for night in length.tolist() if missing[night] <= UNTOLD_SHARE * float(rooms @ length))
    return begins + min(whole, UNTOLD_NIGHTS)


def a_year_before(
    history: History, figures: Callable[[History, date, int], Figures], first: date, nights: int, house: History | None = None
) -> Figures:
    """Return figures of the nights 364 days before, as they were at the business date; NaN where nothing can be known.

    ``house`` are the bookings of the whole house where ``history`` holds a part of them.
    """
    before = first - timedelta(days=YEAR_BACK_DAYS)
    known = _in_history(history, day_number(before), nights, first_whole_night(house or history))
    return np.where(known, figures(history, before, nights), np.nan)


def sold_last_year(history: History, first: date, nights: int, house: History | None = None) -> Figures:
    """Return the rooms sold 364 days before each night, of the ``house`` or a part of it."""
    return a_year_before(history, _sold, first, nights, house)


def arrivals_last_year(history: History, first: date, nights: int) -> Figures:
    """Return the rooms that arrived 364 days before each day."""
    before = first - timedelta(days=YEAR_BACK_DAYS)
    known = _in_history(history, day_number(before), nights)
    return np.where(known, arrivals_at(history, history.today, before, nights), np.nan)


def arrivals_at(history: History, known: int, first: date, nights: int) -> Figures:
    """Return the rooms booked to arrive on each day, as known at the end of the day ``known``."""
    held = _held_at(history, known)
    return _per_day(held.arrival, held.rooms, day_number(first), nights)


def most_sold(history: History) -> int | None:
    """Return the most rooms that were sold on one night, or None where nothing was."""
    if not len(history):
        return None
    first = int(history.arrival.min())
    nights = history.today - first + 1
    most = int(np.nanmax(rooms_sold(history, first, nights))) if nights > 0 else 0
    return most or None


def _held_at(history: History, day: int) -> History:
    """Return the spells that hold a room at the end of a day."""
    return history.take((history.known_from <= day) & (history.known_to > day) & history.occupying)


def _sold(history: History, first: date, nights: int) -> Figures:
    return rooms_sold(history, day_number(first), nights)


def _in_history(history: History, first: int, nights: int, since: int = 0) -> NDArray[np.bool_]:
    """True for days from the first arrival, and ``since``, up to the business date, a mistyped one of long before left out."""
    days = first + np.arange(nights)
    begins = first_arrival(history.arrival, history.today) if len(history) else history.today + 1
    return (days >= max(begins, since)) & (days <= history.today)


def _per_day(days: NDArray[np.int32], rooms: Figures, start: int, nights: int) -> Figures:
    offset = days.astype(np.int64) - start
    inside = (offset >= 0) & (offset < nights)
    return np.bincount(offset[inside], weights=rooms[inside], minlength=nights).astype(np.float64)
