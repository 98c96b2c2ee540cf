"""What is on the books for the coming nights, how much of it is expected to stay, and how many rooms that leaves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from hotelml_app.ml.property.booking_curves import nightly_rate
from hotelml_app.ml.property.history import History
from hotelml_app.ml.property.out_of_order import out_of_order
from hotelml_app.ml.property.property_data import PropertyFacts
from hotelml_app.modules.pricing.history.arrivals import books_by_type
from hotelml_app.modules.pricing.history.booked import Booked, Flags
from hotelml_app.modules.pricing.history.leads import COUNT, LONGEST, Floats, Integers, step_of
from hotelml_app.modules.pricing.history.rates import LOOK_BACK_DAYS, sold_types

PRIOR_BOOKINGS, PRIOR_KEPT = 4.0, 0.85


@dataclass(frozen=True)
class Kept:
    """Shares that end in a stay: ``alive`` of bookings alive 0 … LONGEST days before arrival, ``new`` of those just made."""

    alive: Floats
    new: Floats


@dataclass(frozen=True)
class Books:
    """Tables [nights, types]: ``rooms`` on the books, those expected to stay and the money they bring."""

    rooms: Floats
    kept: Floats
    money: Floats


def kept_shares(members: Booked, today: int) -> Kept:
    """Return what share of a class's bookings ended in a stay, counted over arrivals that have passed."""
    past = members.take(members.arrival <= today)
    lead = np.minimum(past.lead, LONGEST)
    lost_at = np.where(past.lost, np.clip(past.arrival - past.lost_on, 0, LONGEST), -1)
    stayed = (~past.lost).astype(np.float64)
    # A booking is alive at the leads above the one at which it was lost, up to the one at which it was made.
    counted = lead > lost_at
    alive = _spread(lost_at[counted] + 1, lead[counted], past.rooms[counted])
    kept = _spread(lost_at[counted] + 1, lead[counted], (past.rooms * stayed)[counted])
    step = step_of(lead)
    made = np.bincount(step, past.rooms, COUNT)
    new = np.bincount(step, past.rooms * stayed, COUNT)
    prior = PRIOR_BOOKINGS * PRIOR_KEPT
    return Kept((kept + prior) / (alive + PRIOR_BOOKINGS), (new + prior) / (made + PRIOR_BOOKINGS))


def _spread(first: Integers, last: Integers, weight: Floats) -> Floats:
    """Return the weights added up over every lead from ``first`` to ``last``."""
    begins, ends = np.bincount(first, weight, LONGEST + 2), np.bincount(last + 1, weight, LONGEST + 2)
    found: Floats = np.cumsum(begins - ends)[: LONGEST + 1]
    return found


def books_ahead(history: History, booked: Booked, kept: dict[str, tuple[Flags, Kept]], nights: int) -> Books:
    """Return the books of the ``nights`` nights after the business date; ``kept`` holds each class's members and shares."""
    today = history.today
    type_of, class_of = np.full((2, len(history.booked_on)), -1, dtype=np.int64)
    type_of[booked.booking] = booked.room_type
    for number, (members, _) in enumerate(kept.values()):
        class_of[booked.booking[members]] = number
    shares = np.vstack([*(one.alive for _, one in kept.values()), np.ones(LONGEST + 1)])
    now = history.take(history.alive_at(history.business_date) & history.occupying & (history.departure > today + 1))
    now = now.take(type_of[now.booking] >= 0)
    ahead = np.clip(now.arrival.astype(np.int64) - today, 0, LONGEST)
    kept_share = np.where(ahead == 0, 1.0, shares[class_of[now.booking], ahead])
    rate = np.nan_to_num(nightly_rate(now))
    tables = [
        _over_nights(now, type_of[now.booking], len(booked.types), nights, now.rooms * one)
        for one in (np.ones(len(now)), kept_share, kept_share * rate)
    ]
    return Books(*tables)


def _over_nights(now: History, kind: Integers, types: int, nights: int, weight: Floats) -> Floats:
    begin = np.clip(now.arrival.astype(np.int64) - now.today - 1, 0, nights)
    end = np.clip(now.departure.astype(np.int64) - now.today - 1, 0, nights)
    steps = np.bincount(begin * types + kind, weight, (nights + 1) * types).astype(np.float64)
    steps -= np.bincount(end * types + kind, weight, (nights + 1) * types)
    found: Floats = np.cumsum(steps.reshape(nights + 1, types), axis=0)[:nights]
    return found


def rooms_there_are(history: History, facts: PropertyFacts, types: tuple[str, ...]) -> Floats:
    """Return the rooms of each type: as told, else the most ever sold on a night, together not more than the house has."""
    sold = books_by_type(history, types, history.today - LOOK_BACK_DAYS + 1, LOOK_BACK_DAYS, longest=0)[:, :, 0]
    told = {one.code: float(one.rooms) for one in facts.room_types if one.rooms}
    rooms = np.array([told.get(word, max(most, 1.0)) for word, most in zip(types, sold.max(axis=1), strict=True)])
    guessed = np.array([word not in told for word in types], dtype=bool)
    house = float(facts.rooms or max(sold.sum(axis=0).max(), 1.0))
    left = max(house - rooms[~guessed].sum(), float(guessed.sum()))
    if guessed.any() and rooms[guessed].sum() > left:
        rooms = np.where(guessed, np.maximum(rooms * left / rooms[guessed].sum(), 1.0), rooms)
    return rooms


def rooms_out_of_order(history: History, facts: PropertyFacts, types: Sequence[str], nights: int) -> Floats:
    """Return the rooms of each type that are out of order on the ``nights`` nights after the business date, [nights, types].

    Those of which nobody says the type are shared out among all types by their rooms.
    """
    closed = out_of_order(history, facts, nights)
    found: Floats = np.stack([closed.types.get(word, np.zeros(nights)) for word in types], axis=1)
    rest = closed.house - sum(closed.types.values(), np.zeros(nights))
    if rest.any():
        every = tuple(sold_types(history))
        rooms = rooms_there_are(history, facts, every)
        share = dict(zip(every, rooms / rooms.sum(), strict=True))
        found += rest[:, None] * np.array([share.get(word, 0.0) for word in types])
    return found
