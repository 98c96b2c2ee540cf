"""What may be known of a booking before its guest arrives, and of how the house gave its types until then."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hotelml_app.core.bookings import FILLED_IN_AT_ARRIVAL, BookingStatus
from hotelml_app.core.clock import day_of
from hotelml_app.ml.property.booking_curves import on_books_matrix
from hotelml_app.ml.property.history import History
from hotelml_app.ml.property.room_numbers import type_given
from hotelml_app.modules.allocation.plans.problem import Flags, Floats, Ints

Spells = NDArray[np.intp]

LONGEST_DAYS = 14
"""Days before arrival up to which the model is asked."""

YEAR_DAYS, SEASON_DAYS, MONTH_DAYS = 365, 120, 28
LOOK_BACK_DAYS = 730
DOUBT = 10.0
"""Bookings' worth of the house's own share that a group's share begins with."""

GROUPS = ("room_type", "agent", "company", "segment", "channel", "customer_type", "rate_code", "meal", "deposit_type")
NUMBERS = (
    "adults",
    "children",
    "special_requests",
    "previous_stays",
    "repeated_guest",
    "previous_cancellations",
    "waiting_list_days",
)
assert not set(GROUPS + NUMBERS) & set(FILLED_IN_AT_ARRIVAL), "what the desk fills in at check-in is not known before"

FEATURES = (
    "days ahead",
    "lead",
    "nights",
    "arrives on",
    "season (sine)",
    "season (cosine)",
    *NUMBERS,
    "guests",
    "rate against room type",
    *(f"given another type, by {group}" for group in GROUPS),
    "given another type lately",
    "given another type lately, by room_type",
    "booked type on the books, first night",
    "booked type on the books, second night",
    "house on the books, first night",
    "house on the books, second night",
    "free in better types, first night",
    "place on the ladder",
)


@dataclass(frozen=True)
class Given:
    """Which booking was given which type, once it had arrived: parallel arrays in order of arrival, one entry per booking."""

    spell: Spells
    arrival: Ints
    booked: NDArray[np.str_]
    given: NDArray[np.str_]

    @property
    def changed(self) -> Flags:
        """True where another type was given than booked."""
        return np.asarray(self.booked != self.given, dtype=bool)


def types_given(history: History) -> Given:
    """Return the bookings whose guest slept in the house and of which both types are known."""
    slept = np.isin(history.status, (BookingStatus.IN_HOUSE, BookingStatus.CHECKED_OUT))
    booked, given = history.categories["room_type"], history.categories["assigned_room_type"]
    rows = np.flatnonzero(slept & (booked.codes > 0) & (given.codes > 0))
    # Of a booking's spells the last one tells; spells lie in order of time within a booking.
    last = rows[np.append(history.booking[rows][1:] != history.booking[rows][:-1], True)] if len(rows) else rows
    order = last[np.argsort(history.arrival[last], kind="stable")]
    return Given(order, history.arrival[order].astype(np.int64), booked.words()[order], given.words()[order])


class Past:
    """Features of bookings on past days, each from what was known at the end of that day.

    ``since`` is the first day that will be asked about; ``ladder`` the types from the simplest to the best.
    """

    def __init__(self, history: History, ladder: tuple[str, ...], since: int) -> None:
        self.history = history
        self.given = types_given(history)
        self._first_night = since - LOOK_BACK_DAYS
        self._codes = {group: history.categories[group].codes.astype(np.int64) for group in GROUPS}
        places = [ladder.index(word) if word in ladder else -1 for word in history.categories["room_type"].labels]
        self._place = np.array(places, dtype=np.int64)
        self._books = self._booked_by_type()
        self._slept = self._most_slept()
        self._rate = np.where(history.numbers["adr"] > 0, history.numbers["adr"], np.nan)

    def expected(self, day: int, horizon: int) -> Spells:
        """Return the spells on the books at the end of ``day`` that arrive within ``horizon`` days."""
        history = self.history
        rows = history.alive_at(day_of(day)) & (history.status == BookingStatus.RESERVED)
        rows &= (history.arrival > day) & (history.arrival <= day + horizon) & (history.categories["room_type"].codes > 0)
        return np.flatnonzero(rows)

    def features(self, spells: Spells, day: int) -> NDArray[np.float32]:
        """Return what was known of spells at the end of ``day``, shape (spells, FEATURES)."""
        history = self.history
        arrival = history.arrival[spells].astype(np.int64)
        numbers = {name: np.nan_to_num(history.numbers[name][spells]) for name in NUMBERS}
        turn = 2 * np.pi * (arrival % 365.25) / 365.25
        columns = [
            arrival - day,
            np.log1p(np.maximum(history.lead[spells], 0)),
            np.log1p(np.maximum(history.nights[spells], 0)),
            (arrival + 3) % 7,
            np.sin(turn),
            np.cos(turn),
            *numbers.values(),
            numbers["adults"] + numbers["children"],
            self._rate_against_type(spells, day),
            *self._shares(spells, day),
            *self._pressure(spells, arrival, day),
        ]
        return np.stack([np.asarray(column, dtype=np.float64) for column in columns], axis=1).astype(np.float32)

    def shares_by_type(self, spells: Spells, day: int) -> Floats:
        """Return how often, in the year up to ``day``, bookings of the same type were given another."""
        known = self._arrived(day, YEAR_DAYS)
        changed = self.given.changed[known]
        return self._share("room_type", known, spells, float(changed.mean()) if len(changed) else 0.0)

    def kinds_given(self, day: int) -> dict[str, dict[str, float]]:
        """Return, per booked type, the shares of the types given instead in the year up to ``day``; they add up to one."""
        known = self._arrived(day, YEAR_DAYS)
        found: dict[str, Counter[str]] = {}
        booked, given = self.given.booked[known].tolist(), self.given.given[known].tolist()
        for one, other in zip(booked, given, strict=True):
            if one != other:
                found.setdefault(one, Counter())[other] += 1
        return {one: {other: count / counts.total() for other, count in counts.items()} for one, counts in found.items()}

    def _shares(self, spells: Spells, day: int) -> list[Floats]:
        """Return the shares of bookings that were given another type by ``day``: by group in a year, and lately."""
        known = self._arrived(day, YEAR_DAYS)
        changed = self.given.changed[known].astype(np.float64)
        house = float(changed.mean()) if len(changed) else 0.0
        shares = [self._share(group, known, spells, house) for group in GROUPS]
        lately = self._arrived(day, MONTH_DAYS)
        recent = self.given.changed[lately].astype(np.float64)
        month = (recent.sum() + DOUBT * house) / (len(recent) + DOUBT)
        return [*shares, np.full(len(spells), month), self._share("room_type", self._arrived(day, SEASON_DAYS), spells, house)]

    def _share(self, group: str, known: slice, spells: Spells, house: float) -> Floats:
        codes, size = self._codes[group], int(self._codes[group].max(initial=0)) + 1
        of = codes[self.given.spell[known]]
        count = np.bincount(of, minlength=size)
        changed = np.bincount(of, weights=self.given.changed[known], minlength=size)
        share: Floats = (changed + DOUBT * house) / (count + DOUBT)
        return share[codes[spells]]

    def _arrived(self, day: int, days: int) -> slice:
        """Return the bookings that arrived in the last ``days`` up to ``day``."""
        low, high = np.searchsorted(self.given.arrival, (day - days, day), side="right")
        return slice(int(low), int(high))

    def _rate_against_type(self, spells: Spells, day: int) -> Floats:
        known = self._arrived(day, YEAR_DAYS)
        rows = self.given.spell[known]
        rate, of = self._rate[rows], self._codes["room_type"][rows]
        size = int(self._codes["room_type"].max(initial=0)) + 1
        seen = ~np.isnan(rate)
        count = np.bincount(of[seen], minlength=size)
        mean = np.bincount(of[seen], weights=rate[seen], minlength=size) / np.maximum(count, 1)
        usual = mean[self._codes["room_type"][spells]]
        own = self._rate[spells]
        return np.clip(np.where((usual > 0) & ~np.isnan(own), own / np.maximum(usual, 1e-9), 1.0), 0.0, 4.0)

    def _pressure(self, spells: Spells, arrival: Ints, day: int) -> list[Floats]:
        """Return how full the booked type and the house are on the books, and what is free in better types, as shares."""
        code = self._codes["room_type"][spells]
        booked = self._books
        most = self._slept[:, min(max(day - self._first_night, 0), self._slept.shape[1] - 1)]
        nights = [np.clip(arrival + offset - self._first_night, 0, booked.shape[1] - 1) for offset in (0, 1)]
        leads = [np.clip(arrival + offset - day, 0, booked.shape[2] - 1) for offset in (0, 1)]
        own = [booked[code, night, lead] / np.maximum(most[code], 1.0) for night, lead in zip(nights, leads, strict=True)]
        house = [
            booked[:, night, lead].sum(axis=0) / max(float(most.sum()), 1.0) for night, lead in zip(nights, leads, strict=True)
        ]
        place = self._place
        free = np.maximum(most[:, None] - booked[:, nights[0], leads[0]], 0.0)
        better = (place[:, None] > place[code][None, :]) & (place[code] >= 0)[None, :]
        spare = np.where(better, free, 0.0).sum(axis=0) / np.maximum(most[code], 1.0)
        return [*own, *house, np.clip(spare, 0.0, 10.0), place[code].astype(np.float64)]

    def _booked_by_type(self) -> Floats:
        """Return rooms on the books by booked type, night and days before it, shape (types, nights, leads)."""
        history, column = self.history, self.history.categories["room_type"]
        nights = history.today - self._first_night + LONGEST_DAYS + 2
        found = np.zeros((len(column.labels), nights, LONGEST_DAYS + 2))
        for code in range(1, len(column.labels)):
            own = history.take(column.codes == code)
            found[code] = np.nan_to_num(on_books_matrix(own, self._first_night, nights, LONGEST_DAYS + 1))
        return found

    def _most_slept(self) -> Floats:
        """Return the most rooms of each booked type's kind that were slept in by a night, shape (types, nights)."""
        history, column = self.history, self.history.categories["room_type"]
        slept = history.take(np.isin(history.status, (BookingStatus.IN_HOUSE, BookingStatus.CHECKED_OUT)))
        given, nights = type_given(slept), history.today - self._first_night + 1
        found = np.zeros((len(column.labels), nights))
        for code, word in enumerate(column.labels):
            if word and (given == word).any():
                found[code] = np.nan_to_num(on_books_matrix(slept.take(given == word), self._first_night, nights, 0)[:, 0])
        result: Floats = np.maximum.accumulate(found, axis=1)
        return result
