"""A property's bookings laid out once, so that what was known on any past day can be counted quickly."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hotelml_app.core.bookings import LOST, OCCUPYING, BookingStatus
from hotelml_app.ml.property.history import History
from hotelml_app.ml.property.untold.losses_told import losses_told_from

Integers = NDArray[np.int64]
Codes = NDArray[np.int32]
"""Numbers of groups, of which there are many: one per spell and way of grouping."""

Groups = NDArray[np.integer[Any]]
"""Either of them."""

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

LEAD_STEPS_DAYS = (1, 3, 7, 14, 30, 60, 120, 240)
AGENT_LEAD_STEPS_DAYS = (14, 60)
LONGEST_STAY_TOLD_APART = 8
_ROOM_FOR_KEYS = 2**40

NUMBERS = (
    "adr",
    "adults",
    "children",
    "special_requests",
    "previous_cancellations",
    "previous_stays",
    "repeated_guest",
    "waiting_list_days",
)


@dataclass(frozen=True)
class Books:
    """Spells as parallel arrays; ``kinds`` number the groups of bookings whose losses are counted together.

    ``party`` numbers bookings made together (same day, dates, agent, company and segment), ``sharers`` those of one agent
    or company arriving on the same day.
    """

    history: History
    arrival: Integers
    departure: Integers
    known_from: Integers
    known_to: Integers
    booked: Integers
    lost: Flags
    holding: Flags
    stayed: Flags
    rooms: Floats
    numbers: dict[str, Floats]
    kinds: dict[str, Codes]
    party: Integers
    sharers: Integers

    @cached_property
    def told_from(self) -> int:
        """The day from which the exports tell who was lost; of earlier ones only those who came are known."""
        return losses_told_from(self.history)

    def known_at(self, day: int) -> NDArray[np.intp]:
        """Return the spell of each booking known at the end of ``day``."""
        return np.flatnonzero((self.known_from <= day) & (self.known_to > day))

    def expected_at(self, day: int, horizon: int) -> NDArray[np.intp]:
        """Return the spells that at the end of ``day`` hold a room from one of the next ``horizon`` days on."""
        known = self.known_at(day)
        coming = self.holding[known] & (self.arrival[known] > day) & (self.arrival[known] <= day + horizon)
        return known[coming]


def lay_out(history: History) -> Books:
    """Prepare a history; takes well under a second for a hundred thousand bookings."""
    codes = {name: column.codes for name, column in history.categories.items()}
    numbers = {name: _known(history.numbers[name]) for name in NUMBERS}
    arrival, departure = history.arrival.astype(np.int64), history.departure.astype(np.int64)
    booked = history.booked_on[history.booking].astype(np.int64)
    who = (codes["agent"], codes["company"], codes["segment"])
    return Books(
        history=history,
        arrival=arrival,
        departure=departure,
        known_from=history.known_from.astype(np.int64),
        known_to=history.known_to.astype(np.int64),
        booked=booked,
        lost=np.isin(history.status, LOST),
        holding=np.isin(history.status, OCCUPYING) & (history.status != BookingStatus.CHECKED_OUT),
        stayed=history.status == BookingStatus.CHECKED_OUT,
        rooms=history.rooms,
        numbers=numbers,
        kinds=_kinds(codes, numbers, arrival - booked, departure - arrival, arrival),
        party=numbered(booked, arrival, departure, *who),
        sharers=numbered(arrival, *who),
    )


def _known(numbers: Floats) -> Floats:
    """Return numbers with 0 for those that are not known; where all are, they are not there twice."""
    return numbers if np.isfinite(numbers).all() else np.nan_to_num(numbers)


def _kinds(
    codes: dict[str, Codes], numbers: dict[str, Floats], lead: Integers, nights: Integers, arrival: Integers
) -> dict[str, Codes]:
    """Return the ways of grouping bookings, each as a number per spell."""
    lead_step = np.digitize(lead, LEAD_STEPS_DAYS).astype(np.int32)
    wishes = np.clip(numbers["special_requests"], 0, 3).astype(np.int32)
    adults, children = (np.clip(numbers[name], 0, most).astype(np.int32) for name, most in (("adults", 4), ("children", 2)))
    found: dict[str, Groups] = {
        "agent": codes["agent"],
        "company": codes["company"],
        "segment": codes["segment"],
        "channel": codes["channel"],
        "customer type": codes["customer_type"],
        "room type": codes["room_type"],
        "meal": codes["meal"],
        # A rate that is not paid back is cancelled far less often than others of its segment.
        "rate code": codes["rate_code"],
        "lead": lead_step,
        "segment and customer type": combined(codes["segment"], codes["customer_type"]),
        "segment and lead": combined(codes["segment"], lead_step),
        "agent and lead": combined(codes["agent"], np.digitize(lead, AGENT_LEAD_STEPS_DAYS)),
        "nights": np.clip(nights, 0, LONGEST_STAY_TOLD_APART),
        "wishes": wishes,
        "segment and wishes": combined(codes["segment"], wishes),
        "weekday": arrival % 7,
        "guests": combined(adults, children),
    }
    return {name: kind.astype(np.int32, copy=False) for name, kind in found.items()}


def combined(*columns: Groups) -> Integers:
    """Return one number per row that tells apart the combinations of ``columns``; for columns of few values."""
    key = np.zeros(len(columns[0]), dtype=np.int64)
    for column in columns:
        lowest = int(column.min(initial=0))
        key = key * (int(column.max(initial=0)) - lowest + 1) + column - lowest
    return key


def numbered(*columns: Groups) -> Integers:
    """Return the same for columns of many values, the combinations that occur counted from 0."""
    key = columns[0]
    for column in columns[1:]:
        if int(key.max(initial=0)) > _ROOM_FOR_KEYS // (int(np.ptp(column)) + 1 if len(column) else 1):
            key = np.unique(key, return_inverse=True)[1]
        key = combined(key, column)
    return np.unique(key, return_inverse=True)[1].astype(np.int64)
